"""Lists of words and of domains: what a board holds for a moderator, or does not take, wherever it is written."""
