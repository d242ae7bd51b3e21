"""What was done to people, agencies and channels is written once: PostgreSQL refuses change."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_act_append_only BEFORE UPDATE OR DELETE ON accounts_act
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
"""
ALLOW = """
DROP TRIGGER accounts_act_append_only ON accounts_act;
DROP FUNCTION accounts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_people")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW)]
