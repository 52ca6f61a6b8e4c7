from django.db import migrations, models

# Django would copy the whole table on SQLite; a column with a constant default is added at once on both databases.
ADD = [f"ALTER TABLE topics_post ADD COLUMN {name} text NOT NULL DEFAULT ''" for name in ("text", "facts")]
DROP = [f"ALTER TABLE topics_post DROP COLUMN {name}" for name in ("facts", "text")]


class Migration(migrations.Migration):
    dependencies = [("topics", "0006_removed_in_topic")]
    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(ADD, DROP)],
            [
                migrations.AddField("post", name, models.TextField(blank=True, db_default="", default=""))
                for name in ("text", "facts")
            ],
        )
    ]
