"""The draft of a note, and the kind that fits: from what two editions tell, in words."""

import pytest

from curation.noting import note, past_lead, suggested
from tests.factories import make_content, make_sentence, make_told


def told(words="ESA and NASA agreed.", standing="reported", **kwargs):
    return make_told(standing, words, **kwargs)


def regraded(claim, grade, standing):
    documents = [document | {"grade": grade} for document in claim["documents"]]
    return claim | {"documents": documents, "standing": standing}


def replacing(claim, words, because="mistaken", **kwargs):
    """A claim in place of another, resting on the same quotes."""
    key = {"id": claim["id"] + 100_000, "key": f"c{claim['id'] + 100_000}", "words": words}
    return claim | key | {"replaces": claim["id"], "replaced_because": because} | kwargs


def test_correction_tells_what_is_told_now_and_what_was():
    """The very sentence that the desk is promised."""
    launch, agreed = told("The launch is planned for 2022."), told("The agencies agreed.")
    gone = told("Roscosmos left.")
    before = make_content(
        claims=[launch, agreed, gone],
        text=["They plan to launch in 2022.", "They agreed.", "Roscosmos left for good."],
    )
    after = make_content(
        claims=[
            replacing(launch, "The launch is planned for 2028."),
            regraded(agreed, "E", "doubtful"),
        ],
        text=["They plan to launch in 2028.", "They agreed."],
    )

    assert note(before, after, "correction") == (
        "Corrected: the launch is planned for 2028, not 2022; that the agencies agreed is "
        "doubtful, no longer reported: its source’s grade is E, not B; one sentence is left out: "
        "“Roscosmos left for good.”"
    )


def test_editions_that_tell_the_same_need_no_note():
    content = make_content()

    assert note(content, content, "update") == ""
    assert suggested(content, content).kind == "update"


@pytest.mark.parametrize(
    ("old", "new", "value", "words"),
    [
        ("ESA leads the work.", "NASA leads the work.", "", "NASA leads the work (not “ESA”)"),
        (
            "They fly in 2022.",
            "The launch slipped.",
            "2028-03",
            "the launch is March 2028, not 2022",
        ),
        ("They fly.", "ESA stays.", "", "ESA stays; it had said that they fly"),
    ],
    ids=["other words inside", "another value", "all other words"],
)
def test_replaced_claim_is_told_beside_the_one_it_replaces(old, new, value, words):
    claim = told(old, attribute="launch" if value else "", value="2022" if value else "")
    after = replacing(claim, new, value=value)

    drafted = note(
        make_content(claims=[claim], text=["It is so."]),
        make_content(claims=[after], text=["It is so."]),
        "update",
    )

    assert drafted == f"Updated: {words}."


def test_quotes_that_come_and_go_are_told_by_their_source():
    claim, other = told(), told(standing="corroborated")
    both = other | {"id": claim["id"], "key": claim["key"], "words": claim["words"]}
    before = make_content(claims=[claim], text=["They agreed."])
    after = make_content(claims=[both], text=["They agreed."])

    assert note(before, after, "update") == (
        "Updated: that ESA and NASA agreed is corroborated, where it was reported: it rests on "
        "another quote, of ESA Press and it no longer rests on a quote of ESA Press."
    )


@pytest.mark.parametrize(
    ("name", "was", "now", "words"),
    [
        ("grade", "B", "F", "its source is not graded"),
        ("grade", "F", "C", "its source is graded C"),
        ("published", "2022", "", "its source is undated, not dated 2022"),
        ("reliability", "news", "speculative", "its words are labelled speculative, not news"),
        ("credibility", 2, 5, "its credibility is 5, not 2"),
        ("stance", "supports", "qualifies", "a quote that supported it before qualifies it now"),
        ("origin", "ESA", "", "nobody known said it first, not ESA"),
    ],
)
def test_what_moved_under_a_quote_is_told_as_the_reason(name, was, now, words):
    rows = {"grade": "documents", "published": "documents", "stance": "evidence"}
    rows |= {"reliability": "quotes", "credibility": "quotes", "origin": "evidence"}
    claim = told()

    def with_value(value):
        row = rows[name]
        return make_content(
            claims=[claim | {row: [claim[row][0] | {name: value}]}], text=["They agreed."]
        )

    drafted = note(with_value(was), with_value(now), "update")

    assert drafted == f"Updated: that ESA and NASA agreed is reported as before: {words}."


