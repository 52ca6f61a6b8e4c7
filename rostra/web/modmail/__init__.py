"""Pages of conversations between members and moderators."""
