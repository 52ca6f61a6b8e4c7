"""Signing up, in and out."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from rostra.demo.making import PASSWORD
from tests.browser.visits import Visits, open_letter, sign_in

pytestmark = pytest.mark.browser
WORDS = "a few quiet words"


def sign_up(page: Page, name: str, email: str) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Account").get_by_role("link", name="Sign up").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(WORDS)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()


def follow_link(page: Page) -> None:
    page.locator(".letter").get_by_role("link").first.click()


def newcomer(page: Page) -> tuple[str, str]:
    """Somebody who signed up and confirmed: name and address."""
    name, email = f"Ünal {uuid4().hex[:8]}", f"{uuid4().hex[:12]}@example.org"
    sign_up(page, name, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm your e-mail address")
    open_letter(page, email, "Confirm your account")
    follow_link(page)
    page.get_by_role("button", name="Confirm this address").click()
    return name, email


def test_somebody_signs_up_confirms_and_is_in(visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    name, _ = newcomer(page)
    account = page.get_by_role("navigation", name="Account")
    account.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("Nothing posted yet.")).to_be_visible()
    page.get_by_role("link", name="Topics", exact=True).click()
    expect(page.get_by_text("No topic begun yet.")).to_be_visible()
    account.get_by_role("button", name="Sign out").click()
    expect(account.get_by_role("link", name="Sign in")).to_be_visible()
    sign_in(page, name, WORDS)
    expect(account.get_by_role("link", name=name)).to_be_visible()


def test_a_forgotten_password_is_replaced_by_mail(visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    name, email = newcomer(page)
    account = page.get_by_role("navigation", name="Account")
    account.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An e-mail is on its way")
    open_letter(page, email, "Set a new password")
    follow_link(page)
    page.get_by_label("New password").fill("P@ssw0rd2024")
    page.get_by_role("button", name="Set this password").click()
    expect(page.get_by_role("alert")).to_contain_text("can be guessed")
    page.get_by_label("New password").fill("some other quiet words")
    page.get_by_role("button", name="Set this password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password was changed")
    sign_in(page, name, WORDS)
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in(page, email, "some other quiet words")
    expect(account.get_by_role("link", name=name)).to_be_visible()


def test_a_member_changes_address_password_and_profile(visit: Visits, javascript: bool) -> None:
    page, elsewhere = visit(javascript=javascript), visit(javascript=javascript)
    name, email = newcomer(page)
    sign_in(elsewhere, name, WORDS)
    page.get_by_role("navigation", name="Account").get_by_role("link", name="Settings").click()
    page.get_by_label("Location").fill("Izmir")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Your profile was changed.")
    page.get_by_role("navigation", name="Settings").get_by_role("link", name="Account").click()
    page.get_by_label("New e-mail address").fill(f"new-{email}")
    page.get_by_label("Your password").fill(WORDS)
    page.get_by_role("button", name="Change the address").click()
    expect(page.get_by_text("Not confirmed yet:")).to_be_visible()
    open_letter(page, f"new-{email}", "Confirm your e-mail address")
    follow_link(page)
    page.get_by_role("button", name="Confirm this address").click()
    expect(page.get_by_role("status")).to_have_text("Your e-mail address was changed.")
    page.get_by_label("Present password").fill(WORDS)
    page.get_by_label("New password").fill("some other quiet words")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("status")).to_contain_text("Your password was changed.")
    elsewhere.goto("/")
    expect(
        elsewhere.get_by_role("navigation", name="Account").get_by_role("link", name="Sign in")
    ).to_be_visible()
    open_letter(page, email, "Your password")
    open_letter(page, email, "Your e-mail address")


def test_a_member_signs_out_in_another_browser(visit: Visits, javascript: bool) -> None:
    page, elsewhere = visit(javascript=javascript), visit(javascript=javascript)
    name, _ = newcomer(page)
    sign_in(elsewhere, name, WORDS)
    page.goto("/settings/sessions/")
    expect(page.get_by_text("this one")).to_be_visible()
    page.get_by_role("button", name="Sign out there").click()
    expect(page.get_by_role("status")).to_have_text("Signed out there.")
    elsewhere.goto("/settings/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Sign in")


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


def test_a_password_can_be_pasted_shown_and_hidden(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-up/")
    field = page.get_by_label("Password", exact=True)
    page.get_by_label("Name").fill(WORDS)
    page.get_by_label("Name").press("Control+a")
    page.get_by_label("Name").press("Control+x")
    field.press("Control+v")
    expect(field).to_have_value(WORDS)
    expect(field).to_have_attribute("type", "password")
    field.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide the password").click()
    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value(WORDS)


def test_a_faulty_field_is_marked_and_told_apart(visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto("/sign-up/")
    page.get_by_label("Name").fill("a")
    page.get_by_label("E-mail address").fill("somebody@example.org")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    field = page.get_by_label("Password", exact=True)
    expect(field).to_have_accessible_description("At least 8 characters; a few random words are better than one. A password has at least 8 characters; this one has 5.")  # fmt: skip
    expect(field).to_have_css("border-top-color", "rgb(161, 38, 13)")
    expect(page.get_by_label("E-mail address")).not_to_have_css("border-top-color", "rgb(161, 38, 13)")
