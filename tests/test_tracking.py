"""Marks that follow people (`utm_source`, `fbclid`): dropped before a page is looked for."""

import re
from urllib.parse import parse_qsl, urlencode

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from rostra.web.front.tracking import without_tracking
from tests.cast import Board
from tests.door import Guest

MARKS = (
    "utm_source=letter&utm_medium=mail",
    "fbclid=Iw{n}",
    "gclid={n}",
    "sid={n}",
    "UTM_Campaign={n}",
    "_gl=1*{n}",
)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_follows_people_is_dropped_and_the_kept_page_is_served(
    board: Board, guest: Guest, mark: str
) -> None:
    topic = board.topic()
    for _ in range(21):
        board.reply(topic)
    for address, join in (("/", "?"), (topic.address, "?"), (f"{topic.address}?page=2", "&"), ("/new/", "?")):
        plain, made = guest.get(address)[2], guest.made
        for number in range(3):
            status, _, body = guest.get(f"{address}{join}{mark.format(n=number)}")
            assert (status, body == plain) == ("200 OK", True), address
        assert guest.made == made, "made anew"
    assert len(guest.application._pages._entries) == 4
    canonical = re.findall(rb'rel="canonical" href="([^"]+)"', guest.get(f"{topic.address}?{mark}")[2])
    assert canonical == [f"{settings.SITE_URL}{topic.address}".encode()]


def test_a_mark_is_dropped_on_the_way_to_the_canonical_address_and_for_members(
    board: Board, guest: Guest
) -> None:
    topic = board.topic()
    wrong = f"/t/{topic.id}-wrong/?utm_source=x&page=1"
    assert guest.get(wrong)[1]["Location"] == topic.address
    assert guest.get(f"/forum/viewtopic.php?utm_source=x&t={topic.id}&sid=0")[1]["Location"] == topic.address
    assert guest.get(f"{topic.address}?fbclid=x", HTTP_COOKIE="session=nothing")[0] == "200 OK"


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5))
def test_what_is_no_mark_stays_as_it_was_asked(pairs: list[tuple[str, str]]) -> None:
    query = urlencode(pairs, errors="replace")
    marked = "&".join(filter(None, ("utm_id=1", query, "gclid=2")))
    assert parse_qsl(without_tracking(marked), keep_blank_values=True) == parse_qsl(
        without_tracking(query), keep_blank_values=True
    )
    plain = urlencode([("q" + name, value) for name, value in pairs], errors="replace")
    assert without_tracking(plain) == plain
