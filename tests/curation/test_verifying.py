"""The ledger, and what it vouches for, after every kind of tampering past the guards."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import guards
from corpus.models import Capture, Original, Passage, Sighting
from curation import ledger, verifying
from curation.models import Claim, Decision, Edition, Quote, Revision
from curation.verifying import Chain, Head
from tests.factories import make_claim, make_decision, make_news, make_published, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(db):
    for app in ("corpus", "curation"):
        guards.take_down(apps.get_app_config(app).guards)


@pytest.fixture
def lines(unguarded):
    """Five lines, the second with words."""
    by = make_user()
    made = [make_decision(by=by) for _ in range(4)]
    with ledger.one_writer():
        made.append(ledger.decide("grade", by, by=by, before="F", after="B", reason="Known."))
    return made


@pytest.fixture
def published(unguarded):
    return make_published(claims=[make_claim(quotes=[make_news()], said_by_words="A spokesman")])


def faults(head=None, start=1):
    return list(verifying.faults(Chain(verifying.keys(), head and Head.read(head), start)))


def head():
    line = Decision.objects.first()
    return f"{line.seq}:{line.hash}"


def test_what_nobody_touched_is_as_it_was_written(published):
    chain = Chain(verifying.keys())
    assert list(verifying.faults(chain)) == []
    assert str(chain.head) == head()


def test_empty_ledger_has_no_head(db):
    chain = Chain(verifying.keys())
    assert list(verifying.faults(chain)) == []
    assert chain.head is None


# --- the chain ------------------------------------------------------------------------------------


@given(data=st.data())
@examples(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_change_of_any_column_of_any_line_is_found(lines, data):
    line = data.draw(st.sampled_from(lines))
    field = data.draw(st.sampled_from(Decision._meta.concrete_fields))
    was = getattr(line, field.attname)
    now = data.draw(other(field, was))
    with transaction.atomic():
        Decision.objects.filter(pk=line.pk).update(**{field.attname: now})
        found = list(Chain(verifying.keys()).follow(Decision.objects.order_by("seq")))
        transaction.set_rollback(True)
    assert found, f"{field.attname}: {was!r} → {now!r}"


def other(field, was):
    """Values that a column could have instead."""
    kind = field.get_internal_type()
    if kind == "ForeignKey":
        return st.builds(lambda: make_user().pk)
    if kind == "DateTimeField":
        return st.integers(1, 10**9).map(lambda n: was + timedelta(microseconds=n))
    if kind == "UUIDField":
        return st.builds(uuid.uuid4)
    if kind in {"CharField", "TextField"}:
        most = field.max_length or 200
        letters = st.characters(codec="utf-8", exclude_characters="\x00")
        return st.text(letters, max_size=most).filter(lambda text: text != was)
    return st.integers(100, 10**9)


def test_line_that_was_taken_out_is_missed(lines):
    Decision.objects.filter(seq=3)._raw_delete("default")
    assert faults() == ["Line 3 is missing."]


def test_lines_that_changed_places_are_found(lines):
    for seq in (2, 3):
        Decision.objects.filter(seq=seq).update(seq=F("seq") + 100)
    Decision.objects.filter(seq=102).update(seq=3)
    Decision.objects.filter(seq=103).update(seq=2)

    found = faults()

    assert "Line 2 was altered: its hash does not fit what it says." in found
    assert "Line 3 is not chained to line 2, after which it stands." in found


def test_cut_tail_shows_against_a_head_that_was_kept(lines):
    kept = head()
    Decision.objects.filter(seq__gt=3)._raw_delete("default")

    assert faults() == []
    assert faults(kept) == [
        "The ledger ends with line 3, but line 5 was its head once: 2 or more were cut off."
    ]
    (found,) = faults(kept.partition(":")[2])
    assert "is no line of this ledger" in found


def test_tail_that_was_written_anew_shows_against_the_head(lines):
    kept = head()
    Decision.objects.filter(seq__gt=3)._raw_delete("default")
    for _ in range(3):
        make_decision()

    assert faults() == []
    assert faults(kept) == ["Line 5 is not the line that was its head once."]


def test_older_head_is_still_one_of_the_lines(lines):
    kept = head()
    make_decision()

    assert faults(kept) == faults(kept.partition(":")[2]) == faults(kept, start=6) == []
    assert faults(f"5:{'0' * 64}", start=6) == ["Line 5 is not the line that was its head once."]


def test_start_in_the_middle_checks_from_there_on(lines):
    Decision.objects.filter(seq=2).update(reason="Other.")
    assert faults(start=3) == []
    Decision.objects.filter(seq=4).update(act="other")
    assert faults(start=3) == ["Line 4 was altered: its hash does not fit what it says."]


def test_line_hashed_with_another_key_is_told_as_such(lines, settings):
    old, settings.LEDGER_KEY = settings.LEDGER_KEY, "another key"
    make_decision()

    found = faults()
    settings.LEDGER_OLD_KEYS = [old]

    assert len(found) == 5
    assert found[0] == (
        f"Line 1 was hashed with another key ({ledger.key_id(old)}): give it in LEDGER_OLD_KEYS."
    )
    assert faults() == []


@pytest.mark.parametrize("text", ["", "12", "0:" + "0" * 64, "1:0", "1:" + "g" * 64])
def test_what_is_no_head_is_not_read(text):
    assert Head.read(text) is None


# --- what lines vouch for -------------------------------------------------------------------------


ALTERED = [
    (Edition, {"hash": "0" * 64}, "hash does not fit its text"),
    (Edition, {"text": "{}"}, "hash does not fit its text"),
    (Edition, {"text": "{"}, "cannot be read"),
    (Edition, {"title": "Other"}, "title beside its text"),
    (Edition, {"published_at": F("published_at") + timedelta(days=1)}, "published_at beside"),
    (Claim, {"words": "Other."}, "words do not fit"),
    (Claim, {"said_by_words": "Another spokesman"}, "words do not fit"),
    (Quote, {"exact": "Other."}, "words do not fit"),
    (Quote, {"prefix": "Other."}, "does not stand at its place"),
    (Capture, {"text": "ESA and NASA agreed!"}, "words do not fit"),
    (Passage, {"text": "Other."}, "words do not fit"),
    (Revision, {"standfirst": "Other."}, "words do not fit"),
    (Sighting, {"title": "Other"}, "words do not fit"),
    (Original, {"content": b"other"}, "cannot be unpacked"),
    (Edition, {"redacted_by": 1}, "has words"),
    (Quote, {"exact": "", "prefix": "", "suffix": "", "redacted_by": 1}, "no redaction"),
]


def test_words_that_were_altered_are_found(published):
    for model, change, words in ALTERED:
        with transaction.atomic():
            model._base_manager.update(**change)
            found = faults()
            transaction.set_rollback(True)
        assert any(words in each for each in found), (model, change, found)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks when the act ends")
def test_row_that_names_a_line_which_is_not_there_is_found(published):
    with transaction.atomic():
        Edition.objects.update(decision=10**6)
        found = faults()
        transaction.set_rollback(True)
    assert (
        f"Edition {published.pk} names line 1000000 as its decision, which is not there." in found
    )


def test_edition_that_its_line_did_not_publish_is_found(published):
    other = make_published(claims=[make_claim(quotes=[make_news()])])
    Edition.objects.filter(pk=published.pk).update(decision=other.decision)

    (found,) = faults()

    assert found.startswith(f"Edition {published.pk} is not the one that line {other.decision_id}")
