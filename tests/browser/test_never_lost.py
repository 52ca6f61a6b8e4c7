"""Nothing typed is ever lost: each plug is pulled in the middle of a text."""

import re
import urllib.parse
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visits import QUIET_FORUM, Visits, start_topic

pytestmark = pytest.mark.browser
SAVE = "**/drafts/save"
SAVED = re.compile("Draft saved")
WORDS = "A long thought that took an hour to write."


def drop(route: Route) -> None:
    """The server is gone: the connection is refused."""
    route.abort("connectionrefused")


class SlowNetwork:
    """Holds requests back until they are let go."""

    def __init__(self) -> None:
        self.held: list[Route] = []
        self.is_slow = True

    def __call__(self, route: Route) -> None:
        """One request."""
        if self.is_slow:
            self.held.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        """All that is held, and whatever comes."""
        self.is_slow = False
        for route in self.held:
            route.continue_()


def quick_reply(page: Page, text: str) -> None:
    """Type below a topic as a person does."""
    page.get_by_label("Your reply").press_sequentially(text)


def test_what_is_typed_is_on_the_server_after_some_seconds(visit: Visits) -> None:
    here, elsewhere = visit("member"), visit("member")
    topic = start_topic(here, "On another device")
    quick_reply(here, WORDS)
    expect(here.locator("[data-status]")).to_have_text(SAVED)
    elsewhere.goto(f"{topic}reply")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value(WORDS)
    elsewhere.get_by_role("button", name="Post reply").click()
    expect(elsewhere.get_by_role("article").last).to_contain_text(WORDS)
    elsewhere.goto("/drafts/")
    expect(elsewhere.get_by_role("link", name="Reply to “On another device”")).to_have_count(0)


def test_a_window_closed_at_once_loses_nothing(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "Closed too soon")
    quick_reply(page, WORDS)
    page.goto("/")
    page.goto(topic)
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)


def test_a_text_survives_a_server_that_stops_in_the_middle(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "The server stops")
    quick_reply(page, WORDS)
    page.context.route("**/reply", drop)
    page.context.route("**/drafts/save", drop)
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url("chrome-error://**")
    page.context.unroute_all()
    page.goto(topic)
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)
    expect(page.get_by_role("status").filter(has_text="What you had typed is back")).to_be_visible()
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("article").last).to_contain_text(WORDS)
    page.goto(topic)
    expect(page.get_by_label("Your reply")).to_have_value("")


def test_an_answer_that_never_arrived_posts_once(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "The answer is lost")
    quick_reply(page, WORDS)

    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.context.route("**/reply", lose_the_answer)
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url("chrome-error://**")
    page.context.unroute_all()
    page.goto(topic)
    expect(page.get_by_role("article")).to_have_count(2)
    if page.get_by_label("Your reply").input_value():
        page.get_by_role("button", name="Post reply").click()
        page.wait_for_url("**#p*")
    page.goto(topic)
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_text_is_kept_in_the_browser_when_the_session_ends(visit: Visits) -> None:
    page = visit("moderator")
    start_topic(page, "Signed out while writing")
    page.context.clear_cookies(name="session")
    quick_reply(page, WORDS)
    expect(page.locator("[data-status]")).to_contain_text("Kept in this browser only")


def test_an_older_window_is_told_of_a_newer_draft(visit: Visits) -> None:
    one, two = visit("member"), visit("member")
    topic = start_topic(one, "Two windows")
    two.goto(topic)
    quick_reply(one, "From the first window.")
    expect(one.locator("[data-status]")).to_have_text(SAVED)
    quick_reply(two, "From the second window.")
    notice = two.locator(".notice").filter(has_text="A newer draft was saved")
    expect(notice.locator("textarea")).to_have_value("From the first window.")
    expect(two.get_by_label("Your reply")).to_have_value("From the second window.")


def test_an_autosave_that_answers_late_overwrites_nothing(visit: Visits) -> None:
    here, elsewhere = visit("member"), visit("member")
    topic = start_topic(here, "A slow network")
    network = SlowNetwork()
    here.route(SAVE, network)
    with here.expect_request(SAVE):
        quick_reply(here, "The first words")
    here.get_by_label("Your reply").press_sequentially(", and more of them.")
    here.wait_for_timeout(3500)  # longer than composer.js waits before it saves
    assert len(network.held) == 1, "one save at a time"
    with here.expect_response(
        lambda answer: answer.request.post_data is not None and "more+of" in answer.request.post_data
    ):
        network.let_go()
    expect(here.locator("[data-status]")).to_have_text(SAVED)
    expect(here.get_by_label("Your reply")).to_have_value("The first words, and more of them.")
    expect(here.locator(".notice")).to_have_count(0)
    elsewhere.goto(topic)
    expect(elsewhere.get_by_label("Your reply")).to_have_value("The first words, and more of them.")


