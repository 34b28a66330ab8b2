from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        forbid_changes("documents_document", except_columns=("sheet",)),
    ]
