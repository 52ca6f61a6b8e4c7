from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('houserules', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='houserule',
            name='fell_back',
            field=models.CharField(default='', max_length=8),
        ),
    ]
