"""No violation that axe can find, in light and dark, on a telephone and on a desk; and nothing sticks out."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.visits import Scheme, Visits, start_topic

pytestmark = pytest.mark.browser
# What: (who looks, where)
PAGES = {
    "index": ("", "/"),
    "forum": ("", "/f/6"),
    "topic": ("", "/t/10"),
    "profile": ("", "/u/member/"),
    "sign-in": ("", "/sign-in/"),
    "sign-up": ("", "/sign-up/"),
    "compose": ("member", "/t/19/reply?quote=1255"),
    "history": ("", "/p/1104/history"),
    "404": ("", "/no/such/page"),
    "forum of a member": ("member", "/f/6"),
    "topic of a moderator": ("moderator", "/t/19"),
    "new topic": ("member", "/f/6/new"),
    "edit": ("moderator", "/p/1104/edit"),
    "sign-out": ("member", "/sign-out/"),
}
# All of axe's rules, also those of WCAG 2.2 that are off unless asked for.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
WIDE = f"| {' | '.join('column' + str(n) for n in range(12))} |\n|{'---|' * 12}\n| {' | '.join('x' * 9 for _ in range(12))} |"
NASTY = f"{'unbroken' * 40}\n\n> > > {'deep ' * 30}\n\n`{'code' * 50}`\n\n```\n{'line' * 60}\n```\n\n{WIDE}\n\nhttps://example.org/{'a' * 200}"


def violations(page: Page) -> list[str]:
    """What axe has to say, one line for each element."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visits, name: str, scheme: Scheme, width: int) -> None:
    person, address = PAGES[name]
    page = visit(person, scheme=scheme, width=width)
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_something_went_wrong(visit: Visits, scheme: Scheme) -> None:
    page = visit("member", scheme=scheme)
    page.goto("/f/18/new")
    page.get_by_role("button", name="Post topic").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert violations(page) == []
    guest = visit(scheme=scheme)
    guest.goto("/sign-up/")
    guest.get_by_label("Name").fill("member")
    guest.get_by_label("E-mail address").fill("member@example.org")
    guest.get_by_label("Password").fill("password")
    guest.get_by_role("main").get_by_role("button").click()
    expect(guest.get_by_role("alert").first).to_be_visible()
    assert violations(guest) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_preview(visit: Visits, scheme: Scheme) -> None:
    page = visit("member", scheme=scheme)
    page.goto("/f/18/new")
    page.get_by_label("Text", exact=True).fill(f"## A heading\n\n> A quotation with [a link](/).\n\n{NASTY}")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_the_smallest_telephone(visit: Visits, name: str) -> None:
    person, address = PAGES[name]
    page = visit(person, width=360)
    page.goto(address)
    assert overflow(page) == 0


def test_no_post_makes_its_page_scroll_sideways(visit: Visits) -> None:
    page = visit("member", width=360)
    topic = start_topic(page, "W" * 120, NASTY)
    for address in (topic, "/f/18", "/", f"{topic}reply", "/u/member/"):
        page.goto(address)
        assert overflow(page) == 0, address


@pytest.mark.parametrize("name", PAGES)
def test_text_can_be_twice_as_large(visit: Visits, name: str) -> None:
    person, address = PAGES[name]
    page = visit(person, width=640)
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0
