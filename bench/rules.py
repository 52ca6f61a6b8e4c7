"""`bench rules`: CPU time of house rules on real posts, and how often English-only is right."""

import argparse
import gzip
import json
import random
import statistics
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.places import Failure
from bench.tables import table

MOST_MEDIAN_MS = 1.0
MOST_LONG_MS = 50.0
MOST_REPLAY_SECONDS = 60.0
MOST_EVALUATION_MS = 50.0
MOST_FALSE, LEAST_SHORT, LEAST_LONG = 0.01, 0.95, 0.985
_LONG = 60_000
_TRIES = 3


def measure(options: argparse.Namespace) -> int:
    """Judge the corpus, long texts and random ones; 0 when the budgets are met."""
    for path in (options.threads, options.sentences):
        if not path.is_file():
            raise Failure(f"{path}: there is no such file")
    from django.conf import settings

    settings.configure(USE_I18N=False)
    from rostra.houserules.languages import warm_up

    before = _memory()
    begin = time.process_time()
    warm_up()
    print(f"both detectors: {time.process_time() - begin:.2f} s of CPU to load, {_memory() - before:.0f} MB")
    posts = _posts(options.threads)
    met = _judging(posts, options.posts)
    met &= _live(posts)
    met &= _replaying(posts, options.replayed)
    met &= _languages(options.sentences)
    met &= _random_ones(options.random)
    return 0 if met else 1


