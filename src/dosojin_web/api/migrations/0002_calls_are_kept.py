from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]

    operations = [forbid_changes("api_apicall")]
