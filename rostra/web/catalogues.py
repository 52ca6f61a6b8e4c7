"""Message catalogues: `.po` files in the package, compiled into the data directory when they have changed.

The package's own folder may not be writable, and a compiled file beside its source can be older than it. So each
process looks at its start whether the compiled catalogues were made from these sources.
"""

import hashlib
import io
import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import allauth
import django
from django.conf import settings
from django.utils.translation import to_locale

from rostra.web.pseudo import accented, mirrored

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

logger = logging.getLogger(__name__)
TEMPLATE = "django.pot"
PSEUDO: dict[str, Callable[[str], str]] = {"xa": accented, "xb": mirrored}
# Texts of others that our pages show: a pseudo-language must have them too.
_FOREIGN = (
    Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po",
    Path(django.__file__).parent / "contrib/auth/locale/en/LC_MESSAGES/django.po",
    Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po",
)


def source(language: str) -> Path:
    """What a language's compiled catalogue is made from."""
    folder = Path(settings.CATALOGUES)
    if language in PSEUDO:
        return folder / TEMPLATE
    return folder / to_locale(language) / "LC_MESSAGES" / "django.po"


def compiled(language: str) -> Path:
    """Where a language's compiled catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.mo"


def shipped() -> list[str]:
    """The languages that there is a catalogue for, beside English."""
    found = Path(settings.CATALOGUES).glob("*/LC_MESSAGES/django.po")
    return sorted(path.parts[-3].lower().replace("_", "-") for path in found)


def compile_stale() -> None:
    """Compile the board's languages where they are missing or older than their source."""
    for language in settings.BOARD_LANGUAGES:
        if language == "en":
            continue
        try:
            if not is_fresh(language):
                compile_catalogue(language)
        except OSError as fault:
            logger.warning("%s stays in English: its catalogue cannot be compiled: %s", language, fault)


def is_fresh(language: str) -> bool:
    """Was the compiled catalogue made from the source as it is now?"""
    seal = compiled(language).with_suffix(".sum")
    return compiled(language).exists() and seal.exists() and seal.read_text() == _sum(language)


def compile_catalogue(language: str) -> Path:
    """Compile one language; the old file stays until the new one is whole."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    if language in PSEUDO:
        catalogue = _pseudo_catalogue([source(language), *_FOREIGN], PSEUDO[language])
    else:
        catalogue = read_po(io.BytesIO(source(language).read_bytes()), locale=to_locale(language))
    packed = io.BytesIO()
    write_mo(packed, catalogue)
    path = compiled(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, packed.getvalue())
    _replace(path.with_suffix(".sum"), _sum(language).encode())
    return path


def _pseudo_catalogue(sources: Iterable[Path], change: Callable[[str], str]) -> "Catalog":
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    made = Catalog(locale="en")
    for path in sources:
        for message in read_po(io.BytesIO(path.read_bytes())):
            if not message.id:
                continue
            words = message.id if isinstance(message.id, tuple | list) else (message.id,)
            changed = tuple(change(each) for each in words)
            made.add(message.id, changed if len(changed) > 1 else changed[0], context=message.context)
    return made


def _replace(path: Path, content: bytes) -> None:
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)


def _sum(language: str) -> str:
    return hashlib.sha256(source(language).read_bytes()).hexdigest()
