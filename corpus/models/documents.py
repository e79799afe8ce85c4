"""What was collected: bytes, documents, their texts, when they were seen, their passages."""

from django.db import models
from django.db.models import F, Q

from corpus.models.words import HoldsWords


class Reliability(models.TextChoices):
    NEWS = "news", "news"
    SPECULATIVE = "speculative", "speculative or comment"
    SPAM = "spam", "spam"


class DateBasis(models.TextChoices):
    TEXT = "text", "stated in the text"
    METADATA = "metadata", "given by the collection"
    FILE_NAME = "file name", "read from the file's name"
    PERSON = "person", "entered at the desk"


class Original(models.Model):
    """The bytes as they came, compressed; a table of its own so that no list loads them."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField(help_text="Compressed with zlib.")
    size = models.PositiveIntegerField(help_text="Bytes before compression.")
    media_type = models.CharField(max_length=100, default="text/plain")
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    def __str__(self):
        return self.sha256


class DocumentQuerySet(models.QuerySet):
    def on_the_desk(self):
        """Documents that some counting import brought in."""
        return self.exclude(current_capture=None)

    def published_between(self, first, last):
        """Documents whose date may lie between two days, either of which may be None."""
        dated = self.exclude(published_earliest=None)
        if first:
            dated = dated.filter(Q(published_latest=None) | Q(published_latest__gte=first))
        return dated.filter(published_earliest__lte=last) if last else dated


class Document(models.Model):
    """One collected item. Its values are those in force; sightings keep them as collected."""

    source = models.ForeignKey(
        "corpus.Source", models.PROTECT, null=True, blank=True, related_name="documents"
    )
    title = models.CharField(max_length=300)
    url = models.CharField("address", max_length=2000, blank=True)
    published = models.CharField(max_length=40, blank=True, help_text="As EDTF, such as 2022-03.")
    published_earliest = models.DateField(null=True)
    published_latest = models.DateField(null=True)
    published_basis = models.CharField(
        "basis of the date", max_length=20, choices=DateBasis, blank=True
    )
    language = models.CharField(max_length=35, blank=True)
    origin_entity = models.ForeignKey(
        "corpus.Entity", models.PROTECT, null=True, blank=True, related_name="originated"
    )
    origin_words = models.CharField("origin in words", max_length=200, blank=True)
    current_capture = models.ForeignKey(
        "corpus.Capture", models.PROTECT, null=True, editable=False, related_name="+"
    )

    # What makes it this document and no other; never changed by a description.
    canonical_address = models.CharField(max_length=2000, blank=True, editable=False)
    source_as_given = models.CharField(max_length=200, blank=True, editable=False)
    path = models.CharField(max_length=1000, blank=True, editable=False)

    suggested_reliability = models.CharField(max_length=20, choices=Reliability, blank=True)
    suggestion_score = models.FloatField(default=0)
    suggestion_reasons = models.JSONField(default=list)
    suggestion_version = models.CharField(max_length=20, blank=True)
    hints = models.JSONField(
        default=list, help_text="What may count against its credibility: [reason, because]."
    )
    suggested_origin_entity = models.ForeignKey(
        "corpus.Entity", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    suggested_origin_words = models.CharField(max_length=200, blank=True)
    suggested_origin_because = models.CharField(max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["canonical_address"],
                condition=~Q(canonical_address=""),
                name="document_address_once",
                violation_error_message="There is a document with this address already.",
            ),
            models.CheckConstraint(
                condition=Q(origin_entity=None) | Q(origin_words=""),
                name="document_one_origin",
                violation_error_message="Give the origin as an entity or in words, not both.",
            ),
        ]
        indexes = [
            models.Index(fields=["source_as_given", "path"], name="document_by_path"),
            models.Index(fields=["published_earliest"], name="document_by_date"),
        ]

    def __str__(self):
        return self.title


class CaptureQuerySet(models.QuerySet):
    def seen_in_counting_imports(self):
        return self.filter(sightings__import_run__set_aside_at=None).distinct()


class Capture(models.Model):
    """The text of a document as collected. It is never edited."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="captures")
    original = models.ForeignKey(Original, models.PROTECT, related_name="captures")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=300, help_text="As the extractor read it.")
    structure = models.JSONField(
        default=list,
        help_text="What the markup says of places: [start, end, sign], in code points.",
    )
    mended = models.JSONField(default=list, help_text="What was mended, in sentences.")
    extractor = models.CharField(max_length=40, help_text="Its version.")
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "text_sha256"], name="capture_text_once_a_document"
            )
        ]
        indexes = [models.Index(fields=["text_sha256"], name="capture_by_text")]

    def __str__(self):
        return f"{self.title} ({self.text_sha256[:8]})"


