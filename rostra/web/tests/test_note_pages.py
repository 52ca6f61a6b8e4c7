"""Notes about members in a browser, with the decisions beside them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.models import Group
from rostra.board.actions import close_for_writing
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.reasons import Reasons
from rostra.notes.models import MemberNote
from rostra.permissions.resolution import GUESTS, MEMBERS, Holder
from rostra.web.moderation.notes import pieces_of
from tests.cast import Board

SignedIn = Callable[[str], Client]
PAGE = "/u/carol/notes/"
SECRET = "Has three accounts, I think."


def html(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("who", "status"), [("guest", 302), ("alice", 403), ("carol", 403), ("bob", 200), ("dora", 200)]
)
def test_who_has_the_page(board: Board, as_person: SignedIn, who: str, status: int) -> None:
    as_person("dora").post(PAGE, {"words": SECRET})
    browser = Client() if who == "guest" else as_person(who)
    answer = browser.get(PAGE)
    assert answer.status_code == status
    assert (SECRET in html(answer)) is (status == 200)
    assert ("notes/" in html(browser.get("/u/carol/"))) is (status == 200)
    assert (browser.post(PAGE, {"words": "More."}).status_code == 302) is (status == 200)
    assert MemberNote.objects.count() == 1 + (status == 200)


def test_the_profile_says_how_many_there_are_and_the_page_lists_them(
    board: Board, as_person: SignedIn
) -> None:
    bob = as_person("bob")
    assert "Notes of moderators: 0" in html(bob.get("/u/carol/"))
    page = html(bob.post(PAGE, {"words": "See <b>#12</b> and /case/3/."}, follow=True))
    assert "The note is written." in page
    assert '&lt;b&gt;<a href="/p/12">#12</a>&lt;/b&gt; and <a href="/case/3/">/case/3/</a>.' in page
    for address in ("/u/carol/", "/u/carol/topics/"):
        assert "Notes of moderators: 1" in html(bob.get(address))
    answer = bob.post(f"{PAGE}{MemberNote.objects.get().pk}/withdraw", follow=True)
    assert "The note is taken back." in html(answer)
    assert not MemberNote.objects.exists()


def test_what_cannot_be_taken_stays_in_the_form(board: Board, as_person: SignedIn) -> None:
    bob = as_person("bob")
    answer = bob.post(PAGE, {"words": "Kept in the form.", "forum": str(board.asia.pk)})
    assert answer.status_code == 422
    assert "Choose a forum in which you may write notes." in html(answer)
    assert "Kept in the form.</textarea>" in html(answer)
    assert "/case/7/ </textarea>" in html(bob.get(f"{PAGE}?case=7"))


def test_decisions_of_forums_that_one_moderates_stand_beside_the_notes(
    board: Board, as_person: SignedIn
) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
    group = Group.objects.create(name="Asia Mods")
    board.moderate(board.asia, group, "alice")
    values = {"see": "yes", "read": "yes", "read_others": "yes"}
    give(giver=board.actor("dora"), holder=Holder("group", str(group.pk)), place=board.asia.pk, values=values)
    for holder in (GUESTS, MEMBERS):
        give(
            giver=board.actor("dora"), holder=holder, place=board.asia.pk, values={"see": "no", "read": "no"}
        )
    post = board.reply(board.topic(), by="carol")
    case = remove_with_reasons(
        moderator=board.actor("bob"),
        forum=board.node(),
        post_id=post.pk,
        reasons=Reasons(rule, "It was not kind at all."),
    )
    as_person("alice").post(PAGE, {"words": "A thing in Asia.", "forum": str(board.asia.pk)})
    of_bob, of_alice = html(as_person("bob").get(PAGE)), html(as_person("alice").get(PAGE))
    assert f'<a href="/case/{case.pk}/">A post was removed</a>' in of_bob
    assert f'<a href="/case/{case.pk}/">' not in of_alice
    assert "A thing in Asia." not in of_bob
    assert "Asia" not in of_bob
    assert "A thing in Asia." in of_alice
    assert "Notes of moderators: 0" in html(as_person("bob").get("/u/carol/"))
    assert f"/u/carol/notes/?case={case.pk}" in html(as_person("bob").get(f"/case/{case.pk}/"))


def test_notes_are_in_no_feed_or_page_of_others(board: Board, as_person: SignedIn) -> None:
    board.reply(board.topic(), by="carol")
    as_person("bob").post(PAGE, {"words": SECRET})
    for browser in (Client(), as_person("carol"), as_person("alice")):
        for address in ("/", "/u/carol/", "/u/carol/feed/", "/feed/", "/moderation/log/", "/cases/"):
            assert SECRET not in html(browser.get(address, follow=True))


def test_long_lists_of_notes_have_pages(
    board: Board, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = as_person("bob")
    for number in range(51):
        bob.post(PAGE, {"words": f"Note {number}."})
    page = html(bob.get(PAGE))
    assert "Note 50." in page
    assert "Note 0." not in page
    assert "Notes of moderators: 50+" in html(bob.get("/u/carol/"))
    first = MemberNote.objects.order_by("id")[1].pk
    assert f"{PAGE}?before={first}" in page
    assert "Note 0." in html(bob.get(f"{PAGE}?before={first}"))


def test_only_posts_and_cases_are_led_to() -> None:
    led = [
        piece.leads_to
        for piece in pieces_of("#1, a#2, &#3; /case/4/ /case/x /p/5 x/case/6")
        if piece.leads_to
    ]
    assert led == ["/p/1", "/case/4/"]


def test_while_the_board_is_read_only_a_note_stays_in_the_form(board: Board, as_person: SignedIn) -> None:
    bob = as_person("bob")
    close_for_writing(reason="We move.")
    answer = bob.post(PAGE, {"words": SECRET})
    assert answer.status_code == 403
    assert f"{SECRET}</textarea>" in html(answer)
    assert "We move." in html(answer)
