"""The Django app of notes."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Notes about members."""

    name = "rostra.notes"
    label = "notes"
    default_auto_field = "django.db.models.BigAutoField"
