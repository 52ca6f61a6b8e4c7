"""Reading: every page for a guest and for members, wrong addresses included."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.forums.actions import found_forum
from rostra.forums.giving import give
from rostra.kernel.clock import now
from rostra.permissions.resolution import Holder
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Topic
from rostra.topics.moving import move_topic
from rostra.topics.removal import remove_post
from tests.cast import Board

SignedIn = Callable[[str], Client]


def test_the_index_shows_the_tree_with_its_numbers(board: Board, client: Client) -> None:
    board.topic(title="Bread & roses")
    html = client.get("/").content.decode()
    for words in (
        "Politics Board",
        "Where people argue",
        "Europe",
        "From Lisbon to Tbilisi.",
        "Moderator:",
        "Europe Mods",
        "1 topic",
        "Bread &amp; roses",
    ):
        assert words in html


def test_the_index_adds_up_sub_forums(board: Board, client: Client) -> None:
    deep = found_forum(name="Balkans", parent=board.europe)
    board.topic(title="Deep down", forum=deep)
    html = client.get("/").content.decode()
    assert "Sub-forums:" in html
    assert "Deep down" in html
    assert client.get(f"/f/{deep.pk}-balkans/").status_code == 200


def test_a_forum_shows_rules_and_pinned_topics_first(board: Board, client: Client) -> None:
    old = board.topic(title="Old but sticky")
    board.topic(title="New and normal")
    Topic.objects.filter(id=old.id).update(kind=Topic.Kind.STICKY)
    html = client.get(f"/f/{board.europe.pk}-europe/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert "No one line posts please." in main
    assert main.index("Old but sticky") < main.index("New and normal")


def test_a_link_forum_leads_elsewhere(board: Board, client: Client) -> None:
    link = found_forum(name="Archive", kind="link", link="https://example.org/old", parent=board.category)
    response = client.get(f"/f/{link.pk}-archive/")
    assert (response.status_code, response.headers["Location"]) == (302, "https://example.org/old")


def test_topics_are_listed_by_keyset_without_losing_any(
    board: Board, client: Client, settings: object
) -> None:
    titles = [f"Topic number {number}" for number in range(75)]
    for title in titles:
        board.topic(title=title)
    seen: list[str] = []
    address = f"/f/{board.europe.pk}-europe/"
    pages = 0
    while address and pages < 9:
        html = client.get(address).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        seen += [title for title in reversed(titles) if f">{title}<" in main]
        address = (
            main.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
            if 'rel="next"' in main
            else ""
        )
        pages += 1
    assert seen == titles[::-1]


def test_a_topic_has_its_title_form_numbers_and_pages(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    posts = [board.reply(topic, f"Reply {number}") for number in range(1, 45)]
    html = client.get(f"/t/{topic.id}-tunnels/?page=3").content.decode()
    assert "<title>Tunnels - Politics Board | PB</title>" in html
    assert f'id="p{posts[-1].pk}"' in html
    assert f"#{posts[-1].pk}</a>" in html
    assert html.count("<article") == 5
    assert 'aria-current="page"' in html


def test_a_permalink_leads_to_page_and_anchor_also_after_removals(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    posts = [board.reply(topic) for _ in range(30)]
    for gone in posts[:5]:
        remove_post(moderator=board.actor("bob"), post_id=gone.pk, forum=board.node())
    response = client.get(f"/p/{posts[25].pk}")
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/t/{topic.id}-tunnels/?page=2#p{posts[25].pk}",
    )
    assert f'id="p{posts[25].pk}"' in client.get(response.headers["Location"]).content.decode()
    assert client.get(f"/p/{posts[0].pk}").status_code == 410


def test_a_permalink_survives_a_move_and_ends_with_its_topic(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    post = board.reply(topic)
    move_topic(
        moderator=board.actor("dora"),
        topic=board.row(topic.id),
        forum=board.node(),
        to=board.node(board.asia),
    )
    for address in (f"/p/{post.pk}", f"/p/{post.pk}/", f"/viewtopic.php?p={post.pk}"):
        assert client.get(address).headers["Location"] == f"{topic.address}#p{post.pk}"
    page = client.get(topic.address).content.decode()
    assert f'id="p{post.pk}" aria-labelledby="h{post.pk}" tabindex="-1"' in page
    Topic.objects.filter(id=topic.id).update(removed_at=now())
    assert client.get(f"/p/{post.pk}").status_code == 410
    assert [client.get(f"/p/{number}").status_code for number in ("999999", "0", "9" * 25)] == [404] * 3


def test_the_id_decides_and_a_wrong_slug_is_redirected_once(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    for address in (f"/t/{topic.id}", f"/t/{topic.id}-wrong/", f"/t/{topic.id}-tunnels"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, f"/t/{topic.id}-tunnels/"), (
            address
        )
    assert client.get(f"/t/{topic.id}-tunnels/?page=1").headers["Location"] == f"/t/{topic.id}-tunnels/"
    assert client.get("/u/ALICE/").headers["Location"] == "/u/alice/"


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/here/", "/t/999999/", "/f/999999/", "/p/999999", "/u/nobody/", "/t/99999999999999999999999999/",
        "/p/0", "/f/1-x/?before=tomorrow", "/u/alice/?before=x",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_404_that_names_it(board: Board, client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "99999999999999", "%ff", "1%00"])
def test_a_wrong_page_number_is_a_404_that_says_which_there_are(
    board: Board, client: Client, page: str
) -> None:
    topic = board.topic(title="Tunnels")
    response = client.get(f"/t/{topic.id}-tunnels/?page={page}")
    assert response.status_code == 404
    assert "its pages are 1 to 1" in response.content.decode()


def test_a_wrong_method_is_a_405_that_names_the_right_one(board: Board, client: Client) -> None:
    response = client.delete("/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_the_history_shows_what_changed(board: Board, client: Client) -> None:
    topic = board.topic(body="The old line")
    post = Post.objects.get(topic_id=topic.id)
    edit_post(
        editor=board.actor("alice"),
        post_id=post.pk,
        topic=topic,
        forum=board.node(),
        body="The new line",
        reason="clearer",
    )
    html = client.get(f"/p/{post.pk}/history").content.decode()
    assert "The<del> old</del><ins> new</ins> line" in html
    assert "clearer" in client.get(topic.address).content.decode()


def test_a_long_history_goes_on_without_losing_an_edit(board: Board, client: Client) -> None:
    topic = board.topic(body="Text 0")
    for number in range(1, 46):
        edit_post(
            editor=board.actor("alice"), post_id=topic.last_post_id or 0, topic=topic, forum=board.node(),
            body=f"Text {number}",
        )  # fmt: skip
    address, seen = f"/p/{topic.last_post_id}/history", ""
    for _ in range(5):
        html = client.get(address).content.decode()
        seen += html
        address = (
            address.partition("?")[0]
            + html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        )
    assert all(f"<del> {number}</del><ins> {number + 1}</ins>" in seen for number in range(45))
    assert seen.count("<del>") == 45


def test_unread_is_marked_until_it_is_read(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(title="Tunnels")
    carol = as_person("carol")
    assert "badge" in carol.get(f"/f/{board.europe.pk}-europe/").content.decode()
    assert "badge" in carol.get("/").content.decode()
    carol.get(topic.address)
    assert "badge" not in carol.get(f"/f/{board.europe.pk}-europe/").content.decode()
    assert "badge" not in carol.get("/").content.decode()
    board.reply(topic, by="alice")
    assert "badge" in carol.get("/").content.decode()


def test_every_answer_carries_the_security_headers(board: Board, client: Client) -> None:
    for address in ("/", "/nothing", "/sign-in/"):
        headers = client.get(address).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_holds_inline_code(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)> **b**")
    for address in (
        "/",
        f"/f/{board.europe.pk}-europe/",
        topic.address,
        f"{topic.address}reply",
        "/u/alice/",
    ):
        html = as_person("alice").get(address).content.decode()
        assert "<script>" not in html
        assert "<style" not in html
        assert " style=" not in html
        assert "<img" not in html


def test_the_board_says_that_it_lives_and_is_ready(board: Board, client: Client) -> None:
    assert client.get("/-/live").status_code == 200
    assert client.get("/-/ready").content == b"ready\n"


def test_moderators_find_a_link_to_edit_only_where_they_may(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="alice")
    link = f"/p/{Post.objects.get(topic_id=topic.id).pk}/edit"
    bob = as_person("bob")
    assert link in bob.get(topic.address).content.decode()
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=board.europe.pk, values={"mod_edit": "no"})
    assert link not in bob.get(topic.address).content.decode()
    assert bob.get(link).status_code == 403
