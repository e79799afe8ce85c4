"""Every screen as axe sees it: WCAG 2.2 AA and best practice, by day and wide; then again
what hangs on looks, by night and narrow.

One sample desk, with a few rows that it lacks, serves the whole module: nothing here writes.
Whatever can be opened stands open, so that what it holds is looked at too.
"""

from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db.models import F
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from corpus import guards
from corpus.models import CopyEdge, Document, Entity, ImportRun, Reject
from curation import describing, workflow
from curation.admin import import_report, parts
from curation.ledger import canonical
from curation.models import Alert, EditionQuote, Page, Quote, SourceGrade
from tests.browser.conftest import session_cookie
from tests.browser.test_reading_room import SELECT
from tests.factories import (
    answer_objections,
    make_alert,
    make_anchor,
    make_approved,
    make_capture,
    make_claim,
    make_content,
    make_draft,
    make_entity,
    make_news,
    make_notice,
    make_page,
    make_pattern,
    make_published,
    make_run,
    make_told,
    make_user,
    make_withdrawn,
    republish,
    told_party,
)

pytestmark = pytest.mark.django_db  # to read rows; what the module's fixtures write is committed

STANDARD = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
LOOKS = {
    "type": "rule",
    "values": [
        "color-contrast",
        "link-in-text-block",
        "scrollable-region-focusable",
        "target-size",
    ],
}
RUN = """(rules) => axe.run(
  { exclude: ["#result_list tbody tr:nth-child(n + 9)"] }, // long lists repeat themselves
  { runOnly: rules, resultTypes: ["violations"], preload: false },
)"""
OPEN = """() => {
  for (const one of document.querySelectorAll("main details, #content details")) one.open = true;
}"""
STILL = "() => document.getAnimations().forEach((one) => one.finish())"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"

