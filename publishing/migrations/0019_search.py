"""Words are found by their trigrams; what channels say in words of their own stands with the post.

pg_trgm is a trusted extension (PostgreSQL 13 and later): the database's owner may create it.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Upper

GATHER = """
UPDATE publishing_post SET own_words = own.words
FROM (
    SELECT post_id, string_agg(text, E'\\n' ORDER BY id) AS words
    FROM publishing_variant WHERE text <> '' GROUP BY post_id
) own
WHERE own.post_id = publishing_post.id
"""


def by_words(name: str, *fields: str) -> GinIndex:
    return GinIndex(*(OpClass(Upper(field), name="gin_trgm_ops") for field in fields), name=name)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0018_feed_used")]

    operations = [
        TrigramExtension(),
        migrations.AddField(
            model_name="post",
            name="own_words",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunSQL(GATHER, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="post", index=by_words("posts_by_words", "text", "own_words")
        ),
        migrations.AddIndex(
            model_name="media", index=by_words("media_by_words", "name", "alt", "credit")
        ),
    ]
