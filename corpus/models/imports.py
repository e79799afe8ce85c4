"""Batches that came in, and what could not."""

from django.db import models


class ImportRunQuerySet(models.QuerySet):
    def counting(self):
        """Leave out imports that somebody set aside."""
        return self.filter(set_aside_at=None)


class ImportRun(models.Model):
    """A batch, and the job that brings it in: its counts and its place are stored together."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        FINISHED = "finished"
        STOPPED = "stopped"
        CANCELLED = "cancelled"

    label = models.CharField(max_length=300, help_text="The paths, as they were given.")
    source_name = models.CharField("source as given", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(help_text="When its process last stored something.")
    note = models.CharField(max_length=500, blank=True, help_text="Why it stopped, in words.")
    upload = models.CharField(
        max_length=300, blank=True, help_text="The uploaded file, below the folder of uploads."
    )
    options = models.JSONField(default=dict, help_text="How it is to be read.")
    claim = models.UUIDField(null=True, help_text="The process that works on it.")
    cancel_asked_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(null=True, help_text="Bytes to read, when known.")
    done = models.PositiveBigIntegerField(default=0, help_text="Bytes of them read.")
    # read = new + unchanged + changed + rejected; copies and mended are "of which".
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)
    mended = models.PositiveIntegerField(default=0)
    # In force of the decision SetAside: the sightings of this run stop counting.
    set_aside_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="running")
                | models.Q(
                    read=models.F("new")
                    + models.F("unchanged")
                    + models.F("changed")
                    + models.F("rejected")
                ),
                name="import_counts_add_up",
                violation_error_message="Read must be new + unchanged + changed + rejected.",
            )
        ]

    def __str__(self):
        return f"Import {self.pk}: {self.label}"

    def counted(self):
        """The counts that are not zero: "3 read: 2 new, 1 rejected; of which 1 mended"."""
        became = _listed(self, BECAME)
        of_which = _listed(self, OF_WHICH)
        return f"{self.read:,} read{became and f': {became}'}" + (
            of_which and f"; of which {of_which}"
        )


BECAME = {name: name for name in ("new", "unchanged", "changed", "rejected")}
OF_WHICH = {"copies": "with words of another document", "mended": "mended"}


def _listed(run, names):
    counts = {words: getattr(run, name) for name, words in names.items()}
    return ", ".join(f"{number:,} {words}" for words, number in counts.items() if number)


class Reject(models.Model):
    """What could not be imported: kept up to a limit, beyond it by name, size and digest."""

    import_run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rejects")
    name = models.CharField(max_length=1000)
    reason = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField(null=True, help_text="Bytes; unknown when unreadable.")
    sha256 = models.CharField(max_length=64, blank=True)
    raw = models.BinaryField(null=True, help_text="The bytes, compressed with zlib.")
    media_type = models.CharField(max_length=100, blank=True)
    given = models.JSONField(default=dict, help_text="What its record said of it.")
    retried_in = models.ForeignKey(
        ImportRun, models.PROTECT, null=True, related_name="retried_rejects"
    )
    redacted_by = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["import_run", "pk"]

    def __str__(self):
        return f"{self.name}: {self.reason}"
