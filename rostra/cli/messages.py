"""`rostra messages`: the texts of the interface, from the code into the catalogues. For a checkout."""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale

import rostra
from rostra.cli import Failure
from rostra.web import catalogues

ROOT = Path(rostra.__file__).parent
NOT_EXTRACTED = ("tests", "migrations", "cli", "demo", "importers", "exporters")
METHODS = [
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**/templates/letters/**.txt", "jinja2.ext:babel_extract"),
    ("**.py", "python"),
]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_DATES = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team): .*\n',
    re.M,
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|</?\w+|\{\w*\}")


def messages(options: argparse.Namespace) -> int:
    """One step; 1 when `check` finds a fault."""
    if options.step == "extract":
        _write(extracted(), _template())
    elif options.step == "update":
        update(options.add)
    elif options.step == "compile":
        for language in [*catalogues.shipped(), *catalogues.PSEUDO]:
            sys.stdout.write(f"{catalogues.compile_catalogue(language)}\n")
    else:
        faults = list(check())
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    return 0


def extracted(root: Path = ROOT) -> Catalog:
    """All texts of the templates and the code, in the order of their files."""
    found = _empty(None)
    for name, _, message, comments, context in extract_from_dir(
        root, METHODS, {}, KEYWORDS, ("Translators:",), directory_filter=_is_extracted
    ):
        found.add(message, None, [(f"rostra/{name}", 0)], auto_comments=comments, context=context)
    return found


def update(language: str | None = None) -> None:
    """Extract, and bring the catalogues up to date; texts that went stay at a catalogue's end, and may come back."""
    template = extracted()
    _write(template, _template())
    for each in [*catalogues.shipped(), *([language] if language else [])]:
        path = catalogues.source(each)
        catalogue = _read(path, each) if path.exists() else _empty(to_locale(each))
        for gone in list(catalogue.obsolete.values()):
            catalogue[gone.id] = gone
        catalogue.update(template, no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(catalogue, path)
        missing = sum(1 for message in catalogue if message.id and not _is_translated(message))
        sys.stdout.write(f"{each}: {len(catalogue)} texts, {missing} not translated\n")


def check() -> Iterator[str]:
    """What is not as it must be, a line for each."""
    found = extracted()
    template = read_po(io.BytesIO(_template().read_bytes())) if _template().exists() else Catalog()
    if _keys(found) != _keys(template):
        yield f"{_template().name}: not what the code says now; run: rostra messages update"
    for language in catalogues.shipped():
        catalogue = _read(catalogues.source(language), language)
        for key in sorted(_keys(found) - _keys(catalogue), key=str):
            yield f"{language}: not in the catalogue: {key[1]!r}"
        for message in catalogue:
            if message.id:
                yield from (f"{language}: {fault}: {message.id!r}" for fault in faults_of(message, catalogue))


def faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "fuzzy"
    if not _is_translated(message):
        yield "not translated"
        return
    words, said = _texts(message.id), _texts(message.string)
    if message.pluralizable and len(said) != catalogue.num_plurals:
        yield f"{len(said)} plural forms, the language has {catalogue.num_plurals}"
    wanted = [_placeholders(each) for each in words]
    for index, each in enumerate(said):
        if _placeholders(each) not in (wanted if index < len(said) - 1 else wanted[-1:]):
            yield f"placeholders differ in {each!r}"
    for one, other in zip(words, said, strict=False):
        if (one[:1].isspace(), one[-1:].isspace()) != (other[:1].isspace(), other[-1:].isspace()):
            yield f"spaces at the ends differ in {other!r}"


def _is_extracted(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and name not in NOT_EXTRACTED


def _is_translated(message: Message) -> bool:
    return bool(message.string) and all(_texts(message.string))


def _texts(words: object) -> list[str]:
    return [str(each) for each in words] if isinstance(words, list | tuple) else [str(words)]


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def _keys(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {(each.context, str(each.id)) for each in catalogue if each.id}


def _template() -> Path:
    return Path(settings.CATALOGUES) / catalogues.TEMPLATE


def _empty(locale: str | None) -> Catalog:
    header = "# Texts of Rostra's interface; docs/translating.md says how to translate them."
    return Catalog(locale=locale, project="Rostra", version="1", header_comment=header, fuzzy=False)


def _read(path: Path, language: str) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=to_locale(language))


def _write(catalogue: Catalog, path: Path) -> None:
    """One line for each text and no dates or line numbers, so that a difference shows only what changed."""
    packed = io.BytesIO()
    write_po(packed, catalogue, width=0, include_lineno=False)
    text = _DATES.sub("", packed.getvalue().decode())
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Failure(f"{path}: {fault.strerror}; this command is for a checkout") from None
