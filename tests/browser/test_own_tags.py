"""An administrator defines a tag, and members write with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.visits import QUIET_FORUM, Visits

pytestmark = pytest.mark.browser
TEMPLATE = "[center][url={URL}][b]{TEXT}[/b][/url][/center]"


def fill(page: Page, name: str, template: str) -> None:
    page.get_by_label("How it is typed").fill(f"[{name}={{URL}}]{{TEXT}}[/{name}]")
    page.get_by_label("What it stands for").fill(template)
    page.get_by_label("Hint").fill(f"A headline of {name}")
    page.get_by_label("Sample").fill(f"[{name}=https://example.org/]Bread and roses[/{name}]")


def drop(page: Page, name: str) -> None:
    page.goto("/manage/tags/")
    page.get_by_role("link", name=re.compile(f"^Drop ?: {name}$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Drop the tag [{name}]?")
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_role("status")).to_contain_text(f"The tag [{name}] was dropped.")


def test_a_tag_is_tried_defined_written_and_dropped(visit: Visits, javascript: bool) -> None:
    name = "news" if javascript else "plain-news"
    page, member = visit("admin", javascript=javascript), visit("member", javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Manage").click()
    page.get_by_role("link", name="Define a tag").click()
    fill(page, name, TEMPLATE.removesuffix("[/center]"))
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("alert")).to_have_text("[center] is not closed. Add [/center].")
    expect(page.get_by_label("What it stands for")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("What it stands for").fill(TEMPLATE)
    page.get_by_role("button", name="Try it").press("Enter")
    tried = page.get_by_role("region", name="How the sample is shown")
    expect(tried.get_by_role("link", name="Bread and roses")).to_be_visible()
    page.get_by_role("button", name="Define this tag").click()
    expect(page.get_by_role("status")).to_contain_text(f"The tag [{name}] is defined.")
    member.goto(f"{QUIET_FORUM}new")
    member.get_by_text("Tags of this board").click()
    expect(member.get_by_text(f"A headline of {name}", exact=True)).to_be_visible()
    member.get_by_label("Text", exact=True).fill(f"[{name}=/keys/]Shortcuts[/{name}]")
    member.get_by_role("button", name="Preview").click()
    expect(member.get_by_role("region", name="Preview").get_by_role("link", name="Shortcuts")).to_be_visible()
    if javascript:
        assert examine(member) == NOTHING
        assert overflow(member) == 0
    drop(page, name)


def test_axe_finds_nothing_on_these_pages(visit: Visits) -> None:
    page = visit("admin")
    page.goto("/manage/tags/new/")
    fill(page, "b", TEMPLATE)
    page.get_by_text("Tokens", exact=True).click()
    page.get_by_role("button", name="Define this tag").click()
    expect(page.get_by_role("alert")).to_contain_text("Every board has a tag [b] already.")
    page.get_by_text("Tokens", exact=True).click()
    assert examine(page) == NOTHING
    assert overflow(page) == 0
    long = "a" * 30
    fill(page, long, TEMPLATE)
    page.get_by_role("button", name="Try it").click()
    assert examine(page) == NOTHING
    page.get_by_role("button", name="Define this tag").click()
    for address in ("/manage/tags/", f"/manage/tags/{long}/change/", f"/manage/tags/{long}/drop/"):
        page.goto(address)
        assert examine(page) == NOTHING
        page.set_viewport_size({"width": 320, "height": 800})
        assert overflow(page) == 0, address
    drop(page, long)
