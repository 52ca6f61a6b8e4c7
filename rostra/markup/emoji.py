"""`:smile:` and its like become the signs of Unicode. The names are those of chats and GitHub, out of the package emoji."""

import re
from functools import lru_cache

_NAME = re.compile(r"(?<![\w:]):([a-z0-9][a-z0-9_+-]{1,39}|[+-]1):(?!\w)")


def with_emoji(text: str) -> str:
    """The text with the names of emoji as the signs themselves."""
    return _NAME.sub(_sign, text) if ":" in text else text


def _sign(found: re.Match[str]) -> str:
    return _known(found[0]) or found[0]


@lru_cache(maxsize=1024)
def _known(name: str) -> str:
    import emoji  # the table is large: a board without a name of an emoji never loads it

    sign = emoji.emojize(name, language="alias")
    return "" if sign == name else sign
