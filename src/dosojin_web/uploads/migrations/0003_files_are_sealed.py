from django.db import migrations

from dosojin_web.uploads.store import FILES


def seal(apps, schema_editor):
    """Files of before lie in clear. Killed on the way, it goes on where it stopped."""
    FILES.seal_clear()


class Migration(migrations.Migration):
    dependencies = [("uploads", "0002_uploads_are_kept")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
