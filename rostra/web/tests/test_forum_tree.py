"""The pages where the tree of forums is changed: the effect first, and for whom they are."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.forums.arranging import Described as Said
from rostra.forums.arranging import add_forum, drop_forum, why_not_empty
from rostra.forums.giving import give, set_forum_password
from rostra.forums.models import Forum
from rostra.houserules import inheritance
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.models import HouseRule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refused
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.models import LogEntry
from rostra.moderation.reasons import Reasons
from rostra.modmail.actions import Letter, write_to_moderators
from rostra.modmail.models import Conversation
from rostra.notes.actions import write_note
from rostra.notes.models import MemberNote
from rostra.permissions.resolution import BOARD, GUESTS, Holder
from rostra.topics.models import Held, Shadow, Topic
from rostra.topics.moving import move_topic
from rostra.web.tests.test_rights_pages import fields
from tests.cast import Board

SignedIn = Callable[[str], Client]
HOME = "/manage/forums/"
PAGES = ("", "new/", "{e}/", "{e}/move/", "{e}/drop/")


def text(response: Any) -> str:
    """The page as people read it."""
    return html.unescape(response.content.decode())


def _save(browser: Client, path: str, typed: dict[str, str]) -> tuple[str, Any]:
    """What the page with the effect says, and the answer to its form."""
    shown = browser.post(f"{HOME}{path}", {**typed, "do": "show"})
    return text(shown), browser.post(f"{HOME}{path}", {**fields(shown), "do": "save"})


@pytest.fixture
def dora(as_person: SignedIn) -> Client:
    """The administrator's browser."""
    return as_person("dora")


@pytest.mark.parametrize("page", PAGES)
def test_these_pages_are_for_who_was_given_that(
    board: Board, client: Client, as_person: SignedIn, page: str
) -> None:
    address = f"{HOME}{page}".format(e=board.europe.pk)
    assert client.get(address).headers["Location"].startswith("/sign-in/")
    for name in ("alice", "bob"):
        assert as_person(name).get(address).status_code == 403
        assert (
            as_person(name).post(address, {"do": "save", "forum": board.asia.pk, "to": "up"}).status_code
            == 403
        )
    holder = Holder("member", str(board.people["alice"].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"manage_forums": "yes"})
    alice = as_person("alice")
    assert alice.get(address).status_code == 200
    assert 'href="/manage/forums/"' in text(alice.get("/"))
    assert "/manage/rights/" not in text(alice.get(address))


def test_a_forum_is_added_after_it_was_said_who_finds_it(board: Board, dora: Client) -> None:
    lay_down_rule(author=board.actor("dora"), forum=board.node(), text="Quote.")
    give(giver=board.actor("dora"), holder=GUESTS, place=board.europe.pk, values={"read": "no"})
    typed = {
        "kind": "forum",
        "place": str(board.europe.pk),
        "name": "Balkans <b>",
        "rules": 'One\r\ntwo "three"',
    }
    told, answer = _save(dora, "new/", typed)
    for words in ("last one below “Europe”", "Guests find it and do not read in it.", "Members read and write in it.",
                  "the rules of “Europe” hold in it", "Its moderators: Europe Mods."):  # fmt: skip
        assert words in told
    assert answer.headers["Location"] == f"{HOME}?done=added"
    made = Forum.objects.get(name="Balkans <b>")
    assert (made.parent_id, made.rules) == (board.europe.pk, 'One\ntwo "three"')
    assert "Balkans <b>" in text(dora.get(HOME))


def test_nothing_is_saved_that_was_not_shown(board: Board, dora: Client) -> None:
    typed = {"kind": "forum", "place": "0", "name": "Africa"}
    assert "Nothing is saved yet" in text(dora.post(f"{HOME}new/", {**typed, "do": "save"}))
    shown = fields(dora.post(f"{HOME}new/", {**typed, "do": "show"}))
    assert dora.post(f"{HOME}new/", {**shown, "name": "Antarctica", "do": "save"}).status_code == 200
    assert not Forum.objects.filter(name__startswith="A").exclude(name="Asia").exists()


def test_what_was_typed_stays_with_the_fault_at_its_field(board: Board, dora: Client) -> None:
    typed = {
        "kind": "link",
        "place": "0",
        "name": "Elsewhere",
        "link": "ftp://a.example",
        "description": "Far",
    }
    answer = dora.post(f"{HOME}new/", {**typed, "do": "show"})
    assert answer.status_code == 422
    page = text(answer)
    assert 'id="link_fault"' in page
    assert 'value="ftp://a.example"' in page
    assert "Far</textarea>" in page
    back = dora.post(f"{HOME}new/", {**typed, "do": "edit"})
    assert 'value="Elsewhere"' in text(back)


def test_a_forum_is_renamed_and_closed_after_that_was_said(
    board: Board, dora: Client, client: Client
) -> None:
    board.topic()
    typed = {
        "name": "The Europes",
        "description": "From Lisbon to Tbilisi.",
        "rules": "No one line posts please.",
        "closed": "yes",
    }
    told, answer = _save(dora, f"{board.europe.pk}/", typed)
    assert "becomes “The Europes”" in told
    assert "its 1 topic stays readable" in told
    assert "The description changes" not in told
    assert answer.status_code == 302
    old = client.get(f"/f/{board.europe.pk}-europe/")
    assert old.headers["Location"] == f"/f/{board.europe.pk}-the-europes/"
    told, _answer = _save(dora, f"{board.europe.pk}/", {**typed, "closed": ""})
    assert "can write in it again" in told


