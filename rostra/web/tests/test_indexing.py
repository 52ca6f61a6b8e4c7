"""What search engines may keep: every address is decided about, and says what was decided."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from rostra.bans.actions import look_up
from rostra.board.actions import define_tag
from rostra.forums.giving import define_role
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.mail.models import Letter
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.reasons import Reasons
from rostra.modmail.actions import Letter as ModmailLetter
from rostra.modmail.actions import write_to_member
from rostra.topics.models import Held
from rostra.web.tests.test_cards import SITE, Head
from rostra.wordlists.actions import ListForm, keep_list
from tests.cast import Board

# Addresses by name; `{t}`, `{f}`, `{p}` are a topic's, a forum's and a post's, `{r}` a rule's id. Members' pages are asked for by carol.
INDEXED = {
    "index": "/",
    "accessibility": "/accessibility/",
    "forum": "{f}",
    "rules": "{f}rules/",
    "topic": "{t}",
    "member": "/u/alice/",
}
NOT_INDEXED = {
    "by-one": "{t}by/alice/", "print": "{t}print", "active": "/active/", "new": "/new/", "hot": "/hot/",
    "unanswered": "/unanswered/", "unread": "/unread/", "mine": "/mine/", "history": "{p}/history", "keys": "/keys/",
    "member-topics": "/u/alice/topics/", "new-topic": "{f}new", "reply": "{t}reply", "edit": "{p}/edit",
    "quotation": "{p}/quotation", "withdraw": "{p}/withdraw", "drafts": "/drafts/", "account_signup": "/sign-up/",
    "account_email_verification_sent": "/sign-up/confirm/", "account_confirm_email": "/sign-up/confirm/x:y:z/",
    "account_login": "/sign-in/", "account_reauthenticate": "/sign-in/again/", "account_inactive": "/sign-in/inactive/",
    "account_reset_password": "/sign-in/forgotten/", "account_reset_password_done": "/sign-in/forgotten/sent/",
    "account_reset_password_from_key": "/sign-in/forgotten/1-x/",
    "account_reset_password_from_key_done": "/sign-in/forgotten/done/", "settings-profile": "/settings/profile/",
    "settings-account": "/settings/account/", "settings-filters": "/settings/filters/", "settings-sessions": "/settings/sessions/",
    "language-settings": "/settings/language/", "demo-mail": "/demo/mail/", "demo-letter": "/demo/mail/{l}/",
    "feed": "/feed/", "forum-feed": "{f}feed/", "topic-feed": "{t}feed/", "member-feed": "/u/alice/feed/",
    "manage-members": "/manage/members/", "manage-member": "/manage/members/{m}/", "manage-board": "/manage/board/",
    "manage-forums": "/manage/forums/", "manage-forum-new": "/manage/forums/new/", "manage-forum": "/manage/forums/{e}/",
    "manage-forum-move": "/manage/forums/{e}/move/", "manage-forum-drop": "/manage/forums/{e}/drop/",
    "manage-rights": "/manage/rights/", "manage-rights-copy": "/manage/rights/copy/", "manage-view": "/manage/view/", "manage-groups": "/manage/groups/", "manage-group": "/manage/groups/{g}/", "manage-group-drop": "/manage/groups/{g}/drop/",
    "groups": "/groups/", "group": "/groups/{g}/", "manage-passwords": "/manage/passwords/", "manage-roles": "/manage/roles/",
    "manage-rights-why": "/manage/rights/why/", "settings-rights": "/settings/rights/",
    "manage-role-new": "/manage/roles/new/", "manage-role": "/manage/roles/{role}/change/", "manage-role-drop": "/manage/roles/{role}/drop/",
    "manage-tags": "/manage/tags/", "manage-tag-new": "/manage/tags/new/", "manage-tag": "/manage/tags/key/change/",
    "manage-tag-drop": "/manage/tags/key/drop/", "manage-words": "/manage/words/", "manage-cases": "/manage/cases/", "manage-cases-file": "/manage/cases/file",
    "slow": "{t}slow", "forum-slow": "{f}slow", "timer": "{t}timer?deed=lock", "notice": "{p}/notice", "post-lock": "{p}/lock",
    "bulk-topics": "{f}bulk?do=lock&topic=1", "bulk-posts": "{t}bulk?post=1",
    "split": "{t}split", "merge": "{t}merge", "author": "{p}/author", "moderate-log": "/moderate/log/",
    "manage-list-new": "/manage/words/lists/new/", "manage-list": "/manage/words/lists/{w}/",
    "remove": "{p}/remove", "lock": "{t}lock", "move": "{t}move", "report": "{p}/report", "sanction": "{p}/sanction", "moderate": "/moderate/", "held-refuse": "/moderate/held/{h}/refuse", "waiting": "/waiting/",
    "member-notes": "/u/alice/notes/", "mail": "/mail/", "mail-new": "/mail/new/", "conversation": "/mail/{mail}/", "moderate-mail": "/moderate/mail/", "write-as-moderators": "/u/alice/write/",
    "cases": "/cases/", "case": "/case/{c}/", "moderation-log": "/moderation/log/",
    "member-spam": "/u/alice/spam/", "member-addresses": "/u/alice/addresses/", "look": "/moderate/looks/{look}/", "manage-bans": "/manage/bans/", "manage-looks": "/manage/looks/",
    "rule-history": "{f}rules/{r}/history/", "rule-new": "{f}rules/new/", "rule-change": "{f}rules/{r}/change/",
    "rule-repeal": "{f}rules/{r}/repeal/", "rules-carry": "{f}rules/yaml/", "rules-file": "{f}rules/rules.yaml",
    "sitemap": "/sitemap.xml", "sitemap-page": "/sitemap-0.xml",
}  # fmt: skip
# Forms without a page of their own, redirects, and files that are no pages; the style page is there in debugging only.
NO_PAGE = {
    "forum-password",  # only where there is a password: tests/test_forum_passwords.py
    "first-unread", "permalink", "draft-save", "draft-discard", "paste", "read-all", "arrange", "forum-read", "account_logout",
    "ignore-topic", "ignore-member", "ignore-forum", "account_email", "account_change_password", "settings", "settings-pending-address", "settings-sessions-end", "change-password", "favicon", "robots", "security",
    "live", "ready", "style", "legacy-topic", "legacy-forum", "legacy-member", "legacy-search", "legacy-index",
    "legacy-folder", "legacy-feed", "held-approve", "held-withdraw", "reports-claim", "reports-decline", "case-appeal", "case-decide", "case-reverse",
    "case-purge", "rule-switch", "rule-move", "rule-preset", "manage-list-drop", "timer-drop",
    "note-withdraw", "conversation-answer", "conversation-close", "conversation-claim",
    "rules-inherit",
}  # fmt: skip
SignedIn = Callable[[str], Client]


def _names(patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns)
        elif isinstance(each, URLPattern):
            yield str(each.name)


@pytest.fixture
def filled(board: Board, settings: Any) -> Callable[[str], str]:
    """Fills the letters of the table in."""
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"demo_mail": True, "email_url": "console:"})
    letter = Letter.objects.create(recipient="a@example.org", subject="Hello", body="Hi.", written_at=now())
    define_tag(usage="[key]{TEXT}[/key]", template="[b]{TEXT}[/b]")
    rule = lay_down_rule(author=board.actor("dora"), forum=board.node(), text="Be kind.")
    topic = board.topic()
    post = board.reply(topic, by="carol")
    dora, node, removed = board.actor("dora"), board.node(), board.reply(topic, by="carol")
    case = remove_with_reasons(
        moderator=dora, forum=node, post_id=removed.pk, reasons=Reasons(rule, "It is about something else.")
    )
    held = Held.objects.create(
        kind="topic",
        forum=board.europe,
        author=board.people["carol"],
        title="T",
        markup="both",
        source="S",
        held_at=now(),
    )
    place: dict[str, Any] = {"t": topic.address, "f": f"/f/{board.europe.pk}-europe/", "p": f"/p/{post.pk}", "l": letter.pk,
             "h": held.pk, "c": case.pk, "r": rule, "g": board.moderators.pk, "e": board.europe.pk, "m": board.people["carol"].pk}  # fmt: skip
    role = define_role(giver=dora, name="Quiet", values={})
    place["role"] = role.pk
    place["look"] = look_up(
        looker=dora, member=board.people["alice"], reason="Two of them praise one shop."
    ).pk
    letter_to_carol = ModmailLetter("Hello", "A word with you.")
    sent = write_to_member(
        moderator=dora, member_id=board.people["carol"].pk, forum=node, letter=letter_to_carol
    )
    place["mail"] = sent.conversation_id
    form = ListForm("Oaths", "words", "hold", "everybody", "", 0, "darn")
    place["w"] = keep_list(keeper=dora, form=form).pk
    return lambda address: address.format(**place)


def test_every_address_is_decided_about() -> None:
    decided = [*INDEXED, *NOT_INDEXED, *NO_PAGE]
    assert len(decided) == len(set(decided))
    assert set(_names(get_resolver().url_patterns)) == set(decided)


@pytest.mark.parametrize("name", INDEXED)
def test_what_is_for_search_engines_names_itself_and_forbids_nothing(
    client: Client, filled: Callable[[str], str], name: str
) -> None:
    address = filled(INDEXED[name])
    answer = client.get(address)
    assert answer.status_code == 200
    assert "X-Robots-Tag" not in answer.headers
    found = Head(answer.content.decode())
    assert "robots" not in found.metas
    assert found.links["canonical"] == [SITE + address]


@pytest.mark.parametrize("who", ["guest", "carol", "dora"])
@pytest.mark.parametrize("name", NOT_INDEXED)
def test_what_is_not_for_search_engines_says_so(
    client: Client, as_person: SignedIn, filled: Callable[[str], str], name: str, who: str
) -> None:
    browser = client if who == "guest" else as_person(who)
    answer = browser.get(filled(NOT_INDEXED[name]))
    if answer.status_code == 302:
        return
    if not answer.headers["Content-Type"].startswith("text/html"):
        assert answer.headers["X-Robots-Tag"] == "noindex"
        return
    found = Head(answer.content.decode())
    assert found.metas["robots"] == "noindex"
    assert "canonical" not in found.links, "two words that say the opposite"


@pytest.mark.parametrize("name", NOT_INDEXED)
def test_each_of_these_pages_was_looked_at(
    client: Client, as_person: SignedIn, filled: Callable[[str], str], name: str
) -> None:
    answers = [
        browser.get(filled(NOT_INDEXED[name])) for browser in (client, as_person("carol"), as_person("dora"))
    ]
    spent = ("account_confirm_email", "account_inactive")  # an expired link, an account that is switched off
    assert name in spent or 200 in [answer.status_code for answer in answers]
