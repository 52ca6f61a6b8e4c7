"""The Django app of lists."""

from django.apps import AppConfig


class WordListsConfig(AppConfig):
    """Lists of words and domains."""

    name = "rostra.wordlists"
    label = "wordlists"
    default_auto_field = "django.db.models.BigAutoField"
