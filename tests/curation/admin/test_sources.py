"""Sources: what they are, whose voice, and their grades with reasons."""

import re

import pytest

from corpus.models import Source
from curation.models import Decision, SourceGrade
from tests.factories import make_document, make_entity, make_news, make_source

pytestmark = pytest.mark.django_db
LIST = "/admin/corpus/source/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page(source, move=""):
    return f"{LIST}{source.pk}/{move or 'change/'}"


def grade(desk, source, **data):
    sent = {"seen": "", "grade": "B", "reason": "Its corrections are prompt."} | data
    return desk.post(page(source, "move/grade/"), sent)


def letter(source):
    return source.grades.in_force().values_list("grade", flat=True).first()


def test_the_list_shows_grade_owner_and_documents(desk):
    make_document(source=make_source("Orbit Brief", grade="B", owner=make_entity("Roscosmos")))

    told = desk.get(LIST).content.decode()

    assert "B: usually reliable" in told
    assert "Roscosmos" in told


def test_a_source_is_made_with_its_owner(desk):
    make_entity("Roscosmos")

    desk.post(f"{LIST}add/", {"name": "Roscosmos press", "owner": "roscosmos"})

    assert Source.objects.get().owner.name == "Roscosmos"


def test_a_second_source_of_a_name_is_refused_in_words(desk):
    make_source("Orbit Brief")

    response = desk.post(f"{LIST}add/", {"name": "orbit brief", "host": "typed.example"})

    assert response.status_code == 422
    assert "There is a source of this name already." in response.content.decode()
    assert "typed.example" in response.content.decode()


def test_a_source_is_renamed_and_its_owner_taken_away(desk):
    source = make_source("Orbit Brief", owner=make_entity())

    desk.post(page(source), {"name": "Orbit Daily", "host": "", "owner": "", "seen": ""})
    source.refresh_from_db()

    assert (source.name, source.owner) == ("Orbit Daily", None)


def test_a_source_changed_in_the_meantime_is_not_changed_again(desk):
    source = make_source("Orbit Brief")
    sent = {"name": "Orbit Daily", "host": "", "owner": "", "seen": ""}
    desk.post(page(source), sent)

    stale = desk.post(page(source), sent | {"name": "Typed here"})
    source.refresh_from_db()

    assert stale.status_code == 422
    assert "Somebody else decided this" in stale.content.decode()
    assert "Typed here" in stale.content.decode()
    assert source.name == "Orbit Daily"


def test_saving_what_was_not_changed_says_so_and_writes_nothing_down(desk):
    source = make_source("Orbit Brief", owner=make_entity("Roscosmos"))
    sent = {"name": "Orbit Brief", "host": source.host, "owner": "Roscosmos", "seen": ""}

    response = desk.post(page(source), sent, follow=True)

    assert [str(said) for said in response.context["messages"]] == ["Nothing changed."]
    assert not Decision.objects.about(source).exists()


def test_a_grade_moves_the_standing_of_what_rests_on_it(desk):
    from tests.factories import make_claim

    quote = make_news(grade="")
    claim = make_claim(quotes=[quote])

    response = grade(desk, quote.capture.document.source)
    claim.refresh_from_db()

    assert response.status_code == 302
    assert claim.standing.word == "reported"


def test_a_letter_needs_a_reason_and_the_form_comes_back(desk):
    source = make_source()

    response = grade(desk, source, reason="")

    assert response.status_code == 422
    assert "Write why this source has earned its grade." in response.content.decode()
    assert letter(source) is None


def test_a_stale_grade_is_told_and_the_reason_comes_back(desk):
    source = make_source(grade="C")

    response = grade(desk, source, reason="Typed here")

    assert response.status_code == 409
    assert "Typed here" in response.content.decode()
    assert letter(source) == "C"


@pytest.mark.parametrize("sent", [{"reason": ""}, {"reason": "Typed here"}])
def test_a_grade_form_that_comes_back_still_tells_what_was_seen(desk, sent):
    """Else sending it again would pass over the grade that somebody gave meanwhile."""
    source = make_source(grade="C")

    came_back = grade(desk, source, **sent).content.decode()
    seen = re.findall(r'name="seen" value="(.*?)"', came_back)[0]

    assert grade(desk, source, seen=seen, reason="Typed again").status_code == 409
    assert letter(source) == "C"


def test_earlier_grades_stay_readable(desk):
    source = make_source(grade="C")
    grade(desk, source, seen=source.grades.get().pk)

    told = desk.get(page(source)).content.decode()

    assert "Known well." in told
    assert "Its corrections are prompt." in told
    assert SourceGrade.objects.count() == 2


def test_contributors_read_but_neither_change_nor_grade(client, contributor):
    source = make_source("Orbit Brief")
    client.force_login(contributor)

    told = client.get(page(source)).content.decode()
    refused = client.post(page(source), {"name": "Other"}), grade(client, source)
    added = client.get(f"{LIST}add/"), client.post(f"{LIST}add/", {"name": "Other"})

    assert "Save</button>" not in told
    assert [r.status_code for r in (*refused, *added)] == [403, 403, 403, 403]
    assert Source.objects.get().name == "Orbit Brief"


def test_query_counts_do_not_grow(desk, queries):
    def make():
        source = make_source(grade="B", owner=make_entity())
        make_document(source=source)
        return source

    one = queries(LIST), queries(page(make()))
    make()
    one = queries(LIST), one[1]
    make()
    make()

    assert (queries(LIST), queries(page(make()))) == one
