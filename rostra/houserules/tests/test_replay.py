"""The rule bench: counts, samples, and agreement with moderators."""

from itertools import pairwise

import pytest

from rostra.houserules.replay import Past, replay
from rostra.houserules.tests.judging import draft, rule


def _posts(number: int, short_every: int = 2) -> list[Past]:
    """Posts of one word, and of five; every third was removed."""
    return [
        Past(post, draft("Short." if post % short_every == 0 else "A post of five words."), post % 3 == 0)
        for post in range(number)
    ]


def test_a_replay_says_what_would_have_been_caught_and_how_moderators_judged() -> None:
    told = replay(rule("own_words < 3", "refuse"), _posts(12))
    assert (told.posts, told.looked_at, told.caught, told.removed, told.agreed) == (12, 12, 6, 4, 2)
    assert told.share == 0.5
    assert told.precision == pytest.approx(2 / 6)
    assert told.recall == 0.5
    assert told.effects == {"refuse": 6}
    assert [sample.post for sample in told.samples] == [0, 2, 4, 6, 8, 10]
    assert told.samples[0].words == "Short."


def test_where_nothing_was_caught_or_removed_there_is_no_agreement_to_tell() -> None:
    told = replay(rule("false"), [Past(1, draft("x"))])
    assert (told.precision, told.recall, told.share) == (None, None, 0.0)
    assert replay(rule("false"), []).share == 0.0


def test_posts_outside_the_scope_are_not_looked_at() -> None:
    told = replay(rule("true", scope={"on": ["topic"]}), _posts(5))
    assert (told.posts, told.looked_at, told.caught, told.removed) == (5, 0, 0, 0)


def test_samples_come_evenly_from_all_that_was_caught() -> None:
    told = replay(rule("true"), _posts(1_000), samples=10)
    posts = [sample.post for sample in told.samples]
    assert 5 <= len(posts) <= 10
    assert posts == sorted(posts)
    assert posts[-1] > 800
    assert {second - first for first, second in pairwise(posts)} == {posts[1]}


def test_a_replay_ends_after_so_many_posts_and_counts_what_fails() -> None:
    told = replay(rule("own_words / links > 1"), _posts(50), most=20)
    assert (told.posts, told.faults, told.caught) == (20, 20, 0)
    assert "division by zero" in told.fault


def test_no_samples_may_be_wanted() -> None:
    assert replay(rule("true"), _posts(4), samples=0).samples == []
