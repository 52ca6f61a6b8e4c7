"""Posts and quotations of those whom a reader ignores are folded, for that reader only."""

from collections.abc import Callable

from django.test import Client

from rostra.markup import Quoted, quotation
from tests.cast import Board

SignedIn = Callable[[str], Client]


def _html(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def _article(html: str, post_id: int) -> str:
    return html.partition(f'id="p{post_id}"')[2].partition("</article>")[0]


def test_posts_of_an_ignored_member_are_folded_for_the_one_who_ignores(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic(by="bob")
    post = board.reply(topic, "Carol's opinion.", by="carol")
    alice, bob = as_person("alice"), as_person("bob")
    assert "whom you ignore" not in _html(alice, topic.address)
    alice.post("/u/carol/ignore", {"do": "ignore"})
    for _ in range(2):  # whoever came first made the pieces
        article = _article(_html(alice, topic.address), post.pk)
        assert "<summary>Post by carol, whom you ignore</summary>" in article
        assert "opinion." in article.partition("</summary>")[2].partition("</details>")[0]
        assert f'<h2 id="h{post.pk}">' in article
        for other in (bob, Client()):
            assert "whom you ignore" not in _html(other, topic.address)
    permalink = alice.get(f"/p/{post.pk}").headers["Location"]
    assert permalink == f"{topic.address}#p{post.pk}"
    assert "whom you ignore" not in _html(alice, f"{topic.address}by/carol/")
    alice.post("/u/carol/ignore", {"do": "stop"})
    assert "whom you ignore" not in _html(alice, topic.address)


def test_quotations_of_an_ignored_member_are_folded_with_what_they_quote(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic(by="bob")
    theirs = board.reply(topic, "A thesis.", by="carol")
    quoted = quotation(Quoted("A thesis.", "carol", theirs.pk), "both") + "No.\n\n"
    quoted += quotation(Quoted("A question.", "bob", theirs.pk), "both") + "Yes."
    post = board.reply(topic, quoted, by="bob")
    alice = as_person("alice")
    alice.post("/u/carol/ignore", {"do": "ignore"})
    article = _article(_html(alice, topic.address), post.pk)
    assert article.count("<details") == article.count("</details>") == 1
    folded = article.partition("<details")[2].partition("</details>")[0]
    assert "Quotation of <bdi>carol</bdi>, whom you ignore" in folded
    assert "A thesis." in folded
    assert "A question." not in folded
    assert "No." not in folded
    assert '<details class="folded' not in _article(_html(as_person("bob"), topic.address), post.pk)


def test_the_newest_posts_below_the_editor_are_folded_too(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="bob")
    board.reply(topic, "An opinion.", by="carol")
    alice = as_person("alice")
    alice.post("/u/carol/ignore", {"do": "ignore"})
    html = _html(alice, f"{topic.address}reply")
    assert html.count("Post by carol, whom you ignore") == 1
    late = alice.post(f"{topic.address}reply", {"body": "Mine.", "base": "1", "token": "t"})
    assert late.status_code == 409
    assert "Post by carol, whom you ignore" in late.content.decode().partition('id="review"')[0]
