"""The summary editor: saving, previewing, the gate's list, the moves, revisions compared."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from corpus.models import Source
from curation import drafting, resolving, revisiting, standings
from curation.confirming import evidence_seen
from curation.gathering import gather
from curation.models import Alert, Edition, ReviewDate, Revision, Summary
from tests.factories import (
    make_approved,
    make_assessment,
    make_claim,
    make_decision,
    make_document,
    make_draft,
    make_entity,
    make_evidence,
    make_news,
    make_partnership,
    make_party,
    make_published,
    make_quote,
    make_user,
    passages_of,
    ticks,
)

pytestmark = pytest.mark.django_db
FRAGMENT = {"X-Desk": "fragment"}


@pytest.fixture
def summary():
    return make_draft()


@pytest.fixture
def claim(summary):
    return summary.partnership.claims.get()


def screen(summary):
    return reverse("admin:curation_summary_change", args=[summary.pk])


def move(summary, verb):
    return reverse("admin:curation_summary_move", args=[summary.pk, verb])


def typed(summary, **kwargs):
    return {"seen": summary.n, "title": "T", "standfirst": "", "text": "One."} | kwargs


def signed_in(client, role):
    user = make_user(role)
    client.force_login(user)
    return user


# --- writing ----------------------------------------------------------------------------------


def test_save_makes_the_next_revision(client, summary, claim):
    signed_in(client, "contributor")

    answer = client.post(move(summary, "save"), typed(summary, text=f"They agreed. [@{claim.key}]"))

    assert answer.status_code == 302
    summary.refresh_from_db()
    assert (summary.n, summary.latest.text) == (2, f"They agreed. [@{claim.key}]")


def test_second_of_two_editors_is_told_who_was_faster_and_keeps_the_text(client, summary):
    seen = typed(summary, text="My own words about it.")
    faster = make_user("contributor", username="anna")
    drafting.save(summary, by=faster, seen=1, title="T", standfirst="", text="Words of Anna.")
    signed_in(client, "contributor")

    answer = client.post(move(summary, "save"), seen)

    told = answer.content.decode()
    assert answer.status_code == 409
    assert "anna" in told
    assert "<del>Words of Anna.</del>" in told or "Anna." in told
    assert "My own words about it." in answer.context["draft"]["text"].value()
    assert Revision.objects.filter(summary=summary).count() == 2
    # Saving once more is deliberate: both revisions are there afterwards.
    assert answer.context["draft"]["seen"].value() == "2"
    again = client.post(move(summary, "save"), seen | {"seen": "2"})
    assert again.status_code == 302
    texts = set(Revision.objects.filter(summary=summary).values_list("text", flat=True))
    assert {"Words of Anna.", "My own words about it."} <= texts


def test_script_is_told_the_same_with_both_texts(client, summary):
    faster = make_user("contributor", username="anna")
    drafting.save(summary, by=faster, seen=1, title="T", standfirst="", text="Words of Anna.")
    signed_in(client, "contributor")

    answer = client.post(move(summary, "save"), typed(summary, seen=1), headers=FRAGMENT)

    told = answer.content.decode()
    assert answer.status_code == 409
    assert 'id="faster"' in told
    assert "anna" in told
    assert 'name="seen" value="2"' in told


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999", "7"])
def test_revision_that_nobody_loaded_saves_nothing_and_keeps_the_text(client, summary, seen):
    signed_in(client, "contributor")

    answer = client.post(move(summary, "save"), typed(summary, seen=seen, text="Kept words."))

    assert answer.status_code in (409, 422)
    assert "Kept words." in answer.content.decode()
    assert Summary.objects.get(pk=summary.pk).n == 1


@pytest.mark.parametrize("text", ["a\0b", "x" * 60_000, "[" * 20_000, "\r\n\r\n# h\n<b>x</b>"])
def test_no_text_breaks_the_editor(client, summary, text):
    signed_in(client, "contributor")

    for verb in ("save", "preview"):
        answer = client.post(move(summary, verb), typed(summary, text=text))
        assert answer.status_code in (200, 302, 422)


def test_state_in_the_form_is_ignored(client, summary, claim):
    signed_in(client, "contributor")
    sent = typed(summary, text=f"So. [@{claim.key}]", state="approved", n=9, by=1)

    client.post(move(summary, "save"), sent)

    summary.refresh_from_db()
    assert (summary.state, summary.n) == ("draft", 2)


def test_posting_to_the_change_address_changes_nothing(client, summary):
    signed_in(client, "admin")

    client.post(screen(summary), {"state": "approved", "n": 9, "_saveasnew": "1"})

    kept = Summary.objects.get()
    assert (kept.state, kept.n) == ("draft", 1)


# --- the reader's view ------------------------------------------------------------------------


def test_preview_shows_what_was_typed_and_saves_nothing(client, summary, claim):
    signed_in(client, "contributor")
    sent = typed(summary, text=f"Something new happened. [@{claim.key}]")

    answer = client.post(move(summary, "preview"), sent, headers=FRAGMENT)

    told = answer.content.decode()
    assert "Something new happened." in told
    assert "reported" in told
    assert "<html" not in told
    assert Revision.objects.count() == 1


def test_preview_without_script_is_the_whole_screen_with_the_text_kept(client, summary):
    signed_in(client, "contributor")

    answer = client.post(move(summary, "preview"), typed(summary, text="Typed and not saved."))

    assert answer.status_code == 200
    assert "Typed and not saved." in answer.context["draft"]["text"].value()
    assert "Not saved." in answer.content.decode()


def test_refusals_lead_to_their_places(client, summary):
    unsupported = make_claim(partnership=summary.partnership)
    signed_in(client, "contributor")
    text = f"Nobody says so. [@{unsupported.key}] This cites nothing. And this. [@c999]"

    answer = client.post(move(summary, "preview"), typed(summary, text=text), headers=FRAGMENT)

    told = answer.content.decode()
    codes = {each.code for each in answer.context["refusals"]}
    assert {"unsupported", "uncited", "citation_to_nothing"} <= codes
    for each in answer.context["refusals"]:
        if each.sentence:
            assert f'href="#s{each.sentence}"' in told
            assert f'id="s{each.sentence}"' in told
    assert reverse("admin:curation_claim_change", args=[unsupported.pk]) in told


def test_warnings_are_told_apart_from_refusals(client, summary):
    signed_in(client, "contributor")

    answer = client.get(screen(summary))

    assert answer.context["refusals"] == []
    assert {each.code for each in answer.context["warnings"]} >= {"one_origin"}


def test_markup_of_the_text_reaches_no_reader(client, summary, claim):
    signed_in(client, "contributor")
    text = f"A <script>alert(1)</script> [x](javascript:alert(1)). [@{claim.key}]"

    told = client.post(move(summary, "preview"), typed(summary, text=text), headers=FRAGMENT)

    assert "<script" not in told.content.decode()
    assert 'href="javascript' not in told.content.decode()


def test_claims_stand_beside_with_their_keys(client, summary, claim):
    signed_in(client, "contributor")

    told = client.get(screen(summary)).content.decode()

    assert f'data-insert="[@{claim.key}]"' in told
    assert claim.words in told


def test_saving_with_the_script_shows_its_line_among_the_decisions(client, summary, claim):
    signed_in(client, "contributor")
    text = f"They agreed. [@{claim.key}]"

    answer = client.post(move(summary, "save"), typed(summary, text=text), headers=FRAGMENT)

    parts = answer.content.decode().partition('<div id="decisions">')
    assert ">save</a>" in parts[2]


def test_steps_end_with_the_edition_that_readers_have(client):
    summary = make_draft()
    signed_in(client, "publisher")
    assert "Published: edition" not in client.get(screen(summary)).content.decode()

    make_published(summary)

    assert ">Published: edition 1</a>" in client.get(screen(summary)).content.decode()


# --- moves ------------------------------------------------------------------------------------


def test_three_people_carry_a_draft_to_an_edition(client, summary):
    signed_in(client, "contributor")
    assert client.post(move(summary, "submit"), {"seen": 1}).status_code == 302
    signed_in(client, "editor")
    assert client.post(move(summary, "approve"), reviewed(summary)).status_code == 302
    signed_in(client, "publisher")
    assert client.post(move(summary, "publish"), {"seen": 1}).status_code == 302

    assert Edition.objects.get().n == 1
    assert Summary.objects.get().state == "draft"


def reviewed(summary, **kwargs):
    """What the reviewer's form sends once every sentence is ticked."""
    sent = {"seen": summary.n, "evidence": evidence_seen(gather(summary)), "reason": ""}
    return sent | {"confirmed": ticks(summary)} | kwargs


