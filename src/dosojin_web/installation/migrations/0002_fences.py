from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("installation", "0001_initial")]

    operations = [forbid_changes("installation_installation")]
