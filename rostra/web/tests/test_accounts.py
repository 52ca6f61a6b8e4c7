"""Accounts through their pages and letters: signing up, confirming, forgotten passwords, changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client

from rostra.accounts.actions import forget_waiting, join
from rostra.accounts.models import SignIn, User
from rostra.board.queries import stamp
from rostra.kernel.clock import now
from tests.cast import PASSWORD, Board
from tests.post import letters, link_in

SignedIn = Callable[[str], Client]
EMILE = {"username": "Émile", "email": "emile@example.org", "password1": "a long enough secret"}


def is_signed_in(client: Client) -> bool:
    return "Sign out" in client.get("/").content.decode()


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def waiting(board: Board, sends_mail: None, client: Client) -> Client:
    """The browser of somebody who signed up and has not confirmed."""
    assert client.post("/sign-up/", EMILE).headers["Location"] == "/sign-up/confirm/"
    return client


def test_who_signed_up_is_a_member_after_confirming(waiting: Client) -> None:
    before = stamp()
    assert not is_signed_in(waiting)
    assert waiting.get("/u/Émile/").status_code == 404
    (letter,) = letters("emile@example.org")
    assert (
        "http://127.0.0.1" in letter.body
        or "http://localhost" in letter.body
        or "http://testserver" in letter.body
    )
    response = waiting.post(link_in(letter))
    assert response.status_code == 302
    assert is_signed_in(waiting)
    assert waiting.get("/u/Émile/").status_code == 200
    after = stamp()
    assert (after.members, after.newest_member) == (before.members + 1, "Émile")
    assert after.content > before.content


def test_a_get_of_the_link_confirms_nothing(waiting: Client) -> None:
    (letter,) = letters()
    page = text(waiting.get(link_in(letter)))
    assert "Confirm this address" in page
    assert "emile@example.org" in page
    assert User.objects.get(name="Émile").is_waiting
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_link_followed_in_another_browser_confirms_and_asks_to_sign_in(waiting: Client) -> None:
    other = Client()
    response = other.post(link_in(letters()[0]), follow=True)
    assert "Your e-mail address is confirmed" in text(response)
    assert not is_signed_in(other)
    assert other.post("/sign-in/", {"login": "Émile", "password": EMILE["password1"]}).status_code == 302
    assert is_signed_in(other)


def test_a_link_of_somebody_else_does_not_sign_me_out(waiting: Client, as_person: SignedIn) -> None:
    alice = as_person("alice")
    alice.get(link_in(letters()[0]))
    assert is_signed_in(alice)


def test_an_expired_link_says_so_and_offers_a_new_one(waiting: Client) -> None:
    link = link_in(letters()[0])
    with time_machine.travel(now() + timedelta(days=4)):
        response = Client().get(link)
        assert response.status_code == 410
        assert "Send a new link" in text(response)
        assert Client().post(link).status_code == 302
        assert User.objects.get(name="Émile").is_waiting
        fresh = link_in(letters()[-1])
        assert fresh != link
        Client().post(fresh)
    assert not User.objects.get(name="Émile").is_waiting


def test_a_link_works_once_and_then_says_that_it_was_used(waiting: Client) -> None:
    link = link_in(letters()[0])
    Client().post(link)
    assert "confirmed already" in text(Client().get(link))


@pytest.mark.parametrize("key", ["nonsense", "MQ:1abcde:forged", "MQ"])
def test_a_forged_link_confirms_nothing(board: Board, client: Client, key: str) -> None:
    assert client.post(f"/sign-up/confirm/{key}/").status_code == 404


def test_a_waiting_member_who_signs_in_gets_the_letter_again(waiting: Client) -> None:
    other = Client()
    response = other.post("/sign-in/", {"login": "Émile", "password": EMILE["password1"]})
    assert response.headers["Location"] == "/sign-up/confirm/"
    assert not is_signed_in(other)
    assert len(letters("emile@example.org")) == 2


def test_the_letter_can_be_sent_again_from_the_page(waiting: Client) -> None:
    assert "Send it again" in text(waiting.get("/sign-up/confirm/"))
    assert "Another e-mail is on its way" in text(waiting.post("/sign-up/confirm/", follow=True))
    assert len(letters("emile@example.org")) == 2


def test_accounts_that_were_there_before_need_no_confirmation(
    board: Board, sends_mail: None, client: Client
) -> None:
    join(name="Keeper", email="", password=PASSWORD, is_admin=True)
    for login in ("alice", "alice@example.org", "Keeper"):
        other = Client()
        assert other.post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 302
        assert is_signed_in(other), login
    assert letters() == []


def test_a_board_that_stops_asking_for_confirmations_admits_who_waits(waiting: Client, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    before = stamp().members
    other = Client()
    other.post("/sign-in/", {"login": "Émile", "password": EMILE["password1"]})
    assert is_signed_in(other)
    assert stamp().members == before + 1


def test_a_name_that_waited_a_week_is_free_again(waiting: Client) -> None:
    assert forget_waiting() == 0
    User.objects.filter(name="Émile").update(joined_at=now() - timedelta(days=8))
    assert forget_waiting() == 1
    assert not User.objects.filter(name="Émile").exists()


def test_an_optional_confirmation_lets_in_and_sends_a_letter(
    board: Board, sends_mail: None, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    client.post("/sign-up/", EMILE)
    assert is_signed_in(client)
    assert len(letters("emile@example.org")) == 1


def test_signing_up_does_not_tell_whether_an_address_has_an_account(board: Board, sends_mail: None) -> None:
    answers = []
    for email in ("alice@example.org", "new@example.org"):
        client = Client()
        response = client.post("/sign-up/", {**EMILE, "username": email[:3] + "zy", "email": email})
        answers.append(
            (
                response.status_code,
                response.headers["Location"],
                text(client.get("/sign-up/confirm/")).partition("csrf")[0],
            )
        )
    assert answers[0] == answers[1]
    told, fresh = letters("alice@example.org"), letters("new@example.org")
    assert "There is an account with this address already" in told[0].body
    assert "/sign-up/confirm/" in fresh[0].body
    assert User.objects.filter(email="alice@example.org").count() == 1


def test_a_forgotten_password_is_set_by_the_link_of_a_letter(
    board: Board, sends_mail: None, client: Client
) -> None:
    response = client.post("/sign-in/forgotten/", {"email": "ALICE@example.org"}, follow=True)
    assert "An e-mail is on its way" in text(response)
    (letter,) = letters("alice@example.org")
    form = client.get(link_in(letter), follow=True)
    assert "Choose a new password" in text(form)
    address = form.redirect_chain[-1][0]
    weak = client.post(address, {"password1": "P@ssw0rd2024"})
    assert "can be guessed" in text(weak)
    done = client.post(address, {"password1": "quite another phrase"}, follow=True)
    assert "Your password was changed" in text(done)
    assert not is_signed_in(client)
    assert client.post("/sign-in/", {"login": "alice", "password": "quite another phrase"}).status_code == 302
    assert "the password of your account" in letters("alice@example.org")[-1].body
    again = Client().get(link_in(letter), follow=True)
    assert "expired, or was used before" in text(again)


def test_a_reset_link_expires_after_a_day(board: Board, sends_mail: None, client: Client) -> None:
    client.post("/sign-in/forgotten/", {"email": "alice@example.org"})
    link = link_in(letters()[0])
    with time_machine.travel(now() + timedelta(hours=25)):
        page = text(client.get(link, follow=True))
    assert "expired" in page
    assert "/sign-in/forgotten/" in page


def test_asking_for_a_password_does_not_tell_who_has_an_account(board: Board, sends_mail: None) -> None:
    answers = [
        Client().post("/sign-in/forgotten/", {"email": email}).headers["Location"]
        for email in ("alice@example.org", "nobody@example.org")
    ]
    assert answers[0] == answers[1]
    assert "There is no account with this e-mail address" in letters("nobody@example.org")[0].body


def test_links_lead_to_the_boards_own_address_whatever_host_was_asked(
    board: Board, sends_mail: None, client: Client, settings: Any
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://forum.example.org", ["*"]
    client.post("/sign-in/forgotten/", {"email": "alice@example.org"}, headers={"host": "evil.example.com"})
    body = letters()[0].body
    assert "https://forum.example.org/sign-in/forgotten/" in body
    assert "evil" not in body


def test_a_board_without_mail_says_who_can_help(board: Board, client: Client) -> None:
    response = client.get("/sign-in/forgotten/")
    assert response.status_code == 404
    assert "Ask an administrator" in text(response)


def change_address(client: Client, email: str) -> Any:
    return client.post("/settings/account/address/", {"email": email, "password": PASSWORD}, follow=True)


def test_a_new_address_counts_when_it_is_confirmed_and_the_old_one_is_told(
    board: Board, sends_mail: None, as_person: SignedIn
) -> None:
    alice = as_person("alice")
    page = text(change_address(alice, "Alice@Elsewhere.example"))
    assert "Not confirmed yet" in page
    assert User.objects.get(name="alice").email == "alice@example.org"
    done = alice.post(link_in(letters("alice@elsewhere.example")[0]), follow=True)
    assert "Your e-mail address was changed" in text(done)
    assert User.objects.get(name="alice").email == "alice@elsewhere.example"
    told = letters("alice@example.org")
    assert "has a new e-mail address: alice@elsewhere.example" in told[0].body
    assert EmailAddress.objects.filter(user__name="alice").count() == 1


def test_another_accounts_address_cannot_be_had_and_the_page_does_not_tell(
    board: Board, sends_mail: None, as_person: SignedIn
) -> None:
    alice = as_person("alice")
    taken, free = (text(change_address(alice, email)) for email in ("bob@example.org", "free@example.org"))
    assert taken.replace("bob@", "free@").partition("csrf")[0] == free.partition("csrf")[0]
    assert "There is an account with this address already" in letters("bob@example.org")[0].body
    assert "Not confirmed yet" in taken


def test_a_new_address_can_be_forgotten(board: Board, sends_mail: None, as_person: SignedIn) -> None:
    alice = as_person("alice")
    change_address(alice, "new@example.org")
    page = text(alice.post("/settings/account/address/pending/", {"do": "forget"}, follow=True))
    assert "Not confirmed yet" not in page
    assert "alice@example.org" in page
    assert Client().post(link_in(letters("new@example.org")[0])).status_code == 404
    assert User.objects.get(name="alice").email == "alice@example.org"


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("new@example.org", "wrong", "This is not your password."),
        ("alice@example.org", PASSWORD, "is the e-mail address of your account already"),
        ("no address", PASSWORD, "no e-mail address"),
    ],
)
def test_a_wrong_change_of_address_says_why_and_keeps_the_address(
    board: Board, sends_mail: None, as_person: SignedIn, email: str, password: str, words: str
) -> None:
    response = as_person("alice").post("/settings/account/address/", {"email": email, "password": password})
    assert response.status_code == 422
    assert words in text(response)
    assert f'value="{email}"' in text(response)
    assert password not in text(response)
    assert letters() == []


def test_without_mail_an_address_changes_at_once(board: Board, as_person: SignedIn) -> None:
    alice = as_person("alice")
    assert "another account with this" in text(change_address(alice, "bob@example.org"))
    change_address(alice, "new@example.org")
    assert User.objects.get(name="alice").email == "new@example.org"


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(board: Board, sends_mail: None) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    typed = {"oldpassword": PASSWORD, "password1": "quite another phrase"}
    page = text(here.post("/settings/account/password/", typed, follow=True))
    assert "Your password was changed" in page
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert "the password of your account" in letters("alice@example.org")[0].body
    assert "this one" in text(here.get("/settings/sessions/"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("wrong", "quite another phrase", "not your present password"),
        (PASSWORD, "Alice@example.org", "too much like"),
    ],
)
def test_a_wrong_change_of_password_says_why(
    board: Board, as_person: SignedIn, old: str, new: str, words: str
) -> None:
    response = as_person("alice").post("/settings/account/password/", {"oldpassword": old, "password1": new})
    assert response.status_code == 422
    assert words in text(response)
    assert new not in text(response)


def test_a_member_sees_the_own_sessions_and_ends_one_there(board: Board) -> None:
    here, there, other = Client(), Client(), Client()
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    here.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    there.post("/sign-in/", {"login": "alice", "password": PASSWORD}, headers={"user-agent": agent})
    other.post("/sign-in/", {"login": "bob", "password": PASSWORD})
    page = text(here.get("/settings/sessions/"))
    assert page.count('class="browser"') == 2
    assert "Firefox on Linux" in page
    foreign = SignIn.objects.get(user__name="bob")
    assert here.post("/settings/sessions/end/", {"session": str(foreign.pk)}).status_code == 404
    assert is_signed_in(other)
    mine = SignIn.objects.get(browser=agent)
    here.post("/settings/sessions/end/", {"session": str(mine.pk)})
    assert not is_signed_in(there)
    assert is_signed_in(here)


def test_a_member_signs_out_everywhere_else(board: Board) -> None:
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        browser.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    browsers[0].post("/settings/sessions/end/", {"session": "others"})
    assert [is_signed_in(browser) for browser in browsers] == [True, False, False]


def test_a_session_that_ended_leaves_the_list(board: Board) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    there.post("/sign-out/")
    assert text(here.get("/settings/sessions/")).count('class="browser"') == 1


@pytest.mark.parametrize(
    "address", ["/settings/", "/settings/profile/", "/settings/account/", "/settings/sessions/"]
)
def test_a_guest_is_led_to_the_sign_in_and_back(board: Board, client: Client, address: str) -> None:
    assert client.get(address).headers["Location"] == f"/sign-in/?next={address.replace('/', '%2F')}"


def test_a_hash_from_another_board_signs_in(board: Board, real_passwords: None) -> None:
    User.objects.filter(name="carol").update(password=make_password(PASSWORD, hasher="scrypt"))
    client = Client()
    assert client.post("/sign-in/", {"login": "carol", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("address", ["bob@example.org", "nobody-yet@example.org"])
def test_a_second_sign_up_does_not_tell_whether_the_address_of_the_first_had_an_account(
    board: Board, sends_mail: None, address: str
) -> None:
    form = {**EMILE, "username": "Probe", "email": address}
    assert Client().post("/sign-up/", form).status_code == 302
    again = Client().post("/sign-up/", {**form, "email": "another@example.org"})
    assert again.status_code == 200
    assert "Please choose another." in text(again)
    assert Client().get("/u/Probe/").status_code == 404
