"""The Django app of conversations with moderators."""

from django.apps import AppConfig


class ModmailConfig(AppConfig):
    """Conversations of moderators with members."""

    name = "rostra.modmail"
    label = "modmail"
    default_auto_field = "django.db.models.BigAutoField"
