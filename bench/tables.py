"""Figures as a table of plain text."""

from collections.abc import Sequence

_LEFT = 2


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their longest cell: the first two and the last two to the left, figures to the right."""
    lines = [list(heads), ["-" * len(head) for head in heads], *(list(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    last = len(heads) - 2
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < _LEFT or place >= last else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
