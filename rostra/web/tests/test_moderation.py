"""Moderation in a browser: rules that speak up, texts that wait, decisions with their reasons, cases and appeals."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from rostra.accounts.models import Group
from rostra.houserules.actions import lay_down_rule
from rostra.mail.models import Letter
from rostra.moderation.models import Case, Report
from rostra.topics.models import Held, Post, Topic
from tests.cast import Board

SignedIn = Callable[[str], Client]
FACTS = "It calls another member a liar three times."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(
        author=board.actor("dora"), forum=None, text="Argue with what people say, not with people."
    )


def short_lines(board: Board, effect: str) -> int:
    check = {
        "condition": "own_words < 5",
        "effect": effect,
        "say": "Only {own_words} words.",
        "remedy": "Say a little more.",
    }
    author, node = board.actor("dora"), board.node()
    return lay_down_rule(author=author, forum=node, text="No one line posts.", check=check, is_waived=True)


def words(response: Any) -> str:
    return str(response.content.decode())


LONG = "A question that has more than five words in it."


def test_a_refused_text_names_the_rule_the_passage_and_the_remedy_and_is_not_lost(
    board: Board, as_person: SignedIn
) -> None:
    short_lines(board, "refuse")
    topic = board.topic(body=LONG, by="dora")
    carol = as_person("carol")
    answer = carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "post"})
    page = words(answer)
    assert answer.status_code == 422
    for told in ("As it is, this cannot be posted.", "Rule 1", "No one line posts.", "Only 1 words.", "Say a little more.",
                 "I think this is wrong: send it to a moderator", ">\nNonsense.</textarea>"):  # fmt: skip
        assert told in page, told
    assert "Post it all the same" not in page
    assert Post.objects.count() == 1


def test_what_must_be_confirmed_is_posted_when_it_is(board: Board, as_person: SignedIn) -> None:
    short_lines(board, "ask")
    topic = board.topic(body=LONG, by="dora")
    carol = as_person("carol")
    asked = carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "post", "token": "t"})
    assert "Post it all the same" in words(asked)
    done = carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "meant", "token": "t"})
    assert done.status_code == 302
    assert Post.objects.get(position=2).source == "Nonsense."


def test_a_hint_stops_nobody_and_stands_in_the_preview(board: Board, as_person: SignedIn) -> None:
    short_lines(board, "hint")
    topic = board.topic(body=LONG, by="dora")
    carol = as_person("carol")
    assert "Only 1 words." in words(
        carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "preview"})
    )
    assert carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "post"}).status_code == 302


def test_the_verdict_comes_while_one_types_and_stores_nothing(board: Board, as_person: SignedIn) -> None:
    short_lines(board, "refuse")
    topic = board.topic(body=LONG, by="dora")
    carol = as_person("carol")
    editor = words(carol.get(f"{topic.address}reply"))
    assert 'id="verdict"' in editor
    verdict = words(
        carol.post(
            f"{topic.address}reply", {"body": "Nonsense.", "do": "judge"}, headers={"HX-Request": "true"}
        )
    )
    assert "Only 1 words." in verdict
    assert "<html" not in verdict
    for body in (LONG, "", "  "):
        assert words(carol.post(f"{topic.address}reply", {"body": body, "do": "judge"})).strip() == ""
    assert 'id="verdict"' not in words(carol.get(f"{board.topic(forum=board.asia).address}reply"))


def test_a_contested_text_waits_is_seen_by_its_author_and_posted_by_a_moderator(
    board: Board, as_person: SignedIn
) -> None:
    short_lines(board, "refuse")
    topic = board.topic(body=LONG, by="dora")
    carol, bob = as_person("carol"), as_person("bob")
    sent = carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "contest", "token": "t"})
    held = Held.objects.get()
    assert sent.headers["Location"] == f"/waiting/#held{held.pk}"
    again = carol.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "contest", "token": "t"})
    assert again.headers["Location"] == sent.headers["Location"], "the same form is the same text"
    assert "Nonsense." in words(carol.get("/waiting/"))
    queue = words(bob.get("/moderate/"))
    assert "The author thinks that the rule is wrong here." in queue
    assert "Only 1 words." in queue
    assert bob.post(f"/moderate/held/{held.pk}/approve").status_code == 302
    assert "Nonsense." in words(Client().get(topic.address))
    assert Post.objects.get(position=2).author_name == "carol"
    assert "Nothing waits." in words(bob.get("/moderate/"))


def test_a_text_that_waits_can_be_taken_back_by_its_author_alone(board: Board, as_person: SignedIn) -> None:
    short_lines(board, "hold")
    topic = board.topic(body=LONG, by="dora")
    as_person("carol").post(f"{topic.address}reply", {"body": "Nonsense.", "do": "post"})
    held = Held.objects.get()
    assert as_person("alice").post(f"/waiting/{held.pk}/withdraw").status_code == 410
    assert as_person("carol").post(f"/waiting/{held.pk}/withdraw").status_code == 302
    assert as_person("bob").post(f"/moderate/held/{held.pk}/approve").status_code == 410
    assert Topic.objects.get().post_count == 1


def test_a_post_is_removed_with_reasons_and_its_author_reads_the_case_and_appeals(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    post = board.reply(topic, "liar, liar, liar", by="carol")
    bob, carol, dora = as_person("bob"), as_person("carol"), as_person("dora")
    assert f'href="/p/{post.pk}/remove"' in words(bob.get(topic.address))
    assert f'href="/p/{post.pk}/remove"' not in words(carol.get(topic.address))
    form = {
        "rule": str(rule),
        "facts": FACTS,
        "quoted": "liar, liar, liar",
        "ground": "rules",
        "source": "own",
    }
    refused = bob.post(f"/p/{post.pk}/remove", {**form, "facts": "No."})
    assert refused.status_code == 422
    assert "Say what happened" in words(refused)
    case = bob.post(f"/p/{post.pk}/remove", form).headers["Location"]
    assert "liar" not in words(Client().get(topic.address))
    assert "Moderators have decided on something of yours." in words(carol.get("/"))
    told = words(carol.get(case))
    assert FACTS in told
    assert "Argue with what people say, not with people." in told
    assert "bob" not in told, "a stable pseudonym stands for the moderator"
    assert "Moderators have decided on something of yours." not in words(carol.get("/"))
    assert carol.post(f"{case}appeal", {"words": " "}).status_code == 422
    assert carol.post(f"{case}appeal", {"words": "I quoted him."}).status_code == 302
    assert "I quoted him." in words(dora.get(case))
    assert bob.post(f"{case}decide", {"outcome": "reversed", "reasons": "Mine."}).status_code == 403
    assert (
        dora.post(f"{case}decide", {"outcome": "reversed", "reasons": "A quotation it was."}).status_code
        == 302
    )
    assert "liar, liar, liar" in words(Client().get(topic.address))
    assert "taken back" in words(Client().get("/moderation/log/"))


def test_the_author_gets_a_letter(board: Board, as_person: SignedIn, rule: int, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"email_url": "smtp://localhost"})
    post = board.reply(board.topic(), "liar", by="carol")
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    case = as_person("bob").post(f"/p/{post.pk}/remove", form).headers["Location"]
    letter = Letter.objects.get()
    assert letter.recipient == "carol@example.org"
    assert FACTS in letter.body
    assert case in letter.body
    assert mail.outbox == []


def test_the_public_log_names_nobody(board: Board, as_person: SignedIn, rule: int) -> None:
    post = board.reply(board.topic(), "liar", by="carol")
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    as_person("bob").post(f"/p/{post.pk}/remove", form)
    page = words(Client().get("/moderation/log/"))
    assert "A post was removed" in page
    assert "Argue with what people say" in page
    for secret in ("carol", "bob", FACTS):
        assert secret not in page, secret


WHO = ("guest", "alice", "carol", "erin", "bob", "dora")  # carol: whom it concerns; erin moderates Asia
EXPECTED = {
    # method, address, form: what each may (2xx or 302 to a page), with 302 to signing in counting as refused
    ("GET", "/moderate/", "none"): {"erin", "bob", "dora"},
    ("GET", "/p/{post}/remove", "none"): {"bob", "dora"},
    ("GET", "/t/{topic}/lock", "none"): {"bob", "dora"},
    ("GET", "/p/{post}/sanction", "none"): {"bob", "dora"},
    ("POST", "/p/{post}/sanction", "reasons"): {"bob", "dora"},
    ("POST", "/t/{topic}/lock", "reasons"): {"bob", "dora"},
    ("POST", "/p/{post}/remove", "reasons"): {"bob", "dora"},
    ("GET", "/moderate/held/{held}/refuse", "none"): {"bob", "dora"},
    ("POST", "/moderate/held/{held}/refuse", "reasons"): {"bob", "dora"},
    ("POST", "/moderate/held/{held}/approve", "none"): {"bob", "dora"},
    ("POST", "/waiting/{held}/withdraw", "none"): {"carol"},
    ("GET", "/case/{case}/", "none"): {"carol", "bob", "dora"},
    ("POST", "/case/{case}/appeal", "words"): {"carol"},
    ("POST", "/case/{case}/reverse", "none"): {"bob", "dora"},
    ("GET", "/moderation/log/", "none"): set(WHO),
    ("GET", "/p/{post}/report", "none"): set(WHO) - {"guest", "carol"},
    ("POST", "/p/{post}/report", "words"): set(WHO) - {"guest", "carol"},
    ("POST", "/p/{post}/reports/claim", "none"): {"bob", "dora"},
    ("POST", "/p/{post}/reports/decline", "none"): {"bob", "dora"},
    ("GET", "/cases/", "none"): set(WHO) - {"guest"},
    ("GET", "/waiting/", "none"): set(WHO) - {"guest"},
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("what", EXPECTED)
def test_every_endpoint_answers_those_and_only_those_whom_it_is_for(
    board: Board, as_person: SignedIn, rule: int, what: tuple[str, str, str], who: str
) -> None:
    asia_mods = Group.objects.create(name="Asia Mods")
    board.people["erin"] = board._person("erin")
    board.moderate(board.asia, asia_mods, "erin")
    short_lines(board, "hold")
    topic = board.topic(body=LONG, by="dora")
    as_person("carol").post(f"{topic.address}reply", {"body": "Short.", "do": "post"})
    first, second = (board.reply(topic, f"{LONG} {number}", by="carol") for number in (1, 2))
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    as_person("bob").post(f"/p/{first.pk}/remove", form)
    cases, posts = Case.objects.count(), Post.objects.filter(removed_at=None).count()
    method, address, kind = what
    address = address.format(
        post=second.pk, topic=topic.id, held=Held.objects.get().pk, case=Case.objects.get().pk
    )
    data = {"reasons": form, "words": {"words": "It was not so."}, "none": {}}[kind]
    browser = Client() if who == "guest" else as_person(who)
    answer = browser.get(address) if method == "GET" else browser.post(address, data)
    leads_to_sign_in = answer.headers.get("Location", "").startswith("/sign-in/")
    is_answered = answer.status_code in (200, 302) and not leads_to_sign_in
    assert is_answered == (who in EXPECTED[what]), answer.status_code
    assert answer.status_code < 500
    if who not in EXPECTED[what]:
        assert Case.objects.count() == cases
        assert Post.objects.filter(removed_at=None).count() == posts
        assert Held.objects.get().state == Held.State.WAITING


@pytest.mark.parametrize(
    "address", ["/p/{post}/remove", "/p/{post}/sanction", "/t/{topic}/lock", "/moderate/held/{held}/refuse"]
)
@pytest.mark.parametrize("left_out", ["rule", "facts"])
def test_nothing_is_restricted_without_a_rule_and_reasons(
    board: Board, as_person: SignedIn, rule: int, address: str, left_out: str
) -> None:
    short_lines(board, "hold")
    topic = board.topic(body=LONG, by="dora")
    as_person("carol").post(f"{topic.address}reply", {"body": "Short.", "do": "post"})
    post = board.reply(topic, LONG, by="carol")
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    answer = as_person("bob").post(
        address.format(post=post.pk, topic=topic.id, held=Held.objects.get().pk), {**form, left_out: ""}
    )
    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert Post.objects.get(pk=post.pk).removed_at is None


def test_those_who_report_are_told_what_came_of_it_and_never_named_to_the_author(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    first, second = board.reply(topic, "liar", by="carol"), board.reply(topic, "Fine words.", by="carol")
    alice, bob, dora, carol = (as_person(name) for name in ("alice", "bob", "dora", "carol"))
    assert f'href="/p/{first.pk}/report"' in words(alice.get(topic.address))
    assert f'href="/p/{first.pk}/report"' not in words(carol.get(topic.address))
    assert alice.post(f"/p/{first.pk}/report", {"words": " "}).status_code == 422
    assert alice.post(f"/p/{first.pk}/report", {"words": "He calls me a liar."}).status_code == 302
    assert alice.post(f"/p/{first.pk}/report", {"rule": str(rule), "words": "He does."}).status_code == 302
    assert dora.post(f"/p/{first.pk}/report", {"rule": str(rule)}).status_code == 302
    assert alice.post(f"/p/{second.pk}/report", {"words": "I do not like it."}).status_code == 302
    assert Report.objects.count() == 3
    queue = words(bob.get("/moderate/"))
    assert queue.count('id="report') == 3, "two posts, and the heading"
    bob.post(f"/p/{first.pk}/reports/claim")
    assert "<bdi>bob</bdi> is at it." in words(dora.get("/moderate/")) or "bob is at it." in words(
        dora.get("/moderate/")
    )
    bob.post(f"/p/{second.pk}/reports/decline")
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "report"}
    bob.post(f"/p/{first.pk}/remove", form)
    assert "No reports." in words(bob.get("/moderate/"))
    assert "Moderators have decided on something of yours." in words(alice.get("/"))
    told = words(alice.get("/cases/"))
    assert "The moderators agreed." in told
    assert "The moderators saw nothing against a rule; the post stays." in told
    assert "Moderators have decided on something of yours." not in words(alice.get("/"))
    case = Case.objects.get()
    assert case.source == "report"
    shown = words(carol.get(f"/case/{case.pk}/"))
    assert "somebody reported it" in shown
    assert "alice" not in shown


def test_a_topic_is_locked_with_reasons_and_opened_without(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    bob, alice = as_person("bob"), as_person("alice")
    leads = bob.post(f"{topic.address}arrange", {"locked": "yes"})
    assert leads.headers["Location"] == f"{topic.address}lock"
    assert not Topic.objects.get().is_locked
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    assert bob.post(f"{topic.address}lock", form).status_code == 302
    assert Topic.objects.get().is_locked
    case = Case.objects.get()
    assert "A topic was locked" in words(alice.get(f"/case/{case.pk}/"))
    assert bob.post(f"{topic.address}lock", form).status_code == 410
    bob.post(f"{topic.address}arrange", {"locked": "no"})
    case.refresh_from_db()
    assert case.reversed_at is not None


def test_who_is_banned_reads_the_case_appeals_and_does_nothing_else(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    post = board.reply(topic, "liar", by="carol")
    carol = as_person("carol")
    form = {
        "rule": str(rule),
        "facts": FACTS,
        "ground": "rules",
        "source": "own",
        "kind": "ban",
        "days": "3",
        "points": "1",
    }
    case = as_person("bob").post(f"/p/{post.pk}/sanction", form).headers["Location"]
    assert "A ban" in words(carol.get(case))
    for address, sent in (
        (f"{topic.address}reply", {"body": LONG, "do": "post"}), ("/settings/profile/", {"about": "Me."}),
        (f"/p/{post.pk}/report", {"words": "Unfair."}), ("/u/alice/ignore", {"do": "ignore"}),
    ):  # fmt: skip
        assert carol.post(address, sent).status_code == 403, address
    assert carol.post(f"{case}appeal", {"words": "I quoted him."}).status_code == 302
    assert "liar" in words(carol.get(topic.address))


def test_readers_see_in_its_place_that_a_post_was_removed_and_by_which_rule(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    first, second = board.reply(topic, "You liar.", by="carol"), board.reply(topic, "Fine words.", by="carol")
    form = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    case = as_person("bob").post(f"/p/{first.pk}/remove", form).headers["Location"]
    page = words(Client().get(topic.address))
    assert f"Post #{first.pk} was removed by the moderators." in page
    assert "Argue with what people say" in page
    assert page.index("was removed by the moderators") < page.index("Fine words.")
    assert "You liar." not in page
    assert f"/moderation/log/?before={Case.objects.get().pk + 1}#case" in page
    as_person("bob").post(f"/p/{second.pk}/remove", form)
    assert words(Client().get(topic.address)).count("was removed by the moderators") == 2
    as_person("bob").post(f"{case}reverse")
    assert words(Client().get(topic.address)).count("was removed by the moderators") == 1


def test_a_post_that_its_author_took_back_leaves_no_line(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    post = board.reply(topic, "Too early.", by="carol")
    as_person("carol").post(f"/p/{post.pk}/withdraw")
    assert "was removed by the moderators" not in words(Client().get(topic.address))
