"""`bench pages`: pages of a served board in turn with the ceiling that serves the same bytes."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.places import Failure, Place, ask, run
from bench.servers import Server, free_port, serving
from bench.tables import table
from bench.visits import Visits

_TOOLS = ("wrk", "taskset", "ps")
_KINDS = ("index", "forum", "topic")
_HEADS = (
    "page",
    "viewer",
    "bytes",
    "CPU ms",
    "ceiling",
    "CPU ratio",
    "rps",
    "rps ratio",
    "p99 ms",
    "budget",
    "",
)


class Figures(NamedTuple):
    """What compare.py found of one page and viewer: medians over the rounds."""

    size: int
    cpu: float
    ceiling: float
    cpu_ratio: float
    rps: float
    rps_ratio: float
    p99: float
    errors: float
    load: float


class Viewer(NamedTuple):
    """Who looks, what the server may keep for them, and what their pages may cost."""

    name: str
    cache_megabytes: int
    is_member: bool
    budget: str
    is_met: Callable[[Figures], bool]


_VIEWERS = (
    Viewer(
        "guest, cached", 64, False, "rps >= 0.8 or CPU <= 1.5", lambda f: f.rps_ratio >= 0.8 or f.cpu_ratio <= 1.5
    ),
    Viewer("guest, uncached", 0, False, "CPU <= 20", lambda f: f.cpu_ratio <= 20),
    Viewer("signed in", 0, True, "CPU <= 30", lambda f: f.cpu_ratio <= 30),
)  # fmt: skip


def measure(options: argparse.Namespace) -> int:
    """Make or take the board, measure, print; 0 when every budget is met."""
    _check_tools(options.compare)
    with tempfile.TemporaryDirectory(prefix="rostra-bench-") as folder:
        place = Place((options.data or Path(folder)).resolve())
        _make(place, options.threads)
        visits: Visits = ask(place, "bench.visits")
        found: list[tuple[str, Viewer, Figures]] = []
        for viewer in _VIEWERS:
            with serving(place, cache_megabytes=viewer.cache_megabytes) as server:
                for kind in _KINDS:
                    sys.stderr.write(f"{kind}, {viewer.name} ...\n")
                    found.append((kind, viewer, _compare(options, server, visits, kind, viewer)))
    print(table(_HEADS, [_row(kind, viewer, figures) for kind, viewer, figures in found]))
    highest = max(figures.load for _, _, figures in found)
    print(
        f"CPU ms a request on one processor; ratios to the ceiling within a round. Load average up to {highest:.1f}."
    )
    return 0 if all(_is_met(viewer, figures) for _, viewer, figures in found) else 1


def _check_tools(compare: Path) -> None:
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        raise Failure(
            f"{missing[0]} is not there; on Debian: apt-get install {'wrk' if 'wrk' in missing else 'util-linux procps'}"
        )
    if not compare.is_file():
        raise Failure(f"{compare}: there is no such file; name the comparing script with --compare")


def _make(place: Place, threads: Path) -> None:
    """Import the discussions, unless the directory holds a board."""
    if (place.data / "board.sqlite3").exists():
        return
    if not threads.is_file():
        raise Failure(f"{threads}: there is no such file; name another with --threads")
    run(
        place,
        "rostra.cli",
        "import",
        str(threads.resolve()),
        "--format",
        "threads",
        "--data",
        str(place.data),
    )


def _compare(
    options: argparse.Namespace, server: Server, visits: Visits, kind: str, viewer: Viewer
) -> Figures:
    address = {"index": visits["index"], "forum": visits["forum"], "topic": visits["topic"]}[kind]
    command = [
        sys.executable, str(options.compare), server.address + address, "--pid", str(server.pid),
        "--rounds", str(options.rounds), "--seconds", str(options.seconds),
        "--python", sys.executable, "--port", str(free_port()),
    ]  # fmt: skip
    if viewer.is_member:
        command += ["--header", f"Cookie: {visits['cookie']}"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Failure(f"{options.compare.name} ended with status {done.returncode}; see above")
    told = json.loads(done.stdout[done.stdout.index("{\n") :])  # the ceiling's server may warn before it
    target, ratio = told["target"], told["ratio"]
    return Figures(
        told["bytes"], target["cpu_ms"], told["ceiling"]["cpu_ms"], ratio["cpu"],
        target["rps"], ratio["rps"], target["p99_ms"], target["errors"], told["load_average"],
    )  # fmt: skip


def _is_met(viewer: Viewer, figures: Figures) -> bool:
    return figures.errors == 0 and viewer.is_met(figures)


def _row(kind: str, viewer: Viewer, figures: Figures) -> list[str]:
    verdict = "met" if _is_met(viewer, figures) else "NOT MET"
    if figures.errors:
        verdict += f", {figures.errors:.0f} answers were errors"
    return [
        kind, viewer.name, f"{figures.size:,}", f"{figures.cpu:.3f}", f"{figures.ceiling:.3f}",
        f"{figures.cpu_ratio:.2f}", f"{figures.rps:,.0f}", f"{figures.rps_ratio:.2f}", f"{figures.p99:.1f}",
        viewer.budget, verdict,
    ]  # fmt: skip
