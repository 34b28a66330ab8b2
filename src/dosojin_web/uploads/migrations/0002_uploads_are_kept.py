from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("uploads", "0001_initial")]

    operations = [forbid_changes("uploads_upload", except_columns=["sent_name"])]
