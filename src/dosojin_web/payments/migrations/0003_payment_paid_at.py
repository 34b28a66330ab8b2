from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_fences")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="paid_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