def test_words_states_and_parties_are_told():
    claim = told()
    party = {"entity": 1, "name": "NASA", "role": "partner", "claims": [claim["id"]]}
    party |= {"since": "2022", "until": "", "standing": "reported"}
    state = {"word": "suspended", "since": "", "until": "", "claims": [], "standing": "reported"}
    before = make_content("On the rover", claims=[claim], text=["They agreed."], parties=[party])
    after = make_content(
        "On the new rover",
        claims=[claim],
        text=["They agreed."],
        state="suspended",
        states=[state],
        parties=[party | {"since": "2024"}],
    )

    assert note(before, after, "update") == (
        "Updated: the partnership is suspended, no longer active; “On the rover” now reads “On "
        "the new rover”; the state “suspended” is told now; NASA as partner: since 2024, not 2022."
    )


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (None, (7, ""), "did not happen (c7 tells so)"),
        (None, (None, "ESA said so."), "did not happen (the desk knows: “ESA said so”)"),
        ((7, ""), (9, ""), "did not happen (c9 tells so, not c7)"),
        ((7, "ESA said so."), (None, "ESA said so."), "did not happen (c7 no longer tells so)"),
        (
            (7, "ESA said so."),
            (7, ""),
            "did not happen (how the desk knows is no longer told)",
        ),
        ((7, ""), None, "what became of it is no longer told"),
    ],
)
def test_what_became_of_a_plan_is_told_with_how_the_desk_knows(was, now, words):
    claim = told("They fly in 2999.", told_as="plan")
    before, after = (make_content(claims=[became(claim, each)]) for each in (was, now))

    assert note(before, after, "update") == f"Updated: that they fly in 2999: {words}."
    assert suggested(before, after).because == "It tells something else than the last edition did."


def became(claim, outcome):
    if outcome is None:
        return claim
    by, reason = outcome
    return claim | {"currency": "did not happen", "outcome": {"by": by, "reason": reason}}


def test_plan_whose_day_passed_is_told_so():
    claim = told("They fly in 2022.", told_as="plan")
    passed = claim | {"currency": "date passed"}
    after = make_content(claims=[passed])

    for before in (claim, became(claim, (7, ""))):
        words = note(make_content(claims=[before]), after, "update")
        assert words == "Updated: that they fly in 2022: date passed."


def test_findings_that_came_and_went_are_told():
    content = make_content()
    finding = {"id": 1, "key": "f1", "result": "No record was found."}
    after = content | {"findings": [finding]}

    told = note(content, after, "update")
    assert told == "Updated: a new finding is told: “No record was found.”"
    told = note(after, content, "update")
    assert told == "Updated: a finding is no longer told: “No record was found.”"
    assert suggested(content, after).kind == "update"


def test_words_that_were_removed_by_law_are_not_missed():
    before = make_content(text=["It was so."], claims=[told()])
    after = make_content(claims=[told()])
    before["blocks"][0]["sentences"][0]["text"] = {"redacted": "0" * 64}
    after["blocks"][0]["sentences"] = [make_sentence(3, "It was never so, says ESA.")]

    assert "“[removed]”" in note(before, after, "correction")


def test_long_note_is_cut_between_two_changes_and_says_so():
    before = make_content(claims=[], text=[], blocks=[])
    claims = [told(f"The {n}th agreement of all was signed by {'both ' * 20}.") for n in range(40)]
    after = before | {"claims": [], "parties": []}
    parties = [
        {"entity": n, "name": f"{'Agency ' * 20}{n}", "role": "partner", "claims": []}
        | {"since": "", "until": "", "standing": "reported"}
        for n, _ in enumerate(claims)
    ]

    drafted = note(before, after | {"parties": parties}, "update")

    assert len(drafted) < 2000
    assert drafted.endswith(" more changes.")


def test_sentence_that_only_moved_is_not_told():
    claims = [told(), told("They will fly.")]
    before = make_content(claims=claims, text=["First one here.", "Second of them there."])
    after = make_content(claims=claims[::-1], text=["Second of them there.", "First one here."])

    assert note(before, after, "clarification") == ""


@pytest.mark.parametrize(
    ("change", "kind", "because"),
    [
        (lambda claim: replacing(claim, "They met."), "correction", "which was mistaken"),
        (
            lambda claim: regraded(claim, "E", "doubtful"),
            "correction",
            "more firmly than it stands",
        ),
        (
            lambda claim: replacing(claim, "They met.", "overtaken"),
            "update",
            "which events overtook",
        ),
        (
            lambda claim: claim | {"documents": [claim["documents"][0] | {"published": "2024-05"}]},
            "update",
            "newer than the last edition did: May 2024",
        ),
        (lambda claim: replacing(claim, "They both agreed.", "reworded"), "clarification", "only"),
        (lambda claim: claim, "clarification", "No claim changed"),
        (lambda claim: told("They met."), "update", "tells something else"),
    ],
    ids=["mistaken", "weaker", "overtaken", "newer", "reworded", "words", "another claim"],
)
def test_kind_that_fits_is_suggested_with_its_reason(change, kind, because):
    claim = told()
    before = make_content(claims=[claim], text=["They agreed so."])
    after = make_content(claims=[change(claim)], text=["They agreed then."])

    found = suggested(before, after)

    assert found.kind == kind
    assert because in found.because


def test_note_is_shown_without_its_lead_where_the_kind_was_just_said():
    assert past_lead("Corrected: the year was wrong.") == "the year was wrong."
    assert past_lead("The year was wrong.") == "The year was wrong."
