"""Which grant decided, for administrators about everybody, and for every member about themselves."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.models import User
from rostra.forums.giving import define_role, give, give_role, set_forum_password
from rostra.kernel.clock import now
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, NEWCOMERS, Holder
from rostra.web.tests.test_rights_pages import text
from tests.cast import Board

SignedIn = Callable[[str], Client]
WHY, MINE = "/manage/rights/why/", "/settings/rights/"


@pytest.fixture
def dora(as_person: SignedIn) -> Client:
    """The administrator's browser."""
    return as_person("dora")


def rows(response: Any) -> list[list[str]]:
    """The table of a page, without tags."""
    found = re.findall(r"<tr.*?</tr>", text(response), re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_who_may_not_give_rights_asks_about_nobody(board: Board, as_person: SignedIn, who: str) -> None:
    assert as_person(who).get(f"{WHY}?member=alice&place=1&may=see").status_code == 403


def test_a_yes_is_explained_with_every_holder(board: Board, dora: Client) -> None:
    page = dora.get(f"{WHY}?member=BOB&place={board.europe.pk}&may=mod_lock")
    assert "bob may do this in “Europe”: Lock topics and posts." in text(page)
    assert "A yes allows it, and there is no never: Europe Mods (moderators of “Europe”)." in text(page)
    assert rows(page) == [
        ["Members", "–", "nothing was given · Change: Members"],
        ["Europe Mods (decides)", "Yes", "moderators of “Europe” · Change: Europe Mods"],
        ["bob", "–", "nothing was given · Change: bob"],
    ]
    assert f'"/manage/rights/?place={board.europe.pk}&holder=group-{board.moderators.pk}#v-mod_lock"' in text(
        page
    )


def test_a_never_is_explained_with_its_role(board: Board, dora: Client) -> None:
    define_role(giver=board.actor("dora"), name="Quiet", values={"reply": "never"})
    me = Holder("member", str(board.people["bob"].pk))
    give_role(giver=board.actor("dora"), holder=me, place=board.category.pk, role="Quiet")
    page = text(dora.get(f"{WHY}?member=bob&place={board.asia.pk}&may=reply"))
    assert "bob may not do this in “Asia”: Reply to topics." in page
    assert "A never forbids it, whatever else is given: bob (The world, role “Quiet”)." in page


def test_what_nobody_gives_and_what_is_hidden_above_is_said(board: Board, dora: Client) -> None:
    page = text(dora.get(f"{WHY}?member=&place={board.asia.pk}&may=reply"))
    assert "A guest may not do this in “Asia”: Reply to topics." in page
    assert "Nobody gives it: there is no yes." in page
    give(giver=board.actor("dora"), holder=GUESTS, place=board.category.pk, values={"see": "no"})
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"see": "yes"})
    page = text(dora.get(f"{WHY}?member=&place={board.asia.pk}&may=see"))
    assert "A guest may not do this in “Asia”" in page
    assert "“The world” may not be seen, and so nothing below it is there." in page


def test_a_password_is_said_to_be_there(board: Board, dora: Client) -> None:
    set_forum_password(giver=board.actor("dora"), place=board.category.pk, password="open sesame")
    told = "“The world” has a password."
    assert told in text(dora.get(f"{WHY}?member=alice&place={board.europe.pk}&may=read"))
    assert told not in text(dora.get(f"{WHY}?member=bob&place={board.europe.pk}&may=read"))


def test_administrators_need_no_grant(board: Board, dora: Client) -> None:
    page = text(dora.get(f"{WHY}?member=dora&place={board.asia.pk}&may=mod_ban"))
    assert "Administrators may do everything everywhere." in page


def test_nobody_of_that_name_is_said(board: Board, dora: Client) -> None:
    answer = dora.get(f"{WHY}?member=nobody&place=0&may=see")
    assert answer.status_code == 422
    assert "Nobody is called “nobody” here." in text(answer)
    assert dora.get(f"{WHY}?member=%00&place=x&may=fly").status_code == 422


def test_a_member_sees_what_holds_everywhere_and_where_more(board: Board, as_person: SignedIn) -> None:
    page = text(as_person("bob").get(MINE))
    everywhere, _heading, europe = page.partition("Also in")
    assert "Reply to topics" in everywhere
    assert "Lock topics and posts" not in everywhere
    assert "Lock topics and posts" in europe.partition("Why?")[0]
    assert "Europe Mods" in everywhere
    assert "You are new here" not in page
    assert "Also in" not in text(as_person("alice").get(MINE))
    assert Client().get(MINE).status_code == 302


def test_a_member_learns_why_but_not_of_forums_that_are_hidden(board: Board, as_person: SignedIn) -> None:
    give(giver=board.actor("dora"), holder=MEMBERS, place=board.asia.pk, values={"see": "no"})
    alice = as_person("alice")
    page = text(alice.get(f"{MINE}?place={board.europe.pk}&may=reply"))
    assert "alice may do this in “Europe”: Reply to topics." in page
    assert "/manage/" not in page
    assert "Asia" not in text(alice.get(f"{MINE}?place={board.asia.pk}&may=see"))


@pytest.mark.parametrize(
    ("days", "posts", "words"),
    [
        (0, 5, ["That ends when you have written more: 2 more posts."]),
        (10, 0, ["That ends by itself:", "<time"]),
        (10, 5, ["That ends when these days are over and you have written more:", "; 2 more posts."]),
        (3, 3, []),
    ],
)
def test_a_newcomer_sees_when_that_ends(
    board: Board, as_person: SignedIn, settings: Any, days: int, posts: int, words: list[str]
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"newcomer_days": days, "newcomer_posts": posts})
    User.objects.filter(name="alice").update(joined_at=now() - timedelta(days=4), post_count=3)
    give(giver=board.actor("dora"), holder=NEWCOMERS, place=BOARD, values={"begin": "never"})
    page = text(as_person("alice").get(f"{MINE}?place={board.europe.pk}&may=begin"))
    assert ("You are new here." in page) is bool(words)
    assert all(each in page for each in words)
    assert ("A never forbids it, whatever else is given: Newcomers (The whole board)." in page) is bool(words)
