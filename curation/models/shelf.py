"""The public shelf: all that public pages may read. Only publishing writes it."""

import json

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.utils.functional import cached_property


class EditionQuerySet(models.QuerySet):
    def on_the_shelf(self):
        """Editions that readers may still read: not those published in error.

        A notice of error takes back its edition and those before it, for good.
        """
        return self.exclude(Exists(self._errors()))

    def in_error(self):
        """Editions that were taken back for good, with the moment of it."""
        errors = self._errors().order_by("opened_at", "pk")
        return self.annotate(
            uid=F("partnership__uid"),
            off_at=Subquery(errors.values("opened_at")[:1]),
            off_words=Subquery(errors.values("words")[:1]),
        ).exclude(off_at=None)

    def of(self, page):
        """All editions of a page that readers may read, without their texts."""
        return self.on_the_shelf().filter(partnership=page.partnership_id).defer("text")

    def told_as_news(self):
        """Editions that tell readers more than that a page is there."""
        return self.on_the_shelf().exclude(kind=Edition.Kind.FIRST)

    def _errors(self):
        """The notices of error that take back an edition."""
        return Notice.objects.filter(
            kind=Notice.Kind.ERROR,
            page__partnership=OuterRef("partnership"),
            edition__n__gte=OuterRef("n"),
        )


