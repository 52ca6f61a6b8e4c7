"""`rostra messages`: what is extracted, and what a check finds."""

from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from rostra.cli import messages


def _faults(
    text: str | tuple[str, str], said: str | tuple[str, ...], *, flags: tuple[str, ...] = ()
) -> list[str]:
    catalogue = Catalog(locale="de")
    return list(messages.faults_of(catalogue.add(text, said, flags=flags), catalogue))


def test_templates_and_code_are_read_and_tests_are_not(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{{ _("by %(name)s", name=x) }}{{ ngettext("post", "posts", n) }}'
    )
    (tmp_path / "code.py").write_text(
        'a = gettext("One")\nb = gettext_lazy("Two")\nc = gettext_noop("Three")\nd = pgettext("verb", "Post")\n'
    )
    (tmp_path / "tests" / "test_code.py").write_text('gettext("Not this")')
    found = {(each.context, each.id) for each in messages.extracted(tmp_path) if each.id}
    assert found == {
        (None, "by %(name)s"), (None, ("post", "posts")), (None, "One"), (None, "Two"), (None, "Three"),
        ("verb", "Post"),
    }  # fmt: skip


def test_a_good_translation_has_no_fault() -> None:
    assert _faults("by %(name)s", "von %(name)s") == []
    assert _faults(("%(n)s post", "%(n)s posts"), ("%(n)s Beitrag", "%(n)s Beiträge")) == []


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("Sign in", "", "not translated"),
        (("post", "posts"), ("Beitrag", ""), "not translated"),
        ("by %(name)s", "von %(other)s", "placeholders differ"),
        ("by %(name)s", "von", "placeholders differ"),
        ("See <b>this</b>", "Siehe das", "placeholders differ"),
        ("by ", "von", "spaces at the ends differ"),
        (("post", "posts"), ("Beitrag",), "plural forms"),
    ],
)
def test_a_bad_translation_is_named(text: str, said: str, fault: str) -> None:
    assert fault in " ".join(_faults(text, said))


def test_a_fuzzy_translation_is_named() -> None:
    assert _faults("Sign in", "Abmelden", flags=("fuzzy",)) == ["fuzzy"]


def test_the_catalogues_of_this_checkout_are_whole() -> None:
    assert list(messages.check()) == []


def test_a_text_that_comes_back_is_still_translated(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CATALOGUES = tmp_path
    path = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('#~ msgid "Sign in"\n#~ msgstr "Anmelden"\n\n#~ msgid "Gone for good"\n#~ msgstr "Weg"\n')
    messages.update("pl")
    told, first = capsys.readouterr().out, path.read_text(encoding="utf-8")
    assert '\nmsgid "Sign in"\nmsgstr "Anmelden"' in first
    assert '#~ msgid "Gone for good"\n#~ msgstr "Weg"' in first
    assert "pl: " in told
    assert "nplurals=3" in (tmp_path / "pl" / "LC_MESSAGES" / "django.po").read_text()
    messages.update()
    assert path.read_text(encoding="utf-8") == first, "a second run changes nothing"
