"""The sample desk: loaded whole, through the verbs, and once."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from corpus.models import Document, ImportRun
from curation import demo_logins, gate, verifying
from curation.management.commands.seed import Command
from curation.models import (
    Alert,
    Anchor,
    Claim,
    Decision,
    Edition,
    Page,
    Partnership,
    Revision,
    Summary,
)
from tests.conftest import ROOT
from tests.factories import make_entity

pytestmark = pytest.mark.django_db

STANDS = re.compile(
    r"^# stands: (?P<words>.*)\n(?:#.*\n)*\[\[claim\]\]\n"
    r'key = .*\npartnership = .*\nwords = "(?P<claim>.+)"',
    re.MULTILINE,
)


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    settings.VAR = tmp_path
    settings.LOCAL = True


def seed():
    out = StringIO()
    call_command("seed", stdout=out)
    return out.getvalue()


def counts():
    models = (Decision, ImportRun, Document, Claim, Revision, User, Page)
    return {model.__name__: model.objects.count() for model in models}


def test_sample_desk_is_loaded_whole_and_once(monkeypatch):
    go_on = Command.go_on

    def look_and_go_on(*args):
        look_as_published()
        go_on(*args)

    with monkeypatch.context() as patched:
        patched.setattr(Command, "go_on", look_and_go_on)
        first = seed()
    look_afterwards()

    before = counts()
    second = seed()

    assert counts() == before
    assert "is loaded already" in second
    assert logins(first) == logins(second)
    for name, password in logins(second).items():
        assert User.objects.get(username=name).check_password(password)


def look_as_published():
    """Every claim stands as the file says, and what may be published is."""
    told = (ROOT / "seeds" / "curation.toml").read_text(encoding="utf-8")
    expected = {each["claim"]: each["words"] for each in STANDS.finditer(told)}
    claims = Claim.objects.select_related("standing")
    found = {claim.words: claim.standing.word for claim in claims}
    assert len(found) == len(expected) == Claim.objects.count()
    assert [words for words, word in found.items() if not expected[words].startswith(word)] == []
    assert Page.objects.listed().count() == 6
    held = Summary.objects.exclude(partnership__page__isnull=False).get()
    assert [each.code for each in gate.obstacles(held, step="submit")] == ["nothing_carries_it"]


CAUSES = {  # in the words of their acts, and whether anything of it is open
    "place quote": True,
    "judge copies": False,
    "change source": False,
    "describe": False,
    "merge": False,
    "unmerge": False,
    "assess": True,  # a corrected edition answered one; the draft of a withdrawn page has one
    "link": True,  # one was taken back, one stays
    "untick": False,  # confirmed
    "withdraw evidence": False,  # other evidence was put in its place
    "make claim": True,  # one reworded, one that contradicts another
    "tell outcome": True,
    "grade": True,
}


def look_afterwards():
    """Evidence moved in every way that there is, and some of it was dealt with."""
    alerts = Alert.objects.all()
    assert set(alerts.values_list("cause_kind", flat=True)) == set(Alert.Cause.values)
    by_decision = alerts.filter(cause_kind=Alert.Cause.DECISION)
    acts = dict(Decision.objects.values_list("pk", "act"))
    found: dict[str, bool] = {}
    for cause, closed in by_decision.values_list("cause_id", "closed_at"):
        found[acts[cause]] = found.get(acts[cause], False) or closed is None
    assert found == CAUSES

    waits = alerts.open().values_list("cause_kind", flat=True)
    assert set(waits) == {"decision", "sighting", "review date"}  # the copies were judged
    states = Anchor.objects.in_force().values_list("state", flat=True)
    assert {"moved", "unclear", "lost"} <= set(states)
    resolutions = set(alerts.values_list("resolution", flat=True))
    assert resolutions == {"", *Alert.Resolution.values}
    assert alerts.filter(cause_kind=Alert.Cause.REVIEW_DATE).count() == 3
    assert not Claim.objects.filter(evidence=None).exists()
    titles = list(Document.objects.values_list("title", flat=True))
    assert len(titles) == len(set(titles))
    assert alerts.open().filter(severity="critical").exists()
    assert list(Page.objects.filter(status="under review").values_list("slug", flat=True)) == [
        "esa-and-roscosmos-on-exomars"
    ]
    assert Page.objects.get(status="withdrawn").slug == "esa-and-jaxa-on-earthcare"
    assert Edition.objects.filter(kind="correction").count() == 1
    assert list(verifying.faults(verifying.Chain(verifying.keys()))) == []


def logins(output):
    return dict(re.findall(r"^  \w+: (\w+) (\S+)$", output, re.MULTILINE))


# --- a small desk -------------------------------------------------------------------------------

SMALL = """
[[source]]
folder = "wire"
name = "Wire (sample)"
host = "wire.example"
owner = "esa"
grade = "B"
reason = "Known well."

[[document]]
file = "wire/one.txt"
title = "One"
reliability = "news"
credibility = 2
accept_rest = true

[[partnership]]
key = "rover"
name = "ESA and NASA on a rover"

[[claim]]
key = "agreed"
partnership = "rover"
words = "ESA and NASA agreed on a rover."
told_as = "fact"

  [[claim.evidence]]
  file = "wire/one.txt"
  quote = "ESA and NASA agreed on a rover in 2024."
  ticked = true