def test_author_is_told_why_not_to_approve(client):
    editor = make_user("editor")
    summary = make_draft(by=editor)
    client.force_login(editor)
    client.post(move(summary, "submit"), {"seen": 1})

    told = client.get(screen(summary)).content.decode()
    answer = client.post(move(summary, "approve"), reviewed(summary))

    assert "You are an author of this text" in told
    assert answer.status_code == 409
    assert Summary.objects.get().state == "in review"


def test_contributor_is_told_who_may_approve(client, summary):
    signed_in(client, "contributor")
    client.post(move(summary, "submit"), {"seen": 1})

    told = client.get(screen(summary)).content.decode()

    assert "This takes an editor who is no author of it." in told
    assert client.post(move(summary, "approve"), {"seen": 1}).status_code == 403


def test_refused_submission_changes_nothing(client):
    document = make_document("A base will follow by 2040.")
    make_assessment(passages_of(document)[0], "speculative")
    claim = make_claim(words="A base will follow.", quotes=[make_quote(document)])
    summary = make_draft(claims=[claim])
    signed_in(client, "contributor")

    answer = client.post(move(summary, "submit"), {"seen": 1})

    assert answer.status_code == 409
    assert "No claim on the page stands above doubtful" in answer.content.decode()
    assert Summary.objects.get().state == "draft"


