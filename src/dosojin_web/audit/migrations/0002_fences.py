from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        forbid_changes("audit_event"),
        forbid_changes("audit_audithead", except_columns=("seq", "hash")),
    ]
