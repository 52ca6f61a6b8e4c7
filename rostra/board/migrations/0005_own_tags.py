from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("board", "0004_censored_words")]
    operations = [
        migrations.CreateModel(
            name="OwnTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, unique=True)),
                ("usage", models.CharField(max_length=200)),
                ("template", models.CharField(max_length=1000)),
                ("hint", models.CharField(blank=True, default="", max_length=200)),
                ("sample", models.CharField(blank=True, default="", max_length=500)),
            ],
        ),
    ]