def test_a_move_says_who_gains_and_loses_what(board: Board, dora: Client) -> None:
    giver = board.actor("dora")
    give(giver=giver, holder=GUESTS, place=board.asia.pk, values={"see": "no"})
    lay_down_rule(author=giver, forum=board.node(board.asia), text="Quote.")
    set_forum_password(giver=giver, place=board.asia.pk, password="a b c")
    told, answer = _save(dora, f"{board.europe.pk}/move/", {"place": str(board.asia.pk)})
    for words in ("Disappears: Europe", "The rules of “Asia” hold in it.", "password of a forum above first"):
        assert words in told
    assert answer.headers["Location"] == f"{HOME}?done=moved#forum-{board.europe.pk}"
    assert board.node().ancestors[-1].name == "Asia"
    assert "Europe" not in text(Client().get("/"))
    told, _answer = _save(dora, f"{board.europe.pk}/move/", {"place": str(board.category.pk)})
    for words in ("Appears: Europe", "do not hold in it any more", "need not be typed"):
        assert words in told


def test_a_move_that_gives_rights_is_refused_before_it_is_told(
    board: Board, as_person: Callable[[str], Client]
) -> None:
    holder = Holder("member", str(board.people["alice"].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"manage_forums": "yes"})
    address, place = f"{HOME}{board.europe.pk}/move/", str(board.asia.pk)
    assert as_person("alice").post(address, {"place": place, "do": "show"}).status_code == 200
    give(giver=board.actor("dora"), holder=GUESTS, place=board.europe.pk, values={"see": "no"})
    give(giver=board.actor("dora"), holder=GUESTS, place=board.category.pk, values={"read": "no"})
    answer = as_person("alice").post(address, {"place": "0", "do": "show"})
    assert answer.status_code == 422
    assert "you may not give rights" in text(answer)


def test_a_place_where_it_cannot_stand_is_refused(board: Board, dora: Client) -> None:
    inner = add_forum(manager=board.actor("dora"), kind="forum", parent=board.europe.pk, said=Said("Balkans"))
    answer = dora.post(f"{HOME}{board.europe.pk}/move/", {"place": str(inner.pk), "do": "show"})
    assert answer.status_code == 422
    assert "neither a link nor below this one" in text(answer)


def test_a_move_that_brings_too_many_rules_is_refused(
    board: Board, dora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for forum in (board.europe, board.asia):
        lay_down_rule(author=board.actor("dora"), forum=board.node(forum), text="Quote.")
    monkeypatch.setattr(inheritance, "MOST_RULES", 1)
    _told, answer = _save(dora, f"{board.europe.pk}/move/", {"place": str(board.asia.pk)})
    assert answer.status_code == 422
    assert "at most 1 rules" in text(answer)
    assert board.node().ancestors[-1].name == "The world"


def test_neighbours_change_places(board: Board, dora: Client) -> None:
    dora.post(HOME, {"forum": board.asia.pk, "to": "up"})
    page = text(dora.get("/"))
    assert page.index("Asia") < page.index(">Europe<")


def test_an_empty_forum_is_deleted_with_its_rules_after_that_was_said(board: Board, dora: Client) -> None:
    lay_down_rule(author=board.actor("dora"), forum=board.node(board.asia), text="Quote.")
    page = text(dora.get(f"{HOME}{board.asia.pk}/drop/"))
    assert "Its 1 house rule goes with it" in page
    assert dora.post(f"{HOME}{board.asia.pk}/drop/").headers["Location"] == f"{HOME}?done=dropped"
    assert not HouseRule.objects.exists()
    assert dora.get(f"{HOME}{board.asia.pk}/").status_code == 404


def test_a_forum_that_was_moderated_is_deleted_when_all_of_it_went_elsewhere(
    board: Board, dora: Client
) -> None:
    giver, node, topic = board.actor("dora"), board.node(board.asia), board.topic(forum=board.asia)
    move_topic(moderator=giver, topic=board.row(topic.id), forum=node, to=board.node(), days=30)
    write_note(author=giver, member_id=board.people["alice"].pk, words="Asks a lot.", forum_id=node.id)
    letter = write_to_moderators(
        member=board.actor("alice"), forum=node, letter=Letter("Hello", "A question.")
    )
    assert LogEntry.objects.filter(forum=board.asia).exists()
    assert Shadow.objects.filter(forum=board.asia).exists()
    assert "Its letters become the administrators'" in text(dora.get(f"{HOME}{node.id}/drop/"))
    assert dora.post(f"{HOME}{node.id}/drop/").headers["Location"] == f"{HOME}?done=dropped"
    assert Conversation.objects.get(id=letter.conversation_id).forum_id is None
    assert not MemberNote.objects.exists()
    assert LogEntry.objects.filter(forum=board.europe).exists(), "the other forum keeps its own"


def test_a_forum_in_which_something_was_written_or_decided_stays(board: Board, dora: Client) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=board.node(), text="Quote.")
    topic = board.topic()
    reasons = Reasons(rule, "It is about something else.")
    remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=board.reply(topic).pk, reasons=reasons
    )
    move_topic(
        moderator=board.actor("dora"),
        topic=board.row(topic.id),
        forum=board.node(),
        to=board.node(board.asia),
    )
    assert not Topic.objects.filter(forum=board.europe).exists()
    answer = dora.post(f"{HOME}{board.europe.pk}/drop/")
    assert answer.status_code == 409
    assert "something in it" in text(answer)
    empty = add_forum(manager=board.actor("dora"), kind="forum", parent=None, said=Said("Empty"))
    Held.objects.create(
        kind="topic", forum=empty, author=board.people["alice"], markup="plain", source="x", held_at=now()
    )
    assert why_not_empty(empty.pk)
    with pytest.raises(Refused):
        drop_forum(manager=board.actor("dora"), forum_id=empty.pk)
