from django.apps import AppConfig


class FiltersConfig(AppConfig):
    """What a reader does not want to see."""

    name = "rostra.filters"
