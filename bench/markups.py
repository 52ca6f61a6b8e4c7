"""`bench markup`: CPU time of rendering real posts, and of texts made to take long."""

import argparse
import gzip
import json
import statistics
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import hostile
from bench.places import Failure
from bench.tables import table
from rostra.markup import MARKUPS, Unfit, read, shown
from rostra.markup.code import LANGUAGES, MOST

MOST_MICROSECONDS = 400
MOST_MILLISECONDS = 150
MOST_GROWTH = 2.6
_TOO_SHORT = 10  # ms: below, growth is noise
_TRIES = 3
_FOUND = 60  # texts put together by chance
_UNPLEASANT = (
    "(", "{", '"', "'", "/*", "<", "a", "0", " ", "\\", "a.", "$(", "<!--", "- ", "x=", "\n", "\t", "#{", "'" * 3, '"' * 3,
    "0x", "@a", "a:", "a b ", "<a b='", "r\"", "%q(", "/a", "<<A\n", "[", "a(", "&a", "::", "  a: ", "{{", "<?", "A_",
)  # fmt: skip


def measure(options: argparse.Namespace) -> int:
    """Render the corpus and the pathological texts; 0 when the budgets are met."""
    for path in (options.threads, options.pathological):
        if not path.is_file():
            raise Failure(f"{path}: there is no such file")
    is_met = _corpus(options.threads, options.posts)
    is_met &= _pathological(options.pathological, options.length, options.seed)
    return 0 if _languages() and is_met else 1


def _corpus(path: Path, number: int) -> bool:
    posts = _posts(path)
    step = max(1, len(posts) // number)
    chosen = posts[::step]
    rows, is_met = [], True
    for markup in MARKUPS:
        times = [1e6 * _cpu(lambda body=body, markup=markup: _render(body, markup)) for body in chosen]  # type: ignore[misc]
        median = statistics.median(times)
        good = median <= MOST_MICROSECONDS
        is_met &= good
        mean, slowest = statistics.mean(times), max(times)
        rows.append([markup, f"{median:.0f}", f"{mean:.0f}", f"{slowest:.0f}", "met" if good else "NOT MET"])
    print(table(("markup", f"median µs (<= {MOST_MICROSECONDS})", "mean", "slowest", ""), rows))
    print(
        f"{len(chosen):,} of {len(posts):,} posts, {statistics.median(map(len, chosen)):.0f} characters the median."
    )
    return is_met


def _posts(path: Path) -> list[str]:
    with gzip.open(path, "rt") as lines:
        return [post["body"] for line in lines for post in json.loads(line)["posts"]]


def _pathological(path: Path, length: int, seed: int) -> bool:
    slowest, steepest = (0.0, "", ""), (0.0, "", "")
    for name, text in _texts(path, seed):
        for markup in MARKUPS:
            whole, half = _best(text[:length], markup), _best(text[: length // 2], markup)
            slowest = max(slowest, (whole, name, markup))
            if half > _TOO_SHORT and not name.startswith("[["):  # its half may be another text
                steepest = max(steepest, (whole / half, name, markup))
    print(
        f"slowest of the pathological: {slowest[0]:.0f} ms (<= {MOST_MILLISECONDS}), {slowest[1]} as {slowest[2]}"
    )
    print(
        f"twice as long takes at most {steepest[0]:.2f} times as long (< {MOST_GROWTH}), {steepest[1]} as {steepest[2]}"
    )
    return slowest[0] <= MOST_MILLISECONDS and steepest[0] < MOST_GROWTH


def _languages() -> bool:
    """Code that its lexer may choke on, as long as is shown in colours."""
    slowest = (0.0, "", "")
    for language in sorted(set(LANGUAGES.values())):
        name = next(each for each, lexer in LANGUAGES.items() if lexer == language)
        for piece in _UNPLEASANT:
            line = (piece * 300)[:300]
            code = (
                "\n".join([line] * ((MOST - 100) // 301)) if "\n" not in piece else (piece * 4 + "x ") * 1500
            )
            slowest = max(
                slowest, (_best(f"`````{name}\n{code[: MOST - 100]}\n`````", "markdown"), name, piece)
            )
    print(
        f"slowest code in colours: {slowest[0]:.0f} ms (<= {MOST_MILLISECONDS}), {slowest[1]}, {slowest[2]!r} again and again"
    )
    return slowest[0] <= MOST_MILLISECONDS


def _texts(path: Path, seed: int) -> Iterator[tuple[str, str]]:
    yield from hostile.known()
    yield from hostile.found(_FOUND, seed)
    with tarfile.open(path) as packed:
        for member in packed.getmembers():
            file = packed.extractfile(member) if member.name.endswith((".txt", ".md")) else None
            if file is not None and "PROVENANCE" not in member.name:
                yield member.name, file.read().decode(errors="replace")


def _best(text: str, markup: str) -> float:
    return min(1000 * _cpu(lambda: _render(text, markup)) for _ in range(_TRIES))


def _render(text: str, markup: str) -> None:
    try:
        shown(read(text, markup))
    except Unfit:
        return


def _cpu(do: Callable[[], None]) -> float:
    begin = time.process_time()
    do()
    return time.process_time() - begin
