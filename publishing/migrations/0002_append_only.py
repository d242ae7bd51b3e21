"""History and evidence are written once: PostgreSQL itself refuses to change them."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION publishing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER publishing_event_append_only BEFORE UPDATE OR DELETE ON publishing_event
    FOR EACH ROW EXECUTE FUNCTION publishing_refuse_change();
CREATE TRIGGER publishing_revision_append_only BEFORE UPDATE OR DELETE ON publishing_revision
    FOR EACH ROW EXECUTE FUNCTION publishing_refuse_change();
"""
ALLOW = """
DROP TRIGGER publishing_event_append_only ON publishing_event;
DROP TRIGGER publishing_revision_append_only ON publishing_revision;
DROP FUNCTION publishing_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publishing", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW)]
