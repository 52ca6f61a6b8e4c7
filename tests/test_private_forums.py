"""What is not for somebody is nowhere: no page, list, feed, sitemap or old address shows a word of it."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client

from rostra.drafts.actions import save_draft
from rostra.forums.giving import give, set_forum_password
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, Holder
from rostra.reading.actions import ignore_topic
from tests.cast import Board

SignedIn = Callable[[str], Client]
SECRET = "Zanzibar"
_LINK = re.compile(
    r'(?:href|action|data-copy)="(/[^"#]*)|<loc>https?://[^/]+(/[^<]*)<|href="https?://[^/"]+(/[^"#]*)"'
)
BEGINNINGS = (
    "/", "/active/", "/new/", "/hot/", "/unanswered/", "/unread/", "/feed/", "/sitemap.xml", "/sitemap-0.xml",
    "/sitemap-1.xml", "/u/alice/", "/u/alice/topics/", "/u/alice/feed/", "/u/carol/", "/settings/filters/", "/drafts/",
    "/settings/rights/", "/groups/",
)  # fmt: skip
SKIPPED = re.compile(r"/static/|/sign-out|/-/|/demo/")


class Hidden:
    """A topic with a reply in Asia, and what is asked for directly of it."""

    def __init__(self, board: Board) -> None:
        self.board = board
        board.topic(title="Bread", body="Open to all.")
        self.topic = board.topic(title=f"{SECRET} plans", body=f"{SECRET} first", forum=board.asia)
        self.reply = board.reply(self.topic, f"{SECRET} second")
        for name in ("carol", "bob"):  # what they kept of it while they could read it
            person, row = board.actor(name), board.row(self.topic.id)
            ignore_topic(reader_id=person.id or 0, topic_id=row.id)
            save_draft(
                author_id=person.id or 0,
                place=f"topic:{row.id}",
                title="",
                body="A draft.",
                reason="",
                base=0,
                version=0,
            )

    @property
    def addresses(self) -> list[str]:
        """Everything that leads there."""
        topic, first, reply = self.topic, self.topic.last_post_id, self.reply.pk
        forum, base = self.board.asia.pk, f"/t/{topic.id}-x/"  # what is asked for may be said back
        return [
            base, f"/t/{topic.id}", f"{base}print", f"{base}unread", f"{base}reply",
            f"{base}by/carol/", f"{base}feed/", f"/p/{first}", f"/p/{reply}", f"/p/{reply}/history",
            f"/p/{reply}/edit", f"/p/{reply}/withdraw", f"/f/{forum}-asia/", f"/f/{forum}", f"/f/{forum}-asia/feed/",
            f"/f/{forum}-asia/new", f"/viewtopic.php?t={topic.id}", f"/viewtopic.php?p={reply}",
            f"/viewforum.php?f={forum}", f"/feed.php?t={topic.id}", f"/app.php/feed/topic/{topic.id}",
            f"/t/{self.board.row(topic.id).id}-x/reply?quote={reply}", f"/settings/filters/?stopped=topic&id={topic.id}",
            "/settings/filters/", "/drafts/",
        ]  # fmt: skip


@pytest.fixture
def hidden(board: Board) -> Hidden:
    return Hidden(board)


def crawl(browser: Client, beginnings: list[str]) -> dict[str, str]:
    """Every page that can be come to, by its address, with its words; redirects are followed."""
    waiting, pages = list(beginnings), dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address in pages or SKIPPED.search(address):
            continue
        answer = browser.get(address)
        assert answer.status_code < 500, address
        text = answer.getvalue().decode()
        pages[address] = f"{answer.status_code} {unquote(answer.headers.get('Location', ''))} {text}"
        found = [next(filter(None, groups)) for groups in _LINK.findall(text)]
        waiting += [*found, *filter(None, [answer.headers.get("Location", "")])]
        assert len(pages) < 1500
    return pages


CLOSINGS = {
    "the forum is not seen": (BOARD + 1, {"see": "no"}),
    "the forum is seen and not read": (BOARD + 1, {"read": "no"}),
    "only own topics are read": (BOARD + 1, {"read_others": "no"}),
    "the forum has a password": (BOARD + 1, {"password": "open sesame"}),
    "the category has a password": (BOARD + 1, {"category": "open sesame"}),
}


def close(board: Board, what: str) -> None:
    """Close Asia so, for guests and members."""
    values, dora = CLOSINGS[what][1], board.actor("dora")
    for name, forum in (("password", board.asia), ("category", board.category)):
        if name in values:
            set_forum_password(giver=dora, place=forum.pk, password=values[name])
            return
    for holder in (GUESTS, MEMBERS):
        give(giver=dora, holder=holder, place=board.asia.pk, values=values)


@pytest.mark.parametrize("what", CLOSINGS)
@pytest.mark.parametrize("who", ["guest", "carol", "bob"])
def test_nothing_of_a_closed_forum_is_shown_anywhere(
    hidden: Hidden, as_person: SignedIn, what: str, who: str
) -> None:
    close(hidden.board, what)
    browser = Client() if who == "guest" else as_person(who)
    for address, page in crawl(browser, [*BEGINNINGS, *hidden.addresses]).items():
        assert SECRET not in page, address
        assert SECRET.lower() not in page.lower(), address


@pytest.mark.parametrize("what", [what for what in CLOSINGS if "password" not in what])
def test_those_whom_it_is_for_find_it(hidden: Hidden, as_person: SignedIn, what: str) -> None:
    board = hidden.board
    close(board, what)
    mods = Holder("group", str(board.moderators.pk))
    give(
        giver=board.actor("dora"),
        holder=mods,
        place=board.asia.pk,
        values={"see": "yes", "read": "yes", "read_others": "yes"},
    )
    for who in ("bob", "dora"):
        pages = crawl(as_person(who), ["/", "/active/", hidden.topic.address])
        assert SECRET in pages[hidden.topic.address]
        assert SECRET in pages["/active/"]


def test_where_one_reads_only_own_topics_one_finds_them(hidden: Hidden, as_person: SignedIn) -> None:
    board = hidden.board
    give(giver=board.actor("dora"), holder=MEMBERS, place=board.asia.pk, values={"read_others": "no"})
    alice = as_person("alice")
    forum = alice.get(f"/f/{board.asia.pk}-asia/").content.decode()
    assert SECRET in forum
    assert SECRET in alice.get(hidden.topic.address).content.decode()
    assert alice.get(f"/p/{hidden.reply.pk}").status_code == 302
    mine = board.topic(title="Timbuktu", by="carol", forum=board.asia)
    assert "Timbuktu" not in alice.get(f"/f/{board.asia.pk}-asia/").content.decode()
    assert alice.get(mine.address).status_code == 404


def test_a_guest_who_may_see_and_not_read_is_asked_to_sign_in(hidden: Hidden) -> None:
    board = hidden.board
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"read": "no"})
    answer = Client().get(f"/f/{board.asia.pk}-asia/")
    assert answer.status_code in (302, 403)
    assert "Asia" in Client().get("/").content.decode()
