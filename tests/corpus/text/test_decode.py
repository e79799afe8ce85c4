import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.decode import Undecodable, decode


def test_utf8_comes_through_with_its_quotes_untouched():
    decoded = decode("“It’s agreed,” said the minister – twice.".encode())

    assert decoded.text == "“It’s agreed,” said the minister – twice."
    assert (decoded.encoding, decoded.mended) == ("utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_read(encoding):
    assert decode("The café agreed.".encode(encoding)).text == "The café agreed."


def test_utf16_without_a_mark_says_how_it_was_recognised():
    assert "no byte order mark" in decode("Signed in Paris.".encode("utf-16-le")).mended[0]


def test_windows_1252_is_the_stated_fallback():
    decoded = decode("It’s “good” at the café".encode("cp1252"))

    assert decoded.text == "It’s “good” at the café"
    assert decoded.encoding == "windows-1252"
    assert "no UTF-8" in decoded.mended[0]


def test_letters_that_all_come_out_accented_are_remarked_on():
    assert "another encoding" in " ".join(decode("Полёт на Луну".encode("cp1251")).mended)


def test_bytes_that_are_no_utf8_are_counted():
    decoded = decode(b"The agency\xff and the ministry\xfe agreed.")

    assert decoded.text == "The agency\ufffd and the ministry\ufffd agreed."
    assert decoded.mended == ("2 bytes that are no UTF-8 were replaced by U+FFFD.",)


def test_nul_and_other_control_characters_are_removed_and_counted():
    decoded = decode(b"One\x00 two\x00 three\x01.")

    assert decoded.text == "One two three."
    assert decoded.mended == (
        "2 NUL characters were removed.",
        "1 control character was removed.",
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"half \xed\xa0\x80 alone",
        b"\xff\xfe" + "half \ud83d alone".encode("utf-16-le", "surrogatepass"),
    ],
)
def test_a_lone_surrogate_is_replaced_and_said(raw):
    decoded = decode(raw)

    assert decoded.text == "half \ufffd alone"
    assert decoded.mended == ("1 lone half of a character pair was replaced by U+FFFD.",)


def test_a_pair_of_surrogates_written_as_utf8_is_one_character():
    assert decode(b"go \xed\xa0\xbd\xed\xb8\x80").text == "go 😀"


def test_mojibake_is_mended_place_by_place():
    decoded = decode("Itâ€™s here. “Realâ€\u009d quotes stay. A cafÃ©.".encode())

    assert "It’s here." in decoded.text
    assert decoded.text.endswith("A café.")
    assert decoded.text.count("“") == 1
    assert "Mojibake was mended" in decoded.mended[0]


def test_newlines_are_one_kind_and_letters_composed():
    assert decode("a\r\nb\rc\u2028cafe\u0301".encode()).text == "a\nb\nc\ncafé"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t ", "The file holds nothing but white space."),
        (b"\x00" * 50, "The file is binary: too many of its bytes are no text."),
        (bytes(range(256)) * 4, "The file is binary: too many of its bytes are no text."),
        (b"%PDF-1.7\n1 0 obj", "This is a PDF file, not plain text."),
        (b"\x89PNG\r\n\x1a\n....", "This is a PNG picture, not plain text."),
        (b"\xff\xd8\xff\xe0 JFIF", "This is a JPEG picture, not plain text."),
        (b"\x1f\x8b\x08\x00", "This is a gzip archive, not plain text."),
        (b"PK\x03\x04....", "This is a zip archive (or an office document), not plain text."),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(raw, sentence):
    with pytest.raises(Undecodable) as refused:
        decode(raw)

    assert str(refused.value) == sentence


def test_long_lines_and_piles_of_accents_are_bearable():
    assert len(decode(b"x" * 5_000_000).text) == 5_000_000
    assert len(decode(("Itâ€™s fine. " * 50_000).encode()).text) == 550_000
    assert len(decode(("a" + "\u0300\u0316" * 100_000).encode()).text) < 50


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_whatever_comes_in_a_database_can_take_what_comes_out(raw):
    try:
        decoded = decode(raw)
    except Undecodable:
        return
    assert decoded.text.encode()
    assert not set(decoded.text) & set("\0\r\ufffe\uffff\v\f")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "Zs"]), min_size=1))
def test_plain_letters_survive_a_second_reading(text):
    try:
        once = decode(text.encode()).text
        assert decode(once.encode()).text == once
    except Undecodable:
        assert not text.strip()


@pytest.mark.parametrize(
    ("declared", "codec", "words"),
    [
        ("windows-1251", "cp1251", "Привет мир"),
        (" Shift_JIS ", "shift_jis", "日本語"),
        ("iso-8859-1", "cp1252", "“naïve” café"),
    ],
)
def test_declared_encoding_is_believed_where_the_bytes_are_no_utf8(declared, codec, words):
    assert decode(words.encode(codec), declared).text == words
    assert decode(words.encode("utf-8"), declared).text == words


@pytest.mark.parametrize("declared", ["no-such", "base64", "rot13", "\0", "é", "utf-7"])
def test_declared_encoding_that_is_none_is_passed_over(declared):
    assert decode("café".encode("cp1252"), declared).text == "café"


def test_bytes_that_the_declared_encoding_does_not_have_are_told():
    decoded = decode("日本".encode("shift_jis") + b"\xff", "shift_jis")
    assert decoded.text == "日本\ufffd"
    assert "1 byte that shift_jis does not have was replaced by U+FFFD." in decoded.mended


def test_mojibake_amid_much_plain_text_is_mended():
    plain = "The agencies signed an agreement on the lander in March. " * 20

    decoded = decode(f"{plain}Itâ€™s agreed. {plain}".encode())

    assert decoded.text == f"{plain}It’s agreed. {plain}"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\v", "\f", "\u2028", "\u2029"])
def test_every_newline_is_one(newline):
    assert decode(f"One{newline}{newline}two".encode()).text == "One\n\ntwo"
