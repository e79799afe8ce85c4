"""Rows that stand: in either app nothing removes, replaces or rewrites them, by whatever road."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from corpus import guards
from corpus.guards import Guard, Reference
from corpus.models import Original, Passage, Reject, Sighting
from corpus.writer import one_writer
from curation import sealing
from curation.ledger import decide
from curation.models import (
    Address,
    Approval,
    Confirmation,
    CopyVerdict,
    Description,
    Edition,
    Evidence,
    Link,
    Mark,
    Notice,
    Override,
    Page,
    Pattern,
    ReviewDate,
    SetAside,
)
from tests.factories import (
    NOON,
    make_alert,
    make_anchor,
    make_approved,
    make_claim,
    make_decision,
    make_document,
    make_entity,
    make_evidence,
    make_finding,
    make_link,
    make_news,
    make_outcome,
    make_page,
    make_party,
    make_published,
    make_quote,
    make_run,
    make_state,
    make_user,
    make_withdrawn,
    republish,
)

DECLARED = [rule for app in ("corpus", "curation") for rule in guards.guards_of(app)]
GUARDS = [rule for rule in DECLARED if isinstance(rule, Guard)]
REFERENCES = [rule for rule in DECLARED if isinstance(rule, Reference)]
LATER = NOON + timedelta(hours=1)

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")


def rows_of(rule):
    return apps.get_model(rule.model)._base_manager.order_by("pk")


@pytest.fixture(scope="module")
def made(once_a_module):
    """A row at least of each model that is guarded, its words not empty."""
    esa = make_entity()
    claim = make_claim(quotes=[make_news()], acting=[esa], said_by_words="A spokesman")
    type(claim).objects.create(
        partnership=claim.partnership,
        words="It costs one million.",
        said_by_words="A spokesman",
        attribute="cost",
        value="one million",
        decision=make_decision(),
    )
    document = make_document("Some prose. ESA and NASA agreed. More prose.")
    evidence = make_evidence(
        claim, make_quote(document, "ESA and NASA"), origin_words="A spokesman"
    )
    evidence.own_record_of.add(esa)
    Sighting.objects.create(
        capture=document.current_capture,
        import_run=make_run(),
        original=document.current_capture.original,
        collected_at=NOON,
        address="https://example.org/",
        path="a.txt",
        source_name="A wire",
        title="A title",
        author="A writer",
        remarks=["A remark."],
    )
    with one_writer():
        decision = decide("test", document, by=make_user(), before="a", after="b", reason="A name.")
    make_link(document, "ESA", esa)
    make_party(claim.partnership, esa, claims=[claim])
    make_state(claim.partnership, claims=[claim])
    Description.objects.create(
        document=document,
        title="A title",
        url="https://example.org/",
        origin_words="A spokesman",
        decision=decision,
    )
    CopyVerdict.objects.create(a=document, b=make_document(), word="same_story", decision=decision)
    Pattern.objects.create(words="read on", reason="A prompt.", decision=decision)
    SetAside.objects.create(import_run=make_run(), reason="Twice.", decision=decision)
    Reject.objects.create(
        import_run=make_run(), name="a.pdf", reason="No text.", raw=b"PDF", given={"title": "A"}
    )
    make_published(claims=[claim])
    make_approved(standfirst="It stands first. [@editorial]")
    make_withdrawn(republish(make_page(), kind="correction", note="We erred."))
    make_alert(claim)
    make_anchor(evidence.quote)
    make_finding()
    make_outcome(claim)
    beside_revisions()
    missing = [guard.model for guard in GUARDS if not rows_of(guard).exists()]
    assert missing == []


def beside_revisions():
    """What hangs on revisions and approvals."""
    approval = Approval.objects.first()
    revision, decision = approval.revision, approval.decision
    Confirmation.objects.create(approval=approval, sentence_sha256="0" * 64)
    Mark.objects.create(
        revision=revision,
        sentence_sha256="0" * 64,
        objection="reported",
        start=0,
        end=3,
        by=approval.by,
        at=NOON,
    )
    Override.objects.create(
        revision=revision, refusals=["It has no title."], reason="It must.", decision=decision
    )
    ReviewDate.objects.create(
        summary=revision.summary, on=NOON.date(), reason="To see it fly.", decision=decision
    )


@pytest.fixture
def everything(made, db):
    """What was made once for all tests here: what each does to it is taken back."""


def is_refused(act):
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_nothing_that_stands_is_deleted(everything):
    went = [
        guard.model
        for guard in GUARDS
        if not is_refused(lambda guard=guard: rows_of(guard)._raw_delete(rows_of(guard).db))
    ]
    assert went == []


@sqlite_only
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_no_row_takes_the_place_of_one_that_stands(everything, verb):
    went = [
        guard.model
        for guard in GUARDS
        if not is_refused(
            lambda guard=guard: execute(
                f'{verb} INTO "{guard.table}" SELECT * FROM "{guard.table}"'
            )
        )
    ]
    assert went == []


@sqlite_only
def test_no_row_takes_the_key_of_one_that_stands(everything):
    """As one without an id does, by any key that is its model's."""
    went = []
    for guard in GUARDS:
        options = apps.get_model(guard.model)._meta
        has_key = any(isinstance(each, models.UniqueConstraint) for each in options.constraints)
        has_key |= any(field.unique and not field.primary_key for field in options.fields)
        if has_key or options.unique_together:
            columns = ", ".join(f'"{each.column}"' for each in options.fields if each.name != "id")
            sql = f'REPLACE INTO "{guard.table}" ({columns}) SELECT {columns} FROM "{guard.table}"'
            if not is_refused(lambda sql=sql: execute(sql)):
                went.append(guard.model)
    assert went == []


