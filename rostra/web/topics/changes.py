"""What changed from one text to the next: `web/changes.py`, under the name that the editor knows."""

from rostra.web.changes import words_changed as words_changed
