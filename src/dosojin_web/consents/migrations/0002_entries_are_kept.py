from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial")]

    operations = [
        forbid_changes("consents_consenttext"),
        forbid_changes("consents_consententry", except_columns=["signer_name"]),
    ]
