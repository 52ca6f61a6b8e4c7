"""Bringing a board's database to this version's schema."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending() -> list[str]:
    """Migrations that have not run yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def prepare() -> None:
    """Make the data directory and the schema, or bring them up to date."""
    settings.ROSTRA.data.mkdir(parents=True, exist_ok=True)
    if pending():
        call_command("migrate", verbosity=0, interactive=False)
