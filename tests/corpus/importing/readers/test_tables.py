"""Tables: the first row names the columns, each other one is a document."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.limits import Bounds
from tests.corpus.importing.readers.conftest import PROPERTY

ROWS = [
    ["Headline", "text", "link"],
    ["One", 'It said "yes",\nand\r\nmore.', "https://perigee.example/1"],
    ["Two", "Words; and | others.", ""],
]


def table(rows, **dialect):
    written = io.StringIO(newline="")
    csv.writer(written, **dialect).writerows(rows)
    return written.getvalue()


def test_row_is_a_document_called_as_a_spreadsheet_counts(reading):
    one, two = reading("a.csv", table(ROWS).encode())
    assert (one.name, two.name) == ("a.csv#2", "a.csv#3")
    assert (one.title, one.text) == ("One", 'It said "yes",\nand\r\nmore.')
    assert one.address == "https://perigee.example/1"
    assert one.bases == {
        "text": "field text",
        "title": "field Headline",
        "address": "field link",
    }
    assert one.media_type == "text/csv"


def test_bytes_of_a_row_are_a_table_of_their_own(reading):
    whole = table(ROWS).encode()
    names = whole.splitlines(keepends=True)[0]
    one, two = reading("a.csv", whole)
    assert one.raw + two.raw == names + whole.removeprefix(names).replace(b"Two", names + b"Two")
    (again,) = reading("one.csv", two.raw)
    assert again.text == two.text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_told_by_the_names_of_the_columns(separator, reading):
    found = reading("a.csv", table(ROWS, delimiter=separator).encode())
    assert [record.title for record in found] == ["One", "Two"]
    assert found[1].text == "Words; and | others."


def test_separator_of_one_column_that_holds_others_is_not_mistaken(reading):
    raw = b"text\n" + b"One; two; three.\n" * 3
    assert {record.text for record in reading("a.csv", raw)} == {"One; two; three."}


def test_separator_that_a_spreadsheet_names_in_a_line_is_taken(reading):
    found = reading("a.csv", b"sep=;\r\n" + table(ROWS, delimiter=";").encode())
    assert [(record.name, record.title) for record in found] == [
        ("a.csv#2", "One"),
        ("a.csv#3", "Two"),
    ]


@pytest.mark.parametrize("line", [b"sep=", b"sep=xy", b'sep="', b"sep=;;"])
def test_line_that_names_no_separator_names_a_column(line, reading):
    (record,) = reading("a.csv", line + b"\nWords.\n")
    assert "None of its fields is known to hold its text" in record.error


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_is_told_by_the_bytes(encoding, reading):
    rows = [["titre", "text"], ["Été", "Déjà vu, à Paris."]]
    (record,) = reading("a.csv", table(rows).encode(encoding), fields={"title": "titre"})
    assert (record.title, record.text) == ("Été", "Déjà vu, à Paris.")
    assert any("Windows-1252" in remark for remark in record.remarks) == (encoding == "cp1252")


def test_one_damaged_byte_does_not_make_another_encoding_of_the_table(reading):
    raw = "text\nDéjà vu, à Paris.\nÉté.\n".encode().replace(b"vu", b"v\xff")
    assert [record.text for record in reading("a.csv", raw)] == ["Déjà v\ufffd, à Paris.", "Été."]


def test_bytes_that_turn_up_late_and_are_no_utf8_are_read_as_what_they_are(reading):
    raw = b"text\n" + b"Plain words.\n" * 20_000 + b"L\xe9 caf\xe9.\n"
    last = reading("a.csv", raw)[-1]
    assert last.text == "Lé café."
    assert any("Windows-1252" in remark for remark in last.remarks)


def test_ragged_rows_are_told(reading):
    raw = b"title,text,date\nOne,Words.\nTwo,Words, and more,2024,x\nThree,Words.,2024,,\n"
    short, long, padded = reading("a.csv", raw)
    assert short.text == "Words."
    assert short.remarks == (
        "Its row has 2 cells where 3 columns are named; the last ones are empty.",
    )
    assert long.error.startswith("It has 5 cells where 3 columns are named")
    assert long.raw == b"title,text,date\nTwo,Words, and more,2024,x\n"
    assert (padded.error, padded.remarks) == ("", ())


def test_empty_rows_are_passed_over_and_rows_without_text_told(reading):
    found = reading("a.csv", b"title,text\n\n,\nOne,\nTwo,Words.\n")
    assert [(record.name, record.error) for record in found] == [
        ("a.csv#4", "The field of its text is empty."),
        ("a.csv#5", ""),
    ]


def test_table_without_a_known_column_is_told_once(reading):
    (record,) = reading("a.csv", b"title,story\n" + b"One,Words.\n" * 50)
    assert (record.name, record.text) == ("a.csv", None)
    assert "Its fields: title, story." in record.error


def test_column_may_be_named(reading):
    (record,) = reading("a.csv", b"title,story\nOne,Words.\n", fields={"text": "Story"})
    assert (record.text, record.bases["text"]) == ("Words.", "field story")


def test_no_cut_of_a_table_shortens_a_text_unsaid(reading):
    rows = [["title", "text"], ["One", "A b,\nc, d"], ["Two", "Words"]]
    whole = table(rows, quoting=csv.QUOTE_ALL).encode()
    for end in range(len(table(rows[:1], quoting=csv.QUOTE_ALL)) + 1, len(whole) - 2):
        found = reading("a.csv", whole[:end])
        texts = [record.text for record in found if not record.error]
        assert texts == [row[1] for row in rows[1:]][: len(texts)], whole[:end]
        assert found[-1].error or whole[:end].endswith((b'd"', b'd"\r', b'd"\r\n')), whole[:end]


def test_mark_that_is_never_closed_ends_the_reading_at_a_limit(reading):
    raw = b'title,text\nOne,Words.\nTwo,"never closed\n' + b"x,y\n" * 50_000
    one, rest = reading("a.csv", raw, bounds=Bounds(row=100_000))
    assert one.text == "Words."
    assert rest.error.startswith("Row 3: it is longer than 0.1 MB. It may hold a quotation mark")
    one, rest = reading("a.csv", raw, bounds=Bounds(field=10_000))
    assert rest.error.startswith("A field of row 3 has more than 10,000 characters.")


def test_more_columns_than_agreed_are_refused(reading):
    raw = b"text," + b"x," * 2000 + b"\nWords.\n"
    (record,) = reading("a.csv", raw)
    assert "at most 1,000 fields" in record.error


def test_first_of_two_columns_of_one_name_that_says_something_counts(reading):
    found = reading("a.csv", b"text,text\n,Second.\nFirst.,Second.\n")
    assert [record.text for record in found] == ["Second.", "First."]


@PROPERTY
@given(
    rows=st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=12)] * 2),
        min_size=1,
        max_size=6,
    ),
    dialect=st.sampled_from([{}, {"delimiter": ";"}, {"quoting": csv.QUOTE_ALL}]),
)
def test_every_cell_comes_back(rows, dialect, reading):
    rows = [("title", "text"), *((title, f"{words}.") for title, words in rows)]
    found = reading("a.csv", table(rows, **dialect).encode())
    assert [(record.title, record.text) for record in found] == [
        (title.strip(), words.strip()) for title, words in rows[1:]
    ]


def test_columns_of_one_name_are_told(reading):
    one, two = reading("a.csv", b"text,text,title\nOne.,Two.,A\n,Three.,B\n")
    assert [one.text, two.text] == ["One.", "Three."]
    assert one.remarks == ("Columns of one name (text): the first that says something was read.",)