@sqlite_only
def test_a_key_that_only_one_in_force_holds_is_free_again(everything):
    Link.objects.update(superseded_at=NOON)
    link = Link.objects.get()
    again = make_link(link.document, link.name, link.entity)
    with pytest.raises(IntegrityError, match="never replaced"), transaction.atomic():
        execute(
            'REPLACE INTO "curation_link" (document_id, name, entity_id, verdict, decision_id, '
            "words_sha256) SELECT document_id, name, entity_id, 'unsure', decision_id, "
            'words_sha256 FROM "curation_link" WHERE superseded_at IS NULL'
        )
    assert list(Link.objects.in_force()) == [again]


@sqlite_only
def test_no_update_takes_the_key_of_another(everything):
    link = Link.objects.get()
    make_link(link.document, "NASA", make_entity("NASA"))
    Evidence.objects.filter(pk=Evidence.objects.first().pk).update(superseded_at=NOON)
    old = Evidence.objects.exclude(superseded_at=None).get()
    new = Evidence.objects.create(claim=old.claim, quote=old.quote, decision=make_decision())
    before = Link.objects.count(), Evidence.objects.count()

    for sql in [
        "curation_evidence SET superseded_at = NULL",
        f"curation_evidence SET id = {new.pk} WHERE id = {old.pk}",
        "curation_link SET name = 'ESA'",
        "corpus_passage SET start = 0",
        "curation_page SET partnership_id = 1",
    ]:
        assert is_refused(lambda sql=sql: execute(f"UPDATE OR REPLACE {sql}")), sql
    assert (Link.objects.count(), Evidence.objects.count()) == before


def test_no_key_holds_what_may_change():
    """Or UPDATE OR REPLACE would find a way in. Words may only leave a key, by redaction."""
    for guard in GUARDS:
        for key in apps.get_model(guard.model)._meta.constraints:
            if isinstance(key, models.UniqueConstraint):
                asked = key.condition.referenced_base_fields if key.condition else set()
                assert not {*key.fields, *asked} & {*guard.free, *guard.leaves}, key.name
                assert not {*key.fields} & {*guard.words} or "redacted_by" in asked, key.name


def test_equal_bytes_collected_twice_are_told_as_ever(db):
    """get_or_create, in a race, counts on an IntegrityError."""
    document = make_document()
    twin = document.current_capture.original
    with pytest.raises(IntegrityError), transaction.atomic():
        Original.objects.create(sha256=twin.sha256, content=b"", size=0)


# --- what goes one way ----------------------------------------------------------------------------


@pytest.mark.parametrize("guard", [guard for guard in GUARDS if guard.once], ids=lambda g: g.model)
def test_what_is_set_once_is_never_set_again(everything, guard):
    rows = rows_of(guard)
    rows = rows.filter(pk=rows.filter(**{f"{guard.once[0]}": None}).first().pk)
    values = {
        "lapsed_because": ("Evidence moved.", "Other words.", ""),
        "retried_in": (make_run(), make_run(), None),
        "resolution": ("undone", "reworded", ""),
        "decision": (make_decision(), make_decision(), None),
        "approved_later": (make_decision(), make_decision(), None),
    }
    each = {name: values.get(name, (NOON, LATER, None)) for name in guard.once}
    assert not is_refused(lambda: rows.update(**{name: set_[0] for name, set_ in each.items()}))
    for name, (_, other, empty) in each.items():
        assert is_refused(lambda: rows.update(**{name: other})), name  # noqa: B023
        assert is_refused(lambda: rows.update(**{name: empty})), name  # noqa: B023


