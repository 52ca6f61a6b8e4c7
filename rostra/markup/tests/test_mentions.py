"""`@name` is a mention when somebody has that name."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.markup import Member, render
from rostra.markup.mentions import MOST
from rostra.markup.targets import Target

MEMBERS = {
    name: Member(number, name, Target(f"/u/{number}/"))
    for number, name in enumerate(("alice", "Gaius Gracchus", "Gaius", "st.paul", "O'Neill", "Мария"), 1)
}


def known(names: list[str]) -> Mapping[str, Member]:
    """Members, whatever case their names are typed in."""
    keys = {name.casefold(): member for name, member in MEMBERS.items()}
    return {name: keys[name.casefold()] for name in names if name.casefold() in keys}


def spoken_to(source: str, markup: str = "both") -> list[int]:
    return render(source, markup, known).facts.mentions


@pytest.mark.parametrize("markup", ["markdown", "bbcode", "both"])
def test_a_mention_leads_to_the_members_page_under_the_members_own_name(markup: str) -> None:
    made = render("Ask @ALICE.", markup, known)
    assert made.html == (
        '<p dir="auto">Ask <a class="mention" href="/u/1/" rel="nofollow ugc noopener">@alice</a>.</p>'
    )
    assert made.text == "Ask @alice."
    assert made.facts.mentions == [1]


def test_the_longest_name_is_meant() -> None:
    assert spoken_to("@Gaius Gracchus spoke, then @Gaius the elder") == [2, 3]
    assert spoken_to('@"Gaius Gracchus" and @"Gaius"') == [2, 3]


def test_what_stands_behind_a_name_is_not_part_of_it() -> None:
    made = render("@alice's view, @O'Neill's too; @st.paul. (@Мария) @alice-", "both", known)
    assert made.facts.mentions == [1, 5, 4, 6]
    assert made.text == "@alice's view, @O'Neill's too; @st.paul. (@Мария) @alice-"


def test_many_who_are_nobody_do_not_hide_somebody() -> None:
    lines = [f"@word{number} alpha beta gamma." for number in range(80)]
    assert spoken_to("\n".join([*lines, "@alice"])) == [1]
    assert spoken_to("\n".join([f"@alice line{number} foo bar" for number in range(120)] + ["@st.paul"])) == [
        1,
        4,
    ]


def test_a_quotation_full_of_mentions_leaves_ones_own() -> None:
    many = {f"n{number}": Member(100 + number, f"n{number}", Target("/u/n/")) for number in range(30)}
    quoted = " ".join(f"@{name}" for name in many)
    made = render(f"> {quoted}\n\n@alice", "both", lambda names: {**many, **known(names)})
    assert made.facts.mentions == [1]
    assert ">@alice</a>" in made.html


def test_names_with_combining_marks_are_whole() -> None:
    members = {
        name: Member(number, name, Target("/u/x/")) for number, name in enumerate(("अमिता", "דָּוִד"), 50)
    }
    for name, member in members.items():
        found = render(
            f"@{name} said", "both", lambda names: {each: members[each] for each in names if each in members}
        )
        assert found.facts.mentions == [member.id]
    assert spoken_to("That is @alice's.") == [1]


def test_names_of_nobody_and_what_is_no_mention_are_words() -> None:
    for source in (
        "@nobody here",
        "mail bob@alice.org",
        "x@alice",
        "@@alice",
        "@alices",
        "@ alice",
        "/@alice",
    ):
        assert spoken_to(source) == [], source
        assert 'class="mention"' not in render(source, "both", known).html, source


def test_code_and_links_speak_to_nobody() -> None:
    for source in ("`@alice`", "```\n@alice\n```", "[code]@alice[/code]", "[see @alice](https://a.example)"):
        assert spoken_to(source) == [], source


def test_a_mention_stands_within_formats_lists_and_tables() -> None:
    for source in (
        "**@alice**",
        "- @alice",
        "| a |\n|---|\n| @alice |",
        "[b]@alice[/b]",
        "||@alice||",
        "# @alice",
    ):
        assert spoken_to(source) == [1], source


def test_a_quotation_shows_its_mentions_and_speaks_to_nobody() -> None:
    made = render("[quote=carol]@alice, well[/quote]\nYes.", "both", known)
    assert 'class="mention"' in made.html
    assert made.facts.mentions == []


def test_a_text_speaks_to_so_many_members_at_most() -> None:
    asked: list[int] = []

    def everybody(names: list[str]) -> Mapping[str, Member]:
        asked.append(len(names))
        return {name: Member(int(name[1:]), name, Target("/u/x/")) for name in names if " " not in name}

    made = render(" ".join(f"@n{number}" for number in range(5_000)), "both", everybody)
    assert made.facts.mentions == list(range(MOST))
    assert asked == [2000], "further names are not asked for"
    assert made.text.endswith("@n4999")


@given(
    st.text(alphabet="@aliceGus \"'.-*[]`\n>", max_size=60), st.sampled_from(["markdown", "bbcode", "both"])
)
def test_only_the_case_of_names_differs_from_the_text_without_members(source: str, markup: str) -> None:
    made, plain = render(source, markup, known), render(source, markup)
    assert made.text.replace('"', "").casefold() == plain.text.replace('"', "").casefold()
