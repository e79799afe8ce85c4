"""Say what a document is: title, source, date and its basis, address, origin."""

from curation import describing
from curation.admin import reading
from curation.admin.base import answer, post_only, seen_in
from curation.admin.forms import DescriptionForm, check
from curation.admin.room import room_of


@post_only
def describe(desk, request, document):
    said = request.POST.copy()
    if "take_origin" in said:  # the suggested one, instead of what the field holds
        said["origin"] = said["take_origin"]
    form = DescriptionForm(said)

    def do():
        check(form)
        describing.describe(document, by=request.user, seen=seen_in(request), **form.values())
        return "Kept: what this document is."

    def parts(told):
        document.refresh_from_db()
        room = room_of(document, request.POST.get("at"))
        given = {} if told.done else {"description_form": form}
        return reading.fragments(desk, request, room, ["head", "about", "claims"], (), **given)

    return answer(
        request,
        do,
        back=reading.back(desk, request, document, "#about"),
        fragments=parts,
        again=lambda told: reading.page(
            desk, request, document, description_form=form, said=told.words
        ),
    )