def test_of_two_tabs_the_one_whose_autosave_comes_late_is_told(visit: Visits) -> None:
    one, elsewhere = visit("member"), visit("member")
    topic = start_topic(one, "Two tabs")
    network = SlowNetwork()
    one.route(SAVE, network)
    with one.expect_request(SAVE):
        quick_reply(one, "Words of the first tab.")
    two = one.context.new_page()
    two.goto(topic)
    expect(two.get_by_label("Your reply")).to_have_value("Words of the first tab.")
    two.get_by_label("Your reply").fill("Words of the second tab.")
    expect(two.locator("[data-status]")).to_have_text(SAVED)
    network.let_go()
    notice = one.locator(".notice").filter(has_text="A newer draft was saved")
    expect(notice.locator("textarea")).to_have_value("Words of the second tab.")
    expect(one.get_by_label("Your reply")).to_have_value("Words of the first tab.")
    elsewhere.goto(topic)
    expect(elsewhere.get_by_label("Your reply")).to_have_value("Words of the second tab.")


def test_a_board_that_goes_read_only_in_the_middle_keeps_the_text(
    visit: Visits, read_only: Callable[[str], None]
) -> None:
    here, elsewhere = visit("member"), visit("member")
    topic = start_topic(here, "Closed while writing")
    quick_reply(here, "What the server has. ")
    expect(here.locator("[data-status]")).to_have_text(SAVED)
    read_only("We move to another server.")
    here.get_by_label("Your reply").press_sequentially("What this device has.")
    expect(here.locator("[data-status]")).to_contain_text("Kept in this browser only")
    whole = "What the server has. What this device has."
    here.get_by_role("button", name="Post reply").click()
    expect(here.get_by_role("alert")).to_contain_text("We move to another server.")
    expect(here.get_by_label("Text", exact=True)).to_have_value(whole)
    here.goto(f"{topic}reply")
    expect(here.get_by_role("alert")).to_contain_text("We move to another server.")
    expect(here.get_by_label("Text", exact=True)).to_have_value(whole)
    elsewhere.goto(f"{topic}reply")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value("What the server has. ")
    read_only("")
    here.goto(topic)
    expect(here.get_by_label("Your reply")).to_have_value(whole)
    for _ in range(20):  # the page that was left saves it, or this one some seconds later
        elsewhere.goto(topic)
        if elsewhere.get_by_label("Your reply").input_value() == whole:
            break
        elsewhere.wait_for_timeout(500)
    expect(elsewhere.get_by_label("Your reply")).to_have_value(whole)


def test_without_javascript_a_draft_is_saved_by_its_button(visit: Visits) -> None:
    page = visit("member", javascript=False)
    page.goto(f"{QUIET_FORUM}new")
    page.get_by_label("Title").fill("A title for later")
    page.get_by_label("Text", exact=True).fill(WORDS)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".notice")).to_contain_text("The draft is saved")
    page.goto("/drafts/")
    page.get_by_role("link", name="A title for later").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(WORDS)
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("")


def test_a_reply_that_came_meanwhile_is_seen_before_posting(visit: Visits, javascript: bool) -> None:
    one, two = visit("member", javascript=javascript), visit("moderator", javascript=javascript)
    topic = start_topic(one, "Overtaken")
    one.get_by_label("Your reply").fill(WORDS)
    two.goto(topic)
    two.get_by_label("Your reply").fill("I was faster.")
    two.get_by_role("button", name="Post reply").click()
    two.wait_for_url("**#p*")
    one.get_by_role("button", name="Post reply").click()
    arrived = one.get_by_role("region", name="Posted while you were writing")
    expect(arrived).to_contain_text("I was faster.")
    expect(one.get_by_label("Text", exact=True)).to_have_value(WORDS)
    one.get_by_role("button", name="Post reply").click()
    expect(one.get_by_role("article").last).to_contain_text(WORDS)


def test_two_people_who_edit_one_post_see_both_texts(visit: Visits, javascript: bool) -> None:
    author, moderator = visit("member", javascript=javascript), visit("admin", javascript=javascript)
    start_topic(author, "Edited twice", "The first text.")
    number = re.search(r"#p(\d+)", author.url)
    assert number is not None
    edit = f"/p/{number[1]}/edit"
    author.goto(edit)
    moderator.goto(edit)
    moderator.get_by_label("The rule that was broken").select_option(index=1)
    moderator.get_by_label("What happened").fill("It calls another member a fool.")
    for page, words in ((moderator, "The moderator's text."), (author, "The author's text.")):
        page.get_by_label("Text", exact=True).fill(words)
        page.get_by_role("button", name="Save", exact=True).click()
    there = author.get_by_role("region", name="What is there now")
    expect(there.locator("del").first).to_contain_text("moderator")
    expect(author.get_by_label("Text", exact=True)).to_have_value("The author's text.")
    author.get_by_role("button", name="Save", exact=True).click()
    expect(author.get_by_role("article").first).to_contain_text("The author's text.")
    assert urllib.parse.urlsplit(author.url).fragment == f"p{number[1]}"
