"""{% sign word %}: the sign of a label or standing, with its word for those who cannot see it."""

from django import template
from django.utils.html import format_html
from django.utils.text import slugify

from curation.signs import SIGNS

register = template.Library()


@register.simple_tag
def sign(word, show_word=False):
    """Render the sign; its word stands beside it, or is kept for screen readers and hover."""
    if not word:
        return ""
    return format_html(
        '<span class="sign sign-{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="{}"> {}</span></span>',
        slugify(word),
        word,
        SIGNS.get(word, "·"),
        "sign-word" if show_word else "visually-hidden",
        word,
    )
