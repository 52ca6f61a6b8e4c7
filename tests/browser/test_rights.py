"""An administrator gives rights with the keyboard and without JavaScript; axe finds nothing, and nothing sticks out."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.visits import QUIET_FORUM, Visits

pytestmark = pytest.mark.browser
PAGES = (
    "/manage/rights/", "/manage/rights/?place=6&holder=circle-guests", "/manage/rights/copy/", "/manage/roles/",
    "/manage/roles/new/", "/manage/groups/", "/manage/groups/1/", "/manage/passwords/", "/groups/", "/groups/1/",
    "/manage/rights/why/?member=member&place=6&may=reply", "/settings/rights/?place=6&may=reply",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(visit: Visits, address: str) -> None:
    page = visit("admin")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert examine(page) == NOTHING
    page.set_viewport_size({"width": 390, "height": 800})
    assert overflow(page) == 0


def test_a_password_is_set_typed_and_removed(visit: Visits) -> None:
    page, guest = visit("admin", javascript=False), visit("")
    page.goto("/manage/passwords/")
    page.get_by_label("Forum", exact=True).select_option(value="18")
    page.get_by_label("Password of the forum").fill("open sesame")
    page.get_by_role("button", name="Set the password").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The password is set.")
    guest.goto(QUIET_FORUM)
    expect(guest.get_by_role("heading", level=1)).to_contain_text("has a password")
    assert examine(guest) == NOTHING
    guest.set_viewport_size({"width": 390, "height": 800})
    assert overflow(guest) == 0
    guest.get_by_label("Password of the forum").fill("open sesame")
    guest.keyboard.press("Enter")
    expect(guest).to_have_url(re.compile(f"{QUIET_FORUM}$"))
    page.goto("/manage/passwords/")
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The password was removed.")


def test_the_bar_of_who_looks_as_others_do_is_as_good(visit: Visits) -> None:
    page = visit("admin", javascript=False)
    page.goto("/manage/view/")
    page.get_by_label("As", exact=True).select_option(label="Newcomers")
    page.get_by_role("button", name="See the board so").press("Enter")
    expect(page.get_by_role("status")).to_have_text("You see the board as it is for: Newcomers")
    page.set_viewport_size({"width": 390, "height": 800})
    assert overflow(page) == 0
    page.get_by_role("button", name="End this").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("See the board as others do")
    looking = visit("admin")
    looking.goto("/manage/view/")
    looking.get_by_role("button", name="See the board so").click()
    assert examine(looking) == NOTHING
    looking.get_by_role("button", name="End this").click()


def test_a_right_is_taken_and_given_back(visit: Visits) -> None:
    page, guest = visit("admin", javascript=False), visit("")
    page.set_viewport_size({"width": 390, "height": 800})
    for value, summary, seen in (("No", "forum less", 0), ("", "more forum", 1)):
        page.goto("/manage/rights/?place=18&holder=circle-guests")
        choice = page.get_by_label("See that the forum is there")
        choice.focus()
        choice.select_option(label=value) if value else choice.select_option(value="")
        page.get_by_role("button", name="Show what changes").press("Enter")
        expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text=f"Guests: 1 {summary}")).to_be_visible()
        assert overflow(page) == 0
        page.get_by_role("button", name="Save").press("Enter")
        expect(page.get_by_role("status")).to_have_text("Saved. It holds from now on.")
        guest.goto("/")
        expect(guest.locator('a[href="/f/18-housing-and-land/"]')).to_have_count(seen)
