"""A group is dropped: what follows is said first, and nobody loses the last way to give rights by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.actions import join_group
from rostra.accounts.grouping import found_group
from rostra.accounts.models import Group, Membership, User
from rostra.forums.dropping import drop_group
from rostra.forums.giving import give
from rostra.forums.models import ForumModerators, Grant
from rostra.forums.policy import may
from rostra.kernel.refusals import Gone, Refused
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD, Holder
from tests.cast import Board

SignedIn = Callable[[str], Client]


def words(response: Any) -> str:
    return str(response.content.decode())


def pressed(client: Client, group: Group) -> Any:
    page = words(client.get(f"/manage/groups/{group.pk}/drop/"))
    token = page.split('name="token" value="')[1].split('"')[0]
    return client.post(f"/manage/groups/{group.pk}/drop/", {"token": token})


def test_what_follows_is_said_and_then_it_goes_with_all_that_was_given_to_it(
    board: Board, as_person: SignedIn
) -> None:
    group = board.moderators
    holder = Holder("group", str(group.pk))
    give(giver=board.actor("dora"), holder=holder, place=board.asia.pk, values={"mod_lock": "yes"})
    dora = as_person("dora")
    assert f'href="/manage/groups/{group.pk}/drop/"' in words(dora.get(f"/manage/groups/{group.pk}/"))
    page = words(dora.get(f"/manage/groups/{group.pk}/drop/"))
    for told in ("1 member.", "<bdi>Asia</bdi>", "<bdi>Europe</bdi>", "rights lost", "Lost:"):
        assert told in page, told
    assert may(board.actor("bob"), board.node(), May.MOD_REMOVE)
    done = pressed(dora, group)
    assert done.headers["Location"] == "/manage/groups/?done=dropped"
    assert "The group is dropped." in words(dora.get("/manage/groups/?done=dropped"))
    assert not may(board.actor("bob"), board.node(), May.MOD_REMOVE)
    for model in (Grant, ForumModerators, Membership):
        assert not model.objects.exists()
    assert User.objects.filter(name="bob").exists()
    with pytest.raises(Gone):
        drop_group(giver=board.actor("dora"), group_id=group.pk)


def test_nothing_goes_that_was_not_shown(board: Board, as_person: SignedIn) -> None:
    dora, group = as_person("dora"), board.moderators
    page = words(dora.post(f"/manage/groups/{group.pk}/drop/"))
    assert "Drop the group “Europe Mods”?" in page
    assert Group.objects.filter(id=group.pk).exists()


def test_the_last_way_to_give_rights_is_not_lost(board: Board, as_person: SignedIn) -> None:
    keepers = found_group(name="Keepers")
    join_group(user=board.people["carol"], group=keepers)
    holder = Holder("group", str(keepers.pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"manage_rights": "yes"})
    User.objects.filter(name="dora").update(is_admin=False)
    carol = as_person("carol")
    page = words(carol.get(f"/manage/groups/{keepers.pk}/drop/"))
    assert "could not give or take rights any more without this group" in page
    assert "Drop it</button>" not in page
    assert carol.post(f"/manage/groups/{keepers.pk}/drop/", {"token": "x"}).status_code == 403
    with pytest.raises(Refused):
        drop_group(giver=board.actor("carol"), group_id=keepers.pk)
    assert Group.objects.filter(id=keepers.pk).exists()
    assert pressed(carol, board.moderators).status_code == 302, "another group can go"


@pytest.mark.parametrize("name", ["guest", "alice", "bob"])
def test_nobody_drops_groups_but_those_who_give_rights(board: Board, as_person: SignedIn, name: str) -> None:
    browser = Client() if name == "guest" else as_person(name)
    for answer in (browser.get, browser.post):
        assert answer(f"/manage/groups/{board.moderators.pk}/drop/").status_code in (302, 403)
    assert Group.objects.filter(id=board.moderators.pk).exists()
