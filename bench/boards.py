"""`bench board`: boards made at given sizes, and what their pages cost as the board grows."""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from bench.calls import Measured
from bench.places import Failure, Place, ask, noted, run
from bench.tables import table

BUDGET = 1.3
SMALLEST = 5_000
Rounds = list[list[Measured]]


def measure(options: argparse.Namespace) -> int:
    """Make the boards, measure in turn, print; 0 when every ratio is within the budget."""
    sizes = _sizes(options.posts)
    urls = options.database_url.split(",") if options.database_url else [""] * len(sizes)
    if len(urls) != len(sizes):
        raise Failure(f"--database-url names {len(urls)} databases for {len(sizes)} sizes")
    with tempfile.TemporaryDirectory(prefix="rostra-bench-") as folder:
        base: Path = (options.data or Path(folder)).resolve()
        boards: dict[int, Place] = {}
        for posts, url in zip(sizes, urls, strict=True):
            data = base / str(posts) if len(sizes) > 1 or not options.data else base
            boards[posts] = _made(Place(data, url), posts)
        if options.only_make:
            return 0
        if options.compare_with:
            boards |= _smaller(options.compare_with)
        return _report(_rounds(boards, options.calls, options.rounds))


def _sizes(text: str) -> list[int]:
    numbers = [number.strip().replace("_", "") for number in text.split(",")]
    if not all(number.isascii() and number.isdigit() and int(number) >= SMALLEST for number in numbers):
        raise Failure(f"--posts takes numbers from {SMALLEST:,}, separated by commas; this is {text!r}")
    return sorted({int(number) for number in numbers})


def _made(place: Place, posts: int) -> Place:
    """The board, made now unless it is there."""
    known = noted(place.data)
    if known is None:
        place.data.mkdir(parents=True, exist_ok=True)
        run(place, "bench.making", str(posts))
        return place
    if known[1] != posts:
        raise Failure(
            f"{place.data} holds a board of {known[1]:,} posts, not {posts:,}; name another directory"
        )
    return known[0]


def _smaller(data: Path) -> dict[int, Place]:
    known = noted(data)
    if known is None:
        raise Failure(f"{data} holds no board made by 'bench board'")
    return {known[1]: known[0]}


def _rounds(boards: dict[int, Place], calls: int, rounds: int) -> dict[int, Rounds]:
    """Boards take turns: the machine's mood then touches all of them alike."""
    found: dict[int, Rounds] = {posts: [] for posts in sorted(boards)}
    for number in range(1, rounds + 1):
        for posts, measured in found.items():
            sys.stderr.write(f"round {number} of {rounds}, {posts:,} posts ...\n")
            measured.append(ask(boards[posts], "bench.calls", str(calls)))
    return found


def _report(found: dict[int, Rounds]) -> int:
    sizes = list(found)
    smallest, largest = found[sizes[0]], found[sizes[-1]]
    is_compared = len(sizes) > 1
    heads = [
        "page",
        "viewer",
        *(f"bytes at {posts:,}" for posts in sizes),
        *(f"CPU ms at {posts:,}" for posts in sizes),
    ]
    heads += ["ratio", "budget", ""] if is_compared else ["", ""]
    rows, is_met = [], True
    for place, kind in enumerate(largest[0]):
        row = [kind["page"], kind["viewer"], *(f"{found[posts][0][place]['bytes']:,.0f}" for posts in sizes)]
        row += [f"{_median([one[place]['cpu_ms'] for one in found[posts]]):.3f}" for posts in sizes]
        verdict = ["", ""]
        if is_compared:
            ratio = _median(
                [large[place]["cpu_ms"] / small[place]["cpu_ms"] for small, large in zip(smallest, largest, strict=True)]
            )  # fmt: skip
            is_met &= ratio <= BUDGET
            verdict = [f"{ratio:.2f}", f"<= {BUDGET}", "met" if ratio <= BUDGET else "NOT MET"]
        rows.append([*row, *verdict])
    print(table(heads, rows))
    return 0 if is_met else 1


def _median(values: list[float]) -> float:
    return statistics.median(values)
