"""Pages of moderation: what waits, decisions with their reasons, cases, and the public log."""
