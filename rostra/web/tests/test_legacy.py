"""Every form of address that phpBB gave out leads to its page in one step."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts.models import User
from rostra.forums.actions import found_forum
from rostra.kernel.clock import now
from rostra.topics.models import Post, Topic
from rostra.topics.removal import remove_post
from tests.cast import Board

FOLDERS = ("", "forum/", "phpBB3/", "community.old/")
# T, P, F, U and L are the numbers of a topic of three pages, its 25th post, a forum, a member and a link forum.
MOVED = {
    "viewtopic.php?t=T": "/t/T-tunnels/",
    "viewtopic.php?f=F&t=T": "/t/T-tunnels/",
    "viewtopic.php?f=999&t=T": "/t/T-tunnels/",
    "viewtopic.php?t=T&sid=0123456789abcdef0123456789abcdef": "/t/T-tunnels/",
    "viewtopic.php?sid=0123456789abcdef0123456789abcdef&f=F&t=T&start=20": "/t/T-tunnels/?page=2",
    "viewtopic.php?t=T&start=0": "/t/T-tunnels/",
    "viewtopic.php?t=T&start=19": "/t/T-tunnels/",
    "viewtopic.php?t=T&start=20": "/t/T-tunnels/?page=2",
    "viewtopic.php?t=T&start=40": "/t/T-tunnels/?page=3",
    "viewtopic.php?t=T&start=99999999999999999999": "/t/T-tunnels/?page=3",
    "viewtopic.php?t=T&start=-15": "/t/T-tunnels/",
    "viewtopic.php?t=T&start=x": "/t/T-tunnels/",
    "viewtopic.php?t=T&postdays=0&postorder=asc&highlight=tunnel&start=25": "/t/T-tunnels/?page=2",
    "viewtopic.php?p=P": "/t/T-tunnels/?page=2#pP",
    "viewtopic.php?t=T&p=P": "/t/T-tunnels/?page=2#pP",
    "viewtopic.php?f=F&t=T&p=P&hilit=tunnel&sid=0123#pP": "/t/T-tunnels/?page=2#pP",
    "viewtopic.php?f=F&amp;t=T&amp;start=20": "/t/T-tunnels/?page=2",
    "viewtopic.php?t=T).": "/t/T-tunnels/",
    "viewtopic.php?t=00T": "/t/T-tunnels/",
    "viewtopic.php?t=T&view=unread": "/t/T-tunnels/unread",
    "viewtopic.php?f=F&t=T&view=unread#unread": "/t/T-tunnels/unread",
    "viewtopic.php?t=T&view=newest": "/t/T-tunnels/unread",
    "viewtopic.php?f=F&t=T&view=print": "/t/T-tunnels/print",
    "viewtopic.php?t=T&view=next": "/t/T-tunnels/",
    "viewforum.php?f=F": "/f/F-europe/",
    "viewforum.php?f=F&start=50&sid=0123": "/f/F-europe/",
    "viewforum.php?f=L": "https://example.org/old",
    "memberlist.php?mode=viewprofile&u=U": "/u/alice/",
    "memberlist.php?mode=viewprofile&un=Alice&sid=0": "/u/alice/",
    "index.php": "/",
    "index.php?sid=0123456789abcdef0123456789abcdef": "/",
    "search.php?search_id=unanswered": "/unanswered/",
    "search.php?search_id=active_topics": "/active/",
    "search.php?search_id=newposts": "/active/",
    "search.php?search_id=unreadposts": "/unread/",
    "search.php?search_id=egosearch": "/mine/",
    "feed.php": "/feed/",
    "feed.php?mode=topics": "/feed/",
    "feed.php?f=F": "/f/F-europe/feed/",
    "feed.php?f=F&t=T": "/t/T-tunnels/feed/",
    "app.php/feed": "/feed/",
    "app.php/feed/": "/feed/",
    "app.php/feed/news": "/feed/",
    "app.php/feed/topics_active?sid=0": "/feed/",
    "app.php/feed/forum/F": "/f/F-europe/feed/",
    "app.php/feed/topic/T": "/t/T-tunnels/feed/",
    "feed/forum/F": "/f/F-europe/feed/",
    "feed/topic/T": "/t/T-tunnels/feed/",
}  # fmt: skip
MISSING = [
    "viewtopic.php", "viewtopic.php?f=F", "viewtopic.php?t=", "viewtopic.php?t=0", "viewtopic.php?t=x", "viewtopic.php?t=999999",
    "viewtopic.php?p=999999", "viewtopic.php?t=T&p=999999", "viewtopic.php?p=9223372036854775808", "viewtopic.php?t=" + "9" * 400,
    "viewforum.php", "viewforum.php?f=999999", "memberlist.php", "memberlist.php?mode=viewprofile&u=999999",
    "memberlist.php?mode=viewprofile&un=nobody", "search.php", "search.php?keywords=tunnel", "feed.php?t=999999", "app.php/help/faq",
    "feed/forum/999999", "posting.php?mode=reply&t=T", "config.php", "a/b/viewtopic.php?t=T", "viewtopic.php/?t=T",
]  # fmt: skip


@pytest.fixture
def numbers(board: Board) -> dict[str, str]:
    """What stands for the letters of the tables."""
    topic = board.topic(title="Tunnels")
    posts = [board.reply(topic, f"Reply {number}") for number in range(2, 46)]
    link = found_forum(name="Archive", kind="link", link="https://example.org/old", parent=board.category)
    return {
        "T": str(topic.id), "P": str(posts[23].pk), "F": str(board.europe.pk), "U": str(board.people["alice"].pk),
        "L": str(link.pk),
    }  # fmt: skip


def _filled(text: str, numbers: dict[str, str]) -> str:
    """The letters replaced where they stand for a number: behind `=`, `/`, a zero or `p`, and before no letter."""
    return "".join(_words(text, numbers))


def _words(text: str, numbers: dict[str, str]) -> Iterator[str]:
    for place, sign in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        yield numbers[sign] if sign in numbers and before in "=/0p" and not after.isalpha() else sign


def test_every_old_address_leads_to_its_page_in_one_step(
    board: Board, client: Client, numbers: dict[str, str]
) -> None:
    for folder in FOLDERS:
        for old, new in MOVED.items():
            answer = client.get(_filled(f"/{folder}{old}", numbers))
            assert (answer.status_code, answer.headers.get("Location")) == (301, _filled(new, numbers)), old
            assert "session" not in answer.cookies


def test_where_they_lead_is_the_page_itself(board: Board, client: Client, numbers: dict[str, str]) -> None:
    for new in set(MOVED.values()) - {"/unread/", "/mine/", "https://example.org/old"}:
        answer = client.get(_filled(new, numbers))
        assert answer.status_code == (302 if new.endswith("unread") else 200), new


def test_the_page_of_a_start_holds_that_post(board: Board, client: Client, numbers: dict[str, str]) -> None:
    for start in range(45):
        post = Post.objects.get(topic_id=numbers["T"], position=start + 1)
        page = client.get(f"/viewtopic.php?t={numbers['T']}&start={start}", follow=True)
        assert f'id="p{post.pk}"' in page.content.decode()


def test_what_never_was_there_is_a_404_with_the_board_s_own_page(
    board: Board, client: Client, numbers: dict[str, str]
) -> None:
    for folder in ("", "forum/"):
        for old in MISSING:
            answer = client.get(_filled(f"/{folder}{old}", numbers))
            assert answer.status_code == 404, old
            assert "Politics Board" in answer.content.decode()


def test_what_was_removed_is_a_410_with_the_board_s_own_page(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    gone = board.reply(topic, "Gone")
    remove_post(moderator=board.actor("bob"), post_id=gone.pk, forum=board.node())
    assert client.get(f"/forum/viewtopic.php?t={topic.id}&p={gone.pk}").status_code == 410
    Topic.objects.filter(id=topic.id).update(removed_at=now())
    for old in (
        f"viewtopic.php?t={topic.id}",
        f"viewtopic.php?p={topic.last_post_id}",
        f"feed.php?t={topic.id}",
    ):
        answer = client.get(f"/{old}")
        assert answer.status_code == 410, old
        assert "Politics Board" in answer.content.decode()


@pytest.mark.parametrize("folder", ["forum", "forums", "phpBB3", "phpbb2", "phpBB", "board", "Community"])
@pytest.mark.parametrize("end", ["", "/"])
def test_the_old_folder_alone_is_the_index(board: Board, client: Client, folder: str, end: str) -> None:
    answer = client.get(f"/{folder}{end}?sid=0123")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/")


def test_no_address_of_ours_is_taken_for_an_old_one(board: Board, client: Client) -> None:
    for name in ("viewtopic.php", "feed", "index.php"):
        User.objects.create(name=name, name_key=name)
        assert client.get(f"/u/{name}/").status_code == 200
        assert client.get(f"/u/{name}").headers["Location"] == f"/u/{name}/"
        assert client.get(f"/u/{name}/feed/").status_code == 200


def test_a_waiting_account_has_no_old_address_either(board: Board, client: Client) -> None:
    User.objects.filter(name="carol").update(is_waiting=True)
    assert client.get(f"/memberlist.php?mode=viewprofile&u={board.people['carol'].pk}").status_code == 404


def test_an_old_address_costs_one_read_and_no_write(
    board: Board, client: Client, numbers: dict[str, str]
) -> None:
    client.get("/")  # the tree is read once for each version of it
    for old in ("viewtopic.php?p=P", "viewtopic.php?t=T&start=20", "viewforum.php?f=F", "memberlist.php?u=U"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_filled(f"/forum/{old}", numbers)).status_code == 301
        asked = [query["sql"] for query in queries if "board_stamp" not in query["sql"]]
        assert len(asked) <= 1, asked
        assert all(sql.startswith("SELECT") for sql in asked)


def test_an_old_address_takes_no_form(board: Board, client: Client) -> None:
    assert client.post("/forum/viewtopic.php?t=1", {"message": "x"}).status_code == 405
