"""What search engines, cards and programs are told: heads and linked data."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from rostra.accounts.models import User
from rostra.kernel.clock import from_text
from rostra.markup import plain_text
from rostra.topics.actions import edit_post
from rostra.topics.models import Post
from rostra.topics.removal import remove_post
from rostra.web.linked import to_json
from tests.cast import Board

SITE = "http://127.0.0.1:8000"
ODD = 'Bread & "roses" </script><!-- \u2028 \u05dc\u05d7\u05dd \U0001f468\u200d\U0001f469\u200d\U0001f467'


class Head(HTMLParser):
    """Metas, links and linked data of a page, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: dict[str, list[str]] = {}
        self.data: list[dict[str, Any]] = []
        self._is_data = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = known.get("name") or known.get("property", "")
            assert name not in self.metas or not name, f"two of {name}"
            self.metas[name] = known.get("content", "")
        if tag == "link":
            self.links.setdefault(known["rel"], []).append(known["href"])
        self._is_data = tag == "script" and known.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data += json.loads(data)["@graph"]

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False

    def of_type(self, kind: str) -> dict[str, Any]:
        """The one thing of a type that the page tells of."""
        (found,) = [thing for thing in self.data if thing["@type"] == kind]
        return found


def head(client: Client, address: str) -> Head:
    answer = client.get(address)
    assert answer.status_code == 200
    return Head(answer.content.decode())


