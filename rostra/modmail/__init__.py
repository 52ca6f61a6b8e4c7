"""Conversations between a member and the moderators of a forum, who all see them."""
