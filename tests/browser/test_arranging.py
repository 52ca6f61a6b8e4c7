"""A moderator splits a topic, and merges it again, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_pace import looked_at
from tests.browser.visits import Visits, reply, start_topic

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["JavaScript", "no JavaScript"])
def test_a_reply_becomes_a_topic_and_comes_back(visit: Visits, javascript: bool) -> None:
    member, moderator = visit("member", javascript=javascript), visit("moderator", javascript=javascript)
    topic = start_topic(member, "A house and a tree")
    reply(member, topic, "But the tree is another matter.")
    post = member.url.rpartition("#p")[2]
    moderator.goto(topic)
    moderator.locator(f"#p{post}").get_by_text("More …").click()
    moderator.locator(f"#p{post}").get_by_role("link", name="Split …").click()
    expect(moderator.get_by_role("checkbox", name=re.compile(f"#{post}"))).to_be_checked()
    looked_at(moderator, javascript)
    moderator.get_by_label("Its title").fill("A tree")
    moderator.get_by_role("button", name="Split").click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text("A tree")
    expect(moderator.get_by_role("article")).to_have_count(1)
    moderator.get_by_role("link", name="Merge …").click()
    moderator.get_by_label("The other topic").fill(topic)
    moderator.get_by_role("button", name="Go on").click()
    expect(moderator.get_by_text("1 post of this topic goes into")).to_be_visible()
    looked_at(moderator, javascript)
    moderator.get_by_role("button", name="Merge them").click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text("A house and a tree")
    expect(moderator.get_by_role("article")).to_have_count(2)
    member.goto(f"/p/{post}")
    expect(member).to_have_url(f"{topic}#p{post}")
