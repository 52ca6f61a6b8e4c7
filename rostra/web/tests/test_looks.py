"""The addresses of a member: what is noted when one signs in and posts, who is shown it, and who checks that."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.bans.actions import note_use
from rostra.bans.models import AddressUse, Look
from rostra.kernel.clock import now
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]
WHY = "Two accounts praise the same shop."


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_signing_in_and_posting_note_the_network_and_reading_notes_nothing(board: Board) -> None:
    topic, browser = board.topic(), Client(REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert browser.post("/sign-in/", {"login": "carol", "password": PASSWORD}).status_code == 302
    (use,) = AddressUse.objects.all()
    assert (use.member.name, use.address) == ("carol", "2001:db8:1:2::")
    with CaptureQueriesContext(connection) as queries:
        browser.get(topic.address)
    assert not [query for query in queries if "bans_" in query["sql"]]
    later = browser.post(
        f"{topic.address}reply", {"body": "Thoughts.", "do": "post"}, REMOTE_ADDR="192.0.2.7"
    )
    assert later.status_code == 302
    assert set(AddressUse.objects.values_list("address", flat=True)) == {"2001:db8:1:2::", "192.0.2.7"}


def test_a_post_that_was_refused_notes_nothing(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    assert as_person("carol").post(f"{topic.address}reply", {"body": "", "do": "post"}).status_code == 422
    assert not AddressUse.objects.exists()


@pytest.mark.parametrize("looker", ["bob", "dora"])
def test_a_reason_is_asked_for_and_then_all_is_shown(board: Board, as_person: SignedIn, looker: str) -> None:
    board.reply(board.topic(by="alice"), by="carol")
    used = (("alice", "192.0.2.7"), ("carol", "192.0.2.7"), ("dora", "192.0.2.7"), ("alice", "2001:db8::"))
    for name, network in used:
        note_use(member_id=board.people[name].pk, network=network)
    browser = as_person(looker)
    assert "/u/alice/addresses/" in words(browser.get("/u/alice/"))
    page = words(browser.get("/u/alice/addresses/"))
    assert "192.0.2.7" not in page
    assert not Look.objects.exists()
    answer = browser.post("/u/alice/addresses/", {"reason": "spam"})
    assert answer.status_code == 422
    assert "Say why, in a sentence" in words(answer)
    assert "spam</textarea>" in words(answer)
    there = browser.post("/u/alice/addresses/", {"reason": WHY}).headers["Location"]
    page = words(browser.get(there))
    assert "192.0.2.7" in page
    assert "2001:db8::/64" in page
    assert '"/u/carol/"' in page
    assert ("By 1 other member whom you may not look up." in page) is (looker == "bob")
    assert ("<bdi>dora</bdi></a> (" in page) is (looker == "dora")
    assert page.count("By no other member.") == 1
    assert ("/manage/bans/?target=192.0.2.7" in page) is (looker == "dora")
    with time_machine.travel(now() + timedelta(hours=2)):
        assert browser.get(there).status_code == 403


def test_nobody_else_reads_what_was_looked_up(board: Board, as_person: SignedIn) -> None:
    note_use(member_id=board.people["alice"].pk, network="192.0.2.7")
    there = as_person("dora").post("/u/alice/addresses/", {"reason": WHY}).headers["Location"]
    for name in ("alice", "bob", "carol"):
        assert as_person(name).get(there).status_code == 403
    assert Client().get(there).headers["Location"].startswith("/sign-in/")
    assert as_person("dora").get("/moderate/looks/999/").status_code == 404


def test_members_and_guests_do_not_look(board: Board, as_person: SignedIn) -> None:
    board.topic(by="alice")
    for reader in (as_person("carol"), Client()):
        assert "/u/alice/addresses/" not in words(reader.get("/u/alice/"))
        assert reader.post("/u/alice/addresses/", {"reason": WHY}).status_code == 403
    assert as_person("carol").get("/u/alice/addresses/").status_code == 403
    assert as_person("dora").get("/u/nobody/addresses/").status_code == 404
    assert not Look.objects.exists()


def test_from_a_post_one_comes_to_the_addresses_of_its_author(board: Board, as_person: SignedIn) -> None:
    post = board.reply(board.topic(), by="carol")
    page = words(as_person("bob").get(f"/p/{post.pk}/sanction"))
    assert '<a href="/u/carol/addresses/">' in page
    assert "/u/carol/spam/" not in page, "bob has not the whole board"
    assert '<a href="/u/carol/spam/">' in words(as_person("dora").get(f"/p/{post.pk}/sanction"))


def test_a_member_finds_their_own_addresses_and_nobody_elses(board: Board, as_person: SignedIn) -> None:
    for name, network in (("alice", "192.0.2.7"), ("carol", "192.0.2.7"), ("carol", "198.51.100.9")):
        note_use(member_id=board.people[name].pk, network=network)
    page = words(as_person("alice").get("/settings/sessions/"))
    assert "192.0.2.7" in page
    assert "30 days after its last use" in page
    assert "198.51.100.9" not in page
    assert "carol" not in page


def test_administrators_read_who_looked_and_why(board: Board, as_person: SignedIn) -> None:
    board.topic(by="alice")
    note_use(member_id=board.people["alice"].pk, network="192.0.2.7")
    as_person("bob").post("/u/alice/addresses/", {"reason": WHY})
    page = words(as_person("dora").get("/manage/looks/"))
    assert WHY in page
    assert "bob" in page
    assert "192.0.2.7" not in page
    for name in ("alice", "bob"):
        assert as_person(name).get("/manage/looks/").status_code == 403
    assert Client().get("/manage/looks/").headers["Location"].startswith("/sign-in/")
