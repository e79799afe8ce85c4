"""A move on the writing side: the fields of one act, the verb it calls, the words it answers."""

from django import forms
from django.core.exceptions import ValidationError

from curation.admin.base import answer, post_only
from curation.ledger import authorise


class Move(forms.Form):
    """A form about one row. `act` calls the verb and returns the sentence that says it is done."""

    label = ""  # on its button
    permission = ""  # the verb asks again; this one goes before what the form asks for

    def __init__(self, data=None, *, about, mark="", **kwargs):
        self.about, self.mark = about, mark
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}{mark}-%s")
        super().__init__(data, label_suffix="", **kwargs)

    def offer(self, name, rows):
        """Let a field choose among these rows."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def act(self, by):
        raise NotImplementedError

    def carry_out(self, by):
        """Act; errors stay on the form, which is shown again with what was typed."""
        authorise(by, self.permission)
        if not self.is_valid():
            raise ValidationError("Nothing was changed: see what is asked for in the form.")
        return self.act(by)


def by_form(form_class):
    """A function for DeskAdmin.moves: the form is filled in, carried out and answered."""

    @post_only
    def move(screen, request, row):
        form = form_class(request.POST, about=row)
        return answer(
            request,
            lambda: form.carry_out(request.user),
            back=screen.back(request, row),
            fragments=lambda told: screen.fragments(request, row, None if told.done else form),
            again=lambda told: screen.again(request, row, form, told),
        )

    return move


def forms_for(user, row, classes, tried=None):
    """Blank forms by name, of what this person may do; the one just tried as it was sent."""
    wanted = [each for each in classes if user.has_perm(each.permission)]
    return {each.__name__: tried if type(tried) is each else each(about=row) for each in wanted}
