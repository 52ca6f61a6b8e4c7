"""What an entry of a list must be: a line for each, and what is wrong names its line."""

from collections.abc import Callable

import regex
from django.utils.translation import gettext as _

from rostra.kernel.refusals import Invalid
from rostra.kernel.text import is_visible, one_line
from rostra.wordlists.folding import UNSPACED, domain_key, folded
from rostra.wordlists.models import WordList

MOST_ENTRIES, LONGEST_ENTRY, MOST_STARS = 2_000, 60, 2
LONGEST_DOMAIN = 253
LONGEST_TEXT = 150_000
_MOST_TOLD = 5  # lines whose faults are told at once
_DOMAIN = regex.compile(r"(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_STARRED = regex.compile(r"[^\s*]*\*[^\s]*")


def checked_entries(kind: str, text: str) -> str:
    """The entries, a line for each, each once, in their order. Raises Invalid that names the lines."""
    if len(text) > LONGEST_TEXT:
        raise Invalid(entries=_("At most %(most)s characters, please.") % {"most": f"{LONGEST_TEXT:,}"})
    check: Callable[[str], str | None] = why_not_word if kind == WordList.Kind.WORDS else why_not_domain
    entries: dict[str, str] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = one_line(line)
        if not entry:
            continue
        fault = check(entry)
        if fault:
            faults.append(_("Line %(number)s: %(fault)s") % {"number": number, "fault": fault})
        entries.setdefault(folded(entry), entry)
    if faults:
        raise Invalid(entries=_told(faults))
    if not entries:
        raise Invalid(entries=_("The list is empty: type an entry on each line."))
    if len(entries) > MOST_ENTRIES:
        told = _("The list has %(number)s entries; at most %(most)s are allowed. Make two lists of it.")
        raise Invalid(entries=told % {"number": f"{len(entries):,}", "most": f"{MOST_ENTRIES:,}"})
    return "\n".join(entries.values())


def _told(faults: list[str]) -> str:
    more = len(faults) - _MOST_TOLD
    rest = [_("%(number)s further lines cannot be taken either.") % {"number": more}] if more > 0 else []
    return " ".join([*faults[:_MOST_TOLD], *rest])


def why_not_word(entry: str) -> str | None:
    """Why this is no word or phrase of a list."""
    if "\0" in entry or not is_visible(folded(entry).replace("*", "")):
        return _("“%(entry)s” holds nothing to look for.") % {"entry": entry.replace("\0", "␀")[:20]}
    if len(entry) > LONGEST_ENTRY:
        told = _("“%(entry)s…” has %(number)s characters; at most %(most)s are allowed.")
        return told % {"entry": entry[:20], "number": len(entry), "most": LONGEST_ENTRY}
    for word in _STARRED.findall(entry):
        if not word.strip("*"):
            return _("“%(entry)s”: a * stands in a word, not alone.") % {"entry": entry}
        if word.count("*") > MOST_STARS:
            return _("“%(entry)s”: a word can hold %(most)s stars at most.") % {
                "entry": entry,
                "most": MOST_STARS,
            }
    if "*" in entry.strip("*") and not _is_spaced(entry):
        told = _("“%(entry)s”: beside signs, and in scripts without spaces, a * stands at the ends only.")
        return told % {"entry": entry}
    return None


def _is_spaced(entry: str) -> bool:
    return not UNSPACED.search(entry) and not regex.search(r"[^\w\p{M}* '’.\-]", entry)


def why_not_domain(entry: str) -> str | None:
    """Why this is no domain of a list."""
    if "/" in entry or "@" in entry:
        told = _(
            "“%(entry)s” is more than a domain: write what stands between // and the next /, as in example.org."
        )
        return told % {"entry": entry[:60]}
    key = domain_key(bare_domain(entry))
    if len(key) > LONGEST_DOMAIN or not _DOMAIN.fullmatch(key):
        return _(
            "“%(entry)s” is no domain. It is letters, digits and hyphens with full stops, as in example.org."
        ) % {"entry": entry.replace("\0", "␀")[:60]}
    if "." not in key and not entry.startswith("."):
        told = _("“%(entry)s” has no full stop. To mean all domains that end so, write “.%(entry)s”.")
        return told % {"entry": entry[:60]}
    return None


def bare_domain(entry: str) -> str:
    """A domain without the sign that its sub-domains are meant too: they always are."""
    return entry.removeprefix("*").removeprefix(".")
