import pytest

from corpus.analysis.reliability import label_passages
from corpus.text.decode import decode
from corpus.text.extract import headline
from corpus.text.segment import segment


def title(text):
    cuts = segment(text)
    return headline(text, cuts, label_passages(text, cuts))


def test_the_headline_is_the_title_not_the_shop_widget():
    text = "No products in the cart.\nItaly and Japan Share a Lander\nThe two countries agreed."

    assert title(text) == "Italy and Japan Share a Lander"


def test_without_a_headline_the_first_sentence_is_shortened_at_a_word():
    text = (
        "The ministers " + "and their very many advisers " * 12 + "agreed.\nA Later Heading\nMore."
    )

    assert title(text).endswith("…")
    assert title(text)[:-1] in text
    assert len(title(text)) <= 121


def test_a_short_first_sentence_stands_whole():
    assert title("The lander flew.\n\nIt landed on Friday.") == "The lander flew."


def test_markup_is_no_part_of_a_title():
    assert title("# **Italy builds it**\n\nThe lander flew.") == "Italy builds it"
    assert title("**Italy builds it**\n\nThe lander flew.") == "Italy builds it"


@pytest.mark.parametrize("text", ["", "  ", "No products in the cart.", "* * *", "x" * 9000])
def test_there_is_always_an_answer(text):
    assert len(title(text)) <= 300


def test_real_titles(real_seeds):
    titles = [title(decode(path.read_bytes()).text) for path in real_seeds]

    assert titles[0].startswith("NASA’s pivot")
    assert titles[0].endswith("…")
    assert titles[1] == "Forging Global Partnerships for Mars Exploration"
    assert titles[3].startswith("Roscosmos and ESA Plan")
