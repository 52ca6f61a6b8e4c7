"""Defining, changing and dropping the board's own tags."""

import pytest

from rostra.board import actions, queries
from rostra.board.actions import define_tag, drop_tag
from rostra.board.models import OwnTag
from rostra.board.queries import conventions_in_force, own_tags, stamp
from rostra.board.tags import _WORDS, HINT_LENGTH, SAMPLE_LENGTH
from rostra.kernel.refusals import Invalid
from rostra.markup import Why, render

pytestmark = pytest.mark.django_db
BOLD = {"usage": "[key]{SIMPLETEXT}[/key]", "template": "[b]{SIMPLETEXT}[/b]"}


def test_a_tag_is_in_force_once_it_is_defined_and_until_it_is_dropped() -> None:
    assert conventions_in_force().tags == ()
    assert define_tag(**BOLD, hint="A key\non the keyboard", sample="[key]F1[/key]") == "key"
    assert "<strong>F1</strong>" in render("[key]F1[/key]", "both", conventions=conventions_in_force()).html
    (row,) = own_tags(stamp().structure)
    assert (row.name, row.hint, row.sample) == ("key", "A key on the keyboard", "[key]F1[/key]")
    assert define_tag(usage=BOLD["usage"], template="[i]{SIMPLETEXT}[/i]", instead_of="key") == "key"
    assert "<em>F1</em>" in render("[key]F1[/key]", "both", conventions=conventions_in_force()).html
    assert drop_tag(name="key")
    assert not drop_tag(name="key")
    assert conventions_in_force().tags == ()


def test_tags_are_read_once_for_each_structure() -> None:
    define_tag(**BOLD)
    structure = stamp().structure
    own_tags(structure)
    OwnTag.objects.all().delete()
    assert len(own_tags(structure)) == len(queries.conventions(structure).tags) == 1
    assert own_tags(structure + 1) == []


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"usage": "[b]{TEXT}[/b]"}, "usage", "Every board has a tag [b] already"),
        ({"template": "[b]{TEXT}[/b]"}, "template", "The usage has no {TEXT}"),
        ({"template": "[b]{SIMPLETEXT}"}, "template", "[b] is not closed. Add [/b]."),
        ({"hint": "x" * (HINT_LENGTH + 1)}, "hint", "It has 201 characters; at most 200"),
        ({"sample": "x" * (SAMPLE_LENGTH + 1)}, "sample", "It has 501 characters; at most 500"),
        ({"template": "x" * 1001}, "template", "It has 1,001 characters; at most 1,000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_with_the_remedy(
    values: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        define_tag(**{**BOLD, **values})
    assert list(invalid.value.faults) == [field]
    assert words in invalid.value.faults[field]
    assert not OwnTag.objects.exists()


def test_every_fault_of_a_definition_has_words() -> None:
    assert set(_WORDS) == set(Why)


def test_a_name_is_taken_once_and_stays() -> None:
    define_tag(**BOLD)
    with pytest.raises(Invalid, match="has a tag \\[key\\] already"):
        define_tag(**BOLD)
    with pytest.raises(Invalid, match="The name stays \\[key\\]"):
        define_tag(usage="[keys]{TEXT}[/keys]", template="{TEXT}", instead_of="key")


def test_a_board_has_only_so_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_TAGS", 1)
    define_tag(**BOLD)
    with pytest.raises(Invalid, match="as many as it may have"):
        define_tag(usage="[two]{TEXT}[/two]", template="{TEXT}")
    define_tag(usage=BOLD["usage"], template="[u]{SIMPLETEXT}[/u]", instead_of="key")


def test_a_stored_tag_that_is_none_any_more_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    define_tag(**BOLD)
    OwnTag.objects.create(name="b", usage="[b]{TEXT}[/b]", template="{TEXT}")
    queries.forget()
    assert [tag.name for tag in conventions_in_force().tags] == ["key"]
    assert "[b] is not used" in caplog.text
