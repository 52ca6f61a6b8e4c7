"""The pages of roles, and of copying rights from one forum to others."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.forums.effects import Said
from rostra.forums.giving import define_role, give, give_role
from rostra.forums.models import Role
from rostra.forums.roles import presets, roles
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, Holder
from rostra.web.tests.test_rights_pages import fields, now, text
from tests.cast import Board

SignedIn = Callable[[str], Client]
HOME, COPY = "/manage/roles/", "/manage/rights/copy/"


@pytest.fixture
def dora(as_person: SignedIn) -> Client:
    """The administrator's browser."""
    return as_person("dora")


def opened(browser: Client, address: str) -> dict[str, str]:
    """What the form brings along that was opened."""
    return fields(browser.get(address))


@pytest.fixture
def quiet(board: Board) -> Role:
    """A role that nobody has yet."""
    return define_role(giver=board.actor("dora"), name="Quiet", values={"reply": "never"}, about="Hush.")


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_who_may_not_give_rights_has_none_of_these_pages(
    board: Board, as_person: SignedIn, quiet: Role, who: str
) -> None:
    browser = as_person(who)
    for address in (HOME, f"{HOME}new/", f"{HOME}{quiet.pk}/change/", f"{HOME}{quiet.pk}/drop/", COPY):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"name": "X", "do": "save"}).status_code == 403
    assert [role.name for role in roles()] == ["Quiet"]


def test_a_role_is_defined_changed_renamed_and_dropped(board: Board, dora: Client) -> None:
    assert "No roles yet." in text(dora.get(HOME))
    form = {"name": " Read  only ", "about": "Hush.", "v-reply": "never", "do": "show"}
    page = text(dora.post(f"{HOME}new/", {**opened(dora, f"{HOME}new/"), **form}, follow=True))
    assert "The role “Read only” is saved." in page
    assert "Never: Reply to topics" in page
    (role,) = roles()
    form = {"name": "Silence", "about": "", "v-begin": "no", "do": "show"}
    address = f"{HOME}{role.id}/change/"
    assert dora.post(address, {**opened(dora, address), **form}).status_code == 302
    assert [(each.name, each.about, each.values) for each in roles()] == [("Silence", "", {"begin": "no"})]
    assert "Nobody has it." in text(dora.get(f"{HOME}{role.id}/drop/"))
    assert "was dropped" in text(dora.post(f"{HOME}{role.id}/drop/", follow=True))
    assert roles() == []
    assert dora.get(f"{HOME}{role.id}/drop/").status_code == 404


def test_a_role_that_somebody_has_is_changed_after_its_effect_was_shown(
    board: Board, dora: Client, quiet: Role
) -> None:
    give_role(giver=board.actor("dora"), holder=MEMBERS, place=board.asia.pk, role="Quiet")
    address = f"{HOME}{quiet.pk}/change/"
    form = {**opened(dora, address), "name": "Quiet", "v-see": "no"}
    for do in ("show", "save"):
        shown = dora.post(address, {**form, "do": do})
        assert "Members, Asia" in text(shown)
        assert "Members: 1 forum less, 0 posts, 1 right gained" in text(shown)
    assert roles()[0].values == {"reply": "never"}, "nothing is saved yet"
    assert dora.post(address, {**fields(shown), "v-see": "never", "do": "save"}).status_code == 200
    assert dora.post(address, {**fields(shown), "do": "save"}).status_code == 302
    assert roles()[0].values == {"see": "no"}


def test_a_form_that_others_overtook_shows_both_and_asks_again(
    board: Board, dora: Client, quiet: Role
) -> None:
    address = f"{HOME}{quiet.pk}/change/"
    form = {**opened(dora, address), "name": "Quiet", "v-reply": "no", "do": "show"}
    define_role(giver=board.actor("dora"), name="Quiet", values={"begin": "never"})
    for do in ("show", "save"):
        late = dora.post(address, {**form, "do": do})
        assert late.status_code == 409
        assert "Somebody else has changed this" in text(late)
        assert "By now: Never" in text(late)
        assert "By now: Says nothing" in text(late)
    assert roles()[0].values == {"begin": "never"}
    assert dora.post(address, {**form, **fields(late)}).status_code == 302
    assert roles()[0].values == {"reply": "no"}


def test_a_role_in_use_says_where_and_stays(board: Board, dora: Client, quiet: Role) -> None:
    give_role(giver=board.actor("dora"), holder=MEMBERS, place=board.asia.pk, role="Quiet")
    for answer in (dora.get(f"{HOME}{quiet.pk}/drop/"), dora.post(f"{HOME}{quiet.pk}/drop/")):
        assert "It is in use and cannot be dropped." in text(answer)
        assert f'href="/manage/rights/?place={board.asia.pk}&holder=circle-members">Members, Asia' in text(
            answer
        )
    assert Role.objects.count() == 1


