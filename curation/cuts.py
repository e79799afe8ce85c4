"""Which texts keep the cut that they have: those on which a person decided anything."""

from collections.abc import Collection

from corpus.models import Passage
from curation.models import Assessment, Link, Quote


def kept_cuts(captures: Collection[int]) -> set[int]:
    """Of some texts those that were labelled, quoted, linked, split or joined, ever."""
    labelled = Assessment.objects.filter(passage__capture__in=captures)
    return {
        *labelled.values_list("passage__capture", flat=True),
        *Assessment.objects.filter(capture__in=captures).values_list("capture", flat=True),
        *Quote.objects.filter(capture__in=captures).values_list("capture", flat=True),
        *Link.objects.filter(capture__in=captures).values_list("capture", flat=True),
        *Passage.everything.filter(capture__in=captures, made_by=Passage.BY_PERSON).values_list(
            "capture", flat=True
        ),
    }
