from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0017_archive"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarfeed",
            name="last_used_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
