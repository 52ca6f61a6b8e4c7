"""The page where rights are given: what it shows, what a change would do, and what it refuses."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.board.queries import stamp
from rostra.forums.effects import Said, said
from rostra.forums.giving import define_role, give
from rostra.forums.queries import forest
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, Holder
from tests.cast import Board

SignedIn = Callable[[str], Client]
HOME = "/manage/rights/"


def text(response: Any) -> str:
    """The page as people read it."""
    return html.unescape(re.sub(r"</?bdi>", "", response.content.decode()))


def fields(response: Any) -> dict[str, str]:
    """The hidden fields of a page's last form."""
    form = response.content.decode().rpartition("<form")[2]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def opened(browser: Client, place: int, holder: str) -> dict[str, str]:
    """What the form brings along that was opened."""
    page = browser.get(f"{HOME}?place={place}&holder={holder}").content.decode()
    form = page[page.index('class="plain rights"') :]
    found = re.findall(r'<input type="hidden" name="(place|holder|seen)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found}


def now(holder: Holder, place: int) -> Said:
    """What is said of a holder."""
    return said(forest(stamp().structure).book, holder, place)


@pytest.fixture
def dora(as_person: SignedIn) -> Client:
    """The administrator's browser."""
    return as_person("dora")


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_who_may_not_give_rights_has_none_of_it(board: Board, as_person: SignedIn, who: str) -> None:
    browser = as_person(who)
    assert browser.get(HOME).status_code == 403
    form = {"place": "0", "holder": "circle-guests", "v-see": "never", "do": "save"}
    assert browser.post(HOME, form).status_code == 403
    assert now(GUESTS, BOARD) == Said({})
    assert 'href="/manage/' not in browser.get("/").content.decode()


def test_a_guest_is_led_to_the_sign_in_page(board: Board) -> None:
    assert Client().get(HOME).headers["Location"] == "/sign-in/?next=%2Fmanage%2Frights%2F"


def test_a_member_with_that_right_finds_these_pages_and_no_others(board: Board, as_person: SignedIn) -> None:
    me = Holder("member", str(board.people["alice"].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_rights": "yes"})
    alice = as_person("alice")
    assert 'href="/manage/rights/"' in text(alice.get("/"))
    page = text(alice.get(HOME))
    assert "Choose where and to whom" in page
    assert "/manage/tags/" not in page
    assert alice.get("/manage/tags/").status_code == 403


def test_the_form_says_what_holds_without_a_value_and_from_where(board: Board, dora: Client) -> None:
    give(giver=board.actor("dora"), holder=GUESTS, place=board.category.pk, values={"read": "never"})
    page = text(dora.get(f"{HOME}?place={board.asia.pk}&holder=circle-guests"))
    assert "Rights: Guests, Asia" in page
    assert "As above: Never (The world)" in page
    assert "As above: Yes (so from the beginning)" in page
    assert "As above: No (nothing was given)" in page
    assert "Give and take rights" not in page, "that holds for the whole board"
    assert "Give and take rights" in text(dora.get(f"{HOME}?place=0&holder=circle-guests"))
    mods = text(dora.get(f"{HOME}?place={board.europe.pk}&holder=group-{board.moderators.pk}"))
    assert "As above: Yes (moderators of “Europe”)" in mods


def test_a_member_is_found_by_name(board: Board, dora: Client) -> None:
    answer = dora.get(f"{HOME}?place={board.asia.pk}&holder=circle-guests&member=Alice")
    assert (
        answer.headers["Location"] == f"{HOME}?place={board.asia.pk}&holder=member-{board.people['alice'].pk}"
    )
    assert "Rights: alice, Asia" in text(dora.get(answer.headers["Location"]))
    missing = dora.get(HOME, {"member": "nobody"})
    assert missing.status_code == 422
    assert "Nobody is called “nobody” here." in text(missing)


def test_a_member_is_at_one_address(board: Board, dora: Client) -> None:
    number = board.people["alice"].pk
    assert dora.get(f"{HOME}?place=0&holder=member-{number}").status_code == 200
    assert dora.get(f"{HOME}?place=0&holder=member-0{number}").status_code == 404


def test_a_change_is_shown_first_and_saved_after_that(board: Board, dora: Client) -> None:
    topic = board.topic(forum=board.asia)
    board.reply(topic)
    give(giver=board.actor("dora"), holder=GUESTS, place=board.category.pk, values={"see": "no"})
    form = opened(dora, board.category.pk, "circle-guests")
    shown = dora.post(HOME, {**form, "v-see": "yes", "do": "show"})
    assert "Guests: 2 more forums, 2 posts" in text(shown)
    assert "Appears: The world, Europe, Asia" in text(shown)
    assert "Members:" not in text(shown)
    assert now(GUESTS, board.category.pk) == Said({"see": "no"}), "nothing is saved yet"
    saved = dora.post(HOME, {**fields(shown), "do": "save"})
    assert saved.status_code == 302
    assert now(GUESTS, board.category.pk) == Said({"see": "yes"})
    assert "Saved. It holds from now on." in text(dora.get(saved.headers["Location"]))


def test_nothing_is_saved_that_was_not_shown(board: Board, dora: Client) -> None:
    form = opened(dora, board.asia.pk, "circle-guests")
    assert "What changes" in text(dora.post(HOME, {**form, "v-see": "no", "do": "save"}))
    shown = fields(dora.post(HOME, {**form, "v-see": "no", "do": "show"}))
    for change in ({"v-read": "never"}, {"holder": "circle-members"}, {"token": "forged:x"}):
        assert dora.post(HOME, {**shown, **change, "do": "save"}).status_code in (200, 409)
    assert now(GUESTS, board.asia.pk) == now(MEMBERS, board.asia.pk) == Said({})
    give(giver=board.actor("dora"), holder=MEMBERS, place=BOARD, values={"reply": "no"})
    again = dora.post(HOME, {**shown, "do": "save"})
    assert "Nothing is saved yet: look again." in text(again)
    assert now(GUESTS, board.asia.pk) == Said({})


def test_a_role_that_was_changed_after_the_effect_was_shown_is_shown_again(
    board: Board, dora: Client
) -> None:
    giver = board.actor("dora")
    define_role(giver=giver, name="Quiet", values={"report": "no"})
    form = opened(dora, board.asia.pk, "circle-guests")
    shown = fields(dora.post(HOME, {**form, "role": "Quiet", "do": "show"}))
    define_role(giver=giver, name="Quiet", values={"see": "never", "read": "never"})
    again = dora.post(HOME, {**shown, "do": "save"})
    assert "Nothing is saved yet: look again." in text(again)
    assert now(GUESTS, board.asia.pk) == Said({})
    assert dora.post(HOME, {**fields(again), "do": "save"}).status_code == 302
    assert now(GUESTS, board.asia.pk).role == "Quiet"


def test_what_was_typed_stands_in_the_form_again(board: Board, dora: Client) -> None:
    form = opened(dora, board.asia.pk, "circle-guests")
    shown = fields(dora.post(HOME, {**form, "v-see": "never", "do": "show"}))
    page = dora.post(HOME, {**shown, "do": "edit"}).content.decode()
    field = page[page.index('id="v-see"') :]
    assert '<option value="never" selected>' in field[: field.index("</select>")]


def test_a_form_that_others_overtook_shows_both_and_asks_again(board: Board, dora: Client) -> None:
    form = opened(dora, board.asia.pk, "circle-guests")
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"read": "never"})
    late = dora.post(HOME, {**form, "v-read": "no", "do": "show"})
    assert late.status_code == 409
    assert "Somebody else has changed this" in text(late)
    assert "By now: Never" in text(late)
    assert now(GUESTS, board.asia.pk) == Said({"read": "never"})
    again = dict(re.findall(r'name="(place|holder|seen)" value="([^"]*)"', late.content.decode()))
    shown = dora.post(HOME, {**again, "v-read": "no", "do": "show"})
    assert dora.post(HOME, {**fields(shown), "do": "save"}).status_code == 302
    assert now(GUESTS, board.asia.pk) == Said({"read": "no"})


def test_who_would_lose_the_right_to_give_is_warned_and_must_say_so(
    board: Board, as_person: SignedIn
) -> None:
    me, key = Holder("member", str(board.people["alice"].pk)), f"member-{board.people['alice'].pk}"
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_rights": "yes"})
    alice = as_person("alice")
    shown = alice.post(HOME, {**opened(alice, BOARD, key), "do": "show"})
    assert "could not undo it" in text(shown)
    assert "alice: 1 right lost" in text(shown)
    refused = alice.post(HOME, {**fields(shown), "do": "save"})
    assert (refused.status_code, "could not undo it" in text(refused)) == (403, True)
    assert now(me, BOARD).values == {"manage_rights": "yes"}
    assert alice.post(HOME, {**fields(refused), "do": "save", "loss": "yes"}).status_code == 302
    assert now(me, BOARD) == Said({})
    assert alice.get(HOME).status_code == 403


def test_a_role_is_given_and_named_as_the_source(board: Board, dora: Client) -> None:
    define_role(giver=board.actor("dora"), name="Quiet", values={"reply": "never", "begin": "never"})
    form = opened(dora, board.europe.pk, "circle-members")
    shown = dora.post(HOME, {**form, "role": "Quiet", "v-begin": "yes", "do": "show"})
    assert "Lost: Reply to topics (Europe)" in text(shown)
    assert "Begin topics" not in text(shown)
    assert dora.post(HOME, {**fields(shown), "do": "save"}).status_code == 302
    assert now(MEMBERS, board.europe.pk) == Said({"begin": "yes"}, "Quiet")
    assert "As above: Never (Europe, role “Quiet”)" in text(
        dora.get(f"{HOME}?place={board.europe.pk}&holder=circle-members")
    )


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"v-see": "perhaps"}, 422),
        ({"role": "None of these"}, 422),
        ({"place": "999"}, 404),
        ({"place": "x"}, 404),
        ({"holder": "group-999"}, 404),
        ({"holder": "circle-friends"}, 404),
        ({"holder": "member-x\0"}, 404),
        ({"seen": ""}, 409),
    ],
)
def test_what_cannot_be_given_is_refused(
    board: Board, dora: Client, form: dict[str, str], status: int
) -> None:
    good = {**opened(dora, board.asia.pk, "circle-guests"), "do": "show"}
    assert dora.post(HOME, good).status_code == 200
    assert dora.post(HOME, {**good, **form}).status_code == status
