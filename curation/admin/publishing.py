"""The question before publishing: what readers will see changed, and the one click that does it."""

from curation import overriding
from curation.admin.base import answer, post_only
from curation.admin.causes import cause_of
from curation.admin.overriding import PublishOver, may_override
from curation.admin.summary_moves import Offer, Publish, Schedule, offers
from curation.content import content_of, says_the_same
from curation.differing import changes
from curation.gathering import gather
from curation.models import Approval, Page, Summary
from curation.publishing import OFF, next_n, slug_of_next
from curation.reading import Reading, plain

DATES = (("from", "since"), ("until", "until"))


def asked_first(form_class):
    """A function for DeskAdmin.moves: GET asks, POST does it; what was refused is asked again,
    with what was typed."""

    @post_only
    def carry_out(screen, request, summary):
        form = form_class(request.POST, about=summary)

        def again(told):
            summary.refresh_from_db()  # the approval may have lapsed over it
            if told.status != 409 and is_asked(form_class, request.user, summary):
                return ask(screen, request, summary, form_class, form, told)
            return screen.show(request, summary, tried=form, told=told)

        def do():
            return form.carry_out(request.user)

        return answer(request, do, screen.back(request, summary), again=again)

    def move(screen, request, summary):
        if request.method != "POST" and is_asked(form_class, request.user, summary):
            return ask(screen, request, summary, form_class)
        return carry_out(screen, request, summary)

    return move


def is_asked(form_class, user, summary):
    """Whether there is anything to ask: it is approved, or this person may pass the gate."""
    if form_class is PublishOver:
        return may_override(user, gather(summary))
    return summary.state == Summary.State.APPROVED


def ask(screen, request, summary, form_class, tried=None, told=None):
    over = form_class is PublishOver
    offered = offered_over if over else offered_by_state
    telling = gather(summary)
    context = question(telling) | offered(request.user, telling, tried)
    if context["page"] and context["page"].status != Page.Status.GONE:  # nothing is told of that
        for form in (context["offer"].form, context.get("later")):
            if form:
                form.draft(context["page"].edition.content, context["reading"].content)
    how = " over the gate" if over else ""
    return screen.page(
        request,
        "curation_desk/writing/publishing.html",
        summary,
        title=f"Publish edition {context['n']} of {summary.partnership}{how}?",
        told=told,
        tried=tried,
        cause=cause_of(request),
        **context,
    )


def offered_by_state(user, telling, tried):
    """The click, or why there is none for this person; and another time for it."""
    summary = telling.summary
    moves = offers(summary, user, telling, tried)
    return {
        "offer": next(each for each in moves if isinstance(each.form, Publish)),
        "later": tried if isinstance(tried, Schedule) else Schedule(about=summary),
        "scheduled": Approval.objects.scheduled().filter(revision__summary=summary).first(),
    }


def offered_over(user, telling, tried):
    """The click that passes the gate, and all that it passes: readers are told that, too."""
    form = tried if isinstance(tried, PublishOver) else PublishOver(about=telling.summary)
    passed = overriding.held_back(telling, user)
    return {"offer": Offer("override", form, []), "passed": passed}


def question(telling):
    """All that the publisher is told before the click."""
    summary = telling.summary
    n = next_n(summary.partnership)
    content = content_of(telling, n=n)
    page = Page.objects.filter(partnership=summary.partnership_id).select_related("edition").first()
    before = page.edition.content if page else None
    return {
        "n": n,
        "page": page,
        "is_off": page is not None and Page.Status(page.status) in OFF,
        "edition": f"edition {n}",
        "replaced": f"edition {page.edition.n}" if page else "",
        "button": f"Publish edition {n}",
        "slug": slug_of_next(summary.partnership, content),
        "reading": Reading(content),
        "parts": _parts(content),
        "difference": differing(before, content) if before else [],
        "restood": restood(before, content) if before else [],
        "same": before is not None and says_the_same(before, content),
    }


def differing(before, after):
    """[(part, changes)] of two editions as readers read them, for the parts that differ."""
    old, new = _parts(before), _parts(after)
    told = [(name, changes(old[name], new[name])) for name in new]
    return [(name, found) for name, found in told if any(each.kind != "same" for each in found)]


def restood(before, after):
    """[(sentence, was, is)] of the sentences that keep their words and stand otherwise now."""
    old, new = (
        {each["text"]: each["standing"] for each in _said(told)} for told in (before, after)
    )
    return [(words, old[words], now) for words, now in new.items() if old.get(words, now) != now]


def _parts(content):
    blocks = [block["sentences"] for block in content["blocks"]]
    parties = [f"{each['name']} as {each['role']}{_rests(each)}" for each in content["parties"]]
    states = [f"{each['word']}{_rests(each)}" for each in content["states"]]
    return {
        "title": plain(content["title"]),
        "standfirst": plain(content["standfirst"]),
        "text": "\n".join(plain(block) for block in blocks),
        "parties": "\n".join(parties),
        "states": "\n".join(states),
    }


def _rests(field):
    dates = [f"{word} {field[name]}" for word, name in DATES if field[name]]
    return "".join(f", {each}" for each in [*dates, field["standing"]])


def _said(content):
    yield from content["title"]
    yield from content["standfirst"]
    for block in content["blocks"]:
        yield from block["sentences"]
