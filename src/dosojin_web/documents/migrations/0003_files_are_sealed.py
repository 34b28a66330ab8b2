from django.db import migrations

from dosojin_web.documents.store import seal_clear_files


def seal(apps, schema_editor):
    """Files of before lie in clear. Killed on the way, it goes on where it stopped."""
    seal_clear_files()


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_fences")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