def test_sending_back_wants_a_reason(client, summary):
    signed_in(client, "contributor")
    client.post(move(summary, "submit"), {"seen": 1})
    signed_in(client, "editor")

    assert client.post(move(summary, "send-back"), {"seen": 1}).status_code == 422
    assert Summary.objects.get().state == "in review"
    client.post(move(summary, "send-back"), {"seen": 1, "reason": "Name who says so."})

    assert Summary.objects.get().state == "draft"
    assert client.get(screen(summary)).context["turned"].reason == "Name who says so."
    signed_in(client, "contributor")
    client.post(move(summary, "submit"), {"seen": 1})
    assert client.get(screen(summary)).context["turned"] is None


def test_move_about_another_revision_is_refused(client, summary):
    faster = make_user("contributor", username="anna")
    drafting.save(summary, by=faster, seen=1, title="T", standfirst="", text="Other words.")
    signed_in(client, "contributor")

    answer = client.post(move(summary, "submit"), {"seen": 1})

    assert answer.status_code == 409
    assert "anna" in answer.content.decode()
    assert Summary.objects.get().state == "draft"


@pytest.mark.django_db(transaction=True)
def test_submitting_to_a_busy_desk_is_told_on_the_page(client, busy):
    summary = make_draft()
    signed_in(client, "contributor")

    with busy():
        answer = client.post(move(summary, "submit"), {"seen": 1})

    assert answer.status_code == 503
    assert "The desk is busy with something large" in answer.content.decode()
    assert Summary.objects.get().state == "draft"


def test_correction_wants_a_note_to_readers(client):
    summary = make_draft()
    make_published(summary)
    claims = list(summary.partnership.claims.all())
    make_approved(make_draft(summary.partnership, claims=claims, standfirst="New. [@editorial]"))
    signed_in(client, "publisher")

    summary.refresh_from_db()
    bare = client.post(move(summary, "publish"), {"seen": summary.n, "kind": "correction"})
    assert bare.status_code == 422
    sent = {"seen": summary.n, "kind": "correction", "note": "The year was wrong."}
    assert client.post(move(summary, "publish"), sent).status_code == 302

    newest = Edition.objects.order_by("-n").first()
    assert (newest.n, newest.kind, newest.note) == (2, "correction", "The year was wrong.")


def test_withdrawn_page_comes_back_as_the_next_edition_with_a_note(client):
    summary = make_draft()
    page = make_published(summary).partnership.page
    signed_in(client, "publisher")
    withdrawal = reverse("admin:curation_page_move", args=[page.pk, "withdraw"])
    client.post(withdrawal, {"reason": "It was wrong.", "seen": page.version})
    make_approved(make_draft(summary.partnership, claims=list(summary.partnership.claims.all())))
    summary.refresh_from_db()

    assert client.post(move(summary, "publish"), {"seen": summary.n}).status_code == 422
    stale = {"seen": summary.n, "kind": "clarification", "note": "Spelling of a name."}
    assert client.post(move(summary, "publish"), stale).status_code == 422
    sent = {"seen": summary.n, "note": "The date is mended."}
    assert client.post(move(summary, "publish"), sent).status_code == 302

    page.refresh_from_db()
    assert (page.status, page.edition.n, page.edition.kind) == ("usable", 2, "reinstatement")


