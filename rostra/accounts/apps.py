from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, groups and signing in."""

    name = "rostra.accounts"