def test_these_go_one_way():
    one_way = {(guard.model, name) for guard in GUARDS for name in guard.once}
    assert one_way >= {("curation.Notice", "closed_at"), ("curation.Approval", "lapsed")}
    decided = {
        model._meta.label
        for model in apps.get_app_config("curation").get_models()
        if any(field.name == "superseded_at" for field in model._meta.fields)
    }
    assert {model for model, name in one_way if name == "superseded_at"} == decided


def test_time_of_publication_is_set_after_the_approval_and_taken_back(everything):
    approval = Approval.objects.first()
    by = approval.by_id
    Approval.objects.filter(pk=approval.pk).update(publish_at=NOON, scheduled_by=by)
    Approval.objects.filter(pk=approval.pk).update(publish_at=None, scheduled_by=None)
    assert not Approval.objects.exclude(publish_at=None).exists()


def test_retired_passage_may_be_revived(db):
    passages = Passage.everything.filter(capture=make_document().current_capture)
    passages.update(retired_at=NOON)
    passages.update(retired_at=None)
    assert passages.filter(retired_at=None).exists()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Page, {"first_published_at": LATER}),
        (Address, {"slug": "other"}),
        (Reject, {"sha256": "0" * 64}),
        (Approval, {"evidence_digest": "0" * 64}),
        (Notice, {"opened_at": LATER}),
    ],
)
def test_the_rest_stands(everything, model, change):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model._base_manager.update(**change)


# --- redaction ------------------------------------------------------------------------------------

WORDS = [(guard, word) for guard in GUARDS for word in guard.words]


def emptiness(guard, word):
    field = apps.get_model(guard.model)._meta.get_field(word)
    if isinstance(field, models.JSONField):
        return ["Somebody was named."], []
    return (b"other", b"") if isinstance(field, models.BinaryField) else ("other", "")


@pytest.mark.parametrize(("guard", "word"), WORDS, ids=lambda part: getattr(part, "model", part))
def test_words_go_whole_and_by_a_decision(everything, guard, word):
    other, empty = emptiness(guard, word)
    by, again = make_decision().pk, make_decision().pk
    with_words = [row.pk for row in rows_of(guard) if getattr(row, word)]
    rows = rows_of(guard).filter(pk=with_words[0])

    assert is_refused(lambda: rows.update(**{word: empty}))
    assert is_refused(lambda: rows.update(redacted_by=by))
    assert is_refused(lambda: rows.update(**{word: other, "redacted_by": by}))
    assert is_refused(lambda: rows.update(**{word: empty, "redacted_by": by + 1000}))

    rows.update(**{word: empty, "redacted_by": by})

    assert not getattr(rows.get(), word)
    assert is_refused(lambda: rows.update(**{word: other, "redacted_by": again}))
    assert is_refused(lambda: rows.update(redacted_by=None))
    assert is_refused(lambda: rows.update(redacted_by=again))


def test_whatever_can_be_redacted_names_its_decision():
    holders = {
        model._meta.label
        for app in ("corpus", "curation")
        for model in apps.get_app_config(app).get_models()
        if any(field.name == "redacted_by" for field in model._meta.fields)
    }
    assert {rule.model for rule in REFERENCES} == holders


def test_row_cannot_come_with_a_redaction_that_nobody_decided(db):
    with pytest.raises(DatabaseError, match="redacted_by names a decision"), transaction.atomic():
        Reject.objects.create(import_run=make_run(), name="", reason="", redacted_by=10**9)


def test_names_that_were_removed_do_not_stand_in_each_others_way(everything):
    link = Link.objects.get()
    make_link(link.document, "The agency", link.entity)
    Link.objects.update(name="", redacted_by=make_decision().pk)
    assert Link.objects.in_force().filter(name="").count() == 2


def test_words_of_an_edition_give_way_to_their_digests(everything):
    editions = Edition.objects.filter(pk=Edition.objects.first().pk)
    content, by = editions.get().content, make_decision().pk
    whole = json.dumps(content | {"note": "Other."}, separators=(",", ":"))
    content["title"][0]["text"] = sealing.redacted(content["title"][0]["text"])
    redacted = json.dumps(content, separators=(",", ":"))

    for text in ["", whole]:
        assert is_refused(lambda text=text: editions.update(text=text, redacted_by=by))
    assert is_refused(lambda: editions.update(text=redacted))
    editions.update(text=redacted, title="", redacted_by=by)

    assert editions.get().content == content


# --- after migrate --------------------------------------------------------------------------------


def test_guards_stand_on_every_table_after_migrate(db):
    acts = ["insert"] if connection.vendor == "sqlite" else ["truncate"]
    wanted = {f"{rule.name}_{act}" for rule in GUARDS for act in ["update", "delete", *acts]}
    wanted |= {f"{rule.name}_{act}" for rule in REFERENCES for act in ["insert", "update"]}
    assert guards.standing() >= wanted
