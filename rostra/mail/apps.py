from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters on their way."""

    name = "rostra.mail"
