"""Claims, the quotes they rest on, and what the evidence makes of them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from corpus.models.words import HoldsWords
from curation.models.decisions import IN_FORCE, Decided
from curation.models.partnerships import Party

QUOTE_LENGTH = 700  # code points
CONTEXT = 32  # code points kept on either side of a quote


class Quote(models.Model):
    """The exact words somebody relies on: [start, end) of a capture, in code points."""

    capture = models.ForeignKey("corpus.Capture", models.PROTECT, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.CharField(max_length=QUOTE_LENGTH)
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)
    exact_sha256 = models.CharField(max_length=64)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["capture", "start", "end"], name="quote_once_a_place"),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="quote_start_before_end",
                violation_error_message="Select some words to quote.",
            ),
            models.CheckConstraint(
                condition=Q(end__lte=F("start") + QUOTE_LENGTH),
                name="quote_at_most_700",
                violation_error_message=f"A quote has at most {QUOTE_LENGTH} characters.",
            ),
        ]

    def __str__(self):
        return self.exact or "(words removed)"


class ClaimQuerySet(models.QuerySet):
    def current(self):
        """Leave out claims that another replaced."""
        return self.filter(replaced_by=None)

    def about(self, entity):
        """Claims whose act, words' speaker or partnership concerns an entity."""
        ids = entity.and_merged()
        acts = Claim.acting.through.objects.filter(entity__in=ids)
        parties = Party.objects.filter(entity__in=ids)
        return self.filter(  # each found by an index of its own: joins would read all claims
            Q(pk__in=acts.values("claim"))
            | Q(said_by_entity__in=ids)
            | Q(partnership__in=parties.values("partnership"))
        )

    def to_conclude(self, today):
        """Plans and forecasts whose last day is over, and of which no outcome is told."""
        told = Outcome.objects.in_force().filter(claim=OuterRef("pk"))
        return (
            self.current()
            .filter(told_as__in=(Claim.ToldAs.PLAN, Claim.ToldAs.FORECAST))
            .filter(~Exists(told), date_latest__lt=today)
        )


class Claim(HoldsWords):
    """One atomic statement. Its words never change."""

    WORDS = ("words", "said_by_words", "value")

    class ToldAs(models.TextChoices):
        FACT = "fact"
        PLAN = "plan"
        FORECAST = "forecast"
        OPINION = "opinion"
        SCENARIO = "scenario"

    class Because(models.TextChoices):
        REWORDED = "reworded"
        MISTAKEN = "mistaken"
        OVERTAKEN = "overtaken"

    partnership = models.ForeignKey("curation.Partnership", models.PROTECT, related_name="claims")
    words = models.CharField(max_length=500)
    told_as = models.CharField(max_length=20, choices=ToldAs, default=ToldAs.FACT)
    said_by_entity = models.ForeignKey(
        "corpus.Entity", models.PROTECT, null=True, blank=True, related_name="said"
    )
    said_by_words = models.CharField("said by, in words", max_length=200, blank=True)
    acting = models.ManyToManyField(
        "corpus.Entity",
        blank=True,
        related_name="acts",
        help_text="The parties whose act, decision or plan it states.",
    )
    date = models.CharField(max_length=40, blank=True, help_text="EDTF, such as 2028.")
    date_earliest = models.DateField(null=True)
    date_latest = models.DateField(null=True)
    as_of = models.CharField("as of", max_length=40, blank=True, help_text="EDTF.")
    as_of_earliest = models.DateField(null=True)
    as_of_latest = models.DateField(null=True)
    attribute = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    because = models.CharField(max_length=20, choices=Because, blank=True)
    decision = models.ForeignKey("curation.Decision", models.PROTECT, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") | Q(redacted_by__isnull=False),
                name="claim_has_words",
                violation_error_message="Write what is claimed.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, because="")
                | (Q(replaces__isnull=False) & ~Q(because="")),
                name="replacing_claim_says_why",
                violation_error_message="Say why this claim replaces the other.",
            ),
            models.CheckConstraint(
                condition=Q(said_by_entity=None) | Q(said_by_words=""),
                name="claim_one_speaker",
                violation_error_message="Give who said it as an entity or in words, not both.",
            ),
            models.CheckConstraint(
                condition=Q(value="") | ~Q(attribute=""),
                name="claim_value_of_attribute",
                violation_error_message="A value needs the attribute that it is a value of.",
            ),
        ]

    def __str__(self):
        return f"c{self.pk}: {self.words or '(words removed)'}"

    @property
    def key(self):
        """How a summary cites it: [@c12]."""
        return f"c{self.pk}"


class Evidence(Decided, HoldsWords):
    """A quote put to a claim. `ticked` is the tick in force; the ledger keeps earlier ones."""

    WORDS = ("origin_words",)

    class Stance(models.TextChoices):
        SUPPORTS = "supports"
        DISPUTES = "disputes"
        QUALIFIES = "qualifies"
        MENTIONS = "mentions"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.SUPPORTS)
    ticked = models.ForeignKey(
        "curation.Decision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    origin_entity = models.ForeignKey(
        "corpus.Entity", models.PROTECT, null=True, blank=True, related_name="+"
    )
    origin_words = models.CharField(max_length=200, blank=True)
    own_record_of = models.ManyToManyField("corpus.Entity", blank=True, related_name="own_records")

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "quote"],
                condition=Q(superseded_at=None),
                name="quote_once_a_claim",
                violation_error_message="These words are evidence of this claim already.",
            ),
            models.CheckConstraint(
                condition=Q(origin_entity=None) | Q(origin_words=""),
                name="evidence_one_origin",
                violation_error_message="Give the origin as an entity or in words, not both.",
            ),
        ]

    def __str__(self):
        return f"{self.quote} {self.stance} {self.claim}"


class Standing(models.Model):
    """What the evidence makes of a claim: computed, kept so that lists can filter by it."""

    class Word(models.TextChoices):
        ON_RECORD = "on record", "On record"
        CORROBORATED = "corroborated"
        REPORTED = "reported"
        UNVERIFIED = "unverified"
        DISPUTED = "disputed"
        DOUBTFUL = "doubtful"
        SPECULATIVE = "speculative"
        UNSUPPORTED = "unsupported"

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="standing")
    word = models.CharField(max_length=20, choices=Word)
    confirmed_word = models.CharField(max_length=20, choices=Word)
    rule_version = models.CharField(max_length=20)
    inputs = models.TextField(help_text="Canonical JSON of what the rule was told.")

    def __str__(self):
        return self.word


class Outcome(Decided):
    """Whether what a plan or forecast said came about, and the claim that tells so."""

    class Word(models.TextChoices):
        HAPPENED = "happened", "happened"
        IN_PART = "in part", "happened in part"
        NOT = "did not happen", "did not happen"
        NOT_KNOWN = "not known", "cannot be found out"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="outcomes")
    word = models.CharField(max_length=20, choices=Word)
    by_claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=IN_FORCE, name="one_outcome_a_claim"
            ),
            models.CheckConstraint(
                condition=Q(by_claim__isnull=False) | ~Q(reason="") | Q(redacted_by__isnull=False),
                name="outcome_rests_on_something",
                violation_error_message="Name the claim that tells it, or write how you know.",
            ),
            models.CheckConstraint(
                condition=Q(by_claim=None) | ~Q(by_claim=F("claim")),
                name="outcome_not_of_itself",
                violation_error_message="A claim cannot tell its own outcome.",
            ),
        ]

    def __str__(self):
        return f"{self.claim.key}: {self.get_word_display()}"
