"""`bench moves`: splitting, moving and merging topics of 10,000 posts, and whether all that follows is right."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from bench.places import Place, ask, run
from bench.tables import table

MOST_SECONDS = 2.0
_BOARD = 20_000


def measure(options: argparse.Namespace) -> int:
    """Make a board with two long topics, take them apart and together; 0 when all is right and in time."""
    with tempfile.TemporaryDirectory(prefix="rostra-bench-") as folder:
        place = Place(Path(folder).resolve(), options.database_url)
        run(place, "bench.making", str(_BOARD))
        found = ask(place, "bench.moved", str(options.posts), str(options.readers))
    print(table(("what", "", "s", "CPU s", "addresses", "counts", "read marks", ""), list(map(_row, found))))
    return 0 if all(_is_met(step) for step in found) else 1


def _row(step: dict[str, Any]) -> list[str]:
    wrong = [f"{step[what]} wrong" if step[what] else "right" for what in ("addresses", "counts", "marks")]
    times = [f"{step['seconds']:.2f}", f"{step['cpu']:.2f}"]
    return [step["what"], f"{step['posts']:,} posts", *times, *wrong, "met" if _is_met(step) else "NOT MET"]


def _is_met(step: dict[str, Any]) -> bool:
    return step["seconds"] <= MOST_SECONDS and not (step["addresses"] or step["counts"] or step["marks"])
