"""Signing up, in and out."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from rostra.demo.making import PASSWORD
from tests.browser.visits import Visits, sign_in

pytestmark = pytest.mark.browser
WORDS = "a few quiet words"


def sign_up(page: Page, name: str, email: str) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Account").get_by_role("link", name="Sign up").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(WORDS)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()


def test_somebody_signs_up_and_is_in(visit: Visits, javascript: bool) -> None:
    page, name = visit(javascript=javascript), f"Ünal {uuid4().hex[:8]}"
    sign_up(page, name, f"{uuid4().hex}@example.org")
    account = page.get_by_role("navigation", name="Account")
    account.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("Nothing posted yet.")).to_be_visible()
    account.get_by_role("button", name="Sign out").click()
    expect(account.get_by_role("link", name="Sign in")).to_be_visible()
    sign_in(page, name, WORDS)
    expect(account.get_by_role("link", name=name)).to_be_visible()


def test_a_taken_name_is_refused_and_what_was_typed_stays(visit: Visits) -> None:
    page = visit()
    sign_up(page, "Member", "nobody@example.org")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Member")
    expect(page.get_by_label("E-mail address")).to_have_value("nobody@example.org")


def test_a_member_signs_in_by_mail_address(visit: Visits) -> None:
    page = visit()
    sign_in(page, "member@example.org")
    expect(page.get_by_role("navigation", name="Account").get_by_role("link", name="member")).to_be_visible()


def test_a_wrong_password_is_refused_and_the_name_stays(visit: Visits) -> None:
    page = visit()
    sign_in(page, "member", "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Name or e-mail address")).to_have_value("member")


def test_a_guest_who_wants_to_reply_is_led_to_the_sign_in_and_back(visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto("/t/19")
    topic = page.url
    page.get_by_role("region", name="Reply").get_by_role("link", name="Sign in").click()
    page.get_by_label("Name or e-mail address").fill("member")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(topic)
    expect(page.get_by_label("Your reply")).to_be_visible()
