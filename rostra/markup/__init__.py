"""From what a member typed to safe HTML and plain text. Pure functions: no models, no requests."""

from rostra.markup.bbcode.faults import Unusable, Why
from rostra.markup.bbcode.own import OwnTag, own_tag
from rostra.markup.conventions import NONE, Conventions
from rostra.markup.facts import Facts
from rostra.markup.kept import own_words, plain_text, seen_words, unquoted
from rostra.markup.limits import (
    TooDeep,
    TooLarge,
    TooLong,
    TooLongWithTags,
    TooManyLines,
    TooManyMarks,
    TooManyOwnTags,
    TooMuchWork,
    Unfit,
)
from rostra.markup.mentions import Known, Member
from rostra.markup.quoting import Quoted, quotation
from rostra.markup.rendering import MARKUPS, PARSER_VERSION, Rendered, read, render, shown

__all__ = [
    "MARKUPS",
    "NONE",
    "PARSER_VERSION",
    "Conventions",
    "Facts",
    "Known",
    "Member",
    "OwnTag",
    "Quoted",
    "Rendered",
    "TooDeep",
    "TooLarge",
    "TooLong",
    "TooLongWithTags",
    "TooManyLines",
    "TooManyMarks",
    "TooManyOwnTags",
    "TooMuchWork",
    "Unfit",
    "Unusable",
    "Why",
    "own_tag",
    "own_words",
    "plain_text",
    "quotation",
    "read",
    "render",
    "seen_words",
    "shown",
    "unquoted",
]
