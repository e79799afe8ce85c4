"""What happened to pages after their first edition: one list of editions and notices."""

from django.db.models import F, IntegerField, QuerySet, Value

from curation.models.shelf import Edition, Notice

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
