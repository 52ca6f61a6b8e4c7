from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """How far an import has come."""

    name = "rostra.importers"
