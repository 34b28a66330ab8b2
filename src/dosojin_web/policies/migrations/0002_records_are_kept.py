from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]

    operations = [
        forbid_changes("policies_coinsuranceshare"),
        forbid_changes("policies_programmeentry"),
        forbid_changes("policies_applicationentry"),
        forbid_changes("policies_certificateversion"),
        forbid_changes("policies_automaticextension"),
        forbid_changes("policies_changeentry"),
        forbid_changes("policies_transferentry"),
    ]
