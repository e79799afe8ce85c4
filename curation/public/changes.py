"""What happened to pages after their first edition: one list of editions and notices."""

from django.db.models import F, IntegerField, QuerySet, Value

from curation.models.shelf import Edition, Notice

LINE = ("decision__seq", "decision__hash", "decision__at")
COLUMNS = ("at", "what", "words", "name", "slug", "of", "status")


def lines() -> QuerySet:
    """Updates, corrections, clarifications, reinstatements and withdrawals, the last first.

    A page published in error is told without its name.
    """
    editions = (
        Edition.objects.told_as_news()
        .order_by()
        .annotate(
            at=F("published_at"),
            what=F("kind"),
            words=F("note"),
            name=F("title"),
            slug=F("partnership__page__slug"),
            of=F("n"),
            status=F("partnership__page__status"),
        )
    )
    notices = Notice.objects.order_by().annotate(
        at=F("opened_at"),
        what=F("kind"),
        name=F("page__edition__title"),
        slug=F("page__slug"),
        of=Value(None, output_field=IntegerField()),
        status=F("page__status"),
    )
    return editions.values(*COLUMNS).union(notices.values(*COLUMNS), all=True).order_by("-at")


def head() -> dict[str, object] | None:
    """The line of the ledger of the last act that readers saw.

    The chain vouches for every line before it. Lines that came since tell of drafts, and are
    nobody's business yet: not even how many there are.
    """
    acts = [
        rows.order_by("-pk").values_list(*LINE).first()
        for rows in (Edition.objects, Notice.objects)
    ]
    last = max((act for act in acts if act), default=None)
    return dict(zip(("seq", "hash", "at"), last, strict=True)) if last else None
