"""Rostra: discussion-forum software for moderated, international political discussion."""

__version__ = "0.1.0"
