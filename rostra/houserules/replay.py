"""The rule bench: a draft of a rule over posts that were written, to see what it would have caught.

Where posts come from is the caller's business: `topics` stand above this package.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from rostra.houserules.facts import Draft, facts_of
from rostra.houserules.rules import Finding, Rule, judge
from rostra.kernel.text import excerpt

MOST_POSTS = 20_000
MOST_SAMPLES = 20
WORDS = 160  # graphemes of a sample


class Past(NamedTuple):
    """A post that was written: its id, the draft it was, and whether moderators removed it later."""

    post: int
    draft: Draft
    was_removed: bool = False


class Sample(NamedTuple):
    """A post that would have been caught, for people to look at; `words` is the beginning of its own words, or
    without any of what was typed."""

    post: int
    title: str
    finding: Finding
    was_removed: bool
    words: str


@dataclass(slots=True)
class Replayed:
    """What a rule would have done. `looked_at` are posts within its scope; `agreed` those that were caught and were
    removed by moderators too."""

    posts: int = 0
    looked_at: int = 0
    caught: int = 0
    removed: int = 0
    agreed: int = 0
    faults: int = 0
    fault: str = ""  # the first one
    effects: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Caught posts among those looked at, 0 to 1."""
        return self.caught / self.looked_at if self.looked_at else 0.0

    @property
    def precision(self) -> float | None:
        """Of what was caught, the share that moderators removed; None when nothing was caught."""
        return self.agreed / self.caught if self.caught else None

    @property
    def recall(self) -> float | None:
        """Of what moderators removed, the share that was caught; None when they removed nothing."""
        return self.agreed / self.removed if self.removed else None


def replay(
    rule: Rule, posts: Iterable[Past], most: int = MOST_POSTS, samples: int = MOST_SAMPLES
) -> Replayed:
    """Judge posts, at most so many, by one rule. Samples are taken evenly from all that was caught, in its order."""
    result, wanted, every = Replayed(), frozenset(rule.check.wanted if rule.check else ()), 1
    for past in islice(posts, most):
        result.posts += 1
        facts = facts_of(past.draft, wanted)
        verdict = judge([rule], facts)
        if verdict.faults:
            result.faults += 1
            result.fault = result.fault or verdict.faults[0].told
        if not verdict.asked:
            continue
        result.looked_at += 1
        result.removed += past.was_removed
        for finding in (*verdict.findings, *verdict.observed):
            every = _note(result, past, facts.reading.text, finding, every, samples)
    return result


def _note(result: Replayed, past: Past, own: str, finding: Finding, every: int, most: int) -> int:
    """Count what was caught. When there are too many samples, every second one stays, and from then on only every
    second of those that would have been taken is."""
    if result.caught % every == 0 and most:
        if len(result.samples) >= most:
            result.samples[:] = result.samples[::2]
            every *= 2
        if result.caught % every == 0:
            words = excerpt(own or past.draft.source, WORDS)
            result.samples.append(Sample(past.post, past.draft.title, finding, past.was_removed, words))
    result.caught += 1
    result.agreed += past.was_removed
    result.effects[finding.effect.value] += 1
    return every
