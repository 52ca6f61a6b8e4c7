"""What a reader does not want to see is left out of lists, said so, and shown to everybody else."""

import re
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from rostra.board import queries as board_queries
from rostra.filters import queries as filter_queries
from rostra.forums import queries as forum_queries
from rostra.web import fragments, recent, showing
from rostra.web.forums import pages as forum_pages
from tests.cast import Board

SignedIn = Callable[[str], Client]
LISTS = ("active", "new", "hot", "unanswered", "unread")


def _html(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def _titles(html: str) -> list[str]:
    main = html.partition('<main id="main"')[2].partition("</main>")[0]
    return [row.partition('dir="auto">')[2].partition("<")[0] for row in main.split('<li class="topic')[1:]]


def test_lists_leave_topics_out_and_say_how_many(board: Board, as_person: SignedIn) -> None:
    shown = board.topic(title="Rent and land", by="bob")
    board.topic(title="By Carol", by="carol")
    board.topic(title="In Asia", by="bob", forum=board.asia)
    ignored = board.topic(title="An old quarrel", by="bob")
    board.topic(title="After the Élections", by="bob")
    board.topic(title="My elections", by="alice")
    alice = as_person("alice")
    alice.post("/u/carol/ignore", {"do": "ignore"})
    alice.post(f"/f/{board.asia.pk}-asia/ignore", {"do": "ignore"})
    alice.post(f"{ignored.address}ignore", {"do": "ignore"})
    alice.post("/settings/filters/", {"word": "election*"})
    for name in LISTS:
        html, everything = _html(alice, f"/{name}/"), _html(alice, f"/{name}/?all=1")
        number = 3 if name == "unread" else 4  # nothing is unread in an ignored topic
        assert set(_titles(html)) == {shown.title, "My elections"}, name
        assert f"{number} topics left out." in html, name
        assert f'href="/{name}/?all=1"' in html
        assert len(_titles(everything)) == number + 2, name
        assert f"{number} topics here are usually left out." in everything, name
        assert f'href="/{name}/"' in everything
        assert "left out" not in _html(as_person("bob"), f"/{name}/")
        if name != "unread":
            assert "left out" not in _html(Client(), f"/{name}/?all=1")
            assert len(_titles(_html(Client(), f"/{name}/"))) == 6
    mine = _html(alice, "/mine/")
    assert _titles(mine) == ["My elections"]
    assert "left out" not in mine


def test_one_topic_is_said_in_the_singular(board: Board, as_person: SignedIn) -> None:
    board.topic(title="Rent", by="bob")
    alice = as_person("alice")
    alice.post("/settings/filters/", {"word": "rent"})
    assert "1 topic left out." in _html(alice, "/active/")
    assert "you have read everything" not in _html(alice, "/unread/")


def test_in_its_own_page_an_ignored_forum_is_whole(board: Board, as_person: SignedIn) -> None:
    board.topic(title="Peace", by="bob", forum=board.asia)
    board.topic(title="By Carol", by="carol", forum=board.asia)
    alice, address = as_person("alice"), f"/f/{board.asia.pk}-asia/"
    alice.post(f"{address}ignore", {"do": "ignore"})
    assert len(_titles(_html(alice, address))) == 2
    alice.post("/u/carol/ignore", {"do": "ignore"})
    html = _html(alice, address)
    assert _titles(html) == ["Peace"]
    assert "1 topic left out." in html
    assert f'href="{address}?all=1"' in html
    assert len(_titles(_html(alice, f"{address}?all=1"))) == 2


def test_an_ignored_forum_is_calm_on_the_index_and_stays_there(board: Board, as_person: SignedIn) -> None:
    board.topic(title="Peace", by="bob", forum=board.asia)
    alice = as_person("alice")
    assert 'class="badge"' in _html(alice, "/")
    alice.post(f"/f/{board.asia.pk}-asia/ignore", {"do": "ignore"})
    for address in ("/", f"/f/{board.category.pk}"):
        html = _html(alice, address)
        assert 'class="badge"' not in html
        assert '<li class="forum ignored">' in html
        assert '<li class="forum ignored">' not in _html(as_person("carol"), address)
    assert 'class="badge"' in _html(as_person("carol"), "/")


def test_an_ignored_topic_is_not_new_until_it_is_followed_again(board: Board, as_person: SignedIn) -> None:
    topic, other = board.topic(title="Quarrel", by="bob"), board.topic(title="Peace", by="bob")
    alice = as_person("alice")
    alice.get(topic.address)
    new = board.reply(topic, by="carol")
    alice.post(f"{topic.address}ignore", {"do": "ignore"})
    alice.get(other.address)  # now all else is read, and the forum's mark moves on
    assert 'class="badge"' not in _html(alice, "/")
    alice.post(f"{topic.address}ignore", {"do": "stop"})
    assert 'class="badge"' in _html(alice, "/")
    assert _titles(_html(alice, "/unread/")) == ["Quarrel"]
    assert alice.get(f"{topic.address}unread").headers["Location"].endswith(f"#p{new.pk}")


def test_the_box_of_recent_topics_leaves_out_the_same(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(title="Rent", by="bob")
    board.reply(topic, "Words of Carol.", by="carol")
    board.topic(title="Peace in Asia", by="bob")
    alice = as_person("alice")
    alice.post("/u/carol/ignore", {"do": "ignore"})
    alice.post("/settings/filters/", {"word": "peace"})
    box = _html(alice, "/").partition('<aside class="recent"')[2]
    assert "Rent" in box
    assert "Words of Carol." not in box
    assert "Peace in Asia" not in box
    carol = as_person("carol")
    carol.post("/settings/filters/", {"word": "rent"})
    box = _html(carol, "/").partition('<aside class="recent"')[2]
    assert "Peace in Asia" in box
    assert ">Rent<" not in box
    for other in (Client(), as_person("bob")):
        box = _html(other, "/").partition('<aside class="recent"')[2]
        assert "Words of Carol." in box
        assert "Peace in Asia" in box


def test_every_button_says_what_it_did_and_how_to_undo_it(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="bob")
    alice = as_person("alice")
    for address, thing in (
        ("/u/carol/", "member"),
        (topic.address, "topic"),
        (f"/f/{board.asia.pk}-asia/", "forum"),
    ):
        assert f"Ignore this {thing}" in _html(alice, address)
        answer = alice.post(f"{address}ignore", {"do": "ignore"})
        assert answer.headers["Location"] == f"{address}?done=ignored"
        html = _html(alice, answer.headers["Location"])
        assert f"You ignore this {thing}" in html
        assert "Stop ignoring" in html
        assert f"Ignore this {thing}" not in html
        answer = alice.post(f"{address}ignore", {"do": "stop"})
        html = _html(alice, answer.headers["Location"])
        assert f"You no longer ignore this {thing}." in html
        assert "Undo" in html


def test_staff_and_oneself_have_no_such_button(board: Board, as_person: SignedIn) -> None:
    alice = as_person("alice")
    for name in ("alice", "bob", "dora"):
        assert "Ignore this member" not in _html(alice, f"/u/{name}/")
        answer = alice.post(f"/u/{name}/ignore", {"do": "ignore"})
        assert answer.status_code == 403
    assert "bob is a moderator" in alice.post("/u/bob/ignore", {"do": "ignore"}).content.decode()


def test_guests_are_untouched(board: Board) -> None:
    topic = board.topic(by="carol")
    for address in ("/u/carol/", topic.address, f"/f/{board.asia.pk}-asia/"):
        assert "gnore this" not in _html(Client(), address)
        answer = Client().post(f"{address}ignore", {"do": "ignore"})
        assert answer.status_code == 403
        assert "Sign in first." in answer.content.decode()
    assert Client().get("/settings/filters/").headers["Location"].startswith("/sign-in/")


def test_nothing_is_ignored_by_following_a_link(board: Board, as_person: SignedIn) -> None:
    alice, topic = as_person("alice"), board.topic(by="bob")
    for address in ("/u/carol/", topic.address, f"/f/{board.asia.pk}-asia/"):
        assert alice.get(f"{address}ignore").status_code == 405
        assert alice.post(f"{address}ignore", {"do": "both"}).status_code == 422


@pytest.mark.parametrize("address", ["/u/nobody/ignore", "/t/999-x/ignore", "/f/999-x/ignore"])
def test_what_is_not_there_cannot_be_ignored(board: Board, as_person: SignedIn, address: str) -> None:
    assert as_person("alice").post(address, {"do": "ignore"}).status_code == 404


def test_the_settings_list_all_that_is_filtered_with_a_way_back(board: Board, as_person: SignedIn) -> None:
    topic, alice = board.topic(title="Quarrel", by="bob"), as_person("alice")
    asia = f"/f/{board.asia.pk}-asia/"
    names = {"/u/carol/": "carol", topic.address: "Quarrel", asia: "Asia"}
    for address in names:
        alice.post(f"{address}ignore", {"do": "ignore"})
    added = alice.post("/settings/filters/", {"word": "Elect*"})
    html = _html(alice, added.headers["Location"])
    assert "You filter “Elect*” now." in html
    for address, name in names.items():
        assert f'<a href="{address}" dir="auto">{name}</a>' in html
        gone = alice.post(f"{address}ignore", {"do": "stop", "from": "settings"})
        told = _html(alice, gone.headers["Location"])
        assert f"You no longer ignore “{name}”." in told
        assert f'<a href="{address}" dir="auto">' not in told
        assert f'action="{address}ignore"' in told
    word = re.search(r'name="remove" value="(\d+)"', html)
    assert word
    gone = alice.post("/settings/filters/", {"remove": word[1]})
    told = _html(alice, gone.headers["Location"])
    assert "You no longer filter “Elect*”." in told
    assert 'type="hidden" name="word" value="Elect*"' in told
    assert told.count('class="empty"') == 4


def test_a_word_that_cannot_be_taken_is_still_there(board: Board, as_person: SignedIn) -> None:
    answer = as_person("alice").post("/settings/filters/", {"word": "el*ct"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="el*ct"' in html
    assert "at the end only" in html


@pytest.mark.parametrize(
    "query", ["stopped=member&id=9999", "stopped=topic&id=x", "stopped=what&id=1", "stopped=word", "stopped=forum&id=" + "9" * 40]
)  # fmt: skip
def test_an_odd_address_of_the_list_is_the_list(board: Board, as_person: SignedIn, query: str) -> None:
    assert "Undo" not in _html(as_person("alice"), f"/settings/filters/?{query}")


def test_removing_a_word_of_somebody_else_does_nothing(board: Board, as_person: SignedIn) -> None:
    as_person("bob").post("/settings/filters/", {"word": "rent"})
    number = str(filter_queries.filtered_words(board.people["bob"].pk)[0].id)
    alice = as_person("alice")
    assert alice.post("/settings/filters/", {"remove": number}).headers["Location"] == "/settings/filters/"
    assert filter_queries.filtered_words(board.people["bob"].pk)
    assert alice.post("/settings/filters/", {"remove": "x"}).status_code == 404


def test_filters_cost_no_query_on_a_warm_page(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="bob")
    board.reply(topic, by="carol")
    pages = ["/", topic.address, f"/f/{board.europe.pk}-europe/", *(f"/{name}/" for name in LISTS)]
    alice = as_person("alice")

    def cost() -> list[int]:
        found = []
        for page in pages:
            alice.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert alice.get(page).status_code == 200
            found.append(len(asked))
        return found

    before = cost()
    alice.post("/u/carol/ignore", {"do": "ignore"})
    alice.post(f"/f/{board.asia.pk}-asia/ignore", {"do": "ignore"})
    alice.post("/settings/filters/", {"word": "rent"})
    assert cost() == before
    filter_queries.forget()
    with CaptureQueriesContext(connection) as asked:
        alice.get("/")
    assert len(asked) == before[0] + 1


TITLES = ("Rent", "Élection", "Land", "election day", "Peace")
topics = st.lists(
    st.tuples(st.sampled_from(TITLES), st.sampled_from(("bob", "carol")), st.booleans()),
    min_size=1,
    max_size=12,
)
filters = st.sets(st.sampled_from(("carol", "asia", "elect*", "rent", "first")))


@pytest.mark.django_db
@settings(max_examples=25)
@given(topics=topics, filters=filters)
def test_what_is_shown_and_what_is_left_out_is_all_there_is(
    topics: list[tuple[str, str, bool]], filters: set[str]
) -> None:
    with transaction.atomic():
        for module in (board_queries, forum_queries, filter_queries, recent, forum_pages, fragments, showing):
            module.forget()
        board = Board()
        rows = [
            board.topic(title=f"{title} {number}", by=by, forum=board.asia if is_asia else board.europe)
            for number, (title, by, is_asia) in enumerate(topics)
        ]
        alice = Client()
        alice.force_login(board.people["alice"])
        _choose(alice, board, filters, rows[0].address)
        for address in ("/active/", "/new/", "/hot/", "/unanswered/", f"/f/{board.asia.pk}-asia/"):
            shown, everything = _html(alice, address), _html(alice, f"{address}?all=1")
            told = re.search(r"(\d+) topics? left out", shown)
            assert len(_titles(shown)) + int(told[1] if told else 0) == len(_titles(everything)), address
            assert [title for title in _titles(everything) if title in _titles(shown)] == _titles(shown)
            assert _titles(everything) == _titles(_html(Client(), address))
        transaction.set_rollback(True)


def _choose(alice: Client, board: Board, filters: set[str], first: str) -> None:
    for word in filters & {"elect*", "rent"}:
        alice.post("/settings/filters/", {"word": word})
    for name, address in (("carol", "/u/carol/"), ("asia", f"/f/{board.asia.pk}-asia/"), ("first", first)):
        if name in filters:
            alice.post(f"{address}ignore", {"do": "ignore"})


def test_paging_goes_on_behind_what_was_left_out(
    board: Board, as_person: SignedIn, settings: pytest.FixtureRequest
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"topics_per_page": 5})  # type: ignore[attr-defined]
    for number in range(23):
        board.topic(title=f"{'Rent' if number % 3 else 'Land'} {number}", by="bob")
    alice = as_person("alice")
    alice.post("/settings/filters/", {"word": "rent"})
    for start in ("/active/", "/new/", f"/f/{board.europe.pk}-europe/"):
        for all_of_it, expected in (("", 8), ("?all=1", 23)):
            seen, address = [], f"{start}{all_of_it}"
            for _ in range(9):
                html = _html(alice, address)
                seen += _titles(html)
                onward = re.search(r'<a href="([^"]+)" rel="next"', html)
                if not onward:
                    break
                address = onward[1].replace("&amp;", "&")
            assert len(seen) == len(set(seen)) == expected, address


def test_the_first_page_of_a_forum_that_is_kept_for_all_leaves_out_only_what_each_reader_filters(
    board: Board, as_person: SignedIn
) -> None:
    board.topic(title="Rent and land", by="bob")
    board.topic(title="Wine", by="carol")
    alice = as_person("alice")
    alice.post("/settings/filters/", {"word": "rent"})
    address = f"/f/{board.europe.pk}-europe/"
    for _ in range(2):
        assert _titles(_html(alice, address)) == ["Wine"]
        assert _titles(_html(Client(), address)) == ["Wine", "Rent and land"]
    board.topic(title="Bread", by="bob")
    assert _titles(_html(alice, address)) == ["Bread", "Wine"]
    assert _titles(_html(Client(), address)) == ["Bread", "Wine", "Rent and land"]
