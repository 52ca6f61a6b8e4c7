"""Feeds: valid whatever was written, complete over their pages, honest about what was edited and removed."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils.http import parse_http_date
from hypothesis import given
from hypothesis import strategies as st

from rostra.feeds import atom, pages
from rostra.feeds.atom import Channel
from rostra.feeds.pages import Page
from rostra.feeds.queries import Item
from rostra.feeds.tests.valid import Feed, feed
from rostra.forums.actions import found_forum
from rostra.kernel.clock import from_text, now
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Topic
from rostra.topics.removal import remove_post
from tests.cast import Board

ODD = 'Bread & "roses" <b> \u05dc\u05d7\u05dd \u0627\u0644\u062e\u0628\u0632 \U0001f468\u200d\U0001f469\u200d\U0001f467'


def _all_pages(client: Client, address: str) -> Iterator[Feed]:
    for _ in range(50):
        found = feed(client.get(address))
        yield found
        address = found.link("next").removeprefix("http://127.0.0.1:8000")
        if not address:
            return
    pytest.fail("the feed has no end")


def _remove_topic(topic_id: int) -> None:
    Topic.objects.filter(id=topic_id).update(removed_at=now())


def test_the_board_lists_the_topics_begun_last_with_their_opening_posts(board: Board, client: Client) -> None:
    first = board.topic(title="Tunnels", body="Who *pays*?")
    board.topic(title="Bridges", forum=board.asia)
    board.reply(first, "Not I.")
    found = feed(client.get("/feed/"))
    assert found.titles == ["Bridges", "Tunnels"]
    tunnels = found.entries[1]
    assert "<em>pays</em>" in tunnels.content[0].value
    assert (tunnels.author, tunnels.author_detail.href) == ("alice", "http://127.0.0.1:8000/u/alice/")
    assert tunnels.link == f"http://127.0.0.1:8000{first.address}"
    assert [tag.term for tag in tunnels.tags] == ["Europe"]
    assert "Not I" not in client.get("/feed/").content.decode()


def test_a_forum_lists_its_topics_and_those_of_its_sub_forums(board: Board, client: Client) -> None:
    balkans = found_forum(name="Balkans", parent=board.europe)
    for number in range(4):
        board.topic(title=f"Deep {number}", forum=balkans)
        board.topic(title=f"High {number}")
        board.topic(title=f"Far {number}", forum=board.asia)
    europe = feed(client.get(f"/f/{board.europe.pk}-europe/feed/"))
    assert europe.titles == ["High 3", "Deep 3", "High 2", "Deep 2", "High 1", "Deep 1", "High 0", "Deep 0"]
    assert feed(client.get(f"/f/{balkans.pk}-balkans/feed/")).titles == [f"Deep {n}" for n in (3, 2, 1, 0)]
    assert len(feed(client.get(f"/f/{board.category.pk}-the-world/feed/")).entries) == 12


def test_a_topic_and_a_member_list_posts_newest_first(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels", by="alice")
    reply = board.reply(topic, "An answer, see [that](/p/1) and [there](//example.org/).", by="carol")
    found = feed(client.get(f"{topic.address}feed/"))
    assert found.titles == ["Re: Tunnels", "Tunnels"]
    assert found.entries[0].link == f"http://127.0.0.1:8000/p/{reply.pk}"
    assert 'href="http://127.0.0.1:8000/p/1"' in found.entries[0].content[0].value
    assert 'href="//example.org/"' in found.texts("a:entry/a:content")[0]
    assert feed(client.get("/u/carol/feed/")).titles == ["Re: Tunnels"]
    assert feed(client.get("/u/dora/feed/")).titles == []


def test_an_entry_is_the_same_in_every_feed_and_keeps_its_id(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    post = Post.objects.get(topic_id=topic.id)
    addresses = ["/feed/", f"/f/{board.europe.pk}-europe/feed/", f"{topic.address}feed/", "/u/alice/feed/"]
    before = [feed(client.get(address)).entries[0] for address in addresses]
    assert {entry.id for entry in before} == {f"tag:127.0.0.1,2026:post/{post.pk}"}
    edit_post(
        editor=board.actor("alice"), post_id=post.pk, topic=topic, forum=board.node(), body="B", title="New"
    )
    renamed = board.row(topic.id)
    addresses[2] = f"{renamed.address}feed/"
    after = [feed(client.get(address)).entries[0] for address in addresses]
    assert {entry.id for entry in after} == {entry.id for entry in before}
    assert {entry.title for entry in after} == {"New"}
    assert (
        len({str({key: entry[key] for key in ("title", "link", "updated", "content")}) for entry in after})
        == 1
    )


def test_the_ids_stay_when_the_board_moves_and_says_so(board: Board, client: Client, settings: Any) -> None:
    board.topic()
    old = feed(client.get("/feed/"))
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"feed_authority": "127.0.0.1,2026"})
    settings.SITE_URL = "https://new.example.org"
    new = feed(client.get("/feed/"))
    assert (new.entries[0].id, new.parsed.feed.id) == (old.entries[0].id, old.parsed.feed.id)
    assert new.entries[0].link.startswith("https://new.example.org/t/")


def test_an_edit_moves_the_time_of_the_entry_and_of_the_feed(board: Board, client: Client) -> None:
    topic = board.topic(body="Old words")
    for _ in range(2):
        board.reply(topic)
    post = Post.objects.get(topic_id=topic.id, position=1)
    before = feed(client.get(f"{topic.address}feed/"))
    edit_post(editor=board.actor("alice"), post_id=post.pk, topic=topic, forum=board.node(), body="New words")
    answer = client.get(f"{topic.address}feed/")
    after = feed(answer)
    post.refresh_from_db()
    assert post.edited_at is not None
    assert from_text(after.entries[2].updated) == from_text(after.parsed.feed.updated) == post.edited_at
    assert after.entries[2].published == before.entries[2].published
    assert after.entries[0].updated == before.entries[0].updated
    assert parse_http_date(answer.headers["Last-Modified"]) == int(post.edited_at.timestamp())
    assert "New words" in after.entries[2].content[0].value


def test_what_was_removed_leaves_a_tombstone(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    posts = [board.reply(topic, f"Reply {number}") for number in range(3)]
    remove_post(moderator=board.actor("bob"), post_id=posts[1].pk, forum=board.node())
    for address in (f"{topic.address}feed/", "/u/carol/feed/"):
        found = feed(client.get(address))
        assert found.removed == [f"tag:127.0.0.1,2026:post/{posts[1].pk}"], address
        assert len([entry for entry in found.entries if entry.title.startswith("Re:")]) == 2
        assert "Reply 1" not in client.get(address).content.decode()
    posts[1].refresh_from_db()
    assert posts[1].removed_at is not None
    assert from_text(found.parsed.feed.updated) == posts[1].removed_at


def test_a_removed_topic_leaves_a_tombstone_for_its_opening_post(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    board.topic(title="Bridges")
    post = Post.objects.get(topic_id=topic.id)
    _remove_topic(topic.id)
    for address in ("/feed/", f"/f/{board.europe.pk}-europe/feed/", "/u/alice/feed/"):
        found = feed(client.get(address))
        assert found.titles == ["Bridges"]
        assert found.removed == [f"tag:127.0.0.1,2026:post/{post.pk}"]
    assert client.get(f"{topic.address}feed/").status_code == 410


def test_a_wave_of_removed_topics_does_not_push_out_what_is_there(board: Board, client: Client) -> None:
    board.topic(title="Honest")
    for number in range(40):
        _remove_topic(board.topic(title=f"Buy pills {number}").id)
    found = feed(client.get("/feed/"))
    assert found.titles == ["Honest"]
    assert len(found.removed) == 40
    with patch.object(pages, "MOST_ROWS", 35):
        assert [page.titles for page in _all_pages(client, "/feed/")] == [[], ["Honest"]]


@pytest.mark.parametrize("kind", ["board", "forum", "topic", "member"])
def test_older_pages_hold_every_post_once_and_lead_back(board: Board, client: Client, kind: str) -> None:
    topic = board.topic(title="Tunnels", by="dora")
    for number in range(74):
        board.topic(title=f"T{number}", by="carol") if kind != "topic" else board.reply(topic, f"R{number}")
        if number == 40:
            removed = board.reply(topic, by="carol")
            remove_post(moderator=board.actor("bob"), post_id=removed.pk, forum=board.node())
    address = {
        "board": "/feed/", "forum": f"/f/{board.europe.pk}-europe/feed/", "topic": f"{topic.address}feed/",
        "member": "/u/carol/feed/",
    }[kind]  # fmt: skip
    found = list(_all_pages(client, address))
    ids = [entry.id for page in found for entry in page.entries]
    assert len(ids) == len(set(ids)) == (74 if kind == "member" else 75)
    assert [len(page.entries) for page in found] == [30, 30, 14 if kind == "member" else 15]
    assert sum(len(page.removed) for page in found) == (1 if kind in ("topic", "member") else 0)
    assert (found[0].link("previous"), found[-1].link("next")) == ("", "")
    for page in found:
        assert page.link("first") == f"http://127.0.0.1:8000{address}"
    back = feed(client.get(found[2].link("previous").removeprefix("http://127.0.0.1:8000")))
    assert [entry.id for entry in back.entries] == [entry.id for entry in found[1].entries]
    top = feed(client.get(back.link("previous").removeprefix("http://127.0.0.1:8000")))
    assert [entry.id for entry in top.entries] == [entry.id for entry in found[0].entries]
    assert (top.link("self"), top.link("previous")) == (f"http://127.0.0.1:8000{address}", "")


def test_every_address_in_a_feed_leads_somewhere_in_one_step(board: Board, client: Client) -> None:
    topic = board.topic(title="\u0644\u0645\u0627\u0630\u0627 \u0627\u0644\u062e\u0628\u0632")
    board.reply(topic)
    for address in (
        "/feed/",
        f"{topic.address}feed/",
        "/u/carol/feed/",
        f"/f/{board.europe.pk}-europe/feed/",
    ):
        tree = feed(client.get(address)).tree
        links = {str(href) for href in tree.xpath("//@href | //*[local-name()='uri']/text()")}
        assert len(links) >= 3
        for link in links:
            answer = client.get(link.removeprefix("http://127.0.0.1:8000"))
            assert answer.status_code == (302 if "/p/" in link else 200), link


def test_a_feed_is_where_its_page_is_whatever_the_slug(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    for wrong in (f"/t/{topic.id}/feed/", f"/t/{topic.id}-x/feed", f"/t/{topic.id}-tunnels/feed"):
        answer = client.get(wrong + "?before=9")
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"/t/{topic.id}-tunnels/feed/?before=9",
        )
    assert client.get("/feed").headers["Location"] == "/feed/"
    assert client.get("/u/ALICE/feed/").headers["Location"] == "/u/alice/feed/"


@pytest.mark.parametrize(
    "address",
    [
        "/t/999999/feed/", "/f/999999/feed/", "/u/nobody/feed/", "/feed/?before=x", "/feed/?after=-1",
        "/feed/?before=" + "9" * 30, "/t/" + "9" * 18 + "/feed/",
    ],
)  # fmt: skip
def test_a_feed_that_is_not_there_is_a_404(board: Board, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_link_forum_has_no_feed_and_nothing_is_written_by_asking(board: Board, client: Client) -> None:
    link = found_forum(name="Archive", kind="link", link="https://example.org/old", parent=board.category)
    assert client.get(f"/f/{link.pk}-archive/feed/").status_code == 404
    assert client.post("/feed/").status_code == 405


def test_odd_titles_and_texts_come_through(board: Board, client: Client) -> None:
    topic = board.topic(title=ODD, body=f"{ODD}\n\n]]> &amp; `</div>`")
    found = feed(client.get(f"{topic.address}feed/"))
    assert found.titles == [ODD]
    assert found.texts("a:title") == [f"{ODD} - Politics Board"]
    content = found.texts("a:entry/a:content")[0]
    assert content.startswith('<div dir="auto"><p dir="auto">Bread &amp; "roses" &lt;b&gt;')
    assert "]]&gt; &amp;" in content
    board_feed = feed(client.get("/feed/"))
    languages = board_feed.tree.xpath("//*[@xml:lang]")
    assert [(one.get("{http://www.w3.org/XML/1998/namespace}lang"), one.text) for one in languages] == [
        ("en", "Politics Board"), ("en", "Where people argue"),
    ]  # fmt: skip


_MOMENTS = st.datetimes(timezones=st.just(now().tzinfo))
_ITEMS = st.builds(
    Item, id=st.integers(1, 2**62), position=st.integers(1, 9), author_id=st.none() | st.integers(1, 9),
    author_name=st.text(max_size=9), created_at=_MOMENTS, edited_at=st.none() | _MOMENTS,
    removed_at=st.none() | _MOMENTS, html=st.text(max_size=40), topic_id=st.integers(1, 9),
    title=st.text(max_size=20), slug=st.from_regex(r"\w{1,9}", fullmatch=True), forum_id=st.just(1),
    topic_removed_at=st.none(),
)  # fmt: skip


@given(
    items=st.lists(_ITEMS, max_size=4, unique_by=lambda item: item.id),
    title=st.text(max_size=30),
    forum=st.text(max_size=9),
)
def test_a_feed_is_valid_whatever_was_imported(items: list[Item], title: str, forum: str) -> None:
    channel = Channel("tag:example.org,2026:board", title, "/", title, "en")
    text = atom.document(channel, Page(items, 3, 4), {1: forum}, "?before=9")
    found = Feed(text.encode())
    there = [item for item in items if item.gone_at is None]
    assert len(found.entries) == len(there)
    assert len(found.removed) == len(items) - len(there)
