"""A text as the board renders it, and what of that is stored in the row of its post."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rostra.accounts.paths import page_of
from rostra.accounts.queries import members_named
from rostra.board.queries import conventions_in_force
from rostra.markup import PARSER_VERSION, Conventions, Facts, Member, Rendered, read, render, shown
from rostra.markup.document import Document
from rostra.markup.targets import Target


def rendered(source: str, markup: str) -> Rendered:
    """A text that may be posted, as it will be shown. Raises Unfit when it is not rendered."""
    return shown(document_of(source, markup, conventions_in_force()))


def document_of(source: str, markup: str, conventions: Conventions) -> Document:
    """What a text means on this board, for house rules. Raises Unfit when it is not rendered."""
    return read(source, markup, known_members, conventions)


def rendered_again(source: str, markup: str, conventions: Conventions | None = None) -> Rendered:
    """A text that was taken once: no limit holds for it any more. Without `conventions` those in force are asked for."""
    agreed = conventions_in_force() if conventions is None else conventions
    return render(source, markup, known_members, agreed)


class _Asked:
    """Whom a text speaks to, without asking who of them is there."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __call__(self, names: list[str]) -> Mapping[str, Member]:
        self.names.update(names)
        return {}


def rendered_together(texts: Sequence[tuple[str, str]]) -> list[Rendered]:
    """Texts that were taken once, each a source and its markup. Whom they speak to is asked for once, not for each."""
    agreed, asked = conventions_in_force(), [_Asked() for _ in texts]
    made = [render(*text, known, agreed) for text, known in zip(texts, asked, strict=True)]
    names = set[str]().union(*(each.names for each in asked))
    found = known_members(sorted(names)) if names else {}

    def members(wanted: list[str]) -> Mapping[str, Member]:
        return {name: found[name] for name in wanted if name in found}

    return [
        render(*text, members, agreed) if found.keys() & known.names else done
        for text, known, done in zip(texts, asked, made, strict=True)
    ]


def known_members(names: list[str]) -> Mapping[str, Member]:
    """Which of these names are members'."""
    return {
        name: Member(found.id, found.name, Target(page_of(found.name)))
        for name, found in members_named(names).items()
    }


def stored(made: Rendered) -> dict[str, Any]:
    """The fields of a post's row that hold how it is rendered."""
    return {
        "html": made.html,
        "text": made.text,
        "facts": _packed(made),
        "parser_version": PARSER_VERSION,
    }


def facts_stored(packed: str) -> Facts | None:
    """The facts as they were stored; None for a post that an older parser rendered."""
    if not packed:
        return None
    found = json.loads(packed)
    return Facts(**{name: found.get(name, empty) for name, empty in _NO_FACTS.items()})


def own_words_stored(text: str, packed: str) -> str:
    """The words outside quotations of a post, out of the stored plain text and facts."""
    own: str = json.loads(packed).get("own", text) if packed else text
    return own


def _packed(made: Rendered) -> str:
    """The facts as JSON, what is empty left out; own words only where not all words are own."""
    facts = {name: value for name, value in made.facts._asdict().items() if value}
    own = {} if made.own == made.text else {"own": made.own}
    return json.dumps({**facts, **own}, ensure_ascii=False, separators=(",", ":"))


_NO_FACTS: dict[str, Any] = Facts([], [], [], [], [], [], 0, 0)._asdict()