def test_publisher_reads_what_changes_before_the_click(client):
    summary = make_draft()
    edition = make_published(summary)
    claims = list(summary.partnership.claims.all())
    make_party(summary.partnership, make_entity("JAXA"), claims=[make_claim()])
    make_approved(make_draft(summary.partnership, claims=claims, standfirst="New. [@editorial]"))
    signed_in(client, "publisher")

    asked = client.get(move(summary, "publish"))

    told = asked.content.decode()
    assert f"edition 2, in place of edition 1 of {date_format(edition.published_at)}" in told
    assert [part for part, _ in asked.context["difference"]] == ["standfirst"]
    assert "<ins>New.</ins>" in told
    assert "JAXA as partner is left out" in told
    assert 'name="kind"' in told
    assert ">Publish edition 2</button>" in told
    assert Edition.objects.count() == 1


def test_first_edition_is_shown_whole_with_its_address_before_the_click(client):
    summary = make_approved(make_draft(make_partnership("A rover for two")))
    signed_in(client, "publisher")

    told = client.get(move(summary, "publish")).content.decode()

    assert "/partnerships/a-rover-for-two/" in told
    assert "edition 1, the first" in told
    assert "the agencies agreed on" in told
    client.post(move(summary, "publish"), {"seen": summary.n})
    assert summary.partnership.page.slug == "a-rover-for-two"


def test_publisher_is_told_which_sentences_stand_otherwise(client):
    summary = make_draft()
    make_published(summary)
    claim = summary.partnership.claims.get()
    make_evidence(claim, make_news("They did not agree."), stance="disputes")
    standings.refresh([claim])
    make_approved(summary)
    signed_in(client, "publisher")

    asked = client.get(move(summary, "publish"))

    assert asked.context["difference"] == []
    restood = (f"According to ESA, the agencies agreed on {claim.key}.", "reported", "disputed")
    assert asked.context["restood"] == [restood]
    form = asked.context["offer"].form
    source = Source.objects.latest("pk")
    assert form.initial["kind"] == "correction"
    assert form.initial["note"] == (
        f"Corrected: that ESA and NASA agreed is disputed, no longer reported: "
        f"{source} disputes it."
    )
    told = asked.content.decode()
    assert form.initial["note"] in told
    assert 'value="correction" required id="publish-kind_1" checked' in told
    assert "more firmly than it stands" in told


def test_author_is_told_why_not_to_publish_and_asked_nothing(client):
    author = make_user("publisher")
    summary = make_approved(make_draft(by=author))
    client.force_login(author)

    told = client.get(move(summary, "publish")).content.decode()

    assert "You are an author of this text" in told
    assert '<button type="submit">Publish' not in told


def test_view_says_whether_readers_have_it(client):
    summary = make_draft()
    signed_in(client, "editor")
    assert client.get(screen(summary)).context["shown_as"] == "edition 1, not public yet"

    make_published(summary)
    assert client.get(screen(summary)).context["shown_as"] == "edition 1, as readers have it"

    make_draft(summary.partnership, claims=[], text="More. [@editorial]")
    seen = client.get(screen(summary)).context["shown_as"]
    assert seen == "edition 2, not public yet: readers have 1"


def test_publisher_sets_a_time_sees_it_and_takes_it_back(client):
    summary = make_approved()
    signed_in(client, "publisher")
    at = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    bare = client.post(move(summary, "schedule"), {"seen": 1, "at": "2020-01-01T09:00"})
    assert bare.status_code == 422
    assert "That time has passed" in bare.content.decode()
    assert client.post(move(summary, "schedule"), {"seen": 1, "at": at}).status_code == 302
    for address in (screen(summary), move(summary, "publish"), reverse("admin:index")):
        assert "o be published on" in client.get(address).content.decode()

    assert client.post(move(summary, "unschedule"), {"seen": 1}).status_code == 302
    assert "o be published on" not in client.get(screen(summary)).content.decode()


