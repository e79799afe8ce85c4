"""What people say of sources, documents, captures and passages."""

from django.db import models
from django.db.models import Q

from corpus.models.documents import DateBasis
from corpus.models.documents import Reliability as Suggested
from corpus.models.words import HoldsWords
from curation.models.decisions import IN_FORCE, Decided


class SourceGrade(Decided):
    class Grade(models.TextChoices):
        A = "A", "A: completely reliable"
        B = "B", "B: usually reliable"
        C = "C", "C: fairly reliable"
        D = "D", "D: not usually reliable"
        E = "E", "E: unreliable"
        F = "F", "F: not graded"

    source = models.ForeignKey("corpus.Source", models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=1, choices=Grade, default=Grade.F)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=IN_FORCE, name="one_grade_in_force_a_source"
            ),
            models.CheckConstraint(
                condition=Q(grade="F") | ~Q(reason=""),
                name="grade_needs_reason",
                violation_error_message="Write why this source has earned its grade.",
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.grade}"


class Description(Decided, HoldsWords):
    """What a document is, as a person says; the collected values stay beside it."""

    WORDS = ("title", "url", "origin_words")

    document = models.ForeignKey("corpus.Document", models.PROTECT, related_name="descriptions")
    title = models.CharField(max_length=300)
    source = models.ForeignKey("corpus.Source", models.PROTECT, null=True, related_name="+")
    published = models.CharField(max_length=40, blank=True)
    published_basis = models.CharField(max_length=20, choices=DateBasis, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    origin_entity = models.ForeignKey("corpus.Entity", models.PROTECT, null=True, related_name="+")
    origin_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=IN_FORCE, name="one_description_in_force"
            ),
            models.CheckConstraint(
                condition=Q(origin_entity=None) | Q(origin_words=""),
                name="description_one_origin",
                violation_error_message="Give the origin as an entity or in words, not both.",
            ),
        ]

    def __str__(self):
        return self.title


class Assessment(Decided):
    """A person's label of a capture or of a passage."""

    class Reliability(models.TextChoices):
        NEWS = Suggested.NEWS.value, Suggested.NEWS.label
        SPECULATIVE = Suggested.SPECULATIVE.value, Suggested.SPECULATIVE.label
        SPAM = Suggested.SPAM.value, Suggested.SPAM.label
        HEADING = "heading", "heading"

    class Credibility(models.IntegerChoices):
        CONFIRMED = 1, "1: confirmed by another origin"
        PROBABLE = 2, "2: specific, attributed, fits"
        PLAUSIBLE = 3, "3: plausible, unchecked"
        DOUBTFUL = 4, "4: vague, out of date, self-contradicting or padded"
        IMPROBABLE = 5, "5: better evidence says otherwise"
        NOT_JUDGED = 6, "6: not judged"

    class Reason(models.TextChoices):
        SPECIFIC = "specific", "specific"
        ATTRIBUTED = "attributed", "says who says so"
        FITS = "fits", "fits what else is known"
        CONFIRMED_ELSEWHERE = "confirmed_elsewhere", "confirmed by another origin"
        PLAUSIBLE = "plausible", "plausible, unchecked"
        VAGUE = "vague", "vague"
        OUT_OF_DATE = "out_of_date", "out of date"
        CONTRADICTS_ITSELF = "contradicts_itself", "contradicts itself"
        PADDED = "padded", "padded"
        SPEAKER_NOT_TRACED = "speaker_not_traced", "speaker not traced"
        BETTER_EVIDENCE_AGAINST = "better_evidence_against", "better evidence says otherwise"

    capture = models.ForeignKey(
        "corpus.Capture", models.PROTECT, null=True, related_name="assessments"
    )
    passage = models.ForeignKey(
        "corpus.Passage", models.PROTECT, null=True, related_name="assessments"
    )
    reliability = models.CharField(max_length=20, choices=Reliability)
    credibility = models.PositiveSmallIntegerField(
        choices=Credibility, default=Credibility.NOT_JUDGED
    )
    reasons = models.JSONField(default=list)
    in_bulk = models.BooleanField(default=False)
    suggested = models.CharField(max_length=20, choices=Suggested, blank=True)
    suggestion_version = models.CharField(max_length=20, blank=True)
    hinted = models.JSONField(
        default=list, help_text="The reasons that the person saw suggested, taken over or not."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capture__isnull=False, passage=None)
                | Q(capture=None, passage__isnull=False),
                name="assessment_of_one_thing",
                violation_error_message="Assess either a text or a passage of it.",
            ),
            models.CheckConstraint(
                condition=Q(reliability="news") | Q(credibility=6),
                name="credibility_of_news_only",
                violation_error_message="Credibility is judged of news only.",
            ),
            models.CheckConstraint(
                condition=Q(credibility__range=(1, 6)),
                name="credibility_one_to_six",
                violation_error_message="Credibility is a number from 1 to 6.",
            ),
            models.CheckConstraint(
                condition=Q(capture=None) | ~Q(reliability="heading"),
                name="no_text_is_a_heading",
                violation_error_message="A whole text cannot be a heading.",
            ),
            models.UniqueConstraint(
                fields=["capture"], condition=IN_FORCE, name="one_label_in_force_a_capture"
            ),
            models.UniqueConstraint(
                fields=["passage"], condition=IN_FORCE, name="one_label_in_force_a_passage"
            ),
        ]
        permissions = [("accept_suggestions", "Can accept suggestions in bulk")]

    def __str__(self):
        return self.get_reliability_display()


class SetAside(Decided):
    """An import whose sightings stop counting, until it is brought back (superseded)."""

    import_run = models.ForeignKey("corpus.ImportRun", models.PROTECT, related_name="set_asides")
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["import_run"], condition=IN_FORCE, name="import_set_aside_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="setting_aside_needs_reason",
                violation_error_message="Write why this import is set aside.",
            ),
        ]

    def __str__(self):
        return f"{self.import_run} set aside"
