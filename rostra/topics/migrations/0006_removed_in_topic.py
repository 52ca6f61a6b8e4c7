from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("topics", "0005_feed_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("removed_at__isnull", False)),
                fields=["topic", "removed_at"],
                name="post_removed_in_topic",
            ),
        ),
    ]
