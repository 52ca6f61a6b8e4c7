"""Letters: written inside the change they belong to, sent by the worker. No words of a forum, no templates."""
