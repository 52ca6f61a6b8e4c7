"""Rules are laid down, tried, ordered and repealed in a browser; guests read them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.visits import Visits

pytestmark = pytest.mark.browser
FORUM = "/f/10-seas-and-islands/"  # other tests write nothing there
RULES = f"{FORUM}rules/"


def fill(page: Page, text: str, condition: str) -> None:
    page.get_by_label("The rule in words").fill(text)
    page.get_by_label("Condition", exact=True).fill(condition)
    page.get_by_label("What follows", exact=True).select_option("refuse")
    page.get_by_label("What the author reads").fill("The post has {own_words} words.")
    page.get_by_label("How to mend it").fill("Say more.")


def repeal_all(page: Page) -> None:
    page.goto(RULES)
    while page.get_by_role("link", name=re.compile("^Repeal")).count():
        page.get_by_role("link", name=re.compile("^Repeal")).first.click()
        page.get_by_role("button", name="Repeal it").click()
        expect(page.get_by_role("status")).to_have_text("The rule is repealed.")


def test_a_rule_is_tried_laid_down_ordered_and_repealed(visit: Visits, javascript: bool) -> None:
    page, guest = visit("admin", javascript=javascript), visit(javascript=javascript)
    page.goto(FORUM)
    page.get_by_role("link", name="Change the rules").click()
    page.get_by_role("link", name="Lay down a rule").click()
    fill(page, "Say more than a word.", "own_word < 9")
    page.get_by_role("button", name="Try on the last 1,000 posts").click()
    expect(page.get_by_role("alert")).to_contain_text("own_words")
    expect(page.get_by_label("Condition", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Condition", exact=True).fill("own_words < 60")
    page.get_by_role("button", name="Try on the last 1,000 posts").press("Enter")
    found = page.get_by_role("region", name="What it would have caught")
    expect(found.get_by_role("link").first).to_have_attribute("href", re.compile("^/p/[0-9]+$"))
    page.get_by_role("button", name="Lay down the rule").click()
    expect(page.get_by_role("status")).to_have_text("The rule is laid down.")
    page.get_by_text("Rules that many boards have").click()
    page.get_by_role("button", name=re.compile("^Lay down ?: No titles in capital letters")).click()
    page.get_by_role("button", name=re.compile("^Up ?: Rule 2")).click()
    expect(page.locator("#rule-1")).to_contain_text("No titles in capital letters.")
    page.get_by_role("button", name=re.compile("^Enforce now ?: Rule 2")).click()
    expect(page.locator("#rule-2")).not_to_contain_text("Counted only")
    guest.goto(FORUM)
    guest.get_by_role("link", name="5 rules hold here").click()
    expect(guest.locator("[id^=rule-] h3")).to_have_text(["Rule 1", "Rule 2"])
    expect(guest.get_by_role("button")).to_have_count(0)
    repeal_all(page)


def test_axe_finds_nothing_on_these_pages(visit: Visits) -> None:
    page, guest = visit("admin"), visit()
    page.goto(f"{RULES}new/")
    fill(page, "x" * 1_000, "own_words < 60 || domains.exists(each, each == 'a.example')")
    page.get_by_role("button", name="Lay down the rule").click()
    page.goto(f"{RULES}new/")
    fill(page, "Be brief.", "own_words < 60")
    page.get_by_role("button", name="Try on the last 1,000 posts").click()
    _look(page)
    page.get_by_role("button", name="Lay down the rule").click()
    page.get_by_text("Rules that many boards have").click()
    _look(page)
    page.goto(f"{RULES}new/")
    page.get_by_text("Further steps").click()
    page.get_by_text("Only some groups or forums").click()
    fill(page, "", "own_word < 3")
    page.get_by_role("button", name="Lay down the rule").click()
    expect(page.get_by_role("alert")).to_have_count(2)
    _look(page)
    page.goto(RULES)
    own = page.locator("#rule-1")
    history = own.get_by_role("link", name=re.compile("^History")).get_attribute("href") or ""
    for address in (
        history,
        history.replace("history", "repeal"),
        history.replace("history", "change"),
        f"{RULES}yaml/",
    ):
        page.goto(address)
        _look(page)
    for address in (RULES, history, "/rules/", FORUM):
        guest.goto(address)
        _look(guest)
    repeal_all(page)
    _look(page)


def _look(page: Page) -> None:
    assert examine(page) == NOTHING, page.url
    page.set_viewport_size({"width": 320, "height": 800})
    assert overflow(page) == 0, page.url
    page.set_viewport_size({"width": 1280, "height": 800})
