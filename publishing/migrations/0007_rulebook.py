"""The rulebook begins with the shipped days; findings, answers and pledges are written once."""

from typing import ClassVar

from django.db import migrations

from guidelines.shipped import commemorations

TABLES = ("finding", "answer", "pledge")
REFUSE = "\n".join(
    f"CREATE TRIGGER publishing_{name}_append_only BEFORE UPDATE OR DELETE ON publishing_{name} "
    "FOR EACH ROW EXECUTE FUNCTION publishing_refuse_change();"
    for name in TABLES
)
ALLOW = "\n".join(
    f"DROP TRIGGER publishing_{name}_append_only ON publishing_{name};" for name in TABLES
)


def begin(apps, schema_editor):
    apps.get_model("publishing", "Rulebook").objects.get_or_create(pk=1)
    kept = apps.get_model("publishing", "Commemoration")
    kept.objects.bulk_create(
        kept(names="\n".join(day.names), month=day.month, day=day.day, base_year=day.base)
        for day in commemorations()
    )


def end(apps, schema_editor):
    apps.get_model("publishing", "Commemoration").objects.all().delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publishing", "0006_guidelines")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(begin, end),
    ]
