"""Which names can be had, and which look like another."""

import unicodedata

import pytest
from confusable_homoglyphs import confusables
from hypothesis import given
from hypothesis import strategies as st

from rostra.accounts.actions import join
from rostra.accounts.models import User
from rostra.accounts.names import RESERVED, why_not_name
from rostra.accounts.skeletons import skeleton
from tests.cast import Board

LETTERS = st.characters(categories=["Ll", "Lu", "Lo", "Nd", "Mn"])
NAMES = st.text(LETTERS, min_size=1, max_size=20)
LOOK_ALIKES = sorted(
    (sign, partners[0]["c"]) for sign, partners in confusables.confusables_data.items()
    if len(sign) == 1 and sign.isalpha() and len(partners) == 1 and sign.isalpha() and partners[0]["c"].isalpha()
)  # fmt: skip


@given(NAMES)
def test_a_skeleton_does_not_depend_on_how_a_name_is_composed(name: str) -> None:
    assert skeleton(unicodedata.normalize("NFD", name)) == skeleton(unicodedata.normalize("NFC", name))


@given(NAMES, st.sampled_from(LOOK_ALIKES), NAMES)
def test_a_sign_and_its_look_alike_give_one_skeleton(before: str, pair: tuple[str, str], after: str) -> None:
    one, other = (before + sign + after for sign in pair)
    assert skeleton(one) == skeleton(other)


@given(NAMES, st.sampled_from(["\u200b", "\u200d", "\u2060", "\u202e", "\ufeff", "\u00ad", "\0"]))
def test_invisible_characters_change_no_skeleton(name: str, invisible: str) -> None:
    assert skeleton(name[:1] + invisible + name[1:]) == skeleton(name)


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_has_a_reason_why_not(text: str) -> None:
    from unittest.mock import patch

    with patch("rostra.accounts.names._is_taken", return_value=False):
        fault = why_not_name(text)
    assert fault is None or fault.endswith((".", "characters", "fine."))


@pytest.mark.parametrize(
    ("one", "other"),
    [("alice", "a1ice"), ("modern", "modem"), ("bob", "b0b"), ("paypal", "paypaI"), ("scope", "ѕсоре")],
)
def test_known_tricks_give_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("alice", "alicia"), ("Alla", "Alia"), ("山田", "山口")])
def test_names_that_people_tell_apart_have_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("name", ["a1ice", "аlice", "ALICE", "al\u200bice", "d0ra", "саrоl"])
def test_a_name_that_looks_like_a_members_is_refused(board: Board, name: str) -> None:
    assert why_not_name(name) is not None


@pytest.mark.parametrize(
    "name", [*RESERVED, "Admin", "ADMlN", "аdmin", "rnoderator", "Supp0rt", "Ro\u200bot"]
)
def test_reserved_names_and_their_look_alikes_are_refused(board: Board, name: str) -> None:
    assert why_not_name(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "Émile Zola",
        "山田ニ郎",
        "さくらカ",
        "田中 Taro",
        "김 Kim",
        "Мария",
        "عائشة",
        "O'Neill",
        "Ngũgĩ",
        "שרה",
    ],
)
def test_names_of_the_world_are_fine(board: Board, name: str) -> None:
    assert why_not_name(name) is None


@pytest.mark.parametrize("name", ["Иван Petrov", "Αlex", "pаypal"])
def test_alphabets_that_nobody_mixes_are_refused(board: Board, name: str) -> None:
    assert "alphabet" in (why_not_name(name) or "")


def test_an_account_keeps_its_skeleton_and_its_address_in_small_letters(board: Board) -> None:
    made = join(name="Modern  Times", email="Chaplin@Example.org", password=None)
    kept = User.objects.get(pk=made.pk)
    assert (kept.name, kept.name_skeleton) == ("Modern Times", skeleton("Modem Times"))
    assert kept.email == "chaplin@example.org"


@pytest.mark.parametrize("name", ["\uaf66" * 40, "\ufdfa" * 20])
def test_a_name_that_becomes_too_long_when_it_is_compared_is_refused(board: Board, name: str) -> None:
    assert "too long" in (why_not_name(name) or "")
