from django.db import migrations, models



def fill_skeletons(apps, schema_editor):
    """The look of each name, and addresses in small letters, as they are compared."""
    from rostra.accounts.skeletons import skeleton

    user = apps.get_model("accounts", "User")
    batch = []
    for person in user.objects.only("id", "name", "email").order_by("id").iterator(chunk_size=2000):
        person.name_skeleton, person.email = skeleton(person.name)[:240], person.email.lower()
        batch.append(person)
        if len(batch) == 2000:
            user.objects.bulk_update(batch, ["name_skeleton", "email"], batch_size=200)
            batch = []
    user.objects.bulk_update(batch, ["name_skeleton", "email"], batch_size=200)


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
