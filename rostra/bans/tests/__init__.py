"""Tests of bans of addresses."""
