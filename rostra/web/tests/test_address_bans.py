"""Bans of addresses on the pages: what they keep from, what is said of them, and who sets them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts.models import User
from rostra.bans.actions import ban_address, end_ban
from rostra.bans.models import AddressBan
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, sanction_author
from rostra.modmail.models import Conversation
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.models import Post
from tests.cast import PASSWORD, Board
from tests.post import letters, link_in

SignedIn = Callable[[str], Client]
THERE, ELSEWHERE = "192.0.2.9", "198.51.100.7"
SIGN_UP, WRITING, SIGN_IN = AddressBan.Stops.values
FORM = {"target": "192.0.2.0/24", "stops": "2", "days": "7", "reason": "A wave of spam came from there."}
NEW = {"username": "mallory", "email": "mallory@example.net", "password1": "seven quiet otters"}


def ban(board: Board, target: str = "192.0.2.0/24", stops: int = WRITING, days: int = 0) -> AddressBan:
    return ban_address(
        setter=board.actor("dora"),
        target=target,
        stops=stops,
        days=days,
        reason="A wave of spam came from there.",
    )


def words(answer: Any) -> str:
    return str(answer.content.decode())


def contact(settings: Any, where: str) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"contact": where})


def test_nobody_signs_up_from_there_and_is_told_how_to_object(board: Board, settings: Any) -> None:
    contact(settings, "mailto:board@example.org")
    made = ban(board, stops=SIGN_UP)
    answer = Client().post("/sign-up/", NEW, REMOTE_ADDR=THERE)
    assert f"was banned from this board: ban {made.pk}." in words(answer)
    assert "Others may share it with you" in words(answer)
    assert f"turn to board@example.org and name ban {made.pk}" in words(answer)
    assert 'value="mallory"' in words(answer), "what was typed is there"
    assert not User.objects.filter(name="mallory").exists()
    assert Client().post("/sign-up/", NEW, REMOTE_ADDR=ELSEWHERE).status_code == 302
    assert User.objects.filter(name="mallory").exists()


def test_nobody_signs_up_with_a_banned_email_address(board: Board) -> None:
    ban(board, "*@example.net", SIGN_UP, days=9)
    answer = Client().post("/sign-up/", NEW)
    assert "Your e-mail address is among those that were banned from this board until" in words(answer)
    assert 'id="id_email_error"' in words(answer)
    assert "Tell those who run the board" in words(answer)
    assert not User.objects.filter(name="mallory").exists()
    assert Client().post("/sign-up/", {**NEW, "email": "mallory@example.com"}).status_code == 302


def test_an_address_that_was_banned_since_is_not_confirmed(board: Board, sends_mail: None) -> None:
    browser = Client()
    browser.post("/sign-up/", NEW)
    link = link_in(letters()[0])
    made = ban(board, "*@example.net", SIGN_UP)
    answer = browser.post(link)
    assert answer.status_code == 403
    assert f"ban {made.pk}" in words(answer)
    assert User.objects.get(name="mallory").is_waiting
    end_ban(ender=board.actor("dora"), ban_id=made.pk)
    browser.post(link)
    assert not User.objects.get(name="mallory").is_waiting


def test_nobody_takes_a_banned_email_address_later(board: Board, as_person: SignedIn) -> None:
    ban(board, "*@example.net", SIGN_UP)
    sent = {"email": "alice@example.net", "password": PASSWORD}
    answer = as_person("alice").post("/settings/account/address/", sent)
    assert answer.status_code == 422
    assert "Your e-mail address is among those that were banned" in words(answer)
    assert User.objects.get(name="alice").email == "alice@example.org"


def test_a_member_reads_from_there_and_does_not_write_and_what_was_typed_is_kept(
    board: Board, as_person: SignedIn
) -> None:
    made, topic, alice = ban(board), board.topic(), as_person("alice")
    assert alice.get(topic.address, REMOTE_ADDR=THERE).status_code == 200
    sent = {"body": "Long thoughts about tunnels.", "do": "post"}
    answer = alice.post(f"{topic.address}reply", sent, REMOTE_ADDR=THERE)
    assert answer.status_code == 403
    assert f"ban {made.pk}" in words(answer)
    assert "Long thoughts about tunnels." in words(answer)
    assert Post.objects.count() == 1
    assert alice.post(f"{topic.address}reply", sent, REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_a_ban_from_signing_up_leaves_members_alone(board: Board, as_person: SignedIn) -> None:
    ban(board, stops=SIGN_UP)
    topic = board.topic()
    sent = {"body": "Long thoughts about tunnels.", "do": "post"}
    assert as_person("alice").post(f"{topic.address}reply", sent, REMOTE_ADDR=THERE).status_code == 302


def test_a_member_with_a_banned_email_address_does_not_write(board: Board, as_person: SignedIn) -> None:
    User.objects.filter(name="carol").update(email="carol@example.net")
    ban(board, "*@example.net", WRITING)
    topic = board.topic()
    sent = {"body": "Long thoughts about tunnels.", "do": "post"}
    answer = as_person("carol").post(f"{topic.address}reply", sent)
    assert "Your e-mail address is among those" in words(answer)
    assert answer.status_code == 403
    assert as_person("alice").post(f"{topic.address}reply", sent).status_code == 302


def test_moderators_write_and_sign_in_whatever_addresses_are_banned(
    board: Board, as_person: SignedIn
) -> None:
    User.objects.filter(name="bob").update(email="bob@example.net")
    ban(board, "*@example.net", SIGN_IN)
    ban(board, THERE, SIGN_IN)
    bob, topic = Client(REMOTE_ADDR=THERE), board.topic()
    assert bob.post("/sign-in/", {"login": "bob", "password": PASSWORD}).status_code == 302
    sent = {"body": "Long thoughts about tunnels.", "do": "post"}
    assert bob.post(f"{topic.address}reply", sent).status_code == 302


@pytest.mark.parametrize("stops", [WRITING, SIGN_IN])
def test_a_member_is_not_banned_by_their_address_but_by_a_decision(
    board: Board, as_person: SignedIn, stops: int
) -> None:
    sent = {**FORM, "target": "Bob@example.org", "stops": str(stops)}
    answer = as_person("dora").post("/manage/bans/", sent)
    assert answer.status_code == 422
    assert 'id="stops_fault"' in words(answer)
    assert "Ban the member instead" in words(answer)
    assert not AddressBan.objects.exists()
    assert as_person("dora").post("/manage/bans/", {**sent, "stops": str(SIGN_UP)}).status_code == 302
    assert as_person("dora").post("/manage/bans/", {**sent, "target": "x@example.org"}).status_code == 302


@pytest.mark.parametrize("target", [THERE, "*@example.net"])
def test_a_ban_from_signing_in_is_told_after_the_right_password_only(board: Board, target: str) -> None:
    User.objects.filter(name="carol").update(email="carol@example.net")
    made = ban(board, target, SIGN_IN)
    browser = Client(REMOTE_ADDR=THERE)
    answer = browser.post("/sign-in/", {"login": "carol", "password": "wrong wrong"})
    assert f"ban {made.pk}" not in words(answer)
    answer = browser.post("/sign-in/", {"login": "carol", "password": PASSWORD})
    assert answer.status_code == 403
    assert f"ban {made.pk}" in words(answer)
    assert PASSWORD not in words(answer)
    assert "_auth_user_id" not in browser.session
    assert browser.post("/sign-in/", {"login": "dora", "password": PASSWORD}).status_code == 302, (
        "no administrator is shut out"
    )


def test_who_may_not_write_from_there_signs_in_and_appeals(board: Board, as_person: SignedIn) -> None:
    ban(board)
    browser = Client(REMOTE_ADDR=THERE)
    assert browser.post("/sign-in/", {"login": "carol", "password": PASSWORD}).status_code == 302
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    post = board.reply(board.topic(), by="carol")
    (case,) = sanction_author(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, sanction=Sanction("warn"),
        reasons=Reasons(rule, "It calls another member a liar."),
    )  # fmt: skip
    assert browser.post(f"/case/{case.pk}/appeal", {"words": "It was a quotation."}).status_code == 302
    assert browser.post("/settings/profile/", {"about": "Buy watches"}).status_code == 403
    assert browser.post("/sign-out/").status_code == 302


def test_who_may_not_write_from_there_answers_moderators_and_begins_no_letter(
    board: Board, as_person: SignedIn
) -> None:
    made, new = (
        ban(board),
        {"forum": str(board.europe.pk), "subject": "Hello", "words": "Long words of mine."},
    )
    begun = {**new, "subject": "Your topic"}
    assert as_person("bob").post("/u/alice/write/", begun).status_code == 302
    page, alice = f"/mail/{Conversation.objects.get().pk}/", as_person("alice")
    assert alice.get(page, REMOTE_ADDR=THERE).status_code == 200
    assert alice.post(f"{page}answer", {"words": "I see."}, REMOTE_ADDR=THERE).status_code == 302
    answer = alice.post("/mail/new/", new, REMOTE_ADDR=THERE)
    assert answer.status_code == 403
    assert f"ban {made.pk}" in words(answer)
    assert "Long words of mine." in words(answer), "nothing that was typed is lost"
    assert Conversation.objects.count() == 1
    assert alice.post("/mail/new/", new, REMOTE_ADDR=ELSEWHERE).status_code == 302


@pytest.mark.parametrize(
    ("behind_proxy", "told", "is_kept_out"),
    [(False, THERE, False), (True, THERE, True), (True, f"{THERE}, {ELSEWHERE}", False), (True, f"{ELSEWHERE}, {THERE}", True)],
)  # fmt: skip
def test_only_the_proxy_that_the_settings_name_is_believed(
    board: Board, settings: Any, behind_proxy: bool, told: str, is_kept_out: bool
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"behind_proxy": behind_proxy})
    ban(board, stops=SIGN_UP)
    Client().post("/sign-up/", NEW, REMOTE_ADDR=ELSEWHERE, HTTP_X_FORWARDED_FOR=told)
    assert User.objects.filter(name="mallory").exists() is not is_kept_out


def test_bans_cost_no_query_on_pages_and_one_on_what_is_written_only_for_email_addresses(
    board: Board, as_person: SignedIn
) -> None:
    topic, alice = board.topic(), as_person("alice")
    sent = {"body": "Thoughts.", "do": "preview"}

    def asked() -> tuple[int, int]:
        for _again in range(2):
            with CaptureQueriesContext(connection) as reading:
                alice.get(topic.address)
            with CaptureQueriesContext(connection) as writing:
                alice.post(f"{topic.address}reply", sent)
        return len(reading), len(writing)

    before = asked()
    ban(board)
    ban(board, "*@example.com", SIGN_UP)
    assert asked() == before
    ban(board, "*@example.net", WRITING)
    assert asked() == (before[0], before[1] + 1)


def test_an_administrator_sets_lists_and_ends_bans(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    assert dora.post("/manage/bans/", FORM).headers["Location"] == "/manage/bans/?done=banned"
    made = AddressBan.objects.get()
    assert (made.target, made.stops, made.setter_name) == ("192.0.2.0/24", WRITING, "dora")
    page = words(dora.get("/manage/bans/"))
    assert "192.0.2.0/24" in page
    assert "A wave of spam came from there." in page
    assert dora.post("/manage/bans/", {"end": made.pk}).headers["Location"] == "/manage/bans/?done=ended"
    assert "192.0.2.0/24" not in words(dora.get("/manage/bans/")).replace("192.0.2.0/24, 2001", "")
    assert f'id="ban{made.pk}"' in words(dora.get("/manage/bans/?all=1"))
    assert dora.post("/manage/bans/", {"end": made.pk}).status_code == 410


def test_the_list_has_pages(board: Board, as_person: SignedIn) -> None:
    for number in range(51):
        ban(board, f"203.0.113.{number}")
    dora = as_person("dora")
    page = words(dora.get("/manage/bans/"))
    oldest, second = AddressBan.objects.order_by("id")[:2]
    assert f'id="ban{second.pk}"' in page
    assert f'id="ban{oldest.pk}"' not in page
    assert f"/manage/bans/?before={second.pk}" in page
    assert f'id="ban{oldest.pk}"' in words(dora.get(f"/manage/bans/?before={second.pk}"))
    assert dora.get("/manage/bans/?before=x").status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"target": "192.0.2"}, "is no network address"), ({"target": "10.0.0.0/7"}, "too wide"),
        ({"target": "127.0.0.0/24"}, "This is your own address"), ({"reason": "no"}, "Say why, in a sentence"),
        ({"days": "many"}, "From 1 to 3,650 days"), ({"stops": "3"}, "Others share a range"), ({"stops": ""}, "Choose what the ban stops"),
    ],
)  # fmt: skip
def test_what_was_typed_wrongly_is_said_and_stands_in_the_form(
    board: Board, as_person: SignedIn, change: dict[str, str], told: str
) -> None:
    answer = as_person("dora").post("/manage/bans/", {**FORM, **change})
    assert answer.status_code == 422
    assert told in words(answer)
    assert f'value="{change.get("target", FORM["target"])}"' in words(answer)
    assert change.get("reason", FORM["reason"]) in words(answer)
    assert not AddressBan.objects.exists()


def test_only_who_manages_members_has_the_page(board: Board, as_person: SignedIn) -> None:
    assert Client().get("/manage/bans/").headers["Location"].startswith("/sign-in/")
    for name in ("alice", "bob"):
        assert as_person(name).get("/manage/bans/").status_code == 403
        assert as_person(name).post("/manage/bans/", FORM).status_code == 403
        assert "/manage/" not in words(as_person(name).get("/"))
    me = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_members": "yes"})
    carol = as_person("carol")
    assert '<a href="/manage/members/">' in words(carol.get("/"))
    assert carol.post("/manage/bans/", FORM).status_code == 302
    assert "/manage/rights/" not in words(carol.get("/manage/bans/"))


def test_moderators_read_bans_with_their_reasons_in_the_log_and_nobody_else(
    board: Board, as_person: SignedIn
) -> None:
    ban(board)
    ban(board, "mallory@example.net")
    for reader in (Client(), as_person("alice")):
        assert "A wave of spam" not in words(reader.get("/moderation/log/"))
    page = words(as_person("bob").get("/moderation/log/"))
    assert "192.0.2.0/24" in page
    assert "mallory@example.net" in page
    assert "A wave of spam came from there." in page
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=board.europe.pk, values={"mod_addresses": "no"})
    page = words(as_person("bob").get("/moderation/log/"))
    assert "A wave of spam came from there." in page
    assert "mallory" not in page
    assert "192.0.2.0/24" not in page
