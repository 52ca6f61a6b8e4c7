"""Measuring the board: `pages` against the ceiling that serves the same bytes, `board` at different sizes."""
