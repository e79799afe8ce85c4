"""Every role at every address by every method: one table. An address that it lacks fails.

Each request is sent as it stands, without a form's fields, and taken back afterwards. So a POST
of somebody who may tells 422 (the form asks for something), 200 (the form again) or a redirect;
of somebody who may not, 403. "in" is the way to the sign-in.
"""

from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from corpus.models import Source
from curation.models import Decision, Page, Partnership, Summary
from tests.factories import (
    make_alert,
    make_claim,
    make_draft,
    make_entity,
    make_news,
    make_party,
    make_pattern,
    make_published,
    make_run,
    make_source,
    make_user,
)

WHO = ["anonymous", "contributor", "editor", "publisher", "admin"]

# By row: GET and HEAD, then POST; by column: anonymous, contributor, editor, publisher, admin.
TABLE = """
admin/r/<path:rest>                             in 404 404 404 404    in 404 404 404 404
admin:index                                     in 200 200 200 200    in 200 200 200 200
admin:login                                    200 302 302 302 302   200 200 200 200 200
admin:logout                                   302 405 405 405 405   302 200 200 200 200
admin:password_change                           in 200 200 200 200    in 200 200 200 200
admin:password_change_done                      in 200 200 200 200    in 405 405 405 405
admin:autocomplete                              in 403 403 403 403    in 405 405 405 405
admin:jsi18n                                    in 200 200 200 200    in 405 405 405 405
admin:view_on_site                              in 404 404 404 404    in 404 404 404 404
admin:entity_names                              in 200 200 200 200    in 405 405 405 405
admin:agreement                                 in 200 200 200 200    in 405 405 405 405
admin:app_list                                  in 200 200 200 200    in 200 200 200 200
admin/(?P<url>.*)$                              in 404 404 404 404    in 404 404 404 404

admin:auth_user_password_change                 in 403 403 403 200    in 403 403 403 200
admin:auth_user_changelist                      in 403 403 403 200    in 403 403 403 200
admin:auth_user_add                             in 403 403 403 200    in 403 403 403 200
admin:auth_user_history                         in 403 403 403 200    in 403 403 403 200
admin:auth_user_delete                          in 403 403 403 403    in 403 403 403 403
admin:auth_user_change                          in 403 403 403 200    in 403 403 403 200
admin/auth/user/<path:object_id>/               in 302 302 302 302    in 302 302 302 302

admin:corpus_document_changelist                in 200 200 200 200    in 200 200 200 200
admin:corpus_document_add                       in 403 403 403 403    in 403 403 403 403
admin:corpus_document_history                   in 200 200 200 200    in 200 200 200 200
admin:corpus_document_delete                    in 403 403 403 403    in 403 403 403 403
admin:corpus_document_change                    in 200 200 200 200    in 405 405 405 405
admin/corpus/document/<path:object_id>/         in 302 302 302 302    in 302 302 302 302
admin:corpus_document_move/accept               in 302 302 302 302    in 302 302 302 302
admin:corpus_document_move/assess               in 302 302 302 302    in 404 404 404 404
admin:corpus_document_move/assess-document      in 302 302 302 302    in 302 302 302 302
admin:corpus_document_move/claim                in 404 404 404 404    in 404 404 404 404
admin:corpus_document_move/compare              in 404 404 404 404    in 405 405 405 405
admin:corpus_document_move/describe             in 302 302 302 302    in 422 422 422 422
admin:corpus_document_move/join                 in 302 302 302 302    in 404 404 404 404
admin:corpus_document_move/judge                in 302 302 302 302    in 404 404 404 404
admin:corpus_document_move/link                 in 404 404 404 404    in 404 404 404 404
admin:corpus_document_move/redact               in 403 403 403 200    in 403 403 403 422
admin:corpus_document_move/split                in 302 302 302 302    in 404 404 404 404
admin:corpus_document_move/tick                 in 302 302 302 302    in 404 404 404 404
admin:corpus_document_move/verdict              in 302 302 302 302    in 302 302 302 302
admin:corpus_document_move/withdraw             in 302 302 302 302    in 404 404 404 404

admin:corpus_entity_changelist                  in 200 200 200 200    in 200 200 200 200
admin:corpus_entity_add                         in 403 200 200 200    in 403 200 200 200
admin:corpus_entity_history                     in 200 200 200 200    in 200 200 200 200
admin:corpus_entity_delete                      in 403 403 403 403    in 403 403 403 403
admin:corpus_entity_change                      in 200 200 200 200    in 403 422 422 422
admin/corpus/entity/<path:object_id>/           in 302 302 302 302    in 302 302 302 302
admin:corpus_entity_move/merge                  in 302 302 302 302    in 403 422 422 422
admin:corpus_entity_move/unmerge                in 302 302 302 302    in 403 422 422 422

admin:corpus_importrun_changelist               in 200 200 200 200    in 200 200 200 200
admin:corpus_importrun_add                      in 200 200 200 200    in 422 422 422 422
admin:corpus_importrun_history                  in 200 200 200 200    in 200 200 200 200
admin:corpus_importrun_delete                   in 403 403 403 403    in 403 403 403 403
admin:corpus_importrun_change                   in 200 200 200 200    in 405 405 405 405
admin/corpus/importrun/<path:object_id>/        in 302 302 302 302    in 302 302 302 302
admin:corpus_importrun_move/progress            in 200 200 200 200    in 200 200 200 200
admin:corpus_importrun_move/cancel              in 302 302 302 302    in 409 409 409 409
admin:corpus_importrun_move/go-on               in 302 302 302 302    in 409 409 409 409
admin:corpus_importrun_move/retry               in 302 302 302 302    in 409 409 409 409
admin:corpus_importrun_move/set-aside           in 302 302 302 302    in 403 422 422 422
admin:corpus_importrun_move/bring-back          in 302 302 302 302    in 403 422 422 422

admin:corpus_source_changelist                  in 200 200 200 200    in 200 200 200 200
admin:corpus_source_add                         in 403 200 200 200    in 403 200 200 200
admin:corpus_source_history                     in 200 200 200 200    in 200 200 200 200
admin:corpus_source_delete                      in 403 403 403 403    in 403 403 403 403
admin:corpus_source_change                      in 200 200 200 200    in 403 422 422 422
admin/corpus/source/<path:object_id>/           in 302 302 302 302    in 302 302 302 302
admin:corpus_source_move/grade                  in 302 302 302 302    in 403 422 422 422

admin:curation_alert_changelist                 in 200 200 200 200    in 200 200 200 200
admin:curation_alert_add                        in 403 403 403 403    in 403 403 403 403
admin:curation_alert_history                    in 200 200 200 200    in 200 200 200 200
admin:curation_alert_delete                     in 403 403 403 403    in 403 403 403 403
admin:curation_alert_change                     in 200 200 200 200    in 405 405 405 405
admin/curation/alert/<path:object_id>/          in 302 302 302 302    in 302 302 302 302
admin:curation_alert_move/confirm               in 302 302 302 302    in 403 422 422 422
admin:curation_alert_move/reword                in 302 302 302 302    in 422 422 422 422
admin:curation_alert_move/hand-on               in 302 302 302 302    in 403 422 422 422
admin:curation_alert_move/lost                  in 302 302 302 302    in 403 422 422 422
admin:curation_alert_move/place                 in 302 302 302 302    in 403 422 422 422
admin:curation_alert_move/other-evidence        in 404 404 404 404    in 404 404 404 404
admin:curation_alert_move/withdraw              in 302 302 302 302    in 403 403 409 409

admin:claim_names                                in 200 200 200 200    in 405 405 405 405
admin:curation_claim_changelist                 in 200 200 200 200    in 200 200 200 200
admin:curation_claim_add                        in 403 403 403 403    in 403 403 403 403
admin:curation_claim_history                    in 200 200 200 200    in 200 200 200 200
admin:curation_claim_delete                     in 403 403 403 403    in 403 403 403 403
admin:curation_claim_change                     in 200 200 200 200    in 405 405 405 405
admin/curation/claim/<path:object_id>/          in 302 302 302 302    in 302 302 302 302
admin:curation_claim_move/tick                  in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/untick                in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/withdraw-evidence     in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/add-evidence          in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/leave-disputed        in 302 302 302 302    in 403 422 422 422
admin:curation_claim_move/conclude              in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/reopen                in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/replace               in 302 302 302 302    in 422 422 422 422
admin:curation_claim_move/redact                in 403 403 403 200    in 403 403 403 422

admin:curation_decision_changelist              in 200 200 200 200    in 200 200 200 200
admin:curation_decision_add                     in 403 403 403 403    in 403 403 403 403
admin:curation_decision_history                 in 200 200 200 200    in 200 200 200 200
admin:curation_decision_delete                  in 403 403 403 403    in 403 403 403 403
admin:curation_decision_change                  in 200 200 200 200    in 405 405 405 405
admin/curation/decision/<path:object_id>/       in 302 302 302 302    in 302 302 302 302
admin:curation_decision_move/redact             in 403 403 403 200    in 403 403 403 422

admin:curation_page_changelist                  in 200 200 200 200    in 200 200 200 200
admin:curation_page_add                         in 403 403 403 403    in 403 403 403 403
admin:curation_page_history                     in 200 200 200 200    in 200 200 200 200
admin:curation_page_delete                      in 403 403 403 403    in 403 403 403 403
admin:curation_page_change                      in 200 200 200 200    in 405 405 405 405
admin/curation/page/<path:object_id>/           in 302 302 302 302    in 302 302 302 302
admin:curation_page_move/withdraw               in 302 302 302 302    in 403 403 422 422

admin:partnership_names                          in 200 200 200 200    in 405 405 405 405
admin:curation_partnership_changelist           in 200 200 200 200    in 200 200 200 200
admin:curation_partnership_add                  in 403 200 200 200    in 403 422 422 422
admin:curation_partnership_history              in 200 200 200 200    in 200 200 200 200
admin:curation_partnership_delete               in 403 403 403 403    in 403 403 403 403
admin:curation_partnership_change               in 200 200 200 200    in 405 405 405 405
admin/curation/partnership/<path:object_id>/    in 302 302 302 302    in 302 302 302 302
admin:curation_partnership_move/rename          in 302 302 302 302    in 403 422 422 422
admin:curation_partnership_move/add-party       in 302 302 302 302    in 403 422 422 422
admin:curation_partnership_move/withdraw-party  in 302 302 302 302    in 403 422 422 422
admin:curation_partnership_move/add-state       in 302 302 302 302    in 403 422 422 422
admin:curation_partnership_move/withdraw-state  in 302 302 302 302    in 403 422 422 422
admin:curation_partnership_move/write-claim     in 302 302 302 302    in 422 422 422 422
admin:curation_partnership_move/note-finding    in 302 302 302 302    in 422 422 422 422
admin:curation_partnership_move/withdraw-finding in 302 302 302 302   in 422 422 422 422
admin:curation_partnership_move/start-summary   in 302 302 302 302    in 302 302 302 302

admin:curation_pattern_changelist               in 200 200 200 200    in 200 200 200 200
admin:curation_pattern_add                      in 403 200 200 200    in 403 200 200 200
admin:curation_pattern_history                  in 200 200 200 200    in 200 200 200 200
admin:curation_pattern_delete                   in 403 403 403 403    in 403 403 403 403
admin:curation_pattern_change                   in 200 200 200 200    in 405 405 405 405
admin/curation/pattern/<path:object_id>/        in 302 302 302 302    in 302 302 302 302
admin:curation_pattern_move/retire              in 302 302 302 302    in 403 422 422 422

admin:curation_summary_changelist               in 200 200 200 200    in 200 200 200 200
admin:curation_summary_add                      in 403 403 403 403    in 403 403 403 403
admin:curation_summary_history                  in 200 200 200 200    in 200 200 200 200
admin:curation_summary_delete                   in 403 403 403 403    in 403 403 403 403
admin:curation_summary_change                   in 200 200 200 200    in 405 405 405 405
admin/curation/summary/<path:object_id>/        in 302 302 302 302    in 302 302 302 302
admin:curation_summary_move/mark                in 302 302 302 302    in 422 422 422 422
admin:curation_summary_move/unmark              in 302 302 302 302    in 422 422 422 422
admin:curation_summary_move/save                in 302 302 302 302    in 422 422 422 422
admin:curation_summary_move/preview             in 302 302 302 302    in 200 200 200 200
admin:curation_summary_move/submit              in 302 302 302 302    in 422 422 422 422
admin:curation_summary_move/send-back           in 302 302 302 302    in 403 422 422 422
admin:curation_summary_move/approve             in 302 302 302 302    in 403 422 422 422
admin:curation_summary_move/publish             in 302 302 302 302    in 403 403 422 422
admin:curation_summary_move/override            in 302 302 302 200    in 403 403 403 422
admin:curation_summary_move/approve-later       in 302 302 302 302    in 403 422 422 422
admin:curation_summary_move/look-again          in 302 302 302 302    in 403 422 422 422
admin:curation_summary_move/schedule            in 302 302 302 302    in 403 403 422 422
admin:curation_summary_move/unschedule          in 302 302 302 302    in 403 403 422 422

public:home                                    200 200 200 200 200   405 405 405 405 405
public:partnerships                            200 200 200 200 200   405 405 405 405 405
public:partnership                             200 200 200 200 200   405 405 405 405 405
public:version                                 200 200 200 200 200   405 405 405 405 405
public:history                                  200 200 200 200 200   405 405 405 405 405
public:document                                200 200 200 200 200   405 405 405 405 405
public:entity                                  200 200 200 200 200   405 405 405 405 405
public:corrections                             200 200 200 200 200   405 405 405 405 405
public:method                                  200 200 200 200 200   405 405 405 405 405
public:feed                                    200 200 200 200 200   405 405 405 405 405
public:corrections_feed                        200 200 200 200 200   405 405 405 405 405
public:sitemap                                 200 200 200 200 200   405 405 405 405 405
public:robots                                  200 200 200 200 200   405 405 405 405 405
public:healthz                                 200 200 200 200 200   405 405 405 405 405
"""


