"""Rules that many boards have, ready to be laid down: data like every other rule, with sentences that are translated."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from rostra.houserules.definitions import check_of
from rostra.houserules.rules import Rule


class Preset(NamedTuple):
    """A rule that can be laid down by its name: the text for people, and the check as data."""

    text: str
    check: Mapping[str, Any]


_FOREIGN = (
    "size(languages) > 0 && !(board_language in languages) && language_letters >= 20 && language_words >= "
)
PRESETS: Mapping[str, Preset] = MappingProxyType({
    "no-one-line-posts": Preset(
        _("No one line posts."),
        {
            "condition": "own_lines < 2 || own_words < 12",
            "effect": "refuse",
            "say": _("This forum asks for more than one line. Words of this post without quotations and links: {own_words}."),
            "remedy": _("Say why you think so, or answer what was said in a few sentences."),
        },
    ),
    "english-only": Preset(
        _("Please post in the language of the board only."),
        {
            "steps": [
                {"condition": f"{_FOREIGN}6", "effect": "ask"},
                {"condition": f"{_FOREIGN}16", "effect": "hold"},
            ],
            "say": _("This looks like another language than that of the board ({board_language})."),
            "remedy": _("Write it in the language of the board, or quote the passage and say below what it means."),
        },
    ),
    "source-for-pasted-news": Preset(
        _("Quote a source for pasted news."),
        {
            "condition": "source_links == 0 && !names_source && news_signs >= 2 && own_words + unattributed_words >= 60",
                "effect": "ask",
            "say": _("This looks like a news report, and nothing says where it is from."),
            "remedy": _("Add a link to the report, or a line that begins with “Source:”."),
        },
    ),
    "no-capitals-title": Preset(
        _("No titles in capital letters."),
        {
            "condition": "title_letters >= 8 && title_capitals > 0.6 && (title_capital_words > 1 || title_capital_words == 1 && title_letters > 11) || title_capital_words > 3",
            "effect": "refuse",
            "say": _("Titles are not written in capital letters; {title_capitals} of the letters of this one are capitals."),
            "remedy": _("Write the title as you would write a sentence."),
            "scope": {"on": ["title"]},
        },
    ),
    "mostly-own-words": Preset(
        _("Not more than 70 per cent of a post may be quotation."),
        {
            "condition": "quoted_share > 0.7",
            "effect": "refuse",
            "say": _("{quoted_share} of the words of this post are quotation; at most 70 per cent may be."),
            "remedy": _("Quote only what you answer, or say more of your own."),
        },
    ),
    "thirty-seconds": Preset(
        _("Let 30 seconds pass between two replies."),
        {
            "condition": "seconds_since_last < 30",
            "effect": "refuse",
            "say": _("Since your last post {seconds_since_last} s have passed; between two replies it must be 30 s."),
            "remedy": _("Read it over once more, then send it again."),
            "scope": {"on": ["reply"]},
        },
    ),
})  # fmt: skip


@cache
def preset(name: str) -> Rule:
    """A preset as a rule whose findings name it. Raises KeyError when there is none of that name."""
    found = PRESETS[name]
    number = list(PRESETS).index(name) + 1
    return Rule(id=name, number=number, version=1, text=found.text, check=check_of(found.check))
