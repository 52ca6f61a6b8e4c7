"""From what a member typed to safe HTML and plain text. Pure functions: no models, no requests."""

from rostra.markup.facts import Facts
from rostra.markup.kept import own_words, plain_text, seen_words, unquoted
from rostra.markup.limits import TooDeep, TooLarge, TooLong, TooManyLines, TooManyMarks, Unfit
from rostra.markup.mentions import Known, Member
from rostra.markup.quoting import Quoted, quotation
from rostra.markup.rendering import MARKUPS, PARSER_VERSION, Rendered, read, render, shown

__all__ = [
    "MARKUPS",
    "PARSER_VERSION",
    "Facts",
    "Known",
    "Member",
    "Quoted",
    "Rendered",
    "TooDeep",
    "TooLarge",
    "TooLong",
    "TooManyLines",
    "TooManyMarks",
    "Unfit",
    "own_words",
    "plain_text",
    "quotation",
    "read",
    "render",
    "seen_words",
    "shown",
    "unquoted",
]
