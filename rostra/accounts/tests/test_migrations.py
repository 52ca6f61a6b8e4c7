"""Accounts of an older board get what newer ones have."""

from importlib import import_module

from django.apps import apps

from rostra.accounts.models import User
from rostra.accounts.names import why_not_name
from rostra.accounts.skeletons import skeleton
from tests.cast import Board


def test_names_get_their_skeletons_and_addresses_small_letters(board: Board) -> None:
    User.objects.update(name_skeleton="")
    User.objects.filter(name="alice").update(email="Alice@Example.org")
    assert why_not_name("a1ice") is None
    import_module("rostra.accounts.migrations.0002_accounts").fill_skeletons(apps, None)
    assert {user.name: user.name_skeleton for user in User.objects.all()} == {
        name: skeleton(name) for name in ("alice", "bob", "carol", "dora")
    }
    assert User.objects.get(name="alice").email == "alice@example.org"
    assert why_not_name("a1ice") is not None
