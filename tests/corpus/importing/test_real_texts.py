"""The five real texts, where they are present: what importing them gives without anyone's help."""

import pytest
from django.conf import settings

from corpus.importing import authority, pipeline
from corpus.importing.readers import read
from corpus.models import Alias, Capture, Document, Entity, Mention, Passage, Sighting

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(real_seeds):
    """The documents by the number that begins their file's name, with the names known."""
    know_the_names()
    run = pipeline.run(read(real_seeds), label="real")
    assert (run.read, run.new) == (5, 5)
    return {document.path[:3]: document for document in Document.objects.all()}


def know_the_names():
    """The authority file in two statements: its loading is tested where it belongs."""
    entries = authority.read(settings.AUTHORITY_FILE.read_text(encoding="utf-8").split("\n"))
    entities = Entity.objects.bulk_create(
        Entity(slug=entry.slug, name=entry.name, kind=entry.kind) for entry in entries
    )
    Alias.objects.bulk_create(
        Alias(entity=entity, text=text)
        for entity, entry in zip(entities, entries, strict=True)
        for text in {entry.name, *entry.aliases}
    )


def passages(document, **values):
    return list(document.current_capture.passages.filter(**values))


def spam(document):
    return passages(document, suggested_reliability="spam")


def names(document):
    mentions = Mention.objects.standing().filter(capture=document.current_capture)
    return set(mentions.values_list("entity__name", flat=True))


def suggested(document, text):
    found = passages(document, text=text)
    assert found, f"{text} is no passage of its own"
    return {passage.suggested_reliability for passage in found}


def lines_before(passage, count):
    """Passages of the last non-empty lines before a passage."""
    text = passage.capture.text[: passage.start].rstrip()
    start = len(text)
    for _ in range(count):
        start = len(text[:start].rstrip())
        start = text.rfind("\n", 0, start) + 1
    return [
        other for other in passages(passage.capture.document) if start <= other.start < len(text)
    ]


def test_every_text_is_cut_whole_and_given_reasons(real):
    for document in real.values():
        text, at, between = document.current_capture.text, 0, ""
        for passage in passages(document):
            assert passage.start >= at
            assert passage.text == text[passage.start : passage.end]
            assert bool(passage.suggested_reliability) <= bool(passage.suggestion_reasons)
            between, at = between + text[at : passage.start], passage.end
        assert (between + text[at:]).strip() == ""
        assert document.suggestion_reasons


def test_fiction_is_suggested_speculative(real):
    document = real["000"]
    assert document.suggested_reliability == "speculative"
    assert suggested(document, "Leave a Reply") == {"spam"}
    assert len(spam(document)) == 1


def test_names_are_found_in_the_fiction(real):
    document = real["000"]
    assert names(document) >= {"NASA", "ESA", "ExoMars", "Rosalind Franklin", "Oxia Planum"}
    text = document.current_capture.text
    found = {
        (mention.entity.name, mention.start)
        for mention in Mention.objects.filter(capture=document.current_capture)
    }
    assert ("NASA", text.index("NASA-manufactured")) in found
    assert ("ESA", text.index("ESA-built")) in found
    assert ("NASA", text.index("NASA-ESA")) in found
    assert ("ESA", text.index("NASA-ESA") + len("NASA-")) in found
    unified = text.index("Unified Mars Gateway")
    place = range(unified, unified + len("Unified Mars Gateway"))
    assert not {name for name, start in found if start in place} & {"Gateway", "Lunar Gateway"}


def test_shop_widget_and_teasers_are_suggested_spam(real):
    document = real["001"]
    assert suggested(document, "No products in the cart.") == {"spam"}
    arrows = passages(document, text__endswith="→")
    assert len(arrows) == 3
    every = passages(document)
    for arrow in arrows:
        teaser = lines_before(arrow, 2)
        assert len(teaser) >= 2
        assert {passage.suggested_reliability for passage in [*teaser, arrow]} == {"spam"}
        behind = every[every.index(arrow) + 1]
        assert "\n" not in document.current_capture.text[arrow.end : behind.start]
        assert behind.suggested_reliability != "spam"


def test_repetitions_and_the_headline_are_found_among_the_teasers(real):
    document = real["001"]
    repeated = [passage for passage in passages(document) if passage.repeats]
    assert len(repeated) == 2
    assert all(passage.repeats.text in passage.text for passage in repeated)
    assert document.title == passages(document)[1].text


def test_names_are_found_among_the_teasers(real):
    assert names(real["001"]) >= {
        "NASA",
        "ESA",
        "JAXA",
        "SpaceX",
        "Artemis",
        "Artemis Accords",
        "ExoMars",
        "Mars Sample Return",
    }


@pytest.mark.parametrize("number", ["002", "004"])
def test_clean_texts_have_no_spam(number, real):
    assert spam(real[number]) == []


def test_widgets_and_neighbours_headlines_are_suggested_spam(real):
    document = real["003"]
    widgets = ("No time to read?", "Get a summary", "Previous Article", "Next Article")
    for widget in widgets:
        assert suggested(document, widget) == {"spam"}
    every = passages(document)
    for widget in ("Previous Article", "Next Article"):
        headline = every[[passage.text for passage in every].index(widget) + 1]
        assert headline.suggested_reliability == "spam"
    assert document.title == every[0].text
    title_again = [passage for passage in every if passage.repeats == every[0]]
    assert [passage.kind for passage in title_again] == ["heading"]


def test_names_are_found_under_their_spellings(real):
    document = real["003"]
    assert names(document) >= {"Roscosmos", "ESA", "ExoMars", "Thales Alenia Space"}
    spellings = {
        mention.capture.text[mention.start : mention.end]
        for mention in Mention.objects.filter(entity__name="Roscosmos")
    }
    assert {"Roscosmos", "Roskosmos"} <= spellings


def test_names_are_found_in_the_clean_text(real):
    found = names(real["004"])
    assert found >= {"JAXA", "ESA", "Toyota", "Argonaut", "Lunar Cruiser", "Apophis"}


def test_importing_all_again_changes_nothing(real, real_seeds):
    models = (Document, Capture, Passage, Mention)
    before = [list(model.objects.values()) for model in models]
    run = pipeline.run(read(real_seeds), label="again")
    assert (run.read, run.unchanged) == (5, 5)
    assert [list(model.objects.values()) for model in models] == before
    assert Sighting.objects.count() == 10


def test_changed_sentence_makes_a_second_capture_of_each(real, real_seeds, tmp_path):
    for path in real_seeds:
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(" the ", " that ", 1), encoding="utf-8")
    run = pipeline.run(read(sorted(tmp_path.iterdir())), label="changed")
    assert (run.read, run.changed) == (5, 5)
    for document in real.values():
        first = document.current_capture
        document.refresh_from_db()
        assert list(document.captures.all()) == [first, document.current_capture]
        assert first.passages.exists()
