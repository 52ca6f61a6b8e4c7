"""Sentences that rules show: translated where there is a translation, with facts filled in."""

import re
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext

from rostra.houserules.conditions import Value
from rostra.houserules.facts import BY_NAME
from rostra.kernel.text import excerpt

LONGEST = 300  # characters of a sentence
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LONGEST_VALUE = 60


def placeholders(sentence: str) -> list[str]:
    """The facts that a sentence names. Raises ValueError for braces that are no placeholder."""
    names = _PLACEHOLDER.findall(sentence)
    if re.search(r"[{}]", _PLACEHOLDER.sub("", sentence)):
        raise ValueError("braces stand around the name of a fact only, as in {own_words}")
    return names


def filled(sentence: str, values: Mapping[str, Value]) -> str:
    """The sentence in the language of who reads it, facts in place of their names."""
    return _PLACEHOLDER.sub(lambda found: _shown(found[1], values), translated(sentence))


def translated(text: str) -> str:
    """A text of the presets in the language of who reads it; any other, as an owner wrote it."""
    return gettext(text) if text else ""


def _shown(name: str, values: Mapping[str, Value]) -> str:
    if name not in values:
        return "–"
    value, unit = values[name], BY_NAME[name].unit
    if isinstance(value, list):
        return ", ".join(_text(each, unit) for each in value)
    if isinstance(value, str):
        return _text(value, unit)
    if unit == "share":
        return f"{round(100 * value)} %"
    return str(value)


def _text(value: str, unit: str) -> str:
    if unit in ("language", "languages"):
        return _language(value) if value else "–"
    return excerpt(value, _LONGEST_VALUE)


def _language(code: str) -> str:
    """A language by its name in the reader's language; its code where that is not known, a dash for none."""
    if not code:
        return "–"
    try:
        return Locale.parse(code).get_language_name((get_language() or "en").replace("-", "_")) or code
    except (ValueError, UnknownLocaleError, TypeError):
        return code
