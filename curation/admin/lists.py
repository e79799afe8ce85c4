"""What the lists of the writing side share."""

from django.contrib import admin


def filter_called(title, kind=admin.ChoicesFieldListFilter):
    """A filter of list_filter under a name that editors know."""

    class Called(kind):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Called


class Listed:
    """Lists in the writing side's dress."""

    class Media:
        css = {"all": ["curation/desk/writing.css"]}