def addresses(resolver=None, route="", space=""):
    """(how the table names it, its route, its keywords) of every address there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        at = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, at, pattern.namespace or space)
        else:
            name = f"{space}:{pattern.name}" if pattern.name else at
            yield name, list(pattern.pattern.converters)


def moves():
    """The names of each model's verbs, which share one address."""
    for model, screen in admin.site._registry.items():
        for verb in getattr(screen, "moves", {}):
            yield f"admin:{model._meta.app_label}_{model._meta.model_name}_move/{verb}"


def listed():
    """{name: ([statuses of GET], [statuses of POST])} as the table says."""
    rows = [line.split() for line in TABLE.splitlines() if line.strip()]
    return {row[0]: (row[1:6], row[6:11]) for row in rows}


def places(world):
    """{name: the path to ask for} of every address, with a row of this desk where it wants one."""
    found = {}
    for name, keywords in addresses():
        if name.endswith("_move"):
            continue
        found[name] = world.path(name, keywords)
    for name in moves():
        pattern, _, verb = name.partition("/")
        found[name] = reverse(pattern, args=[world.row(pattern), verb])
    return found


class World:
    """One row of each kind that an address can ask for."""

    def __init__(self):
        claim = make_claim(quotes=[make_news()])
        self.entity = make_entity("NASA", slug="nasa")
        make_party(claim.partnership, self.entity, claims=[claim])
        make_published(claims=[claim])
        self.page = Page.objects.get()
        self.document = claim.evidence.get().quote.capture.document
        self.rows = {
            "corpus_document": self.document,
            "corpus_entity": self.entity,
            "corpus_importrun": make_run(),
            "corpus_source": make_source(),
            "curation_alert": make_alert(claim),
            "curation_claim": claim,
            "curation_decision": Decision.objects.first(),
            "curation_page": self.page,
            "curation_partnership": self.page.partnership,
            "curation_pattern": make_pattern(),
            "curation_summary": make_draft(),
            "auth_user": make_user("contributor"),
        }

    def row(self, name):
        model = name.removeprefix("admin:").rsplit("_", 1)[0].removesuffix("_password")
        return self.rows[model].pk

    def path(self, name, keywords):
        if "/" in name:
            return self.unnamed(name)
        told = {
            "slug": self.page.slug,
            "n": 1,
            "document_id": self.document.pk,
            "app_label": "curation",
        }
        told |= {"content_type_id": 1, "object_id": 1}
        if name == "public:entity":
            told["slug"] = "nasa"
        if name == "admin:app_list":
            keywords = ["app_label"]
        if name.startswith(("admin:corpus_", "admin:curation_", "admin:auth_")):
            told = dict.fromkeys(keywords, self.row(name))
        return reverse(name, kwargs={word: told[word] for word in keywords})

    def unnamed(self, route):
        """Addresses that Django gives no name."""
        if route == "admin/(?P<url>.*)$":
            return "/admin/nothing/here/"
        if route == "admin/r/<path:rest>":
            return "/admin/r/1/1/"
        model = "_".join(route.split("/")[1:3])
        return "/" + route.replace("<path:object_id>", str(self.rows[model].pk))


