"""What a board has agreed on beyond the markup itself. Texts of a board are read with its conventions."""

from typing import NamedTuple

from rostra.markup.bbcode.own import OwnTag


class Conventions(NamedTuple):
    """The tags that the board has defined, and the language that is written there; empty where none is known."""

    tags: tuple[OwnTag, ...] = ()
    language: str = ""


NONE = Conventions()
