from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0013_notes")]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        ["waiting", "failed", "held", "missed", "manual", "gone", "uncertain"],
                    )
                ),
                fields=["post"],
                name="deliveries_unsettled",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "submitted", "returned", "expired"])),
                fields=["agency", "status", "-updated_at"],
                name="posts_at_hand",
            ),
        ),
    ]
