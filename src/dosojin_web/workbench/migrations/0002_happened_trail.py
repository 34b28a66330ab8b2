from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "0001_initial")]

    operations = [
        migrations.AddField("claimdraft", "happened", models.JSONField(default=list)),
        migrations.AddField("claimdraft", "trail", models.JSONField(default=list)),
    ]
