"""What can be asked about a draft: a fixed list of facts, each a number, a text or a list with its meaning.

`FACTS` is the list; the table of docs/house-rules.md is made of it (`table()`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import regex
from django.utils.translation import gettext_noop as _

from rostra.houserules.conditions import Value, finite
from rostra.houserules.grammar import Kind
from rostra.houserules.languages import Spoken, main_language, spoken
from rostra.houserules.news import names_source, news_signs
from rostra.houserules.own import Reading, count_words, leads_away, plain, quoted_words, reading_of, seen
from rostra.kernel.text import one_line
from rostra.markup import document as doc

LINE = 100  # characters of a line as it is shown
NEVER = 1_000_000_000  # seconds: more than thirty years
_LONGEST_TEXT, _LONGEST_TITLE, _LONGEST_ENTRY, _MOST_ENTRIES = 4_000, 300, 200, 20
_CAPITAL_WORD = regex.compile(r"\b\p{Lu}{4,}\b")
_SPELLED_CAPITALS = regex.compile(r"(?<!\w)\p{Lu}(?:[ ._*-]++\p{Lu}(?!\w)){3,}+")
_SPELLED_WORD = 4  # letters of what is spelled out that count as a word


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a draft beside its text. `kind`: topic, reply or edit; `seconds_since_last`: since the author's
    last post, None when there is none; `groups`: names of the author's groups; `forums`: ids of the forum and those
    above it; `language`, `host`: the board's language and host."""

    kind: str = "reply"
    replies_in_a_row: int = 0
    seconds_since_last: float | None = None
    author_age_days: float = 0.0
    author_posts: int = 0
    is_first_post: bool = False
    is_edit: bool = False
    groups: tuple[str, ...] = ()
    forums: frozenset[int] = frozenset()
    language: str = "en"
    host: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is judged: its title (empty for a reply), its source, and the document that the source means."""

    title: str
    source: str
    document: doc.Document
    circumstances: Circumstances = field(default_factory=Circumstances)


class Fact(NamedTuple):
    """A fact: its name in conditions, its type, what it is counted in, and what it means."""

    name: str
    kind: Kind
    unit: str
    meaning: str


# Meanings name the bounds above in figures: texts that are translated hold no code.
FACTS = (
    Fact("own_words", Kind.INT, "words", _("words outside quotations, code, formulas and links; in scripts without spaces by the length of an average word")),
    Fact("own_characters", Kind.INT, "characters", _("characters of those words with the spaces between them")),
    Fact("own_lines", Kind.INT, "lines", _("lines of those words as they are shown, 100 characters each")),
    Fact("own_text", Kind.STRING, "", _("those words themselves, the first 4,000 characters")),
    Fact("quotations", Kind.INT, "quotations", _("quotations that stand in no other")),
    Fact("quoted_words", Kind.INT, "words", _("words in quotations")),
    Fact("quoted_share", Kind.DOUBLE, "share", _("quoted words among quoted and own words, 0.0 to 1.0")),
    Fact("unattributed_words", Kind.INT, "words", _("words in quotations that name no post, no author and no address")),
    Fact("capitals_share", Kind.DOUBLE, "share", _("capitals among own letters that can be capitals, 0.0 to 1.0")),
    Fact("title", Kind.STRING, "", _("the title; empty for a reply")),
    Fact("title_words", Kind.INT, "words", _("words of the title")),
    Fact("title_letters", Kind.INT, "letters", _("letters of the title that can be capitals")),
    Fact("title_capitals", Kind.DOUBLE, "share", _("capitals among them, 0.0 to 1.0")),
    Fact("title_capital_words", Kind.INT, "words", _("words of the title of four letters or more, all of them capitals")),
    Fact("links", Kind.INT, "links", _("links outside quotations")),
    Fact("source_links", Kind.INT, "links", _("links to other hosts, and quotations that name an address; links in quotations count unless these quote a post")),
    Fact("domains", Kind.LIST, "hosts", _("hosts of links outside quotations, each once, the first 20")),
    Fact("mentions", Kind.INT, "members", _("members who are spoken to, each once")),
    Fact("images", Kind.INT, "pictures", _("pictures outside quotations")),
    Fact("unnamed_images", Kind.INT, "pictures", _("pictures without words for those who do not see them")),
    Fact("code_blocks", Kind.INT, "blocks", _("blocks of code outside quotations")),
    Fact("news_signs", Kind.INT, "signs", _("signs that own words, with those of unattributed quotations, were copied from the news, 0 to 6: dateline, agency, byline, credit, the day something was said, reported speech alone")),
    Fact("names_source", Kind.BOOL, "", _("own words name a source, as in “Source: …”")),
    Fact("languages", Kind.LIST, "languages", _("what the two detectors say of own words, by ISO 639; the second is asked when the first does not say the board's language; empty when nothing can be said")),
    Fact("language", Kind.STRING, "language", _("the language that was said by all who were asked, or nothing")),
    Fact("language_certainty", Kind.DOUBLE, "share", _("how certain that is, 0.0 to 1.0")),
    Fact("language_words", Kind.INT, "words", _("own words that the detectors looked at, numbers too")),
    Fact("language_letters", Kind.INT, "letters", _("letters of those words")),
    Fact("board_language", Kind.STRING, "language", _("the language of the board")),
    Fact("kind", Kind.STRING, "", _("“topic”, “reply” or “edit”")),
    Fact("is_first_post", Kind.BOOL, "", _("the post is, or becomes, the first of its topic")),
    Fact("is_edit", Kind.BOOL, "", _("the post was there before and is changed")),
    Fact("replies_in_a_row", Kind.INT, "posts", _("posts of the author at the end of the topic with nobody's between them")),
    Fact("seconds_since_last", Kind.INT, "seconds", _("seconds since the author's last post; 1,000,000,000 when there is none")),
    Fact("author_age_days", Kind.INT, "days", _("full days since the author joined")),
    Fact("author_posts", Kind.INT, "posts", _("posts of the author before this one")),
    Fact("groups", Kind.LIST, "groups", _("names of the author's groups, the first 20")),
)  # fmt: skip
KINDS: Mapping[str, Kind] = MappingProxyType({fact.name: fact.kind for fact in FACTS})
BY_NAME: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in FACTS})
_OF_LANGUAGE = frozenset(name for name in KINDS if name.startswith("language"))
_OF_NEWS = frozenset({"news_signs", "names_source"})


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one draft by their names, with what they were taken from."""

    values: Mapping[str, Value]
    draft: Draft
    reading: Reading


