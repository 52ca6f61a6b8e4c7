"""Boards to measure: where one lies, and how a process is told to work on it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
_NOTE = "bench.json"


class Failure(Exception):
    """The bench cannot go on; the text says why and what to do."""


@dataclass(frozen=True)
class Place:
    """A board: its data directory, and its database's address when that is not SQLite in there."""

    data: Path
    database_url: str = ""

    def environment(self, *, cache_megabytes: int = 0) -> dict[str, str]:
        """The environment of a process that works on it; settings of the caller's own board are left out."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ROSTRA_")}
        kept |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ROSTRA_DATA": str(self.data),
            "ROSTRA_GUEST_CACHE_MEGABYTES": str(cache_megabytes),
        }
        return kept | ({"ROSTRA_DATABASE_URL": self.database_url} if self.database_url else {})

    def note(self, posts: int) -> None:
        """Remember that a made board is complete."""
        (self.data / _NOTE).write_text(json.dumps({"posts": posts, "database_url": self.database_url}))


def noted(data: Path) -> tuple[Place, int] | None:
    """The made board in a directory and its number of posts; None when there is none, or it is not complete."""
    path = data / _NOTE
    if not path.is_file():
        return None
    note = json.loads(path.read_text())
    return Place(data.resolve(), note["database_url"]), int(note["posts"])


def run(place: Place, module: str, *arguments: str) -> None:
    """Run one of the product's or the bench's modules on a board, its output shown. Raises Failure."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=place.environment(), check=False)
    if done.returncode:
        raise Failure(f"'{module} {' '.join(arguments)}' ended with status {done.returncode}; see above")


def ask(place: Place, module: str, *arguments: str) -> Any:
    """Run a module on a board and return the JSON that it prints. Raises Failure."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=place.environment(), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise Failure(f"'{module} {' '.join(arguments)}' ended with status {done.returncode}; see above")
    return json.loads(done.stdout)
