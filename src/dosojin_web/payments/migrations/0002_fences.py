from django.db import migrations

from dosojin_web.database.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        forbid_changes("payments_paymententry"),
        forbid_changes("payments_refundentry"),
        forbid_changes("payments_providerevent", except_columns=("handled_at", "fault")),
    ]
