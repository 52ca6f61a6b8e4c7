from django.apps import AppConfig


class HouserulesConfig(AppConfig):
    """A forum's rules, and what of them a machine can check."""

    name = "rostra.houserules"
