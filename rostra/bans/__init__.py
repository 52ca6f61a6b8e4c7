"""Bans of network and e-mail addresses, and which members used the same address, for a while."""
