"""Notes of moderators about members, for moderators alone."""
