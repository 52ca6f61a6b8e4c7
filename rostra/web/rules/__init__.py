"""The rules of a forum or the whole board: read, laid down, tried, carried."""
