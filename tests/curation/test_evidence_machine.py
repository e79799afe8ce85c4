"""Random acts on a small desk: after each, what is stored is what follows from the facts.

`EVIDENCE_SEQUENCES` and `EVIDENCE_ACTS` in the environment make it long.
"""

import os
from collections import Counter
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from corpus.models import Document, Entity, ImportRun, Source
from curation import (
    anchoring,
    assessing,
    claiming,
    copying,
    describing,
    drafting,
    evidencing,
    identifying,
    partnering,
    publishing,
    resolving,
    workflow,
)
from curation.ledger import Refused, latest_about
from curation.models import (
    Alert,
    Anchor,
    Approval,
    Assessment,
    Claim,
    CopyVerdict,
    Evidence,
    Page,
    PartnershipState,
    Party,
    Summary,
)
from tests.curation.evidence_desk import Desk
from tests.curation.recomputed import Recomputed, weaker
from tests.factories import ticks

LONG = "EVIDENCE_SEQUENCES" in os.environ  # finds rather than shortens
SEQUENCES = int(os.environ.get("EVIDENCE_SEQUENCES", "60"))
ACTS = int(os.environ.get("EVIDENCE_ACTS", "5"))
DONE = Counter()  # acts that were not refused, by name

ONE_OF = st.integers(0, 11)  # which of the rows that there are
DOCUMENT, PLACE, VARIANT = st.integers(0, 3), st.integers(0, 3), st.integers(0, 5)
LABELS = st.sampled_from([("news", 2), ("news", 6), ("news", 4), ("speculative", 6), ("spam", 6)])
TOLD = st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=2), min_size=1, max_size=3)
STANDFIRSTS = st.sampled_from(["", "What is known. [@editorial]", "An overview. [@editorial]"])


def among(rows, n):
    rows = list(rows.order_by("pk"))
    return rows[n % len(rows)] if rows else refuse("There is none.")


def refuse(words):
    raise Refused(words)