def test_every_page_for_reading_has_one_canonical_address_and_a_card(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels", body="Who **pays** for it?")
    europe = f"/f/{board.europe.pk}-europe/"
    for address, title, words, kind in (
        ("/", "Politics Board", "Where people argue", "website"),
        (europe, "Europe", "From Lisbon to Tbilisi.", "website"),
        (topic.address, "Tunnels", "Who pays for it?", "article"),
        ("/u/alice/", "alice", None, "profile"),
    ):
        found = head(client, address)
        assert found.links["canonical"] == [SITE + address]
        assert found.metas["og:url"] == SITE + address
        assert (found.metas["og:title"], found.metas["og:type"]) == (title, kind)
        assert found.metas.get("og:description") == found.metas.get("description") == words
        assert (found.metas["og:site_name"], found.metas["og:locale"]) == ("Politics Board", "en")
        assert found.metas["twitter:card"] == "summary"
        assert "robots" not in found.metas
        for feed in found.links["alternate"]:
            assert client.get(feed).headers["Content-Type"].startswith("application/atom+xml")
        assert f"{'' if address == '/' else address.rstrip('/')}/feed/" in found.links["alternate"]


def test_a_card_shows_the_page_s_first_post_without_quotations_and_cut_between_signs(
    board: Board, client: Client
) -> None:
    topic = board.topic(
        title=ODD,
        body=f"> **carol** wrote this\n\n{ODD} " + "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 300,
    )
    found = head(client, topic.address)
    assert found.metas["og:title"] == topic.title
    words = found.metas["og:description"]
    assert words.startswith('Bread & "roses" </script><!--')
    assert words.endswith("\U0001f468\u200d\U0001f469\u200d\U0001f467[…]")
    assert "carol" not in words
    for number in range(21):
        board.reply(topic, f"Reply {number}")
    second = head(client, f"{topic.address}?page=2")
    assert second.metas["og:description"] == "Reply 19"
    assert second.links["canonical"] == [f"{SITE}{quote(topic.address)}?page=2"]


def test_a_topic_tells_its_posts_as_linked_data(board: Board, client: Client) -> None:
    topic = board.topic(title=ODD, body=f"{ODD}\n\n`</script>`", by="alice")
    reply = board.reply(topic, "An **answer** & more", by="carol")
    gone = board.reply(topic, "Gone")
    remove_post(moderator=board.actor("bob"), post_id=gone.pk, forum=board.node())
    edit_post(
        editor=board.actor("carol"), post_id=reply.pk, topic=topic, forum=board.node(), body="Better & more"
    )
    found = head(client, topic.address).of_type("DiscussionForumPosting")
    opening = Post.objects.get(topic_id=topic.id, position=1)
    reply.refresh_from_db()
    assert found["headline"] == board.row(topic.id).title
    assert found["text"] == plain_text(opening.html)
    assert found["url"] == SITE + quote(topic.address)
    assert found["author"] == {"@type": "Person", "name": "alice", "url": f"{SITE}/u/alice/"}
    assert from_text(found["datePublished"]) == opening.created_at.replace(microsecond=0)
    assert "dateModified" not in found
    counts = {one["interactionType"]: one["userInteractionCount"] for one in found["interactionStatistic"]}
    assert counts == {"https://schema.org/CommentAction": 1, "https://schema.org/ViewAction": 0}
    (comment,) = found["comment"]
    assert (comment["@type"], comment["text"], comment["url"]) == (
        "Comment",
        "Better & more",
        f"{SITE}/p/{reply.pk}",
    )
    assert reply.edited_at is not None
    assert from_text(comment["dateModified"]) == reply.edited_at.replace(microsecond=0)


def test_a_later_page_repeats_the_opening_post_with_the_main_address(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels", body="Who pays?")
    for number in range(30):
        board.reply(topic, f"Reply {number}")
    found = head(client, f"{topic.address}?page=2").of_type("DiscussionForumPosting")
    assert (found["url"], found["text"]) == (SITE + topic.address, "Who pays?")
    assert [comment["text"] for comment in found["comment"]] == [
        f"Reply {number}" for number in range(19, 30)
    ]
    first = head(client, topic.address).of_type("DiscussionForumPosting")
    assert [comment["text"] for comment in first["comment"]] == [f"Reply {number}" for number in range(19)]


def test_an_author_without_account_has_no_address(board: Board, client: Client) -> None:
    topic = board.topic()
    Post.objects.filter(topic_id=topic.id).update(author_id=None, author_name="Somebody else")
    found = head(client, topic.address).of_type("DiscussionForumPosting")
    assert found["author"] == {"@type": "Person", "name": "Somebody else"}


def test_forums_topics_and_profiles_say_where_they_stand(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    europe, world = f"/f/{board.europe.pk}-europe/", f"/f/{board.category.pk}-the-world/"
    way = [("Politics Board", f"{SITE}/"), ("The world", SITE + world), ("Europe", SITE + europe)]
    for address, steps in ((europe, way), (topic.address, [*way, ("Tunnels", None)])):
        found = head(client, address).of_type("BreadcrumbList")["itemListElement"]
        assert [(one["name"], one.get("item")) for one in found] == steps
        assert [one["position"] for one in found] == list(range(1, len(steps) + 1))
    User.objects.filter(name="alice").update(about="Reads & </script> writes")
    page = head(client, "/u/alice/").of_type("ProfilePage")
    person = page["mainEntity"]
    assert (person["name"], person["url"]) == ("alice", f"{SITE}/u/alice/")
    assert person["description"] == "Reads & </script> writes"
    assert person["agentInteractionStatistic"]["userInteractionCount"] == 1
    assert from_text(page["dateCreated"]) == board.people["alice"].joined_at.replace(microsecond=0)


def test_members_need_no_linked_data(board: Board, as_person: Callable[[str], Client]) -> None:
    topic = board.topic()
    for address in (topic.address, f"/f/{board.europe.pk}-europe/", "/u/alice/"):
        page = as_person("carol").get(address).content.decode()
        assert "ld+json" not in page
        assert 'rel="canonical"' in page


def test_what_is_thin_is_not_for_search_engines(board: Board, client: Client) -> None:
    topics = [board.topic(title=f"Topic {number}") for number in range(31)]
    europe = f"/f/{board.europe.pk}-europe/"
    older = re.findall(r'href="([^"]+)" rel="next"', client.get(europe).content.decode())[0]
    post = board.reply(topics[0])
    for address in (
        older,
        "/u/dora/",
        "/u/alice/?before=9",
        f"/p/{post.pk}/history",
        "/sign-in/",
        "/sign-up/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        found = Head(answer.content.decode())
        assert found.metas["robots"] == "noindex", address
        assert "canonical" not in found.links
        assert "ld+json" not in answer.content.decode() or address == older


def test_links_that_people_wrote_are_marked_as_theirs(board: Board, client: Client) -> None:
    topic = board.topic(body="See <https://example.org/>.")
    page = client.get(topic.address).content.decode()
    (rel,) = re.findall(r'<a [^>]*href="https://example.org/"[^>]*rel="([^"]+)"', page)
    assert {"ugc", "nofollow"} <= set(rel.split())


@given(
    st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_json_says_the_same_and_never_ends_its_element(value: object) -> None:
    text = to_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text.decode())