SITE = {
    "home": "/",
    "list": "/partnerships/",
    "list, narrowed": "/partnerships/?q=rover&standing=reported",
    "list, nothing found": "/partnerships/?q=nothing-of-the-kind",
    "list, refused": "/partnerships/?state=nonsense",
    "partnership": "/partnerships/{slug}/",
    "partnership, under review": "/partnerships/compared/",
    "partnership, withdrawn": "/partnerships/withdrawn/",
    "partnership, published in error": "/partnerships/gone/",
    "edition, replaced": "/partnerships/withdrawn/v/1/",
    "history": "/partnerships/withdrawn/history/",
    "two editions compared": "/partnerships/compared/history/?from=1&to=2",
    "two editions compared, refused": "/partnerships/withdrawn/history/?from=1",
    "entity": "/entities/esa/",
    "document": "/documents/{quoted}/",
    "corrections": "/corrections/",
    "method": "/method/",
    "nothing there": "/nothing/here/",
    "sign-in": "/admin/login/",
}
DESK = {
    "front": "/admin/",
    "an app": "/admin/curation/",
    "agreement": "/admin/agreement/",
    "what nobody adds": "/admin/corpus/document/add/",
    "own password": "/admin/password_change/",
    "own password, changed": "/admin/password_change/done/",
    "password of another": "/admin/auth/user/{user}/password/",
    "documents, narrowed": "/admin/corpus/document/?q=rover&assessed=some",
    "documents, none found": "/admin/corpus/document/?q=nothing-of-the-kind",
    "a text in parts": "/admin/corpus/document/{long}/change/",
    "an earlier text": "/admin/corpus/document/{again}/change/?capture={earlier}",
    "a text with copies": "/admin/corpus/document/{copy}/change/",
    "two texts compared": "/admin/corpus/document/{copy}/move/compare/?with={other}",
    "claim, without script": "/admin/corpus/document/{again}/move/claim/?start=0&end=3",
    "link, without script": "/admin/corpus/document/{again}/move/link/?start=0&end=3",
    "import with rejects": "/admin/corpus/importrun/{rejecting}/change/",
    "import that runs": "/admin/corpus/importrun/{running}/change/",
    "import, cancelled": "/admin/corpus/importrun/{cancelled}/change/",
    "plan that waits for its outcome": "/admin/curation/claim/{plan}/change/",
    "summary, objected to": "/admin/curation/summary/{objected}/change/",
    "summary, approved": "/admin/curation/summary/{approved}/change/",
    "summary, before it is approved": "/admin/curation/summary/{reviewed}/move/approve/",
    "other evidence": "/admin/curation/alert/{moved}/move/other-evidence/?claim={fell}&q=rover",
    "words to be looked for": "/admin/curation/alert/{collected}/change/",
    "summary, before it is published": "/admin/curation/summary/{changed}/move/publish/",
    "page, withdrawn": "/admin/curation/page/{withdrawn}/change/",
    "entities, before they are merged": "/admin/corpus/entity/{esa}/move/merge/?into=NASA",
    "decisions": "/admin/curation/page/{withdrawn}/history/",
    "nothing there": "/admin/nothing/here/",
}
STATUS = {
    "list, refused": 400,
    "two editions compared, refused": 400,
    "what nobody adds": 403,
    "nothing there": 404,
    "partnership, published in error": 410,
}
MODELS = {model._meta.label_lower: model for model in admin.site._registry}
ANYBODY = SimpleNamespace(user=SimpleNamespace(has_perm=lambda name: True))
ADDED = [
    model._meta.label_lower
    for model, screen in admin.site._registry.items()
    if screen.has_add_permission(ANYBODY)
]


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the addresses name: rows of the sample desk, and those that it lacks."""
    with django_db_blocker.unblock():
        with override_settings(VAR=tmp_path_factory.mktemp("logins"), PASSWORD_HASHERS=[MD5]):
            call_command("seed", stdout=StringIO())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parts, "PART", 20)
            yield fill()
        for app in ("corpus", "curation"):
            guards.take_down(apps.get_app_config(app).guards)
        call_command("flush", verbosity=0, interactive=False)


def fill():
    long = max(Document.objects.all(), key=lambda each: each.current_capture.passages.count())
    again = Document.objects.exclude(pk=long.pk).earliest("pk")
    told = {"long": long.pk, "again": again.pk, "earlier": again.current_capture_id}
    again.current_capture = make_capture(again, "NASA says so again. ESA agrees.")
    again.save()
    shelved = Page.objects.earliest("pk")
    quoted = EditionQuote.objects.filter(edition=shelved.edition).earliest("pk")
    told |= {"slug": shelved.slug, "quoted": quoted.document_id}
    pair = CopyEdge.objects.standing().earliest("pk")
    told |= {"copy": pair.a_id, "other": pair.b_id}
    make_withdrawn(make_page(slug="gone"), status="gone")
    page = make_page(slug="withdrawn")
    republish(page, kind="correction", note="The year was wrong.")
    make_withdrawn(page)
    run = ImportRun.objects.earliest("pk")
    for n in range(import_report.A_PAGE + 1):
        Reject.objects.create(import_run=run, name=f"{n}.txt", reason="It is empty.", raw=b"x")
    ImportRun.objects.filter(pk=run.pk).update(rejected=n + 1, read=F("read") + n + 1)
    alive = timezone.now() + timedelta(days=1)
    told["esa"] = Entity.objects.get(slug="esa").pk
    told["running"] = make_run(state="running", alive_at=alive, size=100, done=40).pk
    retries = {"retries": run.pk}  # which can go on, whatever became of its files
    told["cancelled"] = make_run(state="cancelled", note="Cancelled.", options=retries).pk
    make_pattern()
    told |= regraded() | {"collected": collected().pk, "reviewed": reviewed().pk}
    compared()
    told |= {"objected": objected().pk, "plan": plan().pk}
    told |= {"withdrawn": page.pk, "rejecting": run.pk, "user": make_user("editor").pk}
    return told | {"approved": make_approved().pk, "changed": changed().pk}


def plan():
    """Its day has passed, and a fact is there that tells what became of it."""
    passed = {"told_as": "plan", "date": "2022", "date_latest": date(2022, 12, 31)}
    claim = make_claim(quotes=[make_news("They fly in 2022.")], **passed)
    make_claim(partnership=claim.partnership, words="They did not fly in 2022.")
    return claim


def regraded():
    """A source on which pages and drafts of the sample desk rest: it alerts those who hold them."""
    grade = SourceGrade.objects.in_force().filter(source__name__startswith="Orbital Ledger").get()
    worse = describing.grade(
        grade.source, by=make_user("editor"), grade="E", reason="It erred.", seen=grade.pk
    )
    caused = Alert.objects.open().of_cause(Alert.Cause.DECISION, worse.decision_id)
    alert = caused.earliest("pk")
    return {"moved": alert.pk, "fell": alert.claim_id}


def collected():
    """A text collected again, in which one quote is lost and another stands twice."""
    first, second = EditionQuote.objects.order_by("pk").values_list("quote_id", flat=True)[:2]
    quotes = Quote.objects.in_bulk([first, second])
    words = f"{quotes[first].prefix}Other words. {quotes[second].exact} Or {quotes[second].exact}"
    capture = make_capture(quotes[first].capture.document, words)
    make_anchor(quotes[first], capture)
    make_anchor(quotes[second], capture, "unclear")
    moved = [["lost", first, False, True], ["unclear", second, "as quoted", "at several places"]]
    return make_alert(
        quotes[first].evidence.first().claim,
        cause_kind="sighting",
        cause_id=capture.sightings.get().pk,
        moved=canonical(moved),
    )


def reviewed():
    """A summary in review, with an objection that marked words answer."""
    summary = make_draft(claims=[make_claim(quotes=[make_news(grade="C")])])
    summary = make_draft(
        summary.partnership,
        claims=list(summary.partnership.claims.all()),
        text=(f"They agreed. [@{summary.partnership.claims.get().key}] So it is. [@editorial]"),
    )
    answer_objections(summary)
    workflow.submit(summary, by=make_user("contributor"), seen=summary.n)
    return summary


def compared():
    """A page of two editions that differ in all ways, under review."""
    esa, claims = make_entity("ESA"), [make_told(), make_told(words="They fly in 2022.")]
    text = ["They agreed.", "They fly in 2022.", "They said so."]
    before = make_content(claims=[*claims, make_told()], text=text)
    weaker = claims[0] | {"standing": "doubtful", "evidence": [], "quotes": []}
    later = make_told(words="They fly in 2028.", replaces=claims[1]["id"])
    after = make_content(
        claims=[weaker, later | {"replaced_because": "mistaken"}],
        text=["They agreed.", "They fly in 2028."],
        parties=[told_party(esa, later)],
        state="suspended",
    )
    page = republish(make_page(before, slug="compared"), after, kind="update", note="It slipped.")
    for sentence in (None, 1, 3):
        make_notice(page, sentence=sentence)


def objected():
    """A draft of which some wording is answered by marks, and some is not."""
    claim = make_claim(quotes=[make_news(grade="C")])
    cited = f"[@{claim.key}]"
    summary = make_draft(claims=[claim], text=f"The agencies agreed. {cited}")
    assert answer_objections(summary)
    text = f"The agencies agreed. {cited} They fly in 2031. {cited}"
    return make_draft(claim.partnership, claims=[claim], text=text)


def changed():
    """A published summary, approved again with other words."""
    partnership = make_published().partnership
    claims = list(partnership.claims.all())
    return make_approved(make_draft(partnership, claims=claims, standfirst="So. [@editorial]"))


@pytest.fixture(scope="module")
def look(chromium, rows):
    """Return a function: open an address, as somebody who may do everything or as a reader."""
    server = LiveServer("localhost")
    desk, site = (chromium.new_context(base_url=server.url) for _ in range(2))
    desk.add_cookies([session_cookie(make_user("admin"), server.url)])
    pages = {True: desk.new_page(), False: site.new_page()}

    def open_at(address, *statuses, signed_in=True):
        page = pages[signed_in]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        answer = page.goto(address.format(**rows))
        assert answer.status in (statuses or (200,))
        assert answer.request.redirected_from is None
        return page

    yield open_at
    desk.close()
    site.close()
    server.stop()


def violations(page):
    """What axe finds wrong, in lines that say where it is and how to mend it."""
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)
    found = told("by day and wide", page.evaluate(RUN, STANDARD))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    page.evaluate(STILL)
    return found + told("by night and narrow", page.evaluate(RUN, LOOKS))


def told(when, results):
    return [
        f"{rule['id']} at {' '.join(map(str, node['target']))}, {when}\n"
        f"{rule['help']}. {node['failureSummary']}\n{node['html'][:200]}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]


def assert_none(found):
    assert not found, "\n\n".join(found)


@pytest.mark.parametrize("name", SITE)
def test_page_of_the_site(look, name):
    assert_none(violations(look(SITE[name], STATUS.get(name, 200), signed_in=False)))


@pytest.mark.parametrize("name", DESK)
def test_screen_of_the_desk(look, name):
    assert_none(violations(look(DESK[name], STATUS.get(name, 200))))


@pytest.mark.parametrize("label", MODELS)
def test_list_of_the_desk(look, label):
    assert_none(violations(look(address(label, "changelist"))))


@pytest.mark.parametrize("label", MODELS)
def test_row_of_the_desk(look, label):
    pk = MODELS[label].objects.earliest("pk").pk
    assert_none(violations(look(address(label, "change", pk))))


@pytest.mark.parametrize("label", ADDED)
def test_blank_form_of_the_desk(look, label):
    assert_none(violations(look(address(label, "add"))))


def address(label, screen, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{screen}", args=args)


def test_first_items_of_an_upload(look):
    page = look("/admin/corpus/importrun/add/")
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"ESA and NASA agreed."}
    page.set_input_files("#upload-chosen", [file, file | {"name": "b.xyz"}])
    page.click("text=Look first")
    page.wait_for_selector("#looked")
    assert_none(violations(page))


@pytest.mark.parametrize("act", ["claim", "link"])
def test_dialog_of_the_reading_room(look, act):
    page = look("/admin/corpus/document/{again}/change/")
    page.evaluate(SELECT, ["NASA", "so again"])
    page.click(f"#selection-{act}")
    page.wait_for_selector("dialog[open] form")
    assert_none(violations(page))