class Edition(models.Model):
    """A frozen published version, whole in `text`: what readers and machines are told.

    `text` is canonical JSON kept as text (a JSON column would not come back the same from
    PostgreSQL); `hash` is made of its parts' digests, so that a redacted one still verifies.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "first edition"
        UPDATE = "update", "update"
        CORRECTION = "correction", "correction"
        CLARIFICATION = "clarification", "clarification"
        REINSTATEMENT = "reinstatement", "reinstatement"

    partnership = models.ForeignKey("curation.Partnership", models.PROTECT, related_name="editions")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=20, blank=True, help_text="The partnership's, then.")
    rule_version = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    decision = models.ForeignKey("curation.Decision", models.PROTECT, related_name="+")
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "-n"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "n"], name="edition_numbered_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["first", "update"])
                | ~Q(note="")
                | Q(redacted_by__isnull=False),
                name="edition_of_this_kind_has_a_note",
                violation_error_message="Tell readers in a note what was mended.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, edition {self.n}"

    @property
    def name(self):
        """Its title, if that was not removed."""
        return self.title or "[title removed]"

    @property
    def content(self):
        return json.loads(self.text)


class EditionParty(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="parties")
    entity_id = models.PositiveBigIntegerField(db_index=True)
    role = models.CharField(max_length=20)


class EditionClaim(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="claims")
    claim_id = models.PositiveBigIntegerField(db_index=True)
    sentence = models.PositiveIntegerField(
        null=True, help_text="Counted through the edition; null: a field outside the text."
    )
    standing = models.CharField(max_length=20)


class EditionQuote(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="quotes")
    quote_id = models.PositiveBigIntegerField(db_index=True)
    document_id = models.PositiveBigIntegerField(db_index=True)


class PageQuerySet(models.QuerySet):
    def for_reading(self):
        """Pages with an address and something to say: public, under review or withdrawn."""
        return self.exclude(status=Page.Status.GONE).select_related("edition")

    def off(self):
        """Pages that were taken back, with the moment and the words of it."""
        why = Notice.objects.filter(
            page=OuterRef("pk"), kind__in=[Notice.Kind.WITHDRAWAL, Notice.Kind.ERROR]
        ).order_by("-opened_at", "-pk")
        return (
            self.filter(status__in=[Page.Status.WITHDRAWN, Page.Status.GONE])
            .annotate(
                uid=F("partnership__uid"),
                off_at=Subquery(why.values("opened_at")[:1]),
                off_words=Subquery(why.values("words")[:1]),
            )
            .exclude(off_at=None)
        )

    def listed(self):
        """Pages that lists, feeds and the sitemap name."""
        return self.for_reading().exclude(status=Page.Status.WITHDRAWN)

    def last_told(self):
        """When readers of any of these pages were last told something; None without pages."""
        moments = self.order_by().aggregate(
            Max("updated_at"),
            Max("edition__published_at"),
            Max("notices__opened_at"),
            Max("notices__closed_at"),
        )
        return max((moment for moment in moments.values() if moment), default=None)

    def with_party(self, address, role=""):
        """Pages that name the entity of an address, or one merged into it, as a party."""
        parties = EditionParty.objects.filter(
            edition=OuterRef("edition"), entity_id__in=address.entity_ids
        )
        return self.filter(Exists(parties.filter(role=role) if role else parties))

    def with_sentence(self, standing, weaker):
        """Pages with a sentence that stands so: its weakest claim does."""
        cited = EditionClaim.objects.filter(edition=OuterRef("edition"), sentence__isnull=False)
        lowered = EditionClaim.objects.filter(
            edition=OuterRef("edition"), sentence=OuterRef("sentence"), standing__in=weaker
        )
        return self.filter(Exists(cited.filter(~Exists(lowered), standing=standing)))

    def citing(self, document_id):
        """Pages whose current edition quotes a document."""
        quotes = EditionQuote.objects.filter(edition=OuterRef("edition"), document_id=document_id)
        return self.filter(Exists(quotes))


class Page(models.Model):
    """The public place of a partnership: its current edition and how that stands."""

    class Status(models.TextChoices):
        USABLE = "usable", "public"
        UNDER_REVIEW = "under review", "under review"
        WITHDRAWN = "withdrawn", "withdrawn"
        GONE = "gone", "gone"

    partnership = models.OneToOneField("curation.Partnership", models.PROTECT, related_name="page")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status, default=Status.USABLE)
    version = models.PositiveIntegerField(
        default=1, help_text="Rises with every change that readers see."
    )
    slug = models.CharField(max_length=200, help_text="The address in force.")
    first_published_at = models.DateTimeField()
    updated_at = models.DateTimeField(help_text="What the feed goes by: not clarifications.")

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        permissions = [("withdraw_page", "Can withdraw published pages")]

    def __str__(self):
        return self.edition.name


class AddressQuerySet(models.QuerySet):
    def of_pages(self):
        return self.filter(kind=Address.Kind.PARTNERSHIP).select_related("page__edition")

    def of_entities(self):
        return self.filter(kind=Address.Kind.ENTITY)

    def in_force(self):
        """Of entities, leave out addresses of those that were merged into another."""
        return self.filter(entity_id=F("leads_to"))

    def of_parties(self, pages):
        """Addresses of the entities that take part in the partnerships of these pages."""
        named = EditionParty.objects.filter(edition__in=pages.order_by().values("edition"))
        known = self.of_entities().filter(entity_id__in=named.values("entity_id"))
        return self.of_entities().filter(entity_id__in=known.values("leads_to"))


class Address(models.Model):
    """A slug once given is never freed: old ones redirect for ever."""

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership"
        ENTITY = "entity"

    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.CharField(max_length=200)
    page = models.ForeignKey(Page, models.PROTECT, null=True, related_name="addresses")
    # The entity whose slug this is, its name as readers are told it, and the entity that it
    # was merged into (itself when none): the shelf follows merges without asking the corpus.
    entity_id = models.PositiveBigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    leads_to = models.PositiveBigIntegerField(null=True, db_index=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="address_taken_once"),
            models.CheckConstraint(
                condition=Q(kind="partnership", page__isnull=False, entity_id=None, leads_to=None)
                | Q(kind="entity", page=None, entity_id__isnull=False, leads_to__isnull=False),
                name="address_leads_to_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.kind}/{self.slug}"

    @cached_property
    def entity_ids(self):
        """Ids under which editions may name the entity of this address."""
        alike = Address.objects.of_entities().filter(leads_to=self.leads_to)
        return set(alike.values_list("entity_id", flat=True))

    @property
    def moved_to(self):
        """The address of the entity that this one was merged into, if it has one."""
        if self.leads_to == self.entity_id:
            return None
        return Address.objects.of_entities().filter(entity_id=self.leads_to).first()


class NoticeQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def of_evidence(self):
        """What readers read stands lower by now than it says."""
        return self.filter(kind=Notice.Kind.EVIDENCE)

    def readable(self):
        """Leave out what tells of the evidence of an edition that was published in error."""
        shelf = Edition.objects.on_the_shelf().values("pk")
        return self.exclude(Q(kind=Notice.Kind.EVIDENCE) & ~Q(edition__in=shelf))

    def of_error(self):
        """Why something was taken back for good."""
        return self.filter(kind=Notice.Kind.ERROR)


class Notice(models.Model):
    """Words to readers about what happened to a page since it was published."""

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal"
        ERROR = "error", "published in error"
        EVIDENCE = "evidence", "evidence moved"

    page = models.ForeignKey(Page, models.PROTECT, related_name="notices")
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="notices", help_text="The current one when it opened."
    )
    sentence = models.PositiveIntegerField(null=True, help_text="Null: the whole page.")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    decision = models.ForeignKey("curation.Decision", models.PROTECT, related_name="+")
    alert = models.ForeignKey("curation.Alert", models.PROTECT, null=True, related_name="notices")
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self):
        return self.words