@pytest.fixture(scope="module")
def world(once_a_module):
    return World()


@pytest.fixture(scope="module")
def paths(world):
    return places(world)


@pytest.fixture(scope="module")
def people(once_a_module):
    """A client for each, signed in."""
    clients = {who: Client() for who in WHO}
    for who in WHO[1:]:
        clients[who].force_login(make_user(who))
    return clients


def status(client, method, path):
    """What the request is answered; whatever it wrote, signing out too, is taken back."""
    kept, client.cookies = client.cookies, SimpleCookie()
    client.cookies.update(kept)
    with transaction.atomic():
        answer = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = kept
    if answer.status_code == 302 and answer.url.startswith(f"{reverse(settings.LOGIN_URL)}?"):
        return "in"
    return str(answer.status_code)


def differences(method, column, people, paths):
    rows = listed()
    for name, path in paths.items():
        got = [status(people[who], method, path) for who in WHO]
        if name in rows and got != rows[name][column]:
            yield f"{method} {name}: {' '.join(got)}, not {' '.join(rows[name][column])}"


@pytest.mark.django_db
def test_table_lists_every_address_and_no_other(paths):
    assert set(paths) == set(listed())


@pytest.mark.django_db
def test_get_answers_each_role_as_the_table_says(people, paths):
    assert list(differences("GET", 0, people, paths)) == []


