"""Two texts compared: what is the same is counted, what changed is shown by words."""

from curation.differing import changes


def kinds(before, after):
    return [change.kind for change in changes(before, after)]


def test_same_sentences_are_only_counted():
    (only,) = changes("One. Two. Three.", "One. Two. Three.")

    assert (only.kind, only.count) == ("same", 3)


def test_changed_sentence_shows_the_words_that_changed():
    same, changed = changes("It is so. They fly in 2028.", "It is so. They fly in 2030.")

    assert same.count == 1
    assert changed.before == (("same", "They fly in"), ("gone", "2028."))
    assert changed.after == (("same", "They fly in"), ("come", "2030."))


def test_sentence_is_not_set_beside_one_that_has_nothing_of_it():
    assert kinds("A heading here.\n\nThey fly in 2028.", "They fly in 2030.") == ["gone", "changed"]
    assert kinds("Alpha beta gamma.", "Delta epsilon zeta.") == ["come", "gone"]


def test_new_and_lost_sentences_are_told():
    assert kinds("", "It is new.") == ["come"]
    assert kinds("It was there.", "") == ["gone"]
    assert kinds("", "") == []


def test_citation_belongs_to_its_sentence():
    (changed,) = changes("They agreed. [@c1]", "They agreed. [@c2]")

    assert changed.before[-1] == ("gone", "[@c1]")
    assert changed.after[-1] == ("come", "[@c2]")


def test_long_texts_are_compared_too():
    before = " ".join(f"Sentence {n} is here." for n in range(1500))
    after = before.replace("Sentence 700 is", "Sentence 700 was")

    assert kinds(before, after) == ["same", "changed", "same"]
