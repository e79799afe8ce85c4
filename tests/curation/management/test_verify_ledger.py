"""The command that checks the ledger."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from corpus import guards
from curation.management.commands import verify_ledger
from curation.models import Decision
from tests.factories import make_decision

pytestmark = pytest.mark.django_db


def run(capsys, *args):
    call_command("verify_ledger", *args)
    return capsys.readouterr().out.splitlines()


def test_whole_ledger_is_told_with_its_head(capsys):
    line = make_decision()
    assert run(capsys) == [f"All is as it was written: head 1:{line.hash}"]
    assert run(capsys, "--head", f"1:{line.hash}", "--from", "1")


def test_ledger_without_a_line_is_whole(capsys):
    assert run(capsys) == ["All is as it was written: no line"]


def test_faults_are_told_up_to_a_bound_and_counted(capsys, monkeypatch):
    monkeypatch.setattr(verify_ledger, "SHOWN", 2)
    head = [make_decision() for _ in range(4)][-1]
    guards.take_down(apps.get_app_config("curation").guards)
    Decision.objects.update(reason="Other.")

    with pytest.raises(CommandError, match=f"4 faults; head 4:{head.hash}") as ended:
        call_command("verify_ledger")

    assert ended.value.returncode == 1
    words = "was altered: its words do not fit their digest."
    said = capsys.readouterr().out.splitlines()
    assert said == [f"Line 1 {words}", f"Line 2 {words}", "… and 2 more."]


@pytest.mark.parametrize(
    ("args", "words"),
    [(["--head", "12"], "A head is written"), (["--from", "0"], "The first line is 1")],
)
def test_wrong_question_is_answered_in_a_sentence(args, words):
    with pytest.raises(CommandError, match=words):
        call_command("verify_ledger", *args)
