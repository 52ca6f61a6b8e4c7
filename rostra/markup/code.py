"""Code in colours: Pygments finds what is what, this writes it, with a few classes for all languages.

Only languages that people show each other are known: each lexer is a heap of regular expressions, and `bench markup`
looks whether these take long on texts made for that.
"""

import re
from functools import lru_cache
from typing import Any

from markupsafe import escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, String

from rostra.markup import document as doc

LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "c": "c", "h": "c", "cpp": "cpp", "c++": "cpp",
    "css": "css", "diff": "diff", "patch": "diff", "go": "go", "html": "html",
    "ini": "ini", "javascript": "javascript", "js": "javascript", "json": "json", "kotlin": "kotlin",
    "php": "html+php", "python": "python", "py": "python", "r": "r", "ruby": "ruby", "rb": "ruby", "rust": "rust",
    "rs": "rust", "sql": "sql", "toml": "toml", "typescript": "typescript", "ts": "typescript", "xml": "xml",
    "yaml": "yaml", "yml": "yaml",
}  # fmt: skip
CLASSES = {"k", "s", "c", "m", "n", "gi", "gd"}
MOST = 6_000  # characters of a text in colours: beyond, code is shown plain
# Nobody shows code with such lines; lexers that take long do so on them.
_UNUSUAL = re.compile(r"[^\n]{301}|\n{11}|[ \t]{101}")
_KINDS: list[tuple[Any, str]] = [
    (Comment, "c"), (Keyword, "k"), (String, "s"), (Number, "m"), (Name.Function, "n"), (Name.Class, "n"),
    (Name.Builtin, "n"), (Name.Decorator, "n"), (Name.Tag, "k"), (Name.Attribute, "n"), (Generic.Inserted, "gi"),
    (Generic.Deleted, "gd"), (Generic.Heading, "n"), (Generic.Subheading, "n"),
]  # fmt: skip


def choose(document: doc.Document) -> None:
    """Leave the languages of a document where they are known, and while there is not too much of code."""
    left = MOST
    for block in doc.walk(document.blocks):
        if isinstance(block, doc.CodeBlock) and block.language:
            left -= len(block.text)
            is_shown = left >= 0 and not _UNUSUAL.search(block.text)
            block.language = LANGUAGES.get(block.language, "") if is_shown else ""


def in_colours(text: str, language: str) -> str:
    """The HTML of code in a language that is known."""
    parts: list[str] = []
    last, pending = "", ""
    for kind, piece in _lexer(language).get_tokens(text):
        name = _class(kind)
        if name != last and pending:
            parts.append(_span(last, pending))
            pending = ""
        last, pending = name, pending + piece
    return "".join([*parts, _span(last, pending)])


def _span(name: str, text: str) -> str:
    inner = str(escape(text))
    return f'<span class="{name}">{inner}</span>' if name and text.strip() else inner


@lru_cache(maxsize=512)
def _class(kind: Any) -> str:
    return next((name for parent, name in _KINDS if kind in parent), "")


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)
