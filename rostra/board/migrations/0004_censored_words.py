from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("board", "0003_parser_version")]
    operations = [
        migrations.CreateModel(
            name="CensoredWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=240, unique=True)),
                ("instead", models.CharField(blank=True, default="", max_length=60)),
            ],
        ),
    ]