[[summary]]
partnership = "rover"
title = "ESA and NASA on a rover"
text = "They agreed. [@agreed]"
publish = false
"""


@pytest.fixture
def small(settings, tmp_path):
    """A seeds folder with one document; returns where its curation is written."""
    wire = tmp_path / "documents" / "wire"
    wire.mkdir(parents=True)
    (wire / "one.txt").write_text(
        "ESA and NASA agreed on a rover in 2024. It is to fly in 2028, they said.\n"
    )
    (tmp_path / "authority.jsonl").write_text("")
    settings.SEEDS = tmp_path
    settings.AUTHORITY_FILE = tmp_path / "authority.jsonl"
    make_entity("ESA", slug="esa")
    curation = tmp_path / "curation.toml"
    curation.write_text(SMALL)
    return curation


def test_citations_lead_to_the_claims_that_were_made(small):
    seed()

    assert Revision.objects.get().text == f"They agreed. [@{Claim.objects.get().key}]"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "rover in 2024.",
            "rover in 2025.",
            "wire/one.txt: “ESA and NASA agreed on a rover in 2025.”",
        ),
        ('owner = "esa"', 'owner = "nasa"', "source wire: there is no 'nasa'"),
        ('told_as = "fact"', 'told_as = "rumour"', "claim agreed: "),
        ("[@agreed]", "[@signed]", "summary of rover: there is no 'signed'"),
        ('reason = "Known well."', 'reason = ""', "source wire: Write why"),
        ("[[source]]", "[[source", "curation.toml cannot be read"),
    ],
)
def test_what_cannot_be_loaded_is_told_with_its_place_and_nothing_is_half_loaded(
    small, before, after, told
):
    small.write_text(SMALL.replace(before, after))

    with pytest.raises(CommandError) as refusal:
        seed()

    assert told in str(refusal.value)
    assert not Partnership.objects.exists()
    assert not Decision.objects.exists()


AFTERWARDS = """
[[act]]
does = "grade"
source = "Wire (sample)"
grade = "D"
reason = "It erred."

[[act]]
does = "untick"
claim = "agreed"
quote = "ESA and NASA agreed on a rover in 2024."
"""


@pytest.fixture
def acts(small):
    """What happened on the small desk afterwards; returns where it is written."""
    file = small.with_name("afterwards.toml")
    file.write_text(AFTERWARDS)
    return file


def stands():
    return Claim.objects.get().standing.word


def test_what_happens_afterwards_is_loaded_whole_or_not_at_all(acts):
    acts.write_text(AFTERWARDS.replace('"agreed"', '"signed"'))

    with pytest.raises(CommandError, match=r"afterwards was not loaded(.|\n)*act 2, untick"):
        seed()

    assert stands() == "reported"


def test_what_happens_afterwards_is_loaded_by_the_next_run_where_the_first_broke_off(
    acts, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(Command, "go_on", broken_off)
        with pytest.raises(KeyboardInterrupt):
            seed()
    Partnership.objects.update(name="Renamed")
    assert stands() == "reported"

    assert "2 acts after the summaries were published" in seed()

    assert stands() == "unsupported"
    before = counts()
    assert "2 acts" not in seed()
    assert counts() == before


def broken_off(*args):
    raise KeyboardInterrupt


def test_desk_on_which_people_went_on_is_told_what_was_not_loaded_and_stands(acts, capsys):
    acts.write_text(AFTERWARDS.replace('"agreed"', '"signed"'))
    with pytest.raises(CommandError):
        seed()

    output = seed()

    assert "act 2, untick: there is no 'signed'" in capsys.readouterr().err
    assert len(logins(output)) == 4
    acts.write_text(AFTERWARDS)
    seed()
    assert stands() == "unsupported"


def test_summary_is_published_by_three_people(small):
    small.write_text(SMALL.replace("publish = false", "publish = true"))

    seed()

    summary = Summary.objects.get()
    by = Decision.objects.about(summary).order_by("seq").values_list("act", "by__username")
    assert list(by) == [
        ("start", "contributor"),
        ("save", "contributor"),
        ("submit", "contributor"),
        ("approve", "editor"),
        ("publish", "publisher"),
    ]


def test_loading_goes_on_where_the_file_was_mended(small):
    small.write_text(SMALL.replace("rover in 2024.", "rover in 2025."))
    with pytest.raises(CommandError):
        seed()
    small.write_text(SMALL)

    seed()

    assert Claim.objects.get().standing.word == "reported"
    assert ImportRun.objects.count() == 1


def test_renaming_a_sample_partnership_does_not_bring_it_back(small):
    seed()
    Partnership.objects.update(name="Renamed")

    seed()

    assert list(Partnership.objects.values_list("name", flat=True)) == ["Renamed"]


# --- logins -------------------------------------------------------------------------------------


def test_logins_are_kept_for_their_user_alone(small):
    seed()

    assert demo_logins.kept_in().stat().st_mode & 0o777 == 0o600
    assert [user.groups.get().name for user in User.objects.order_by("pk")] == [
        "contributor",
        "editor",
        "publisher",
        "admin",
    ]


def test_desk_that_others_can_reach_gets_no_known_logins(small, settings):
    settings.LOCAL = False

    output = seed()

    assert not demo_logins.kept_in().exists()
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert "manage.py changepassword editor" in output


def test_password_that_somebody_changed_is_neither_printed_nor_reset(small):
    kept = logins(seed())["editor"]
    editor = User.objects.get(username="editor")
    editor.set_password("another one, my own")
    editor.save()

    output = seed()

    assert kept not in output
    assert "manage.py changepassword editor" in output
    editor.refresh_from_db()
    assert editor.check_password("another one, my own")
