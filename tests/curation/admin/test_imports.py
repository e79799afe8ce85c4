"""Imports: what came in, what could not and why; setting aside and bringing back."""

import zlib
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpus.importing import limits, pipeline
from corpus.models import Document, ImportRun, Reject
from curation.admin import import_report
from curation.models import Decision, SetAside
from tests.factories import (
    make_capture,
    make_claim,
    make_document,
    make_quote,
    make_run,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/corpus/importrun/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page(run, move=""):
    return f"{LIST}{run.pk}/{move or 'change/'}"


def aside(desk, run, reason="Collected by mistake."):
    return desk.post(page(run, "move/set-aside/"), {"reason": reason})


def test_the_page_tells_what_was_new_changed_and_unchanged(desk):
    make_document("ESA agreed.", title="Same")
    changed = make_document("NASA agreed.", title="Other text")
    run = make_run(read=3, new=1, changed=1, unchanged=1)
    make_document("JAXA agreed.", title="Fresh", run=run)
    make_capture(changed, "NASA did not agree.", run=run)
    same = Document.objects.get(title="Same").current_capture
    same.sightings.create(import_run=run, original=same.original, collected_at=run.started_at)

    groups = desk.get(page(run)).context["groups"]

    told = {each.title: [row.capture.document.title for row in each.rows] for each in groups}
    assert told == {"New": ["Fresh"], "Changed": ["Other text"], "Unchanged": ["Same"]}


def test_rejects_are_told_with_their_reasons(desk):
    run = make_run(read=1, rejected=1)
    Reject.objects.create(import_run=run, name="a.txt", reason="It is empty.", size=0)

    told = desk.get(page(run)).content.decode()

    assert "a.txt" in told
    assert "It is empty." in told


def test_an_import_is_set_aside_and_brought_back(desk):
    run = make_run()
    document = make_document(run=run)

    aside(desk, run)
    document.refresh_from_db()
    gone = document.current_capture
    desk.post(page(run, "move/bring-back/"), {"reason": "It was right."})
    document.refresh_from_db()

    assert gone is None
    assert document.current_capture is not None
    assert "Collected by mistake." in desk.get(page(run)).content.decode()


def test_setting_aside_needs_a_reason(desk):
    run = make_run()

    response = aside(desk, run, reason=" ")

    assert response.status_code == 422
    assert "Write why" in response.content.decode()
    assert not SetAside.objects.exists()


def test_what_claims_rest_on_is_not_set_aside(desk):
    run = make_run()
    make_claim(quotes=[make_quote(make_document(run=run, title="Relied on"))])

    response = aside(desk, run, reason="Typed here")
    told = response.content.decode()

    assert response.status_code == 409
    assert "Relied on" in told
    assert "Typed here" in told


def test_before_the_click_the_page_says_what_cannot_be_set_aside(desk):
    told = desk.get(page(make_run())).content.decode()

    assert '<h2 id="counts-title">Setting it aside</h2>' in told
    assert "It cannot be set aside while claims rest on words that it alone brought in" in told


def test_the_list_tells_hours_as_everywhere(desk):
    make_run(started_at=datetime(2026, 3, 1, 6, 39, tzinfo=UTC))

    assert "1 Mar 2026, 06:39" in desk.get(LIST).content.decode()


def test_a_second_setting_aside_is_told(desk):
    run = make_run()
    aside(desk, run)

    assert aside(desk, run).status_code == 409


def test_contributors_read_but_set_nothing_aside(client, contributor):
    run = make_run()
    client.force_login(contributor)

    assert "Set aside</button>" not in client.get(page(run)).content.decode()
    assert aside(client, run).status_code == 403


def test_query_counts_do_not_grow(desk, queries):
    run = make_run(read=6, new=3, rejected=3)
    make_document(run=run)
    make_reject(run)
    one = queries(LIST), queries(page(run))
    for _ in range(2):
        make_document(run=run)
        make_reject(run)
        make_run()

    assert (queries(LIST), queries(page(run))) == one


def test_queries_of_progress_do_not_grow(desk, queries, queue):
    run = make_run(state="running", alive_at=timezone.now())
    one = queries(page(run, "move/progress/"))
    for _ in range(2):
        make_document(run=run)
        make_run(state="running", alive_at=timezone.now())

    assert queries(page(run, "move/progress/")) == one


# --- how far it is ------------------------------------------------------------------------------


@pytest.fixture
def queue(settings):
    """The queue of a desk in use: nothing is done until a worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def make_reject(run, **kwargs):
    kwargs = {
        "name": "a.txt",
        "reason": "It is empty.",
        "raw": zlib.compress(b"ESA agreed."),
    } | kwargs
    return Reject.objects.create(import_run=run, **kwargs)


def running(**kwargs):
    now = timezone.now()
    begun = {"at": (now - timedelta(minutes=5)).isoformat(), "done": 0}
    kwargs = {"size": 1000, "done": 250, "options": {"begun": begun}} | kwargs
    return make_run(state="running", alive_at=now, **kwargs)


def test_page_of_a_running_import_tells_its_share_and_the_time_that_is_left(desk):
    told = desk.get(page(running(read=40, new=39, mended=2))).content.decode()

    assert 'max="100" value="25"' in told
    assert "About 15 minutes left." in told
    assert "40 read: 39 new; of which 2 mended." in told
    assert ">Look again</a>" in told
    assert "Setting it aside" not in told


@pytest.mark.parametrize(
    ("minutes", "done", "left"),
    [
        (5, 999, "Less than a minute left."),
        (5, 830, "About a minute left."),
        (60, 100, "About 9 hours left."),
        (0, 250, "How long it takes shows after its first batches."),
        (5, 0, "How long it takes shows after its first batches."),
    ],
)
def test_time_that_is_left_is_told_in_words(minutes, done, left):
    begun = {"at": (timezone.now() - timedelta(minutes=minutes)).isoformat(), "done": 0}
    assert (
        import_report.in_words(running(done=done, options={"begun": begun})) == f"It runs. {left}"
    )


def test_progress_is_a_part_of_the_page(desk):
    told = desk.get(page(running(), "move/progress/")).content.decode()
    assert told.lstrip().startswith('<div id="import-progress"')
    assert 'data-live="yes" data-share="25"' in told


def test_progress_of_an_import_that_is_over_says_so(desk):
    assert 'data-live="no"' in desk.get(page(make_run(), "move/progress/")).content.decode()


def test_killed_import_is_taken_up_by_whoever_looks_at_it(desk, queue):
    run = running(upload="0" * 32)
    silent(run)

    told = desk.get(page(run)).content.decode()

    run.refresh_from_db()
    assert run.state == "waiting"
    assert "It waits for the worker" in told
    assert DBTaskResult.objects.get().args_kwargs["args"] == [run.pk]


def silent(run):
    past = timezone.now() - timedelta(seconds=limits.SILENT + 1)
    ImportRun.objects.filter(pk=run.pk).update(alive_at=past)


def test_report_tells_only_counts_that_are_not_zero(desk):
    told = desk.get(page(make_run(read=2, new=2))).content.decode()
    assert "2 read: 2 new.\n" in told


def test_note_of_an_import_that_stopped_is_told(desk):
    told = desk.get(page(make_run(state="stopped", note="The disk is full."))).content.decode()
    assert "The disk is full." in told
    assert "Go on</button>" not in told


@pytest.mark.parametrize(("asked", "shown"), [("1", 50), ("2", 10), ("9" * 30, 50), ("-1", 50)])
def test_long_lists_are_told_in_pages(asked, shown, desk):
    run = make_run(read=60, rejected=60)
    Reject.objects.bulk_create(
        Reject(import_run=run, name=f"{n}.txt", reason="Empty.") for n in range(60)
    )

    response = desk.get(page(run), {"rejected": asked})

    assert len(response.context["rejects"].rows) == shown
    way = "?rejected=1#rejected" if asked == "2" else "?rejected=2#rejected"
    assert way in response.content.decode()


# --- what is done to it -------------------------------------------------------------------------


def test_import_is_cancelled(desk, queue):
    run = running()

    response = desk.post(page(run, "move/cancel/"), follow=True)

    run.refresh_from_db()
    assert run.cancel_asked_at
    told = response.content.decode()
    assert "It is being cancelled" in told
    assert ">Cancel</button>" not in told
    assert Decision.objects.about(run).get().act == "cancel import"


def test_import_that_is_over_is_not_cancelled(desk):
    response = desk.post(page(make_run(), "move/cancel/"))
    assert response.status_code == 409
    assert "there is nothing left to cancel" in response.content.decode()


def test_cancelled_import_goes_on(desk, upload, queue):
    name = upload({"a.txt": b"ESA agreed."})
    run = make_run(state="cancelled", note=pipeline.CANCELLED, upload=name)
    assert "Go on</button>" in desk.get(page(run)).content.decode()

    desk.post(page(run, "move/go-on/"))

    run.refresh_from_db()
    assert (run.state, run.note) == ("waiting", "")
    assert Decision.objects.about(run).get().act == "go on with import"


def test_import_whose_files_are_gone_does_not_go_on(desk, settings, tmp_path):
    settings.UPLOADS = tmp_path
    response = desk.post(page(make_run(state="stopped", upload="0" * 32), "move/go-on/"))
    assert response.status_code == 409
    assert "is not kept any more" in response.content.decode()


def test_rejects_are_tried_again_one_or_all(desk, django_capture_on_commit_callbacks):
    run = make_run(read=3, rejected=3)
    first, second, third = (
        make_reject(run, name=f"{n}.txt", raw=zlib.compress(b"ESA agreed on %d." % n))
        for n in range(3)
    )

    with django_capture_on_commit_callbacks(execute=True):
        one = desk.post(page(run, "move/retry/"), {"reject": second.pk})
    with django_capture_on_commit_callbacks(execute=True):
        rest = desk.post(page(run, "move/retry/"))

    for reject, answer in ((first, rest), (second, one), (third, rest)):
        reject.refresh_from_db()
        assert answer.url == page(reject.retried_in)
    assert [each.new for each in ImportRun.objects.exclude(pk=run.pk).order_by("pk")] == [1, 2]
    assert [each.act for each in Decision.objects.about(run)] == ["try rejects again"] * 2
    told = desk.get(page(run)).content.decode()
    assert "Try again</button>" not in told
    assert told.count(">import ") == 3


@pytest.mark.parametrize("given", ["x", "9" * 30, "-1", "0"])
def test_reject_that_is_not_there_is_not_tried_again(given, desk):
    make_reject(run := make_run(read=1, rejected=1))
    assert desk.post(page(run, "move/retry/"), {"reject": given}).status_code == 409
    assert not Reject.objects.exclude(retried_in=None).exists()


def test_reject_whose_bytes_are_not_kept_says_so(desk):
    run = make_run(read=1, rejected=1)
    make_reject(run, raw=None)

    told = desk.get(page(run)).content.decode()

    assert "its bytes are not kept" in told
    assert "Try all again" not in told


def test_import_that_is_not_over_is_not_set_aside(desk):
    assert aside(desk, running()).status_code == 409
