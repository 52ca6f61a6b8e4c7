"""What lists say of a draft: findings as those of house rules, with the name of the list."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex
from django.utils.translation import gettext as _

from rostra.houserules.facts import Draft
from rostra.houserules.passages import Passage
from rostra.houserules.rules import Effect, Finding
from rostra.houserules.sentences import translated
from rostra.kernel.text import excerpt
from rostra.markup import document as doc
from rostra.markup.targets import Target, host
from rostra.markup.words import unquoted_words_of
from rostra.wordlists.folding import UNSPACED, domain_key, places_of
from rostra.wordlists.matching import MOST_FOUND, Found
from rostra.wordlists.models import WordList
from rostra.wordlists.queries import ListRow, Lists

_EFFECTS = {
    WordList.Effect.HOLD: Effect.HOLD,
    WordList.Effect.REFUSE: Effect.REFUSE,
    WordList.Effect.ALLOW: Effect.HOLD,
}
_LONGEST_SHOWN = 60


class _Hit(NamedTuple):
    """What of a list was found, as it is shown, and where the first of it stands."""

    shown: list[str]
    passage: Passage | None


def findings_of(lists: Lists, draft: Draft, *, is_newcomer: bool) -> list[Finding]:
    """What lists say of a draft, by the title and what its author says outside quotations: these are others' words.

    Links in quotations count, unless these name a post of the board.
    """
    asked = lists.of(is_newcomer=is_newcomer)
    hits = _words_hit(lists, draft, {row.id for row in asked}) if asked else {}
    domains = [row for row in asked if row.kind == WordList.Kind.DOMAINS]
    if domains:
        hits |= _domains_hit(lists, draft, domains)
    return [_finding(row, hits[row.id]) for row in asked if row.id in hits]


def _words_hit(lists: Lists, draft: Draft, asked: set[int]) -> dict[int, _Hit]:
    found: dict[int, list[tuple[str, Found]]] = {}
    texts = [("title", draft.title), ("body", unquoted_words_of(draft.document))]
    for where, text in texts:
        for each in lists.words.found_in(text) if text else ():
            if each.owner in asked:
                known = found.setdefault(each.owner, [])
                if len(known) < MOST_FOUND and all(other.words != each.words for _where, other in known):
                    known.append((where, each))
    if not found:
        return {}
    typed = {"title": _Typed(draft.title), "body": _Typed(draft.source)}
    return {
        number: _Hit([typed[where].spelled(each.words) for where, each in met], _passage(typed, *met[0]))
        for number, met in found.items()
    }


class _Typed:
    """What was typed, to find words of lists in it again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._places = places_of(text)

    def place_of(self, words: tuple[str, ...]) -> tuple[int, int] | None:
        """Where the words stand; None where marks stand within them."""
        pattern = r"[^\w\p{M}]++".join(map(regex.escape, words))
        is_spaced = regex.fullmatch(r"[\w\p{M}]+", words[0]) and not UNSPACED.search(words[0])
        if len(words) > 1 or is_spaced:
            pattern = rf"(?<![\w\p{{M}}]){pattern}(?![\w\p{{M}}])"
        met = regex.search(pattern, self._folded)
        return (self._places[met.start()], self._places[met.end() - 1] + 1) if met else None

    def spelled(self, words: tuple[str, ...]) -> str:
        """The words as they were typed, where they are found."""
        place = self.place_of(words)
        return self._text[slice(*place)] if place else " ".join(words)


def _passage(typed: dict[str, _Typed], where: str, found: Found) -> Passage | None:
    place = typed[where].place_of(found.words)
    return Passage(where, *place) if place else None


def _domains_hit(lists: Lists, draft: Draft, asked: list[ListRow]) -> dict[int, _Hit]:
    home = domain_key(draft.circumstances.host)
    targets = [(each, domain_key(host(each))) for each in _own_targets(draft.document.blocks)]
    away = [(each, key) for each, key in targets if key and key != home]
    allowing = [row for row in asked if row.effect == WordList.Effect.ALLOW]
    allowed = frozenset[str]().union(*(lists.domains[row.id] for row in allowing))
    hits: dict[int, _Hit] = {}
    for row in asked:
        if row.effect == WordList.Effect.ALLOW:
            met = [pair for pair in away if row is allowing[0] and not _is_in(pair[1], allowed)]
        else:
            met = [pair for pair in away if _is_in(pair[1], lists.domains[row.id])]
        if met:
            shown = list(dict.fromkeys(host(each) for each, _key in met))[:MOST_FOUND]
            hits[row.id] = _Hit(shown, _place_of_target(draft, met[0][0]))
    return hits


def _is_in(key: str, domains: frozenset[str]) -> bool:
    """Is a host one of these domains, or below one of them?"""
    labels = key.split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels)))


def _own_targets(blocks: Iterable[doc.Block]) -> Iterator[Target]:
    """Where links, pictures and sources of quotations lead that the author put there."""
    for block in blocks:
        if isinstance(block, doc.Quote) and block.source is not None:
            yield block.source
        yield from _own_targets(_own_blocks(block))
        for inline in doc.inlines_of(block):
            if isinstance(inline, doc.Link):
                yield inline.target
            elif isinstance(inline, doc.Image):
                yield inline.source


def _own_blocks(block: doc.Block) -> list[doc.Block]:
    """What stands within a block, but not what a post of the board says: who quotes anything else brings the links."""
    if isinstance(block, doc.Spoiler | doc.Aligned) or (isinstance(block, doc.Quote) and block.post is None):
        return block.children
    if isinstance(block, doc.List | doc.Notes):
        return [child for item in block.items for child in item.children]
    return []


def _place_of_target(draft: Draft, target: Target) -> Passage | None:
    text = str(target)
    for form in (text, text.removeprefix("http://"), text.removeprefix("https://"), host(target)):
        start = draft.source.find(form)
        if form and start >= 0:
            return Passage("body", start, start + len(form))
    return None


def _finding(row: ListRow, hit: _Hit) -> Finding:
    """With the rule that the list is about; without one the list stands for itself."""
    found = _("Found: %(words)s.") % {
        "words": ", ".join(f"“{excerpt(each, _LONGEST_SHOWN)}”" for each in hit.shown)
    }
    say, remedy = usual_sentence(row.kind, row.effect), _remedy(row.kind, row.effect)
    return Finding(
        rule=row.rule_id if row.rule_id is not None else f"list-{row.id}",
        number=row.rule_number or 0,
        text=translated(row.rule_text or ""),
        effect=_EFFECTS[WordList.Effect(row.effect)],
        passage=hit.passage,
        say=f"{found} {row.sentence or say}",
        remedy=remedy,
        list=row.name,
    )


def usual_sentence(kind: str, effect: str) -> str:
    """What authors read where a list has no sentence of its own."""
    if effect == WordList.Effect.ALLOW:
        return _("Links of new members to pages that this board does not know are looked at first.")
    if kind == WordList.Kind.DOMAINS:
        refused, held = _("This board takes no links to it."), _("A moderator looks at links to it first.")
    else:
        refused, held = _("This board does not take this."), _("A moderator looks at texts with this first.")
    return refused if effect == WordList.Effect.REFUSE else held


def _remedy(kind: str, effect: str) -> str:
    if effect == WordList.Effect.REFUSE:
        if kind == WordList.Kind.DOMAINS:
            return _("Leave the link out, or link to another page.")
        return _("Say it in other words, or leave it out.")
    return _("You can send it as it is, and a moderator decides. Without this it appears at once.")
