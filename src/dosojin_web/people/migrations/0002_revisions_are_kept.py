from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [forbid_changes("people_personrevision", except_columns=["before"])]
