"""Published pages: what readers see, edition by edition. Everything frozen is only read here."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from curation import publishing
from curation.admin.decisions import lines
from curation.admin.moves import Move, by_form, forms_for
from curation.admin.showing import ShowingAdmin
from curation.models import Decision, Page, Summary


class WithdrawPage(Move):
    permission = "curation.withdraw_page"
    label = "Withdraw this page"
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="reason, in words to readers",
    )
    in_error = forms.BooleanField(
        required=False,
        label="published in error",
        help_text="It should never have been public: only your reason is left at its address.",
    )

    seen = forms.IntegerField(widget=forms.HiddenInput, max_value=2**31 - 1)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, about=about, **kwargs)
        self.fields["seen"].initial = about.version

    def act(self, by):
        publishing.withdraw(self.about, by=by, **self.cleaned_data)
        return "The page is withdrawn; readers see your reason in its place."


@admin.register(Page)
class PageAdmin(ShowingAdmin):
    list_display = ["__str__", "status", "edition_count", "updated_at", "public"]
    list_filter = ["status", "updated_at"]
    list_select_related = ["edition"]
    search_fields = ["edition__title", "partnership__name", "slug"]
    search_help_text = "Words of the title, the partnership or the address."
    moves = {"withdraw": by_form(WithdrawPage)}

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        pages = super().get_queryset(request)
        return pages.annotate(edition_count=Count("partnership__editions", distinct=True))

    @admin.display(description="editions", ordering="edition_count")
    def edition_count(self, page):
        return page.edition_count

    @admin.display(description="public page")
    def public(self, page):
        return format_html('<a href="{}">/partnerships/{}/</a>', public_address(page), page.slug)

    def show(self, request, page, tried=None, told=None):
        context = told_of(request.user, page, tried) | {"told": told}
        return self.page(request, "curation_desk/writing/page.html", page, **context)

    def fragments(self, request, page, tried=None):
        page = self.get_object(request, str(page.pk))
        context = told_of(request.user, page, tried) | {"original": page}
        return render_to_string("curation_desk/writing/_page.html", context, request)


def told_of(user, page, tried=None):
    """All that the page's own screen shows."""
    may_withdraw = page.status in (Page.Status.USABLE, Page.Status.UNDER_REVIEW)
    editions = page.partnership.editions.defer("text").select_related("decision__by")
    return {
        "public": public_address(page),
        "editions": editions.order_by("-n"),
        "notices": page.notices.select_related("decision__by"),
        "addresses": page.addresses.order_by("pk"),
        "summary": Summary.objects.filter(partnership=page.partnership_id).first(),
        "forms": forms_for(user, page, [WithdrawPage] if may_withdraw else [], tried),
        "tried": tried,
        "decisions": lines(Decision.objects.about(page)[:20]),
    }


def public_address(page):
    return reverse("public:partnership", args=[page.slug])