def facts_of(draft: Draft, wanted: Collection[str] = KINDS.keys()) -> Facts:
    """The facts of a draft. Those that cost more than counting are left out unless they are `wanted`."""
    reading, circumstances = reading_of(draft.document), draft.circumstances
    text = seen(reading.text).strip()
    values: dict[str, Value] = {
        **_of_text(text, reading),
        **_of_quotations(reading, draft.circumstances.host, count_words(text)),
        **_of_title(draft.title),
        **_of_links(reading),
        **_of_circumstances(circumstances),
    }
    if not _OF_LANGUAGE.isdisjoint(wanted):
        values |= _of_language(spoken(text, circumstances.language))
    if not _OF_NEWS.isdisjoint(wanted):
        nameless = "\n".join(quoted_words(quote) for quote in reading.nameless())
        values |= {"news_signs": news_signs(f"{text}\n{nameless}"), "names_source": names_source(text)}
    return Facts(MappingProxyType(values), draft, reading)


def table() -> str:
    """All facts as a table in Markdown, for the documentation."""
    rows = [f"| `{fact.name}` | {fact.kind} | {fact.unit} | {fact.meaning} |" for fact in FACTS]
    return "\n".join(["| fact | type | unit | meaning |", "|---|---|---|---|", *rows])


def _of_text(text: str, reading: Reading) -> dict[str, Value]:
    lines = [len(line.strip()) for line in text.split("\n")]
    return {
        "own_words": count_words(text),
        "own_characters": len(one_line(text)),
        "own_lines": sum(-(-length // LINE) for length in lines),
        "own_text": _clipped(text, _LONGEST_TEXT),
        "capitals_share": _capitals(text)[1],
        "code_blocks": reading.code_blocks,
    }


def _of_quotations(reading: Reading, home: str, own: int) -> dict[str, Value]:
    counts = [(quote, count_words(quoted_words(quote))) for quote in reading.quotations]
    quoted = sum(number for _, number in counts)
    nameless = {id(quote) for quote in reading.nameless()}
    addresses = sum(quote.source is not None for quote in reading.quotations)
    away = sum(leads_away(link.target, home) for link in (*reading.links, *reading.quoted_links))
    return {
        "quotations": len(counts),
        "quoted_words": quoted,
        "quoted_share": finite(quoted / (quoted + own)) if quoted else 0.0,
        "unattributed_words": sum(number for quote, number in counts if id(quote) in nameless),
        "source_links": away + addresses,
    }


def _of_title(title: str) -> dict[str, Value]:
    line = _clipped(one_line(seen(title)), _LONGEST_TITLE)
    letters, share = _capitals(line)
    looks = plain(line)
    spelled = sum(sum(map(str.isupper, run)) // _SPELLED_WORD for run in _SPELLED_CAPITALS.findall(looks))
    return {
        "title": line,
        "title_words": count_words(line),
        "title_letters": letters,
        "title_capitals": share,
        "title_capital_words": len(_CAPITAL_WORD.findall(looks)) + spelled,
    }


def _of_links(reading: Reading) -> dict[str, Value]:
    return {
        "links": len(reading.links),
        "domains": _listed(reading.hosts()),
        "mentions": len({mention.member for mention in reading.mentions}),
        "images": len(reading.images),
        "unnamed_images": sum(not image.alternative.strip() for image in reading.images),
    }


def _of_language(found: Spoken) -> dict[str, Value]:
    return {
        "languages": list(found.languages),
        "language": found.language,
        "language_certainty": finite(found.certainty),
        "language_words": found.words,
        "language_letters": found.letters,
    }


def _of_circumstances(known: Circumstances) -> dict[str, Value]:
    since = known.seconds_since_last
    return {
        "kind": known.kind,
        "is_first_post": known.is_first_post,
        "is_edit": known.is_edit,
        "replies_in_a_row": known.replies_in_a_row,
        "seconds_since_last": NEVER if since is None else int(min(max(finite(since), 0.0), NEVER)),
        "author_age_days": int(min(max(finite(known.author_age_days), 0.0), NEVER)),
        "author_posts": known.author_posts,
        "groups": _listed(known.groups),
        "board_language": main_language(known.language),
    }


def _capitals(text: str) -> tuple[int, float]:
    """How many letters can be capitals, and the share of those that are."""
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return upper + lower, upper / (upper + lower) if upper else 0.0


def _listed(entries: Collection[str]) -> list[str]:
    return [_clipped(entry, _LONGEST_ENTRY) for entry in list(entries)[:_MOST_ENTRIES]]


def _clipped(text: str, most: int) -> str:
    """The beginning of a text; halves of characters, which no engine takes, are replaced."""
    beginning = text[:most]
    return beginning if beginning.isascii() else beginning.encode("utf-8", "replace").decode()
