from django.db import connection, migrations, models


def fill_skeletons(apps, schema_editor):
    """The look of each name, and addresses in small letters, as they are compared."""
    from rostra.accounts.skeletons import skeleton

    people = apps.get_model("accounts", "User").objects.order_by("id").values_list("id", "name", "email")
    last = 0
    with connection.cursor() as cursor:
        while batch := list(people.filter(id__gt=last)[:2000]):
            cursor.executemany(
                "UPDATE accounts_user SET name_skeleton = %s, email = %s WHERE id = %s",
                [(skeleton(name)[:240], email.lower(), number) for number, name, email in batch],
            )
            last = batch[-1][0]


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField("user", "name_skeleton", models.CharField(default="", max_length=240)),
        migrations.AddField("user", "is_waiting", models.BooleanField(default=False)),
        migrations.AddField("user", "last_seen_on", models.DateField(null=True)),
        migrations.RunPython(fill_skeletons, migrations.RunPython.noop),
    ]