class Acts(RuleBasedStateMachine):
    desk: Desk

    def __init__(self):
        super().__init__()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.client = Client()
        self.day = self.desk.day
        self.known = {}  # how each holder was last told that a claim stands

    def teardown(self):
        self.desk.day = self.day
        transaction.set_rollback(True)
        self.undoing.__exit__(None, None, None)

    def act(self, verb, *args, **kwargs):
        """Do it, or be refused; then all must be as it follows from the facts."""
        try:
            with transaction.atomic():
                verb(*args, **kwargs)
        except (Refused, ValidationError) as refusal:
            if getattr(refusal, "obstacles", None):  # its lapse is kept
                self.do_again(verb, *args, **kwargs)
        else:
            DONE[verb.__name__] += 1
        now = Recomputed()
        assert [*now.differences(self.client), *self.untold(now)] == []

    def do_again(self, verb, *args, **kwargs):
        """A refused publication keeps the lapse that it raises after: not so in our savepoint."""
        with suppress(Refused, ValidationError):
            verb(*args, **kwargs)

    def untold(self, now):
        """Nobody holds a claim that fell since they knew, without an alert that waits."""
        waiting = {(each.holder_kind, each.holder_id, each.claim_id) for each in now.open}
        known, self.known = self.known, {}
        for held in now.holding:
            word = now.word[held[2]]
            before = known.get(held, word)
            self.known[held] = before if held in waiting else word
            if weaker(word, before) and held not in waiting and held not in self.confirmed():
                yield f"{held} was {before} and is {word}, and nobody is told"

    def confirmed(self):
        """What people closed in this act."""
        closed = Alert.objects.exclude(closed_at=None).exclude(decision=None)
        newest = closed.order_by("-decision__seq").values_list("decision__act_id", flat=True)[:1]
        rows = closed.filter(decision__act_id__in=list(newest))
        return set(rows.values_list("holder_kind", "holder_id", "claim"))

    # --- the texts ------------------------------------------------------------------------------

    @rule(n=DOCUMENT, place=PLACE, label=LABELS)
    def relabel(self, n, place, label):
        self.act(self._relabel, n, place, *label)

    def _relabel(self, n, place, reliability, credibility):
        passage = among(self.text(n).passages, place)
        seen = passage.assessments.filter(superseded_at=None).first()
        assessing.assess_passage(
            passage,
            by=self.desk.author,
            seen=seen and seen.pk,
            reliability=reliability,
            credibility=credibility,
        )

    @rule(n=DOCUMENT, label=LABELS)
    def label_whole(self, n, label):
        document = self.document(n)
        seen = Assessment.objects.in_force().filter(capture=document.current_capture).first()
        self.act(
            assessing.assess_document,
            document,
            by=self.desk.author,
            capture=document.current_capture_id,
            seen=seen and seen.pk,
            reliability=label[0],
            credibility=label[1],
        )

    @rule(n=DOCUMENT)
    def take_suggestions(self, n):
        document = self.document(n)
        by = self.desk.editor
        self.act(assessing.accept_suggestions, document, by=by, capture=document.current_capture_id)

    @rule(n=DOCUMENT, variant=VARIANT, days=st.sampled_from([1, 1, 1, -1]))
    def recapture(self, n, variant, days):
        self.act(self._recapture, n, variant, days)

    def _recapture(self, n, variant, days):
        """No person's act, so that no approval lapses by it; but no such one is published."""
        self.desk.collect(n, variant, days=days)
        for approval in Approval.objects.standing():
            summary = approval.revision.summary
            if publishing.evidence_digest(summary) != approval.evidence_digest:
                with suppress(Refused):
                    workflow.publish(summary, by=self.desk.publisher, seen=summary.n)

    @rule(n=ONE_OF)
    def set_aside(self, n):
        self.act(self._set_aside, n)

    def _set_aside(self, n):
        run = among(ImportRun.objects.filter(set_aside_at=None), n)
        describing.set_aside(run, by=self.desk.editor, reason="It is broken.")

    @rule(n=ONE_OF)
    def bring_back(self, n):
        self.act(self._bring_back, n)

    def _bring_back(self, n):
        run = among(ImportRun.objects.exclude(set_aside_at=None), n)
        describing.bring_back(run, by=self.desk.editor, reason="It is not.")

    @rule(n=DOCUMENT, place=PLACE)
    def split(self, n, place):
        self.act(self._split, n, place)

    def _split(self, n, place):
        passage = among(self.text(n).passages, place)
        at = passage.text.find(" ", 5)
        assessing.split(passage, by=self.desk.author, at=[passage.start + at + 1])

    @rule(n=DOCUMENT, place=PLACE)
    def join(self, n, place):
        self.act(self._join, n, place)

    def _join(self, n, place):
        passages = list(self.text(n).passages.all())[place : place + 2]
        assessing.join(passages, by=self.desk.author, reliability="news")

    @rule(n=ONE_OF, lost=st.booleans())
    def say_where(self, n, lost):
        self.act(self._say_where, n, lost)

    def _say_where(self, n, lost):
        anchor = among(Anchor.objects.filter(superseded_at=None), n)
        if lost:
            anchoring.say_lost(anchor, by=self.desk.editor, reason="I looked.")
        else:
            at = anchor.capture.text.find(anchor.quote.exact)
            anchoring.say_place(anchor, max(at, 0), by=self.desk.editor)

    # --- what they are --------------------------------------------------------------------------

    @rule(n=st.integers(0, 2), letter=st.sampled_from("ABDEF"))
    def regrade(self, n, letter):
        source = self.desk.sources[n]
        seen = source.grades.in_force().first()
        self.act(
            describing.grade,
            source,
            by=self.desk.editor,
            grade=letter,
            reason="Its record." if letter != "F" else "",
            seen=seen and seen.pk,
        )

    @rule(n=st.integers(0, 2), owner=st.integers(-1, 3), name=st.sampled_from(["", " News"]))
    def change_source(self, n, owner, name):
        source = Source.objects.get(pk=self.desk.sources[n].pk)
        self.act(
            describing.change_source,
            source,
            by=self.desk.editor,
            name=f"Wire {n}{name}",
            host="",
            owner=self.entity(owner) if owner >= 0 else None,
            seen=latest_about(source),
        )

    @rule(
        n=DOCUMENT,
        source=st.integers(0, 2),
        origin=st.integers(-1, 3),
        day=st.sampled_from(["", "2026"]),
    )
    def describe(self, n, source, origin, day):
        document = self.document(n)
        seen = document.descriptions.in_force().first()
        self.act(
            describing.describe,
            document,
            by=self.desk.author,
            title=document.title,
            source=self.desk.sources[source],
            published=day,
            published_basis="",
            url=document.url,
            origin_entity=self.entity(origin) if origin >= 0 else None,
            origin_words="",
            seen=seen and seen.pk,
        )

    @rule(a=DOCUMENT, b=DOCUMENT, word=st.sampled_from(["same_story", "independent", "undecided"]))
    def judge(self, a, b, word):
        self.act(self._judge, *sorted((a, b)), word)

    def _judge(self, a, b, word):
        one, other = self.document(a), self.document(b)
        before = CopyVerdict.objects.in_force().filter(a=one, b=other).first()
        how = {"by": self.desk.editor, "reason": "I asked.", "seen": before and before.pk}
        if word == "undecided":
            copying.take_back(one, other, **how)
        else:
            copying.judge(one, other, word, **how)

    @rule(a=st.integers(0, 3), b=st.integers(0, 3))
    def merge(self, a, b):
        by = self.desk.editor
        self.act(identifying.merge, self.entity(a), self.entity(b), by=by, reason="They are one.")

    @rule(a=st.integers(0, 3))
    def unmerge(self, a):
        by = self.desk.editor
        self.act(identifying.unmerge, self.entity(a), by=by, reason="They are two.")

    @rule(a=st.integers(0, 3), name=st.sampled_from(["", " (agency)"]))
    def change_entity(self, a, name):
        entity = self.entity(a)
        self.act(
            identifying.change_entity,
            entity,
            by=self.desk.editor,
            name=f"{entity.name.removesuffix(' (agency)')}{name}",
            kind=entity.kind,
            identity="confirmed",
            wikidata_id="",
            part_of=None,
            aliases=[],
            seen=latest_about(entity),
        )

    # --- claims ---------------------------------------------------------------------------------

    @rule(
        c=ONE_OF,
        n=DOCUMENT,
        place=PLACE,
        stance=st.sampled_from(["supports", "supports", "disputes", "mentions"]),
        ticked=st.booleans(),
        origin=st.integers(-1, 3),
    )
    def quote(self, c, n, place, stance, ticked, origin):
        claim = among(Claim.objects.all(), c)
        origin = self.entity(origin) if origin >= 0 else None
        told = {"stance": stance, "ticked": ticked, "origin_entity": origin}
        self.act(self.desk.evidence, claim, n, place, **told)

    @rule(e=ONE_OF)
    def turn_tick(self, e):
        self.act(self._turn_tick, e)

    def _turn_tick(self, e):
        evidence = among(Evidence.objects.in_force(), e)
        turn = evidencing.untick if evidence.ticked_id else evidencing.tick
        turn(evidence, by=self.desk.author)

    @rule(e=ONE_OF)
    def withdraw_evidence(self, e):
        self.act(self._withdraw_evidence, e)

    def _withdraw_evidence(self, e):
        evidence = among(Evidence.objects.in_force(), e)
        evidencing.withdraw_evidence(evidence, by=self.desk.author, reason="It says less.")

    @rule(
        c=ONE_OF,
        because=st.sampled_from(["reworded", "mistaken", "overtaken"]),
        take=st.booleans(),
    )
    def replace(self, c, because, take):
        claim = among(Claim.objects.all(), c)
        self.act(
            claiming.replace,
            claim,
            by=self.desk.author,
            because=because,
            take_quotes=take,
            words=f"{claim.words} So it is.",
        )

    @rule(p=st.integers(0, 1), entity=st.integers(0, 3), c=ONE_OF, state=st.booleans())
    def new_field(self, p, entity, c, state):
        self.act(self._new_field, self.desk.partnerships[p], entity, c, state)

    def _new_field(self, partnership, entity, c, state):
        told = {"by": self.desk.editor, "claims": [among(partnership.claims.all(), c)]}
        if state:
            partnering.add_state(partnership, word="active", **told)
        else:
            partnering.add_party(partnership, entity=self.entity(entity), role="funder", **told)

    @rule(n=ONE_OF, state=st.booleans())
    def withdraw_field(self, n, state):
        self.act(self._withdraw_field, n, state)

    def _withdraw_field(self, n, state):
        row = among((PartnershipState if state else Party).objects.in_force(), n)
        how = {"by": self.desk.editor, "reason": "It is not so."}
        partnering.withdraw_state(row, **how) if state else partnering.withdraw_party(row, **how)

    @rule(p=st.integers(0, 1), name=st.sampled_from(["", " again"]))
    def rename(self, p, name):
        partnership = self.desk.partnerships[p]
        name = f"The {'rover' if p == 0 else 'orbiter'}{name}"
        self.act(partnering.rename, partnership, by=self.desk.editor, name=name)

    # --- summaries ------------------------------------------------------------------------------

    @rule(p=st.integers(0, 1), told=TOLD, standfirst=STANDFIRSTS)
    def cite(self, p, told, standfirst):
        self.act(self._cite, p, told, standfirst)

    def _cite(self, p, told, standfirst):
        summary = self.summary(p)
        drafting.save(
            summary,
            by=self.desk.author,
            seen=summary.n,
            title=summary.partnership.name,
            standfirst=standfirst,
            text=self.text_of(summary, told),
        )

    def text_of(self, summary, told):
        claims = list(summary.partnership.claims.order_by("pk"))
        cited = [
            "".join(dict.fromkeys(f"[@{claims[n % len(claims)].key}]" for n in each))
            for each in told
        ]
        return " ".join(f"They agreed on this and that. {keys}" for keys in cited)

    @rule(p=st.integers(0, 1), verb=st.sampled_from(["submit", "approve", "publish", "send_back"]))
    def move(self, p, verb):
        self.act(self._move, p, verb)

    def _move(self, p, verb):
        summary = self.summary(p)
        seen = {"seen": summary.n}
        if verb == "submit":
            workflow.submit(summary, by=self.desk.author, **seen)
        elif verb == "approve":
            workflow.approve(summary, by=self.desk.editor, confirmed=ticks(summary), **seen)
        elif verb == "send_back":
            workflow.send_back(summary, by=self.desk.editor, reason="Again.", **seen)
        else:
            workflow.publish(summary, by=self.desk.publisher, note="Mended.", **seen)

    @rule(p=st.integers(0, 1), told=TOLD, standfirst=STANDFIRSTS, publish=st.booleans())
    def advance(self, p, told, standfirst, publish):
        """Write, submit and approve, and publish perhaps: one by one it would be rare."""
        self.act(self._advance, p, told, standfirst, publish)

    def _advance(self, p, told, standfirst, publish):
        self._cite(p, told, standfirst)
        if self.summary(p).state == "draft":
            self._move(p, "submit")
        self._move(p, "approve")
        if publish:
            self._move(p, "publish")

    @rule(p=st.integers(0, 1), in_error=st.sampled_from([False, False, True]))
    def withdraw_page(self, p, in_error):
        self.act(self._withdraw_page, p, in_error)

    def _withdraw_page(self, p, in_error):
        page = among(Page.objects.filter(partnership=self.desk.partnerships[p]), 0)
        by = self.desk.publisher
        publishing.withdraw(page, by=by, reason="It no longer stands.", in_error=in_error)

    # --- alerts ---------------------------------------------------------------------------------

    @rule(n=ONE_OF, whole_cause=st.booleans())
    def confirm(self, n, whole_cause):
        self.act(self._confirm, n, whole_cause)

    def _confirm(self, n, whole_cause):
        alert = among(Alert.objects.open(), n)
        alike = Alert.objects.open().of_cause(alert.cause_kind, alert.cause_id)
        wanted = list(alike) if whole_cause else [alert]
        resolving.reconfirm(wanted, by=self.desk.editor, reason="It is told so.")

    @rule(n=ONE_OF, p=st.integers(0, 1))
    def answer(self, n, p):
        self.act(self._answer, n, p)

    def _answer(self, n, p):
        summary = self.summary(p)
        alert = among(Alert.objects.open(), n)
        resolving.answer([alert], summary, by=self.desk.author, seen=summary.n)

    # --- the rows -------------------------------------------------------------------------------

    def document(self, n):
        return Document.objects.get(pk=self.desk.documents[n].pk)

    def text(self, n):
        return self.document(n).current_capture or refuse("It has no text.")

    def entity(self, n):
        return Entity.objects.get(pk=self.desk.entities[n].pk)

    def summary(self, p):
        return Summary.objects.get(partnership=self.desk.partnerships[p])


@pytest.mark.django_db
def test_whatever_people_do_all_that_is_stored_follows_from_the_facts():
    Acts.desk = Desk()
    how = settings(
        max_examples=SEQUENCES,
        stateful_step_count=ACTS,
        deadline=None,
        database=None,
        derandomize=not LONG,
        phases=[Phase.generate] if LONG else [Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Acts, settings=how)
    print(*(f"{act} {n}" for act, n in sorted(DONE.items())), sep=", ")