@pytest.mark.django_db
def test_head_answers_as_get_does(people, paths):
    """But for the sign-in, which sends on only those who GET it."""
    found = [
        each
        for each in differences("HEAD", 0, people, paths)
        if not each.startswith("HEAD admin:login:")
    ]
    assert found == []


@pytest.mark.django_db
def test_post_answers_each_role_as_the_table_says(people, paths):
    assert list(differences("POST", 1, people, paths)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "NONSENSE"])
def test_no_other_method_is_known_anywhere(people, paths, method):
    known = [
        f"{method} {name}: {got}"
        for name, path in paths.items()
        for who in ("anonymous", "admin")
        if (got := status(people[who], method, path)) != "405"
    ]
    assert known == []


@pytest.mark.django_db
def test_staff_without_a_role_reach_nothing_of_the_desk(paths):
    client = Client()
    client.force_login(make_user(""))
    own = ("admin:index", "admin:password_change", "admin:password_change_done", "admin:jsi18n")
    reached = [
        name
        for name, path in paths.items()
        if not name.startswith(("public:", *own, "admin:login"))
        and status(client, "GET", path) == "200"
    ]
    assert reached == []


# --- doors that Django leaves ajar --------------------------------------------------------------


@pytest.mark.django_db
def test_add_only_user_makes_nothing_out_of_a_change(world):
    """`_saveasnew` turns a change into an add, even where save_as is off."""
    user = make_user("")
    rows = "user|source|partnership|summary|page"
    rights = Permission.objects.filter(codename__regex=f"^(add|view)_({rows})$")
    user.user_permissions.add(*rights)
    client = Client()
    client.force_login(user)
    before = {model: model.objects.count() for model in (User, Source, Partnership, Summary, Page)}

    for name in world.rows:
        address = reverse(f"admin:{name}_change", args=[world.rows[name].pk])
        sent = {"_saveasnew": "1", "name": "New", "username": "new", "state": "approved"}
        assert client.post(address, sent).status_code in (403, 405, 422), name

    assert {model: model.objects.count() for model in before} == before


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["__startswith=x", "__regex=x", "__contains=x", "__gt=0"])
def test_no_list_answers_questions_about_other_fields(lookup):
    """Any local field could be guessed letter by letter, and a pattern can run for seconds."""
    client = Client()
    client.force_login(make_user("admin"))
    oracles = [
        f"{model._meta.label}.{field.name}"
        for model in admin.site._registry
        for field in model._meta.concrete_fields
        if client.get(_list_of(model) + f"?{field.name}{lookup}").status_code == 200
    ]
    assert oracles == []


