"""Code in colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.markup import render
from rostra.markup.code import LANGUAGES, MOST
from rostra.markup.kept import plain_text


@pytest.mark.parametrize("markup", ["markdown", "both"])
def test_keywords_strings_and_comments_get_their_classes(markup: str) -> None:
    html = render('```py\ndef f():  # why\n    return "<b>"\n```', markup).html
    assert '<span class="k">def</span>' in html
    assert '<span class="n">f</span>' in html
    assert '<span class="c"># why</span>' in html
    assert '<span class="s">"&lt;b&gt;"</span>' in html


def test_bbcode_names_a_language_too() -> None:
    assert '<span class="k">SELECT</span>' in render("[code=sql]SELECT 1[/code]", "bbcode").html


def test_an_unknown_language_and_long_code_are_shown_plain() -> None:
    assert "<span" not in render("```klingon\nqapla = 1\n```").html
    assert "<span" not in render("```py\n" + "x = 1\n" * MOST + "```").html


@given(st.text(max_size=200), st.sampled_from(sorted(set(LANGUAGES))))
def test_colours_change_no_character(text: str, language: str) -> None:
    code = text.replace("`", "").replace("\r", "").replace("\0", "")
    plain, coloured = (plain_text(render(f"```{name}\n{code}\n```").html) for name in ("", language))
    assert coloured == plain
