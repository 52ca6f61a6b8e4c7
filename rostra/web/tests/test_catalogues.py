"""Catalogues: compiled when they are stale; pseudo-languages keep what Python and HTML need."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from rostra.web import catalogues
from rostra.web.pseudo import accented, mirrored

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Sign in"
msgstr "%s"
"""


@pytest.fixture
def german(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A German catalogue of one text, and a data directory of its own."""
    settings.CATALOGUES, settings.LOCALE_PATHS = tmp_path / "locale", [tmp_path / "data"]
    settings.BOARD_LANGUAGES = ("en", "de")
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO % "Anmelden", encoding="utf-8")
    yield path
    _forget_catalogues()


def _forget_catalogues() -> None:
    trans_real._translations.clear()  # type: ignore[attr-defined]


def _said() -> str:
    _forget_catalogues()
    with translation.override("de"):
        return translation.gettext("Sign in")


def test_a_missing_catalogue_is_compiled_and_a_fresh_one_left_alone(german: Path) -> None:
    catalogues.compile_stale()
    made = catalogues.compiled("de").stat().st_mtime_ns
    assert _said() == "Anmelden"
    catalogues.compile_stale()
    assert catalogues.compiled("de").stat().st_mtime_ns == made


def test_a_stale_catalogue_is_compiled_again_even_when_its_source_looks_as_old(german: Path) -> None:
    catalogues.compile_stale()
    times = german.stat().st_atime_ns, german.stat().st_mtime_ns
    german.write_text(PO % "Einloggen", encoding="utf-8")
    os.utime(german, ns=times)
    catalogues.compile_stale()
    assert _said() == "Einloggen"


def test_a_board_whose_catalogue_cannot_be_written_starts_in_english(
    german: Path, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.LOCALE_PATHS = [tmp_path / "file" / "locale"]
    catalogues.compile_stale()
    assert "de stays in English" in caplog.text


def test_a_pseudo_catalogue_has_our_texts_and_those_of_others(settings: Any, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    catalogues.compile_catalogue("xa")
    _forget_catalogues()
    with translation.override("xa"):
        for text in ("Sign in", "Enter a valid email address.", "This password is too common."):
            assert translation.gettext(text) == accented(text) != text
        assert translation.ngettext("post", "posts", 2) == accented("posts")
    _forget_catalogues()


@pytest.mark.parametrize("change", [accented, mirrored])
def test_a_pseudo_text_keeps_its_placeholders_and_its_html(change: Any) -> None:
    text = change("“%(forum)s” has %(number)d of 100%%, {zone} <b>bold</b> &amp; %s")
    for kept in ("%(forum)s", "%(number)d", "%%", "{zone}", "<b>", "</b>", "&amp;", "%s"):
        assert kept in text
    assert "bold" not in text


@pytest.mark.parametrize("text", ["new", "Sign in", "Nothing posted yet.", "The page could not be made."])
def test_a_pseudo_text_is_forty_per_cent_longer_and_has_no_plain_letter(text: str) -> None:
    made = accented(text)
    assert len(made) >= 1.4 * len(text)
    assert not any("a" <= sign.lower() <= "z" for sign in made)
    assert made.endswith(".") == text.endswith(".")
