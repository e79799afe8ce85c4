"""Bringing texts in by the desk: choose, look first, import."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corpus.importing import limits
from corpus.models import Document, ImportRun, Sighting
from curation.models import Decision
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FORM = "/admin/corpus/importrun/add/"


@pytest.fixture
def desk(client, contributor, settings, tmp_path):
    settings.UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    client.force_login(contributor)
    return client


@pytest.fixture
def run_tasks(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def files(**contents):
    return [
        SimpleUploadedFile(name.replace("_", "."), content.encode())
        for name, content in contents.items()
    ]


def send(desk, act, chosen=(), **fields):
    return desk.post(FORM, {"act": act, "chosen": list(chosen), **fields})


def kept_in(response):
    return re.search(r'name="kept" value="([^"]+)"', response.content.decode())[1]


def test_form_tells_what_may_come(desk):
    told = desk.get(FORM).content.decode()
    assert "together at most 512 MB" in told
    assert ".txt" in told
    assert 'enctype="multipart/form-data"' in told


def test_files_are_imported_by_the_worker(desk, run_tasks, contributor):
    chosen = files(a_txt="ESA agreed.", b_txt="NASA agreed.")
    with run_tasks():
        response = send(desk, "import", chosen, source_name="Meridian", collected_at="2026-03-01")

    run = ImportRun.objects.get()
    assert response.url == f"/admin/corpus/importrun/{run.pk}/change/"
    assert (run.label, run.source_name, run.state, run.new) == (
        "a.txt, b.txt", "Meridian", "finished", 2
    )  # fmt: skip
    assert f"{Sighting.objects.first().collected_at:%Y-%m-%d}" == "2026-03-01"
    decision = Decision.objects.about(run).get()
    assert (decision.act, decision.by) == ("import", contributor)
    assert "Meridian" in decision.after


def test_until_the_worker_comes_the_import_waits(desk):
    response = send(desk, "import", files(a_txt="ESA agreed."))
    assert ImportRun.objects.get().state == "waiting"
    assert not Document.objects.exists()
    assert response.status_code == 302


def test_look_first_shows_what_would_come_in_and_writes_nothing(desk):
    head = "A rover leaves for Mars\n\nParis, 13 July 2022\n\n"
    response = send(desk, "look", files(a_txt=head + "ESA agreed.", b_xyz="?"), source_name="Wire")

    assert response.status_code == 200
    first, second = response.context["looked"].items
    assert (first.name, first.would, first.title) == ("a.txt", "new", "A rover leaves for Mars")
    assert (first.published, first.basis, first.source) == ("2022-07-13", "text", "Wire")
    assert first.passages == 3
    assert (second.name, second.would) == ("b.xyz", "rejected")
    assert not ImportRun.objects.exists()
    assert not Document.objects.exists()


def test_what_was_looked_at_is_imported_without_being_sent_again(desk, run_tasks):
    looked = send(desk, "look", files(a_txt="ESA agreed."))
    with run_tasks():
        send(desk, "import", kept=kept_in(looked), source_name="Wire")

    assert Document.objects.get().source.name == "Wire"


def test_what_was_looked_at_is_imported_once(desk):
    kept = kept_in(send(desk, "look", files(a_txt="ESA agreed.")))
    send(desk, "import", kept=kept)

    response = send(desk, "import", kept=kept)

    assert response.status_code == 409
    assert "being imported already" in response.content.decode()
    assert ImportRun.objects.count() == 1


def test_files_that_somebody_else_looked_at_are_not_imported(desk, client):
    kept = kept_in(send(desk, "look", files(a_txt="ESA agreed.")))
    client.force_login(make_user("contributor"))
    assert send(client, "import", kept=kept).status_code == 422
    assert send(client, "import", kept="0" * 32).status_code == 422
    assert not ImportRun.objects.exists()


def test_files_chosen_anew_take_the_place_of_those_looked_at(desk, run_tasks):
    kept = kept_in(send(desk, "look", files(a_txt="ESA agreed.")))
    with run_tasks():
        send(desk, "import", files(b_txt="NASA agreed."), kept=kept)
    assert Document.objects.get().path == "b.txt"


def test_look_first_ends_after_the_first_items(desk, monkeypatch):
    monkeypatch.setattr(limits, "LOOKED_AT", 2)
    response = send(desk, "look", files(a_txt="One text.", b_txt="Two text.", c_txt="Three."))
    assert [each.name for each in response.context["looked"].items] == ["a.txt", "b.txt"]


def test_look_that_ended_before_the_first_item_says_so(desk, monkeypatch):
    monkeypatch.setattr(limits, "LOOK_BYTES", 4)
    page = send(desk, "look", files(a_txt="ESA agreed.")).content.decode()
    assert "what follows was not looked at" in page
    assert "Nothing was found" not in page


def test_nothing_chosen_is_told(desk):
    response = send(desk, "import")
    assert response.status_code == 422
    assert "Choose the files" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("collected_at", "yesterday", "is no date; write 2026-03-01"),
        ("mapped", "story", "write it as text=story"),
        ("source_name", "x\u202ey", "invisible character"),
    ],
)
def test_wrong_field_is_told_and_the_files_are_kept(field, given, words, desk):
    response = send(desk, "import", files(a_txt="ESA agreed."), **{field: given})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert kept_in(response)
    assert not ImportRun.objects.exists()


def test_two_files_of_one_name_are_refused(desk):
    chosen = [*files(a_txt="ESA agreed."), *files(a_txt="NASA agreed.")]
    response = send(desk, "import", chosen)
    assert response.status_code == 422
    assert "Two of the files are called a.txt" in response.content.decode()


def test_file_in_memory_and_file_on_disk_come_in_alike(desk, settings, run_tasks):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 20
    chosen = files(a_txt="ESA agreed.", b_txt="NASA agreed, and so did everybody else in 2028.")
    with run_tasks():
        send(desk, "import", chosen)
    assert ImportRun.objects.get().new == 2


def test_too_large_an_upload_is_told_and_nothing_of_it_is_stored(desk, settings):
    settings.UPLOAD_MB = 1
    response = send(desk, "import", files(a_txt="x" * 1_100_000))
    assert response.status_code == 422
    assert "Together they have more than 1 MB" in response.content.decode()
    assert list(settings.UPLOADS.iterdir()) == []


@pytest.mark.parametrize("path", ["/admin/login/", FORM])
def test_files_of_people_who_may_not_import_are_never_stored(path, client, settings, monkeypatch):
    stored = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.MemoryFileUploadHandler.new_file",
        lambda *args, **kwargs: stored.append(args),
    )
    client.force_login(make_user(""))
    client.post(path, {"chosen": files(a_txt="ESA agreed.")})
    assert stored == []


def test_fields_of_rows_are_named(desk, run_tasks):
    row = '{"story": "ESA agreed to fly.", "url": "https://e.org/1"}'
    with run_tasks():
        send(desk, "import", files(a_jsonl=row), mapped="text=story\n")
    assert Document.objects.get().url == "https://e.org/1"
