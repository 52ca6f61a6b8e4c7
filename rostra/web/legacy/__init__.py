"""Addresses that a board had under phpBB: each leads to its page here in one step."""
