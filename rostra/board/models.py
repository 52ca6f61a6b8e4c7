"""One board an installation: its profile, and the stamp that every visible change moves on."""

from django.db import models

THE_BOARD = 1


class Board(models.Model):
    """Who this board is. Always row 1."""

    name = models.CharField(max_length=100, default="A Rostra board")
    short_name = models.CharField(max_length=20, default="Rostra")
    tagline = models.CharField(max_length=300, default="", blank=True)
    language = models.CharField(max_length=12, default="en")
    # Why nothing can be written now; empty on any ordinary day.
    read_only = models.CharField(max_length=200, default="", blank=True)
    # Every post was rendered by this version of the parser, or a later one.
    parser_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=THE_BOARD), name="board_is_one")]


class CensoredWord(models.Model):
    """A word that pages do not show, and what stands in its place (`markup/display.py`)."""

    word = models.CharField(max_length=60)
    key = models.CharField(max_length=240, unique=True)
    instead = models.CharField(max_length=60, blank=True, default="")


class Stamp(models.Model):
    """The board's version and kept counts, always row 1.

    `content` moves on with every change that a guest's page may show, `structure` with a change of the tree or
    the profile. Caches ask for these numbers instead of guessing what a write touched.
    """

    content = models.BigIntegerField(default=1)
    structure = models.BigIntegerField(default=1)
    posts = models.BigIntegerField(default=0)
    topics = models.BigIntegerField(default=0)
    members = models.BigIntegerField(default=0)
    newest_member = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=THE_BOARD), name="stamp_is_one")]


class OwnTag(models.Model):
    """A tag of BBCode that the board has beside the stock ones (rostra/markup/bbcode/own.py)."""

    name = models.CharField(max_length=30, unique=True)
    usage = models.CharField(max_length=200)
    template = models.CharField(max_length=1000)
    # One line for those who write.
    hint = models.CharField(max_length=200, default="", blank=True)
    # A text that shows what it does.
    sample = models.CharField(max_length=500, default="", blank=True)
