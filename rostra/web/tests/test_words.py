"""Letters and the faults of forms: each in the language of the person who reads it."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from zxcvbn import feedback

from rostra.accounts.actions import choose_language_and_zone
from rostra.accounts.passwords import REASONS, why_not_password
from rostra.web.accounts.adapter import LETTERS
from rostra.web.letters import render_letter
from tests.cast import PASSWORD, Board
from tests.post import letters

GERMAN, FRENCH = {"accept-language": "de"}, {"accept-language": "fr"}
REQUIRED = {"de": "Dieses Feld ist zwingend erforderlich.", "fr": "Ce champ est obligatoire."}


def choose(board: Board, name: str, language: str) -> None:
    choose_language_and_zone(member_id=board.people[name].pk, language=language, time_zone="")


def test_a_guests_letter_is_in_the_language_of_the_browser(board: Board, sends_mail: None) -> None:
    typed = {"username": "Émile", "email": "emile@example.org", "password1": "a long enough secret"}
    assert Client().post("/sign-up/", typed, headers=GERMAN).status_code == 302
    (letter,) = letters("emile@example.org")
    assert letter.subject.startswith("Bestätigen Sie Ihr Konto bei ")
    assert letter.body.startswith("Guten Tag Émile,")
    assert "Der Link ist 3 Tage lang gültig." in letter.body


def test_a_members_letter_is_in_the_language_that_the_member_chose(board: Board, sends_mail: None) -> None:
    choose(board, "alice", "fr")
    Client().post("/sign-in/forgotten/", {"email": board.people["alice"].email}, headers=GERMAN)
    (letter,) = letters(board.people["alice"].email)
    assert letter.subject.startswith("Définissez un nouveau mot de passe sur ")
    assert letter.body.startswith("Bonjour alice,")


def test_who_gives_the_address_of_a_member_does_not_choose_the_language_of_the_letter(
    board: Board, sends_mail: None, as_person: Callable[[str], Client]
) -> None:
    choose(board, "alice", "fr")
    theirs = board.people["alice"].email
    typed = {"username": "Émile", "email": theirs, "password1": "a long enough secret"}
    Client().post("/sign-up/", typed, headers=GERMAN)
    as_person("carol").post("/settings/account/address/", {"email": theirs, "password": PASSWORD})
    assert [letter.subject[:24] for letter in letters(theirs)] == ["Vous avez un compte sur "] * 2


def test_a_choice_that_the_board_no_longer_offers_leaves_the_language_of_the_request(
    board: Board, sends_mail: None, settings: Any
) -> None:
    choose(board, "alice", "fr")
    settings.BOARD_LANGUAGES = ("en", "de")
    Client().post("/sign-in/forgotten/", {"email": board.people["alice"].email}, headers=GERMAN)
    assert letters()[0].subject.startswith("Neues Passwort für ")


def test_nobodys_address_is_answered_in_the_language_of_the_browser(board: Board, sends_mail: None) -> None:
    Client().post("/sign-in/forgotten/", {"email": "nobody@example.org"}, headers=FRENCH)
    assert letters()[0].subject.startswith("Il n’y a pas de compte avec cette adresse sur ")


@pytest.mark.parametrize("template", sorted(set(LETTERS.values())))
def test_no_line_of_a_letter_stays_in_english(board: Board, template: str) -> None:
    def lines(language: str) -> set[str]:
        subject, body = render_letter(
            template, language, site="https://example.org", name="alice", link="https://example.org/x",
            address="a@example.org", days=1, hours=2,
        )  # fmt: skip
        return {line for line in (subject, *body.split("\n--\n")[0].split("\n")) if line}

    for language in ("de", "fr"):
        assert lines(language) & lines("en") <= {"https://example.org/x"}


@pytest.mark.parametrize("language", sorted(REQUIRED))
@pytest.mark.parametrize("address", ["/sign-up/", "/sign-in/", "/sign-in/forgotten/"])
def test_what_django_says_of_an_empty_field_is_translated(
    board: Board, sends_mail: None, address: str, language: str
) -> None:
    page = Client().post(address, {}, headers={"accept-language": language}).content.decode()
    assert REQUIRED[language] in page
    assert "required." not in page


@pytest.mark.parametrize("language", sorted(REQUIRED))
@pytest.mark.parametrize("form", ["address", "password"])
def test_the_settings_of_an_account_name_their_faults_in_the_members_language(
    board: Board, as_person: Callable[[str], Client], form: str, language: str
) -> None:
    alice = as_person("alice")
    choose(board, "alice", language)
    response = alice.post(f"/settings/account/{form}/", {})
    assert response.status_code == 422
    assert REQUIRED[language] in response.content.decode()


def test_a_wrong_password_is_named_in_the_readers_language(board: Board) -> None:
    typed = {"login": "alice", "password": "not this one"}
    page = Client().post("/sign-in/", typed, headers=GERMAN).content.decode()
    assert "Der Name oder das Passwort ist falsch." in page


def test_faults_of_passwords_and_their_numbers_are_in_the_language_in_force() -> None:
    with translation.override("de"):
        assert (why_not_password("x" * 1001) or "").endswith("höchstens 1.000 Zeichen; dieses hat 1.001.")
        assert "Dieses Passwort lässt sich erraten." in (why_not_password("P@ssw0rd2024") or "")


def test_all_that_the_estimator_of_passwords_warns_of_can_be_translated() -> None:
    tree = ast.parse(inspect.getsource(feedback))
    said = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "warning":
            said.append(node.value)
        if isinstance(node, ast.Dict):
            said += [
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if ast.unparse(key or value) == "'warning'"
            ]
    warnings = {ast.literal_eval(each.args[0]) for each in said if isinstance(each, ast.Call)}
    assert len(warnings) > 10
    assert warnings <= set(REASONS)