def _judging(posts: list[dict[str, Any]], number: int) -> bool:
    """Facts and the six presets on a post whose document is there, as when it is sent."""
    from rostra.houserules.rules import verdict_on

    rules, rows, met = _presets(), [], True
    chosen = posts[:: max(1, len(posts) // number)]
    for markup in ("both", "plain"):
        drafts = [_draft(post, markup) for post in chosen]
        for draft in drafts[:50]:
            verdict_on(rules, draft)
        times = [1000 * _cpu(lambda draft=draft: verdict_on(rules, draft)) for draft in drafts]  # type: ignore[misc]
        median = statistics.median(times)
        good = median <= MOST_MEDIAN_MS
        met &= good
        found = sum(bool(verdict_on(rules, draft).findings) for draft in drafts)
        rows.append(
            [
                f"facts and 6 rules, {markup}",
                f"{median:.3f}",
                f"{_p95(times):.3f}",
                f"{max(times):.1f}",
                f"{found / len(drafts):.1%}",
                _met(good),
            ]
        )
    print(
        table(
            ("", f"median ms (<= {MOST_MEDIAN_MS:.0f})", "p95", "slowest", "posts with a finding", ""), rows
        )
    )
    return met


def _live(posts: list[dict[str, Any]]) -> bool:
    """From the source to the verdict, texts of 60,000 characters made of posts that follow each other."""
    from rostra.houserules.rules import verdict_on

    rules, times, parts = _presets(), [], []
    for text in _long_texts(posts, 40):
        post = {"title": "A long text", "body": text}
        draft = _draft(post, "both")
        parts.append(_best(lambda draft=draft: verdict_on(rules, draft)))  # type: ignore[misc]
        times.append(_best(lambda post=post: verdict_on(rules, _draft(post, "both"))))  # type: ignore[misc]
    good = _p95(times) <= MOST_LONG_MS
    print(
        f"live verdict on {len(times)} texts of {_LONG:,} characters: p95 {_p95(times):.1f} ms (<= {MOST_LONG_MS:.0f}), "
        f"of which facts and rules {_p95(parts):.1f} ms; median {statistics.median(times):.1f} ms  {_met(good)}"
    )
    return good


def _replaying(posts: list[dict[str, Any]], number: int) -> bool:
    from rostra.houserules.presets import preset
    from rostra.houserules.replay import Past, replay

    past = (Past(place, _draft(post, "plain")) for place, post in enumerate(posts[:number]))
    begin = time.process_time()
    told = replay(preset("english-only"), past, most=number)
    took = (time.process_time() - begin) * 19_000 / max(told.posts, 1)
    good = took <= MOST_REPLAY_SECONDS
    print(
        f"replay of english-only over {told.posts:,} posts, reading their markup included: {took:.1f} s for 19,000 "
        f"(<= {MOST_REPLAY_SECONDS:.0f}); it would have caught {told.caught}  {_met(good)}"
    )
    return good


def _languages(path: Path) -> bool:
    """English-only on sentences; the two halves are told apart by a sum over the text."""
    from rostra.houserules.rules import verdict_on

    rules = [rule for rule in _presets() if rule.id == "english-only"]
    halves: dict[tuple[str, int, str], list[bool]] = {}
    with gzip.open(path, "rt") as lines:
        for line in lines:
            record = json.loads(line)
            draft = _draft({"title": "", "body": record["text"]}, "plain")
            kind = "English" if record["lang"] == "en" else "others"
            length = _length(record["text"])
            half = zlib.crc32(record["text"].encode()) % 2
            halves.setdefault((kind, half, length), []).append(bool(verdict_on(rules, draft).findings))
    rows, met = [], True
    for kind, length, least, most in (
        ("English", "6-15", 0.0, MOST_FALSE), ("English", "16-40", 0.0, MOST_FALSE),
        ("others", "6-15", LEAST_SHORT, 1.0), ("others", "16-40", LEAST_LONG, 1.0),
    ):  # fmt: skip
        looked_at, held_out = halves[kind, 0, length], halves[kind, 1, length]
        both = looked_at + held_out
        good = all(least <= sum(part) / len(part) <= most for part in (both, held_out))
        met &= good
        shares = [f"{sum(half) / len(half):.2%}" for half in (both, looked_at, held_out)]
        rows.append([f"{kind}, {length} words", str(len(both)), *shares, _met(good)])
    print(table(("english-only finds", "sentences", "all", "one half", "held out", ""), rows))
    return met


def _random_ones(number: int) -> bool:
    """Random conditions and drafts: nothing gets out, nothing takes long; the same draft twice has one verdict."""
    from rostra.houserules.conditions import condition
    from rostra.houserules.facts import KINDS, facts_of
    from rostra.houserules.grammar import Unfit
    from rostra.houserules.rules import verdict_on
    from rostra.houserules.tests.drafts import random_condition, random_source

    chance, rules, taken, slowest, differing = random.Random(3), _presets(), 0, 0.0, 0
    for _ in range(number):
        post = {"title": random_source(chance, 5), "body": random_source(chance, 80)}
        preview, sent = _draft(post, "both"), _draft(post, "both")
        differing += verdict_on(rules, preview).findings != verdict_on(rules, sent).findings
        try:
            asked = condition(random_condition(chance), KINDS)
        except Unfit:
            continue
        taken += 1
        slowest = max(slowest, asked.ask(facts_of(sent).values).milliseconds)
    good = slowest <= MOST_EVALUATION_MS and not differing
    print(
        f"{number:,} random conditions ({taken:,} were taken) and drafts: no exception, slowest evaluation {slowest:.2f} ms "
        f"(<= {MOST_EVALUATION_MS:.0f}); preview and sending differed {differing} times  {_met(good)}"
    )
    return good


def _presets() -> list[Any]:
    from rostra.houserules.presets import PRESETS, preset

    return [preset(name) for name in PRESETS]


def _draft(post: dict[str, Any], markup: str) -> Any:
    """The draft of a post; one that is not rendered is shown as it was typed."""
    from rostra.houserules.facts import Circumstances, Draft
    from rostra.markup import Unfit, read
    from rostra.markup import document as doc

    try:
        document = read(post["body"], markup)
    except Unfit:
        document = doc.Document([doc.Paragraph([doc.Words(post["body"])])])
    kind = "topic" if post["title"] else "reply"
    return Draft(post["title"], post["body"], document, Circumstances(kind=kind, seconds_since_last=90))


def _posts(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt") as lines:
        return [
            {"title": thread["title"] if not place else "", "body": post["body"]}
            for thread in map(json.loads, lines)
            for place, post in enumerate(thread["posts"])
        ]


def _long_texts(posts: list[dict[str, Any]], number: int) -> Iterator[str]:
    """Texts of the full length that the markup takes, made of posts of usual length."""
    usual = [post["body"] for post in posts if 200 < len(post["body"]) < 2_000]
    step = len(usual) // number
    for place in range(number):
        text = "\n\n".join(usual[place * step : place * step + 200])[:_LONG]
        if len(text) == _LONG:
            yield text


def _length(text: str) -> str:
    words = len(text.split())
    return next((name for most, name in ((5, "1-5"), (15, "6-15"), (40, "16-40")) if words <= most), "more")


def _cpu(do: Callable[[], object]) -> float:
    begin = time.process_time()
    do()
    return time.process_time() - begin


def _best(do: Callable[[], object]) -> float:
    """ms; the best of some tries, for the machine has other work."""
    return min(1000 * _cpu(do) for _ in range(_TRIES))


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _memory() -> float:
    """MB that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 / 1024


def _met(is_good: bool) -> str:
    return "met" if is_good else "NOT MET"
