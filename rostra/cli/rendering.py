"""`rostra render`: texts in, HTML and plain text out; for people who move or test a board. No board is needed."""

import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from rostra.cli import Failure
from rostra.kernel.text import excerpt
from rostra.markup import MARKUPS, TooDeep, TooManyLines, TooManyMarks, TooMuchWork, Unfit, read, shown

EXCERPT_LENGTH = 200
_OF_WHAT = {
    TooDeep: "blocks or formats within each other",
    TooManyLines: "lines",
    TooManyMarks: "signs of markup",
    TooMuchWork: "as the work that it is",
}


def render_lines(lines: Iterable[str], out: TextIO) -> None:
    """Write a line for each that is read: {"id", "html", "text", "excerpt"}, or {"id", "error"} for a text that is refused."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            out.write(
                json.dumps(_answer(_record(line, number)), ensure_ascii=False)
                .encode("utf-8", "replace")
                .decode()
                + "\n"
            )
            out.flush()


def _record(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as fault:
        raise Failure(f"line {number} is not JSON: {fault}") from None
    if not (isinstance(record, dict) and isinstance(record.get("input"), str)):
        raise Failure(f'line {number} is not an object with a text "input"')
    markup = record.setdefault("markup", "markdown")
    if markup not in MARKUPS:
        raise Failure(f"line {number}: there is no markup {markup!r}; there are {', '.join(MARKUPS)}")
    return record


def _answer(record: dict[str, Any]) -> dict[str, Any]:
    try:
        rendered = shown(read(record["input"], record["markup"]))
    except Unfit as fault:
        what = next((words for kind, words in _OF_WHAT.items() if isinstance(fault, kind)), "characters")
        return {
            "id": record.get("id"),
            "error": f"{fault.number:,} {what}; at most {fault.most:,} are rendered",
        }
    except Exception as fault:  # one odd text must not end the others
        return {"id": record.get("id"), "error": f"could not be rendered: {type(fault).__name__}"}
    return {
        "id": record.get("id"), "html": rendered.html, "text": rendered.text,
        "excerpt": excerpt(rendered.own, EXCERPT_LENGTH),
    }  # fmt: skip


def main() -> int:
    """Standard input to standard output."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    render_lines(sys.stdin, sys.stdout)
    return 0
