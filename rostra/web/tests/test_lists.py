"""Lists over all forums, and finding what is new."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from rostra.kernel.clock import now
from rostra.topics.models import Topic
from tests.cast import Board

SignedIn = Callable[[str], Client]


def _titles(html: str) -> list[str]:
    rows = html.partition('<ul class="topics"')[2].partition("</main>")[0].split("<h3>")[1:]
    return [row.partition('dir="auto">')[2].partition("<")[0] for row in rows]


def test_each_list_shows_its_topics_in_its_order(board: Board, as_person: SignedIn) -> None:
    first = board.topic(title="First", by="alice")
    board.topic(title="Second", by="bob", forum=board.asia)
    third = board.topic(title="Third", by="bob")
    board.reply(first, by="carol")
    board.reply(third, by="alice")
    expected = {
        "active": ["Third", "First", "Second"],
        "new": ["Third", "Second", "First"],
        "unanswered": ["Second"],
    }
    for name, titles in expected.items():
        assert _titles(Client().get(f"/{name}/").content.decode()) == titles, name
    assert _titles(as_person("alice").get("/mine/").content.decode()) == ["Third", "First"]
    html = Client().get("/active/").content.decode()
    assert "<bdi>Asia</bdi></a>" in html


def test_unread_topics_leave_the_list_when_they_are_read(board: Board, as_person: SignedIn) -> None:
    first, second = board.topic(title="First"), board.topic(title="Second")
    carol = as_person("carol")
    assert _titles(carol.get("/unread/").content.decode()) == ["Second", "First"]
    carol.get(second.address)
    assert _titles(carol.get("/unread/").content.decode()) == ["First"]
    board.reply(second, by="bob")
    assert _titles(carol.get("/unread/").content.decode()) == ["Second", "First"]
    assert first.title in carol.get("/").content.decode()
    carol.post("/read/")
    assert "you have read everything" in carol.get("/unread/").content.decode()
    assert 'class="badge"' not in carol.get("/").content.decode()


def test_hot_topics_have_most_replies_for_their_age(board: Board, client: Client) -> None:
    quiet, busy = board.topic(title="Quiet"), board.topic(title="Busy")
    for _ in range(3):
        board.reply(busy)
    old = board.topic(title="Old and long")
    for _ in range(4):
        board.reply(old)
    Topic.objects.filter(id=old.id).update(created_at=now() - timedelta(days=30))
    board.reply(quiet)
    assert _titles(client.get("/hot/").content.decode()) == ["Busy", "Quiet", "Old and long"]


@pytest.mark.parametrize("name", ["unread", "mine"])
def test_a_guest_is_led_to_sign_in(board: Board, client: Client, name: str) -> None:
    assert client.get(f"/{name}/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ["active", "new", "unanswered", "mine", "unread"])
def test_long_lists_go_on_without_losing_or_repeating_any(
    board: Board, as_person: SignedIn, name: str
) -> None:
    expected = {f"Topic {number}" for number in range(65)}
    for title in sorted(expected):
        board.topic(title=title, by="alice" if name == "mine" else "bob")
    reader = as_person("alice")
    seen: list[str] = []
    address = f"/{name}/"
    for _ in range(5):
        html = reader.get(address).content.decode()
        seen += _titles(html)
        address = html.partition('rel="next"')[0].rpartition('<a href="')[2].partition('"')[0]
        if 'rel="next"' not in html:
            break
    assert len(seen) == 65
    assert set(seen) == expected


def test_continuous_reading_is_offered_where_there_is_a_second_page(board: Board, client: Client) -> None:
    topic = board.topic()
    addresses = ("/active/", f"/f/{board.europe.pk}-europe/", topic.address)
    for address in addresses:
        assert "continuous.js" not in client.get(address).content.decode(), address
    for number in range(31):
        board.topic(title=f"Topic {number}")
        board.reply(topic)
    for address in addresses:
        html = client.get(address).content.decode()
        assert html.count("data-flow-switch") == 2, address
        assert html.count("data-flow-nav") == 1, address
        assert "continuous.js" in html, address


@pytest.mark.parametrize(
    "before", ["x", "2024-01-01", "9" * 40, "0" * 30 + "9" * 30, "0" * 5000, "2024-01-01T00:00:00Z~x"]
)
def test_a_place_that_cannot_be_read_is_named(board: Board, client: Client, before: str) -> None:
    assert client.get("/active/", {"before": before}).status_code == 404
    assert client.get("/new/", {"before": f"{before}~"}).status_code == 404


def test_the_badge_leads_to_the_first_new_post(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    for _ in range(3):
        board.reply(topic, by="alice")
    carol = as_person("carol")
    carol.get(topic.address)
    posts = [board.reply(topic, f"New {number}", by="bob") for number in range(30)]
    target = carol.get(f"{topic.address}unread").headers["Location"]
    assert target == f"{topic.address}#p{posts[0].pk}"
    html = carol.get(topic.address).content.decode()
    assert html.count('id="new"') == 1
    assert html.index('id="new"') < html.index(f'id="p{posts[0].pk}"')
    carol.get(f"{topic.address}?page=2")
    last = carol.get(f"{topic.address}unread").headers["Location"]
    assert last == f"{topic.address}?page=2#p{posts[-1].pk}"


def test_one_authors_posts_in_a_topic(board: Board, client: Client) -> None:
    topic = board.topic(body="By alice")
    for number in range(25):
        board.reply(topic, f"By carol {number}.", by="carol")
    html = client.get(f"{topic.address}by/carol/").content.decode()
    assert "By carol 19." in html
    assert "By carol 20." not in html
    assert "By alice" not in html
    onward = html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert "By carol 24." in client.get(f"{topic.address}by/carol/{onward}").content.decode()
    assert client.get(f"{topic.address}by/nobody/").status_code == 404


def test_a_topic_can_be_printed(board: Board, client: Client) -> None:
    topic = board.topic(body="For paper")
    response = client.get(f"{topic.address}print")
    assert "For paper" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"
    for page in ("0", "2", "x"):
        assert client.get(f"{topic.address}print?page={page}").status_code == 404


def test_a_long_topic_has_a_timeline(board: Board, client: Client) -> None:
    topic = board.topic()
    assert 'class="timeline"' not in client.get(topic.address).content.decode()
    for _ in range(85):
        board.reply(topic)
    html = client.get(topic.address).content.decode()
    assert 'class="timeline"' in html
    assert f'{topic.address}?page=5"' in html.partition('class="timeline"')[2]


def test_the_keyboard_shortcuts_are_listed(client: Client, db: None) -> None:
    assert "next post, topic, forum or entry of the queue" in client.get("/keys/").content.decode()
