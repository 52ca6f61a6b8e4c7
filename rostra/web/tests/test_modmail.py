"""Letters between members and moderators in a browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts.models import Group, User
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.mail.models import Letter
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.reasons import Reasons
from rostra.modmail.models import Conversation
from rostra.permissions.resolution import GUESTS, MEMBERS, Holder
from tests.cast import Board

SignedIn = Callable[[str], Client]
WRITE = "/u/alice/write/"


def html(response: Any) -> str:
    return str(response.content.decode())


def form(board: Board, **more: str) -> dict[str, str]:
    return {"forum": str(board.europe.pk), "subject": "Your topic", "words": "May we move it?", **more}


def begun(board: Board, as_person: SignedIn) -> str:
    as_person("bob").post(WRITE, form(board))
    return f"/mail/{Conversation.objects.get().pk}/"


def test_a_letter_of_moderators_is_announced_read_and_answered(
    board: Board, as_person: SignedIn, sends_mail: None
) -> None:
    alice, bob = as_person("alice"), as_person("bob")
    assert bob.post(WRITE, form(board)).status_code == 302
    page = f"/mail/{Conversation.objects.get().pk}/"
    letter = Letter.objects.get()
    assert letter.recipient == "alice@example.org"
    assert "May we move it?" in letter.body
    assert page in letter.body
    assert "bob" not in letter.body
    assert "Moderators of Europe · Moderator " in letter.body
    assert "Moderators have written to you." in html(alice.get("/"))
    own = html(alice.get("/mail/"))
    assert f'<a href="{page}"><bdi>Your topic</bdi></a>' in own
    assert "new</strong>" in own
    shown = html(alice.get(page))
    assert "Moderators of Europe · Moderator " in shown
    assert "bob" not in shown
    assert "Moderators have written to you." not in html(alice.get("/"))
    alice.post(f"{page}answer", {"words": "Yes, <b>please</b>."})
    queue = html(bob.get("/moderate/"))
    assert f'<a href="{page}"><bdi>Your topic</bdi></a>' in queue
    shown = html(bob.get(page))
    assert "Yes, &lt;b&gt;please&lt;/b&gt;." in shown
    assert "bob · Moderators of Europe" in shown
    assert '<a href="/u/alice/notes/">' in shown
    assert Letter.objects.count() == 1, "moderators are not written to"


def test_a_letter_names_no_forum_that_the_member_does_not_find_any_more(
    board: Board, as_person: SignedIn, sends_mail: None
) -> None:
    page, giver = begun(board, as_person), board.actor("dora")
    for holder in (GUESTS, MEMBERS):
        give(giver=giver, holder=holder, place=board.europe.pk, values={"see": "no", "read": "no"})
    moderators = Holder("group", str(board.moderators.pk))
    give(giver=giver, holder=moderators, place=board.europe.pk, values={"see": "yes", "read": "yes"})
    Letter.objects.all().delete()
    assert as_person("bob").post(f"{page}answer", {"words": "We moved it."}).status_code == 302
    body = Letter.objects.get().body
    assert "Europe" not in body
    assert "The moderators · Moderator " in body
    assert "We moved it." in body


def test_a_board_that_names_its_moderators_names_them(
    board: Board, as_person: SignedIn, settings: Any
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"moderator_names": "names"})
    assert "Moderators of Europe · bob" in html(as_person("alice").get(begun(board, as_person)))


@pytest.mark.parametrize(
    ("who", "status"), [("guest", 404), ("carol", 404), ("alice", 200), ("bob", 200), ("dora", 200)]
)
def test_who_finds_a_conversation(board: Board, as_person: SignedIn, who: str, status: int) -> None:
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "carol")
    page = begun(board, as_person)
    browser = Client() if who == "guest" else as_person(who)
    assert browser.get(page).status_code == status
    closes = browser.post(f"{page}close").status_code
    assert closes == (302 if who in ("bob", "dora") else 403 if who == "alice" else 404)
    answers = browser.post(f"{page}answer", {"words": "Me too."}).status_code
    assert answers == (404 if status == 404 else 302)
    listed = browser.get("/moderate/mail/?state=answered")
    assert listed.status_code == {"guest": 302, "alice": 403}.get(who, 200)
    assert ("Your topic" in html(listed)) is (who in ("bob", "dora"))


@pytest.mark.parametrize(
    ("who", "status"), [("guest", 302), ("alice", 403), ("carol", 403), ("bob", 200), ("dora", 200)]
)
def test_who_writes_as_moderators(board: Board, as_person: SignedIn, who: str, status: int) -> None:
    browser = Client() if who == "guest" else as_person(who)
    assert browser.get(WRITE).status_code == status
    assert (WRITE in html(browser.get("/u/alice/"))) is (status == 200)
    topic = board.topic()
    assert ("Write as moderators" in html(browser.get(topic.address))) is (status == 200)
    assert (browser.post(WRITE, form(board)).status_code == 302) is (status == 200)
    assert Conversation.objects.count() == (status == 200)


def test_from_a_post_or_a_case_it_is_about_that(board: Board, as_person: SignedIn) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
    topic, dora = board.topic(), as_person("dora")
    posts = [board.reply(topic, by="alice"), board.reply(topic, by="alice"), board.reply(topic, by="carol")]
    case = remove_with_reasons(
        moderator=board.actor("bob"),
        forum=board.node(),
        post_id=posts[0].pk,
        reasons=Reasons(rule, "It was not kind at all."),
    )
    for query, name, number in (("post", "post_id", posts[1].pk), ("case", "case_id", case.pk)):
        page = html(dora.get(f"{WRITE}?{query}={number}"))
        assert f'<option value="{board.europe.pk}" selected>' in page
        answer = dora.post(WRITE, form(board, **{query: str(number)}), follow=True)
        assert (f"#{number}</a>" if query == "post" else f"Case {number}</a>") in html(answer)
        assert Conversation.objects.filter(**{name: number}).count() == 1
    dora.post(WRITE, form(board, post=str(posts[2].pk)))
    assert Conversation.objects.latest("id").post_id is None, "that post is somebody else's"
    assert f"/u/alice/write/?case={case.pk}" in html(as_person("bob").get(f"/case/{case.pk}/"))


def test_a_member_writes_to_the_moderators_of_a_forum(board: Board, as_person: SignedIn) -> None:
    alice, address = as_person("alice"), f"/mail/new/?forum={board.europe.pk}"
    assert address in html(alice.get(f"/f/{board.europe.pk}-europe/"))
    assert address not in html(Client().get(f"/f/{board.europe.pk}-europe/"))
    assert f'<option value="{board.europe.pk}" selected>' in html(alice.get(address))
    assert Client().get(address).status_code == 302
    answer = alice.post("/mail/new/", form(board, words=" ", forum="99"))
    assert answer.status_code == 422
    assert "Choose one of the list." in html(answer)
    assert 'value="Your topic"' in html(answer)
    for _number in range(3):
        assert alice.post("/mail/new/", form(board)).status_code == 302
    answer = alice.post("/mail/new/", form(board))
    assert answer.status_code == 403
    assert "3 conversations that you began are open already." in html(answer)
    assert "May we move it?</textarea>" in html(answer), "nothing that was typed is lost"


@pytest.mark.parametrize("column", ["muted_until", "banned_until"])
def test_who_is_muted_or_banned_reads_and_answers_and_begins_none(
    board: Board, as_person: SignedIn, column: str
) -> None:
    page = begun(board, as_person)
    User.objects.filter(name="alice").update(**{column: now() + timedelta(days=1)})
    alice = as_person("alice")
    assert alice.get(page).status_code == 200
    assert alice.post(f"{page}answer", {"words": "I see."}).status_code == 302
    assert "/mail/new/" not in html(alice.get("/mail/"))
    assert alice.post("/mail/new/", form(board)).status_code == 403


def test_a_moderator_claims_and_closes_and_the_member_reads_that_it_is_closed(
    board: Board, as_person: SignedIn
) -> None:
    alice, bob, dora = as_person("alice"), as_person("bob"), as_person("dora")
    alice.post("/mail/new/", form(board))
    page = f"/mail/{Conversation.objects.get().pk}/"
    bob.post(f"{page}claim")
    assert "bob is at it." in html(dora.get("/moderate/mail/"))
    assert "bob" not in html(alice.get(page))
    assert alice.post(f"{page}claim").status_code == 403
    assert "The conversation is closed." in html(bob.post(f"{page}close", follow=True))
    assert "closed by" in html(dora.get("/moderate/mail/?state=closed"))
    shown = html(alice.get(page))
    assert "The moderators have closed this conversation." in shown
    assert "<textarea" not in shown
    answer = alice.post(f"{page}answer", {"words": "But why?"})
    assert answer.status_code == 403
    assert "But why?</textarea>" in html(answer)


def test_an_empty_answer_is_said_at_its_field(board: Board, as_person: SignedIn) -> None:
    answer = as_person("alice").post(f"{begun(board, as_person)}answer", {"words": " "})
    assert answer.status_code == 422
    assert "Write something first." in html(answer)


def test_long_conversations_and_lists_have_pages(board: Board, as_person: SignedIn, settings: Any) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"rate_limits": False})
    page, bob = begun(board, as_person), as_person("bob")
    for number in range(30):
        bob.post(f"{page}answer", {"words": f"Word {number}."})
        bob.post(WRITE, form(board, subject=f"Thing {number}"))
    shown = html(bob.get(page))
    assert "May we move it?" not in shown
    earlier = shown.partition(f'<a href="{page}?before=')[2].partition('"')[0]
    assert "May we move it?" in html(bob.get(f"{page}?before={earlier}"))
    for address in ("/mail/", "/moderate/mail/?state=answered"):
        browser = as_person("alice") if address == "/mail/" else bob
        first = html(browser.get(address))
        more = first.partition('" rel="next"')[0].rpartition('href="')[2].replace("&amp;", "&")
        second = html(browser.get(more))
        assert first.count('<p class="browser">') == 30
        assert second.count('<p class="browser">') == 1
    assert bob.get("/moderate/mail/?at=nonsense").status_code == 404


def test_letters_are_limited_in_number(board: Board, as_person: SignedIn) -> None:
    page, alice = begun(board, as_person), as_person("alice")
    answers = [alice.post(f"{page}answer", {"words": "Please."}).status_code for _number in range(21)]
    assert answers == [302] * 20 + [429]
    for address, typed in ((f"{page}answer", {"words": "Kept."}), ("/mail/new/", form(board, words="Kept."))):
        assert "Kept.</textarea>" in html(alice.post(address, typed))


def test_pages_of_members_ask_nothing_more(board: Board, as_person: SignedIn) -> None:
    """The notice hangs on the member's row."""
    carol, topic = as_person("carol"), board.topic()
    for _visit in range(2):
        carol.get(topic.address)
    counts = []
    for told in (False, True):
        User.objects.filter(name="carol").update(has_unseen_mail=told)
        with CaptureQueriesContext(connection) as queries:
            assert ("Moderators have written to you." in html(carol.get(topic.address))) is told
        counts.append(len(queries))
    assert counts[0] == counts[1]
