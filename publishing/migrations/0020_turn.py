"""A topic more: what waits for one person. Only names of choices; nothing is written."""

from django.db import migrations, models

TOPICS = [
    ("turn", "Giliran Anda"),
    ("submitted", "Diajukan untuk ditinjau"),
    ("returned", "Dikembalikan"),
    ("approved", "Disetujui"),
    ("rejected", "Ditolak atau dibatalkan"),
    ("deadline", "Tenggat dan jadwal"),
    ("trouble", "Gagal, ditahan, atau hilang"),
    ("channel", "Kanal"),
    ("system", "Sistem"),
    ("digest", "Ringkasan harian"),
]


class Migration(migrations.Migration):
    dependencies = [("publishing", "0019_search")]

    operations = [
        migrations.AlterField(
            model_name=model, name="topic", field=models.CharField(choices=TOPICS, max_length=10)
        )
        for model in ("choice", "notice")
    ]
