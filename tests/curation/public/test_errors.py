"""Pages for what goes wrong: in words, without help from the database."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing(name):
    html = render_to_string(f"{name}.html")

    assert "<h1>" in html
    assert "/partnerships/" in html
    assert 'rel="canonical"' not in html
