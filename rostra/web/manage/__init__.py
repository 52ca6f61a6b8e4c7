"""Pages for administrators of the board."""
