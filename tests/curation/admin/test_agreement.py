"""The screen of how often people agreed with the machine."""

import pytest
from django.urls import reverse

from tests.factories import make_assessment, make_document, make_source, passages_of

pytestmark = pytest.mark.django_db


def test_screen_tells_agreement_by_label_and_source(client, contributor):
    document = make_document("One fell. Two rose. Three sat.", source=make_source(name="A wire"))
    for passage, label in zip(passages_of(document), ("news", "news", "spam"), strict=True):
        make_assessment(passage, label, suggested="news")

    client.force_login(contributor)
    page = client.get(reverse("admin:agreement")).content.decode()

    assert "A wire" in page
    assert "2 (67 %)" in page
    assert "spam 1" in page


def test_front_page_leads_there(client, contributor):
    client.force_login(contributor)
    assert reverse("admin:agreement") in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow(client, contributor, n, django_assert_num_queries):
    for _ in range(n):
        document = make_document(source=make_source())
        make_assessment(passages_of(document)[0], suggested="news")
    client.force_login(contributor)
    with django_assert_num_queries(7):
        client.get(reverse("admin:agreement"))
