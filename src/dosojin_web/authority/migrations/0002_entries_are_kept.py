"""Tables of record, and a decision that names another maker than its approval is refused."""

from django.db import migrations

from dosojin_web.database.append_only import EitherDatabase, forbid_changes

TABLE = "authority_approvaldecision"
REFUSAL = "a decision names the maker of its approval"
OTHER_MAKER = (
    "NOT EXISTS (SELECT 1 FROM authority_approval "
    "WHERE id = NEW.approval_id AND made_by_id = NEW.made_by_id)"
)

maker_is_the_approvals = EitherDatabase(
    sqlite=[
        f'CREATE TRIGGER "{TABLE}_names_maker" BEFORE INSERT ON "{TABLE}" WHEN {OTHER_MAKER} '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ],
    postgresql=[
        f'CREATE FUNCTION "{TABLE}_name_maker"() RETURNS trigger LANGUAGE plpgsql AS $fence$ '
        f"BEGIN IF {OTHER_MAKER} THEN RAISE EXCEPTION '{REFUSAL}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $fence$",
        f'CREATE TRIGGER "{TABLE}_names_maker" BEFORE INSERT ON "{TABLE}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{TABLE}_name_maker"()',
    ],
    undo_sqlite=[f'DROP TRIGGER "{TABLE}_names_maker"'],
    undo_postgresql=[
        f'DROP TRIGGER "{TABLE}_names_maker" ON "{TABLE}"',
        f'DROP FUNCTION "{TABLE}_name_maker"()',
    ],
)


class Migration(migrations.Migration):
    dependencies = [("authority", "0001_initial")]

    operations = [
        forbid_changes("authority_authorityprofile"),
        forbid_changes("authority_approval"),
        forbid_changes(TABLE),
        maker_is_the_approvals,
    ]