class Sighting(HoldsWords):
    """One time a capture was seen, with what the collection said of it."""

    WORDS = ("address", "path", "source_name", "title")

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="sightings")
    import_run = models.ForeignKey("corpus.ImportRun", models.PROTECT, related_name="sightings")
    original = models.ForeignKey(
        Original,
        models.PROTECT,
        related_name="sightings",
        help_text="The bytes of this time: other bytes may read as the same text.",
    )
    collected_at = models.DateTimeField()
    address = models.CharField(max_length=2000, blank=True)
    path = models.CharField(max_length=1000, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published = models.CharField(max_length=40, blank=True)
    published_basis = models.CharField(max_length=20, choices=DateBasis, blank=True)
    language = models.CharField(max_length=35, blank=True)
    bases = models.JSONField(
        default=dict, help_text="Where each value was read: a field's name, a mark of the page."
    )
    remarks = models.JSONField(
        default=list, help_text="What the import found that a person should know, in sentences."
    )

    class Meta:
        ordering = ["collected_at", "pk"]
        indexes = [models.Index(fields=["capture", "collected_at"], name="sighting_by_time")]

    def __str__(self):
        return f"{self.path or self.address} on {self.collected_at:%Y-%m-%d}"


class PassageQuerySet(models.QuerySet):
    def touching(self, start, end):
        """Passages of which the place [start, end) holds at least a part."""
        return self.filter(start__lt=end, end__gt=start)


PassageManager = models.Manager.from_queryset(PassageQuerySet)


class CurrentPassages(PassageManager):
    def get_queryset(self):
        return super().get_queryset().filter(retired_at=None)


class Passage(models.Model):
    """A piece of a capture, which carries labels. Retired when the cut changes, never deleted."""

    class Kind(models.TextChoices):
        SENTENCE = "sentence"
        HEADING = "heading"
        LIST_ITEM = "list_item", "list item"
        FRAGMENT = "fragment"

    BY_PERSON = "person"

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind)
    made_by = models.CharField(max_length=40, help_text="The segmenter's version, or person.")
    retired_at = models.DateTimeField(null=True)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repetitions")
    suggested_reliability = models.CharField(max_length=20, choices=Reliability, blank=True)
    suggestion_score = models.FloatField(default=0)
    suggestion_reasons = models.JSONField(default=list)
    suggestion_version = models.CharField(max_length=20, blank=True)
    suggestion_pattern = models.CharField(
        max_length=40, blank=True, help_text="The key of the spam pattern that decided, if one did."
    )
    hints = models.JSONField(
        default=list, help_text="What may count against its credibility: [reason, because]."
    )
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    objects = CurrentPassages()
    everything = PassageQuerySet.as_manager()

    class Meta:
        base_manager_name = "everything"
        ordering = ["capture", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "start", "end"], name="passage_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="passage_start_before_end"
            ),
        ]
        indexes = [
            models.Index(fields=["text_sha256"], name="passage_by_words"),
            models.Index(
                fields=["suggestion_pattern"],
                condition=~Q(suggestion_pattern=""),
                name="passage_by_pattern",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class SearchText(models.Model):
    """The words of a document's current capture, folded, for both databases' full-text search."""

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="search_text"
    )
    text = models.TextField()

    def __str__(self):
        return f"words of {self.document_id}"
