"""A small desk, by the verbs, on which the model-based test lets random acts happen."""

from datetime import timedelta

from django.utils import timezone

from corpus.importing import pipeline
from corpus.importing.records import Record
from corpus.models import Document, Entity, Source
from curation import (
    assessing,
    claiming,
    copying,
    describing,
    drafting,
    evidencing,
    identifying,
    partnering,
    quoting,
    workflow,
)
from tests.factories import NOON, make_user, ticks

LONG = (
    "The two bodies will share the work on the lander between their centres in Turin and in "
    "Pasadena, and each of them pays for what it builds on its own ground. The drill was tested "
    "in a mine near Boulby for eleven weeks, where it took cores of salt from a depth of two "
    "metres. Engineers said that the heat shield would be made of cork, as it was for earlier "
    "probes, and that the parachutes had been packed again after a seam gave way in the desert. "
)
CAREFUL = (
    "An undated article of a wire says that they agreed on this and that; who said it first is "
    "unknown, and whether it is so is disputed and doubtful."
)
OWN = [
    ["ESA and NASA agreed on a rover.", "The rover is built in Turin.", "It flies in 2028."],
    ["NASA signed the agreement with ESA.", "The budget was not told.", "Its drill is new."],
    ["JAXA joined the orbiter of ESA.", "The orbiter carries a camera.", "It was paid in full."],
    ["ESA said that JAXA builds the camera.", "Nobody has seen it.", "It is said to be small."],
]


def texts(n):
    """What is collected at the address of a document, from time to time."""
    first, second, third = OWN[n]
    return [
        f"{first} {second} {third}",
        f"It was reported on Monday. {first} {second} {third}",  # it stands elsewhere
        f"{second} {third}",  # the first sentence is lost
        f"{first} It was said twice. {first} {second}",  # which one is meant?
        f"{first} {second} {LONG}",  # much of it stands in other documents too
        f"{third} {LONG}",
    ]


class Desk:
    """Its people, and verbs in short; rows are looked up anew each time."""

    def __init__(self):
        self.author, self.editor = make_user("contributor"), make_user("editor")
        self.publisher, self.admin = make_user("publisher"), make_user("admin")
        self.day, self.today = 0, timezone.localdate()
        self.entities = [
            identifying.make_entity(by=self.editor, name=name, kind="agency", identity="confirmed")
            for name in ("ESA", "NASA", "JAXA", "European Space Agency")
        ]
        for n in range(4):
            self.collect(n, 0)
        self._grade()
        self.documents = list(Document.objects.order_by("pk"))
        for document in self.documents:
            for passage in document.current_capture.passages.all():
                assessing.assess_passage(passage, by=self.author, reliability="news", credibility=2)
        self._claim()

    def document(self, n):
        return Document.objects.get(pk=self.documents[n].pk)

    def source(self, n):
        return Source.objects.get(pk=self.sources[n].pk)

    def entity(self, n):
        return Entity.objects.get(pk=self.entities[n].pk)

    def collect(self, n, variant, *, days=1):
        """Import what stands at an address; `days` less than nothing: collected earlier."""
        self.day += 1
        at = NOON + timedelta(days=self.day if days > 0 else -self.day)
        record = Record(
            f"{n}.txt",
            raw=texts(n)[variant].encode(),
            address=f"https://news.example.org/{n}",
            source_name=f"Wire {n % 3}",
            title=f"Document {n}",
            collected_at=at,
        )
        return pipeline.run(
            [record],
            label="test",
            after_store=assessing.text_collected,
            after_copies=copying.copies_found,
        )

    def evidence(self, claim, n, place, *, stance="supports", ticked=True, **kwargs):
        """Put a sentence of a document's current text to a claim."""
        capture = self.document(n).current_capture
        passages = list(capture.passages.all())
        passage = passages[place % len(passages)]
        quote = quoting.quote(capture, passage.start, passage.end, by=self.author)
        return evidencing.add_evidence(
            claim, quote, by=self.author, stance=stance, ticked=ticked, **kwargs
        )

    def _grade(self):
        self.sources = list(Source.objects.order_by("pk"))
        for source in self.sources[:2]:
            describing.grade(source, by=self.editor, grade="B", reason="Its record.")

    def _claim(self):
        esa, nasa, jaxa, _ = self.entities
        self.partnerships = [
            partnering.make_partnership(by=self.editor, name=name)
            for name in ("The rover", "The orbiter")
        ]
        rover, orbiter = self.partnerships
        told = [
            (rover, "ESA and NASA agreed.", [esa, nasa]),
            (rover, "The rover is built in Turin.", []),
            (rover, "It flies in 2028.", []),
            (orbiter, "JAXA joined ESA.", [jaxa]),
            (orbiter, "The orbiter carries a camera.", []),
        ]
        one, two, three, four, five = [
            claiming.make_claim(
                on,
                by=self.author,
                words=words,
                acting=acting,
                told_as="plan" if "flies" in words else "fact",
            )
            for on, words, acting in told
        ]
        self.evidence(one, 0, 0, origin_entity=esa, own_record_of=[esa])
        self.evidence(one, 1, 0, origin_entity=nasa)
        self.evidence(two, 0, 1)
        self.evidence(three, 1, 1, ticked=False)
        self.evidence(four, 2, 0)
        self.evidence(four, 3, 0, origin_words="JAXA")
        self.evidence(five, 3, 1, stance="disputes")
        self.evidence(five, 0, 2)
        for on, claim, entity in ((rover, one, esa), (rover, two, nasa), (orbiter, four, jaxa)):
            partnering.add_party(on, by=self.editor, entity=entity, role="partner", claims=[claim])
        partnering.add_state(rover, by=self.editor, word="agreed", claims=[one])
        for on in self.partnerships:
            drafting.start(on, by=self.author)
        self._approve(rover, [one, two], "They agreed on this and that.")
        workflow.publish(rover.summary, by=self.publisher, seen=1)
        self._approve(orbiter, [four], CAREFUL)

    def _approve(self, partnership, claims, sentence):
        """The desk begins with a page that tells what stands so, and an approval that holds."""
        summary = partnership.summary
        text = f"{sentence} {' '.join(f'[@{claim.key}]' for claim in claims)}"
        words = {"title": partnership.name, "standfirst": "", "text": text}
        drafting.save(summary, by=self.author, seen=0, **words)
        workflow.submit(summary, by=self.author, seen=1)
        workflow.approve(summary, by=self.editor, seen=1, confirmed=ticks(summary))