def test_who_would_lose_the_right_to_give_by_a_role_is_warned(board: Board, as_person: SignedIn) -> None:
    dora, me = board.actor("dora"), Holder("member", str(board.people["alice"].pk))
    role = define_role(giver=dora, name="Keeper", values={"manage_rights": "yes"})
    give_role(giver=dora, holder=me, place=BOARD, role="Keeper")
    alice, address = as_person("alice"), f"{HOME}{role.pk}/change/"
    shown = alice.post(address, {**opened(alice, address), "name": "Keeper", "do": "show"})
    assert "could not undo it" in text(shown)
    assert alice.post(address, {**fields(shown), "do": "save"}).status_code == 403
    assert roles()[0].values == {"manage_rights": "yes"}
    assert alice.post(address, {**fields(shown), "do": "save", "loss": "yes"}).status_code == 302


@pytest.mark.parametrize(
    "form",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "Quiet"},
        {"name": " Quiet\u00a0", "v-see": "yes"},
        {"v-see": "perhaps"},
    ],
)
def test_what_cannot_be_a_role_is_refused(
    board: Board, dora: Client, quiet: Role, form: dict[str, str]
) -> None:
    good = {**opened(dora, f"{HOME}new/"), "name": "Good", "do": "show"}
    assert dora.post(f"{HOME}new/", {**good, **form}).status_code == 422
    assert [role.values for role in roles()] == [{"reply": "never"}]


def test_a_further_role_is_never_written_over_one_that_differs_in_spaces_only(
    board: Board, dora: Client
) -> None:
    define_role(giver=board.actor("dora"), name="Read only", values={"reply": "never"})
    form = {**opened(dora, f"{HOME}new/"), "name": "Read  only", "v-mod_edit": "yes", "do": "show"}
    late = dora.post(f"{HOME}new/", form)
    assert late.status_code == 422
    assert "There is a role “Read only” already." in text(late)
    assert [role.values for role in roles()] == [{"reply": "never"}]


def test_a_role_is_not_renamed_into_another(board: Board, dora: Client, quiet: Role) -> None:
    define_role(giver=board.actor("dora"), name="Loud", values={"reply": "yes"})
    address = f"{HOME}{quiet.pk}/change/"
    assert dora.post(address, {**opened(dora, address), "name": "Loud", "do": "show"}).status_code == 422
    assert {role.name for role in roles()} == {"Quiet", "Loud"}


def test_the_usual_roles_are_made_with_one_press_and_none_is_written_over(board: Board, dora: Client) -> None:
    define_role(giver=board.actor("dora"), name="Private", values={"see": "never"})
    made = len(presets()) - 1
    assert f"Roles that were made: {made}." in text(dora.post(HOME, follow=True))
    assert "Roles that were made: 0." in text(dora.post(HOME, follow=True))
    known = {role.name: role.values for role in roles()}
    assert known["Private"] == {"see": "never"}
    assert known["Read only"]["reply"] == "never"


def test_rights_are_copied_after_their_effect_was_shown(board: Board, dora: Client) -> None:
    give(giver=board.actor("dora"), holder=GUESTS, place=board.europe.pk, values={"see": "no"})
    give(giver=board.actor("dora"), holder=MEMBERS, place=board.asia.pk, values={"reply": "no"})
    form = {"source": board.europe.pk, "target": [board.asia.pk], "do": "save"}
    shown = dora.post(COPY, form)
    assert "Guests: 1 forum less, 0 posts" in text(shown)
    assert "Members: 1 right gained" in text(shown)
    assert now(GUESTS, board.asia.pk) == Said({})
    assert "Copied." in text(dora.post(COPY, {**fields(shown), "do": "save"}, follow=True))
    assert now(GUESTS, board.asia.pk) == Said({"see": "no"})
    assert now(MEMBERS, board.asia.pk) == Said({})
    assert now(GUESTS, board.category.pk) == Said({}), "that was not chosen"


@pytest.mark.parametrize("form", [{}, {"source": "x"}, {"source": "0"}, {"target": ["999"]}])
def test_what_cannot_be_copied_is_asked_again(board: Board, dora: Client, form: dict[str, str]) -> None:
    good = {"source": str(board.europe.pk), "target": [str(board.europe.pk)], "do": "show"}
    assert dora.post(COPY, {**good, **form}).status_code == 422