@pytest.mark.parametrize("verb", ["save", "preview", "submit", "send-back", "approve", "publish"])
def test_moves_are_posted(client, summary, verb):
    signed_in(client, "admin")

    assert client.get(move(summary, verb), follow=True).redirect_chain == [(screen(summary), 302)]


# --- revisions --------------------------------------------------------------------------------


def test_two_revisions_are_compared_by_sentence(client, summary, claim):
    user = make_user("contributor")
    text = f"They agreed on all of it. [@{claim.key}] They fly in 2028. [@{claim.key}]"
    drafting.save(summary, by=user, seen=1, title="T", standfirst="", text=text)
    changed = text.replace("2028", "2030")
    drafting.save(summary, by=user, seen=2, title="T", standfirst="", text=changed)
    client.force_login(user)

    answer = client.get(reverse("admin:curation_summary_history", args=[summary.pk]))

    told = answer.content.decode()
    assert "<del>2028.</del>" in told
    assert "<ins>2030.</ins>" in told
    assert "1 sentence the same" in told


@pytest.mark.parametrize("asked", ["?from=x&to=y", "?from=-1", "?from=99&to=98", f"?to={'9' * 40}"])
def test_revisions_that_are_not_there_compare_as_empty(client, summary, asked):
    signed_in(client, "contributor")
    address = reverse("admin:curation_summary_history", args=[summary.pk])

    assert client.get(address + asked).status_code == 200


# --- queries ----------------------------------------------------------------------------------


def test_screen_query_count_does_not_grow(client, queries):
    signed_in(client, "editor")
    partnership = make_partnership()
    claims = [make_claim(partnership=partnership, quotes=[make_news("A agreed.")])]
    summary = make_draft(claims=claims)
    with_one = queries(screen(summary))
    for words in ("B agreed.", "C agreed."):
        claims.append(make_claim(partnership=partnership, quotes=[make_news(words)]))
    make_draft(claims=claims)

    assert queries(screen(summary)) == with_one


def test_list_query_count_does_not_grow(client, queries):
    signed_in(client, "editor")
    address = reverse("admin:curation_summary_changelist")
    make_draft()
    with_one = queries(address)
    make_draft()
    make_draft()

    assert queries(address) == with_one


def test_published_text_is_not_offered_for_review_until_something_changes(client):
    summary = make_draft()
    make_published(summary)
    signed_in(client, "contributor")

    page = client.get(screen(summary))

    (offer,) = page.context["offers"]
    assert offer.why_not == [
        "Nothing changed since edition 1. Change the text or what it rests on, then submit it."
    ]
    assert page.context["refusals"] == []


# --- the day to look at it again ----------------------------------------------------------------


def test_day_to_look_again_is_set_moved_and_taken_back(client, summary):
    signed_in(client, "editor")
    days = [str(timezone.localdate() + timedelta(days=n)) for n in (10, 20)]
    for day in days:
        row = summary.review_dates.in_force().first()
        client.post(move(summary, "look-again"), {"on": day, "seen": row.pk if row else ""})
        told = client.get(screen(summary)).context["again"]
        assert str(told.on) == day
    client.post(move(summary, "look-again"), {"on": "", "seen": told.pk})
    assert client.get(screen(summary)).context["again"] is None


def test_day_that_has_come_is_told_until_somebody_has_dealt_with_it(client, summary, editor):
    signed_in(client, "editor")
    decision = make_decision(summary)
    ReviewDate.objects.create(summary=summary, on=timezone.localdate(), decision=decision)
    list(revisiting.tell_what_passed())
    assert "To be looked at again since" in client.get(screen(summary)).content.decode()
    resolving.reconfirm(Alert.objects.open(), by=editor, reason="I read it all again.")
    assert "To be looked at again" not in client.get(screen(summary)).content.decode()


@pytest.mark.parametrize("day", ["", "2020-01-01", "2090-01-01", "soon", "2027-02-30"])
def test_day_that_cannot_be_set_is_told_with_what_was_typed(client, summary, day):
    signed_in(client, "editor")
    answer = client.post(move(summary, "look-again"), {"on": day, "reason": "The launch."})
    assert answer.status_code == 422
    assert 'value="The launch."' in answer.content.decode()
    assert not summary.review_dates.exists()
