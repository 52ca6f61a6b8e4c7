"""Writing through the forms, and what happens when it cannot be taken."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.accounts.models import User
from rostra.topics.models import Post, Topic
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]


def test_a_member_begins_a_topic_and_lands_on_it(board: Board, as_person: SignedIn) -> None:
    alice = as_person("alice")
    address = f"/f/{board.europe.pk}-europe/new"
    assert alice.get(address).status_code == 200
    response = alice.post(
        address, {"title": "Tunnels", "body": "Who pays?", "token": "x1", "do": "post"}, follow=True
    )
    assert response.status_code == 200
    assert "Who pays?" in response.content.decode()
    alice.post(address, {"title": "Tunnels", "body": "Who pays?", "token": "x1", "do": "post"})
    assert Topic.objects.count() == 1


def test_a_reply_can_quote_and_be_previewed(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(body="Roads *first*.")
    post = Post.objects.get(topic_id=topic.id)
    carol = as_person("carol")
    form = carol.get(f"{topic.address}reply?quote={post.pk}").content.decode()
    assert f"[quote=&#34;alice&#34; post_id={post.pk} time=" in form
    preview = carol.post(f"{topic.address}reply", {"body": "A *preview*", "do": "preview"}).content.decode()
    assert "A <em>preview</em>" in preview
    part = carol.post(
        f"{topic.address}reply", {"body": "A *part*", "do": "preview"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "A <em>part</em>" in part
    assert "<html" not in part
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [("", "The post is empty"), ("x" * 100_000, "100,000 characters"), ("a\0b", "NUL characters")],
)
def test_what_cannot_be_posted_comes_back_with_the_reason(
    board: Board, as_person: SignedIn, body: str, words: str
) -> None:
    topic = board.topic()
    response = as_person("carol").post(f"{topic.address}reply", {"body": body, "do": "post"})
    assert response.status_code == 422
    html = response.content.decode()
    assert words in html
    assert body.replace("\0", "␀")[:50] in html
    assert Post.objects.count() == 1


def test_bytes_that_are_no_utf8_are_named(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    response = as_person("carol").post(
        f"{topic.address}reply",
        b"do=post&body=caf%E9+and+more",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 422
    assert "not valid UTF-8" in response.content.decode()
    assert "and more" in response.content.decode()


def test_a_body_over_the_limit_is_a_413_that_names_the_limit(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    response = as_person("carol").post(f"{topic.address}reply", {"body": "x" * 3_000_000, "do": "post"})
    assert response.status_code == 413
    assert "2048 KiB" in response.content.decode()


def test_a_topic_locked_meanwhile_gives_the_text_back(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    Topic.objects.filter(id=topic.id).update(is_locked=True)
    response = as_person("carol").post(f"{topic.address}reply", {"body": "A long thought", "do": "post"})
    assert response.status_code == 403
    assert "locked" in response.content.decode()
    assert "A long thought" in response.content.decode()


def test_a_session_that_ended_gives_the_text_back(board: Board, client: Client) -> None:
    topic = board.topic()
    response = client.post(f"{topic.address}reply", {"body": "A long thought", "do": "post"})
    assert response.status_code == 403
    assert "A long thought" in response.content.decode()


def test_a_form_without_its_token_is_refused_and_keeps_the_text(board: Board) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(board.people["carol"])
    topic = board.topic()
    response = client.post(f"{topic.address}reply", {"body": "A long thought", "do": "post"})
    assert response.status_code == 403
    assert "A long thought" in response.content.decode()
    assert Post.objects.count() == 1


def test_a_form_older_than_the_sign_in_can_be_sent_again(board: Board) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(board.people["carol"])
    topic = board.topic()
    typed = {"body": "A long thought", "do": "post", "token": "t9"}
    own = client.post(
        f"{topic.address}reply", typed, headers={"Sec-Fetch-Site": "same-origin"}
    ).content.decode()
    assert "Send again" in own
    token = own.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert client.post(f"{topic.address}reply", {**typed, "csrfmiddlewaretoken": token}).status_code == 302
    assert Post.objects.filter(source="A long thought").count() == 1
    foreign = client.post(
        f"{topic.address}reply", typed, headers={"Sec-Fetch-Site": "cross-site"}
    ).content.decode()
    assert "Send again" not in foreign


def test_too_many_posts_are_a_429_that_keeps_the_text(
    board: Board, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rostra.web import ratelimits

    monkeypatch.setitem(ratelimits.LIMITS, "post", (1, 60, "posts"))
    topic, carol = board.topic(), as_person("carol")
    carol.post(f"{topic.address}reply", {"body": "One", "do": "post"})
    response = carol.post(f"{topic.address}reply", {"body": "Two too fast", "do": "post"})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "Two too fast" in response.content.decode()


def test_only_moderators_get_the_tools(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    assert as_person("alice").post(f"{topic.address}arrange", {"locked": "yes"}).status_code == 403
    assert (
        as_person("bob")
        .post(f"{topic.address}arrange", {"locked": "yes"})
        .headers["Location"]
        .endswith("/lock")
    )
    as_person("bob").post(f"{topic.address}arrange", {"kind": "announcement"})
    assert board.row(topic.id).kind == Topic.Kind.ANNOUNCEMENT
    assert as_person("bob").post(f"{topic.address}arrange", {"kind": "odd"}).status_code == 422


def test_somebody_signs_up_in_and_out(board: Board, client: Client) -> None:
    typed = {"username": "Émile Zola", "email": "emile@example.org", "password1": "a long enough secret"}
    assert client.post("/sign-up/", typed).status_code == 302
    emile = User.objects.get(name="Émile Zola")
    assert emile.password.startswith("md5$") or emile.password.startswith("argon2")
    assert "Émile Zola" in client.get("/").content.decode()
    client.post("/sign-out/")
    assert "Sign in" in client.get("/").content.decode()
    assert (
        client.post("/sign-in/", {"login": "émile zola", "password": typed["password1"]}).status_code == 302
    )


def test_signing_in_works_by_name_and_by_address_and_not_with_a_wrong_password(
    board: Board, client: Client
) -> None:
    assert client.post("/sign-in/", {"login": "alice", "password": "wrong"}).status_code == 200
    for login in ("ALICE", "alice@example.org"):
        assert client.post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 302, login
        client.post("/sign-out/")


@pytest.mark.parametrize("name", ["alice", "ALICE", "admin", "a", "x/y", "аlice", "...", "<b>"])
def test_a_name_that_cannot_be_had_is_refused_with_a_reason(board: Board, client: Client, name: str) -> None:
    response = client.post(
        "/sign-up/", {"username": name, "email": "n@example.org", "password1": "a long enough secret"}
    )
    assert response.status_code == 200
    assert 'class="fault"' in response.content.decode()
    assert User.objects.count() == 4
