"""Who and what is spoken of, under which names, and where."""

from django.db import models
from django.db.models import F, Q


class EntityQuerySet(models.QuerySet):
    def in_use(self):
        """Leave out entities that were merged into another."""
        return self.filter(merged_into=None)

    def for_names(self):
        return self.prefetch_related("aliases").order_by("name")


class Entity(models.Model):
    class Kind(models.TextChoices):
        AGENCY = "agency"
        COMPANY = "company"
        ORGANISATION = "organisation"
        MISSION = "mission"
        PROGRAMME = "programme"
        SPACECRAFT = "spacecraft"
        INSTRUMENT = "instrument"
        ACCORD = "accord"
        PLACE = "place"
        PERSON = "person"

    class Identity(models.TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        UNTRACED = "untraced", "untraced"
        FICTIONAL = "fictional", "fictional"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    wikidata_id = models.CharField(
        "Wikidata id", max_length=20, blank=True, help_text="Such as Q23548; empty when unknown."
    )
    identity = models.CharField(
        max_length=20,
        choices=Identity,
        default=Identity.UNTRACED,
        help_text="Untraced: nobody has yet found who or what this is.",
    )
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entities"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="entity_has_name",
                violation_error_message="An entity needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                name="entity_wikidata_id_reads_q_number",
                violation_error_message="A Wikidata id is a Q and a number, such as Q23548.",
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id="") & Q(merged_into=None),
                name="entity_wikidata_id_once",
                violation_error_message="Another entity has this Wikidata id: merge the two.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="entity_not_merged_into_itself",
                violation_error_message="An entity cannot be merged into itself.",
            ),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F("id")),
                name="entity_not_part_of_itself",
                violation_error_message="An entity cannot be part of itself.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def resolved(self):
        """The entity that this one was merged into, at the end of the chain; or itself."""
        entity = self
        while into := entity.merged_into:
            entity = into
        return entity

    def and_merged(self):
        """Ids of this entity and of all that were merged into it, however indirectly."""
        found = {self.pk}
        newest = found
        while newest:
            merged = Entity.objects.filter(merged_into__in=newest)
            newest = set(merged.values_list("pk", flat=True)) - found
            found = found | newest
        return found


class Alias(models.Model):
    """A name an entity goes by; its own name is one too."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="aliases")
    text = models.CharField("alias", max_length=200)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "text"],
                name="alias_once_an_entity",
                violation_error_message="This entity has that alias already.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="alias_has_text",
                violation_error_message="An alias needs a text.",
            ),
        ]

    def __str__(self):
        return self.text


class MentionQuerySet(models.QuerySet):
    def standing(self):
        """Mentions that the present aliases and cut still give."""
        return self.filter(gone_at=None)


class Mention(models.Model):
    """A place where an alias was found; several at one place are ambiguous."""

    capture = models.ForeignKey("corpus.Capture", models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="mentions")
    alias = models.ForeignKey(Alias, models.SET_NULL, null=True, related_name="mentions")
    passage = models.ForeignKey("corpus.Passage", models.PROTECT, related_name="mentions")
    rank = models.PositiveSmallIntegerField(
        default=1, help_text="Among those at one place: 1 fits its surroundings best."
    )
    because = models.CharField(max_length=200, blank=True, help_text="What ranked it.")
    gone_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["capture", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="mention_start_before_end"
            ),
            models.UniqueConstraint(
                fields=["capture", "start", "end", "entity"],
                condition=Q(gone_at=None),
                name="mention_once_a_place",
            ),
        ]
        indexes = [models.Index(fields=["entity", "capture"], name="mention_of_entity")]

    def __str__(self):
        return f"{self.entity} at {self.start}"
