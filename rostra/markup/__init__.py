"""From what a member typed to safe HTML and plain text. Pure functions: no models, no requests."""

from rostra.markup.rendering import MARKUPS, PARSER_VERSION, Rendered, quotation, render
from rostra.markup.shown import own_words, plain_text, unquoted

__all__ = [
    "MARKUPS",
    "PARSER_VERSION",
    "Rendered",
    "own_words",
    "plain_text",
    "quotation",
    "render",
    "unquoted",
]
