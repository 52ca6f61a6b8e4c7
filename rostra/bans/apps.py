"""The Django app of bans of addresses."""

from django.apps import AppConfig


class BansConfig(AppConfig):
    """Banned addresses, and which members used which."""

    name = "rostra.bans"
    label = "bans"
    default_auto_field = "django.db.models.BigAutoField"