def _list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.django_db
def test_view_on_site_tells_no_address():
    client = Client()
    client.force_login(make_user("admin"))
    page = Page.objects.get(edition=make_published())
    kind = ContentType.objects.get_for_model(Page)

    assert client.get(f"/admin/r/{kind.pk}/{page.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/%00/", "/admin/?q=%00", "/partnerships/?q=%00", "/%00"])
def test_nul_is_refused_in_path_and_query(path):
    assert Client().get(path).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [f"p={'9' * 20}", "p=x", "o=9.-9", f"q={'x' * 5000}", "e=1"])
def test_no_question_breaks_a_list(asked):
    client = Client()
    client.force_login(make_user("admin"))
    broken = [
        f"{model._meta.label}: {got}"
        for model in admin.site._registry
        if (got := client.get(f"{_list_of(model)}?{asked}").status_code) not in (200, 302)
    ]
    assert broken == []


@pytest.mark.django_db
@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40, "x", "-1", "1_2F"])
def test_row_that_is_not_there_is_told_so(pk):
    client = Client()
    client.force_login(make_user("admin"))
    broken = [
        f"{model._meta.label} {name}: {got}"
        for model in admin.site._registry
        for name in ("change", "history")
        if (got := client.get(_list_of(model) + f"{pk}/{name}/").status_code) not in (302, 404)
    ]
    assert broken == []
