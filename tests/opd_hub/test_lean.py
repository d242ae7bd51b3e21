"""Pages go out without the indentation of their templates; what people wrote keeps its own."""

import pytest
from django.template import engines

from opd_hub.lean import lean
from tests import factories
from tests.publishing.composing import edit, page

WORDS = "  Jadwal:\n\n    Senin  08.00\n\n\n    Selasa 09.00\n{% if x %}\n  akhir  "


def test_indentation_and_blank_lines_go_and_a_space_between_words_stays():
    markup = "<b>nol</b>\n    <b>satu</b>\n\n    <b>dua</b>\n  </p>\n"
    assert lean(markup) == "<b>nol</b>\n<b>satu</b>\n<b>dua</b>\n</p>"


def test_a_line_of_tags_alone_leaves_no_blank_line():
    markup = "a\n  {% if x %}\n    b\n  {% else %}{# c #}\n    d\n  {% endif %}\ne\n"
    assert lean(markup) == "a\n{% if x %}b\n{% else %}{# c #}d\n{% endif %}e"


@pytest.mark.parametrize(
    "kept",
    [
        '<textarea rows="2">\n  a\n\n    b\n  {% if x %}\n</textarea>',
        "<pre>\n  a\n\n    b\n</pre>",
        "{% blocktranslate %}\n  a\n\n  b\n{% endblocktranslate %}",
        "{% include 'a.html' %} {{ b }}",
    ],
)
def test_what_shows_its_spaces_keeps_every_one(kept):
    assert lean(f"a\n  {kept}\n  b") == f"a\n{kept}\nb"


def test_what_a_template_fills_in_is_not_touched():
    template = engines["django"].from_string(lean("<p>\n  {{ words }}\n</p>"))
    assert template.render({"words": WORDS}) == f"<p>\n{WORDS}\n</p>"


def test_saris_words_come_back_with_every_space_and_line(client, sari, channels):
    client.force_login(sari)
    post = factories.make_draft(sari, channels["x"], text=WORDS)
    html = page(client.get(edit(post)))
    assert f'id="id_text">\n{WORDS}</textarea>' in html
    assert "\n  <" not in html, "our own indentation is gone"


@pytest.mark.parametrize(
    ("markup", "served"),
    [
        ("<div>\n  <p>Satu</p>\n  <p>Dua</p>\n</div>", "<div><p>Satu</p><p>Dua</p></div>"),
        ("<p>Satu</p>\n<span>Dua</span>", "<p>Satu</p><span>Dua</span>"),
        ("<b>Satu</b>\n<b>Dua</b>", "<b>Satu</b>\n<b>Dua</b>"),  # a space that is seen
        ("<p>Satu</p>\ndua", "<p>Satu</p>\ndua"),
        ("<pre><p>a</p>\n<p>b</p></pre>", "<pre><p>a</p>\n<p>b</p></pre>"),
    ],
)
def test_between_blocks_no_line_ends_and_between_words_one_does(markup, served):
    assert lean(markup) == served
