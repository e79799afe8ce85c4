"""How often people agreed with what the machine had suggested: by kind of label, by source."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from corpus.models import Reliability
from curation.models import Assessment


@dataclass
class Agreement:
    """Of one kind of suggestion. A label accepted in bulk agrees by itself and is told apart."""

    name: str
    decided: int = 0  # one by one
    agreed: int = 0
    in_bulk: int = 0
    instead: dict[str, int] = field(default_factory=dict)  # what people said, most often first

    @property
    def percent(self) -> int | None:
        return round(100 * self.agreed / self.decided) if self.decided else None


SUGGESTED = Q(superseded_at=None) & ~Q(suggested="")
WORDS = dict(Assessment.Reliability.choices)


def by_label(of: str) -> list[Agreement]:
    """Of passages or of captures (whole documents): one row for each label, in their order."""
    found = {value: Agreement(str(label)) for value, label in Reliability.choices}
    rows = Assessment.objects.filter(SUGGESTED, **{f"{of}__isnull": False})
    counted = rows.values("suggested", "reliability", "in_bulk").annotate(n=Count("pk"))
    for row in counted.order_by("-n", "reliability"):
        each = found[row["suggested"]]
        if row["in_bulk"]:
            each.in_bulk += row["n"]
            continue
        each.decided += row["n"]
        if row["reliability"] == row["suggested"]:
            each.agreed += row["n"]
        else:
            each.instead[str(WORDS[row["reliability"]])] = row["n"]
    return list(found.values())


def by_source() -> list[Agreement]:
    """Labels of documents and passages together; where people disagreed most stands first."""
    source = Coalesce("capture__document__source__name", "passage__capture__document__source__name")
    counted = (
        Assessment.objects.filter(SUGGESTED)
        .values(source=source)
        .annotate(
            decided=Count("pk", filter=Q(in_bulk=False)),
            agreed=Count("pk", filter=Q(in_bulk=False, reliability=F("suggested"))),
            bulk=Count("pk", filter=Q(in_bulk=True)),
        )
    )
    rows = [
        Agreement(row["source"] or "no source", row["decided"], row["agreed"], row["bulk"])
        for row in counted
    ]
    return sorted(rows, key=lambda row: (row.agreed - row.decided, -row.decided, row.name))
