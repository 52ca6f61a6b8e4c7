"""Formulas: TeX becomes MathML of a few elements, whatever it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.markup import document as doc
from rostra.markup import plain_text, read, render
from rostra.markup.formulas import DEEPEST, LONGEST, MOST
from rostra.markup.rendering import _cleaner
from tests.html5 import elements, faults

ALL = ["markdown", "bbcode", "both"]


def tags(source: str, markup: str = "both") -> list[str]:
    return [node.tag for node in elements(render(source, markup).html)]


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("So $$E = mc^2$$, says he.", "both"), ("So $$E = mc^2$$, says he.", "markdown"),
        ("So [math]E = mc^2[/math], says he.", "both"), ("So [tex]E = mc^2[/TEX], says he.", "bbcode"),
        ("So [latex]E = mc^2[/latex], says he.", "both"),
    ],
)  # fmt: skip
def test_a_formula_in_a_line_is_drawn_and_read_as_it_was_typed(source: str, markup: str) -> None:
    made = render(source, markup)
    assert '<math display="inline" alttext="E = mc^2">' in made.html
    assert "<msup><mi>c</mi><mn>2</mn></msup>" in made.html
    assert made.text == plain_text(made.html) == "So E = mc^2, says he."


@pytest.mark.parametrize(
    "source", ["$$\n- a\n= b\n# c\n$$", "$$- a\n= b\n# c$$", "```math\n- a\n= b\n# c\n```", "Before\n\n$$\n- a\n= b\n# c\n$$\nBehind"]
)  # fmt: skip
def test_a_formula_on_lines_of_its_own_is_a_block_whatever_its_lines_look_like(source: str) -> None:
    for markup in ("markdown", "both"):
        html = render(source, markup).html
        assert html.count('<math display="block" alttext="- a\n= b\n# c">') == 1, markup
        assert "<li" not in html
        assert "<h3" not in html


def test_in_quotations_and_lists_formulas_are_drawn_too() -> None:
    for source in (
        "> $$x$$",
        "> $$\n> x\n> $$",
        "- $$x$$",
        "[quote]$$x$$[/quote]",
        "| a |\n|---|\n| $$x$$ |",
    ):
        assert "math" in tags(source), source


def test_money_is_no_formula() -> None:
    for source in (
        "It costs $5, or $10.",
        "$ and $$",
        "$$$ a $$$",
        "`$$x$$`",
        "```\n$$x$$\n```",
        "$$a\n\nb$$",
        "$$$$",
    ):
        assert "math" not in tags(source), source


def test_no_tag_and_no_mark_is_read_in_a_formula() -> None:
    (block,) = read("$$x[i] * y[/i] * z_1 [b] \\sqrt[3]{x}$$", "both").blocks
    assert block == doc.Paragraph([doc.Formula("x[i] * y[/i] * z_1 [b] \\sqrt[3]{x}")])


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{", "}{", r"\left(", "x^2^3", "{" * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1), "x" * (LONGEST + 1),
        r"\frac" * 30, r"\begin{matrix}" * 30, r"\def\a{xx}\a", r"\newcommand{\a}{xx}\a", r"\renewcommand{\a}{x}\a", r"\gdef\a{x}\a",
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_shown_as_it_was_typed(tex: str) -> None:
    made = render(f"a [math]{tex}[/math]", "bbcode")
    assert made.text == f"a {tex}"
    assert plain_text(made.html) == f"a {tex}"


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}", r"\style{background:url(//evil.example)}{x}", r"\class{post}{x}", r"\id{p1}{x}",
        r"\text{<script>alert(1)</script>}", r'\text{" onclick="x}', r"\color{red}x", r"<img src=x onerror=x>", "&lt;script&gt;",
        r"\mathrm{\text{</math><b>}}", r"\unicode{x3c}", r"&#x3c;script&#x3e;",
    ],
)  # fmt: skip
def test_tex_that_asks_for_more_gets_nothing_but_mathml(tex: str) -> None:
    made = render(f"a $$ {tex} $$", "both")
    assert faults(made.html) == []
    assert _cleaner.clean(made.html) == made.html
    assert "href" not in made.html.replace(r"\href", "")
    assert "style=" not in made.html


def test_a_text_has_so_many_formulas_drawn() -> None:
    made = render(" ".join(f"$$x_{{{number}}}$$" for number in range(MOST + 5)), "both")
    assert made.html.count("<math") == MOST
    assert made.html.count("<code>") == 5


PIECES = ["$$", "$", "\\frac", "{", "}", "x", "^", "_", "\\left(", "\\right)", "&", "\\\\", "<b>", '"', "[math]", "[/math]",
          "\\text{", "\n", "\\begin{matrix}", "\\end{matrix}", "\\href{javascript:x}", "`", "[b]", "- "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(ALL))
def test_whatever_is_typed_is_clean_and_read_as_it_is_shown(source: str, markup: str) -> None:
    made = render(source, markup)
    assert faults(made.html) == []
    assert _cleaner.clean(made.html) == made.html
    assert " ".join(plain_text(made.html).split()) == " ".join(made.text.split())
