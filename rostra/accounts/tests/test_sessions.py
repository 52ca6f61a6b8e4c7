"""The key of a session comes in a cookie, and so from anybody."""

import pytest
from django.test import Client

from tests.cast import Board


@pytest.mark.parametrize("key", ['"\\000abc"', "nothing", "ü", '"a b"', "x" * 4000])
def test_a_cookie_that_is_no_key_is_a_guest_s(board: Board, client: Client, key: str) -> None:
    answer = client.get("/", headers={"Cookie": f"session={key}"})
    assert answer.status_code == 200
    assert "Sign in" in answer.content.decode()
