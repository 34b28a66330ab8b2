"""What holds whoever writes: an entry is written open, sealed once, and only if it balances."""

from django.db import migrations

from dosojin_web.database.append_only import EitherDatabase, forbid_changes

OPEN_FIRST = "ledger_entry is written open and then sealed: lines come first"
SEALED_ONCE = "ledger_entry is sealed: a correction is a new entry"
BALANCED = "ledger_entry does not balance: two lines or more that add up to 0 are needed"
NO_MORE_LINES = "ledger_entry is sealed and takes no further line: post a new entry"

SQLITE = [
    'CREATE TRIGGER "ledger_entry_begins_open" BEFORE INSERT ON "ledger_entry" '
    f"WHEN NEW.sealed BEGIN SELECT RAISE(ABORT, '{OPEN_FIRST}'); END",
    'CREATE TRIGGER "ledger_entry_seals_once" BEFORE UPDATE ON "ledger_entry" '
    f"WHEN OLD.sealed BEGIN SELECT RAISE(ABORT, '{SEALED_ONCE}'); END",
    'CREATE TRIGGER "ledger_entry_seals_balanced" BEFORE UPDATE ON "ledger_entry" '
    "WHEN NEW.sealed AND (SELECT COUNT(*) < 2 OR SUM(amount) <> 0 "
    "FROM ledger_entryline WHERE entry_id = NEW.id) "
    f"BEGIN SELECT RAISE(ABORT, '{BALANCED}'); END",
    'CREATE TRIGGER "ledger_entryline_joins_open" BEFORE INSERT ON "ledger_entryline" '
    "WHEN (SELECT sealed FROM ledger_entry WHERE id = NEW.entry_id) "
    f"BEGIN SELECT RAISE(ABORT, '{NO_MORE_LINES}'); END",
]
RAISE = "RAISE EXCEPTION '{}' USING ERRCODE = 'integrity_constraint_violation';"
POSTGRESQL = [
    'CREATE FUNCTION "ledger_entry_check"() RETURNS trigger LANGUAGE plpgsql AS $fence$ BEGIN '
    f"IF TG_OP = 'INSERT' THEN IF NEW.sealed THEN {RAISE.format(OPEN_FIRST)} END IF; "
    f"ELSIF OLD.sealed THEN {RAISE.format(SEALED_ONCE)} "
    "ELSIF NEW.sealed AND (SELECT COUNT(*) < 2 OR SUM(amount) <> 0 "
    f"FROM ledger_entryline WHERE entry_id = NEW.id) THEN {RAISE.format(BALANCED)} "
    "END IF; RETURN NEW; END $fence$",
    'CREATE TRIGGER "ledger_entry_seals_balanced" BEFORE INSERT OR UPDATE ON "ledger_entry" '
    'FOR EACH ROW EXECUTE FUNCTION "ledger_entry_check"()',
    # FOR SHARE: who adds a line and who seals wait for each other.
    'CREATE FUNCTION "ledger_entryline_check"() RETURNS trigger LANGUAGE plpgsql AS $fence$ BEGIN '
    "IF (SELECT sealed FROM ledger_entry WHERE id = NEW.entry_id FOR SHARE) "
    f"THEN {RAISE.format(NO_MORE_LINES)} END IF; RETURN NEW; END $fence$",
    'CREATE TRIGGER "ledger_entryline_joins_open" BEFORE INSERT ON "ledger_entryline" '
    'FOR EACH ROW EXECUTE FUNCTION "ledger_entryline_check"()',
]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        forbid_changes("ledger_entry", except_columns=("sealed",)),
        forbid_changes("ledger_entryline"),
        EitherDatabase(
            sqlite=SQLITE,
            postgresql=POSTGRESQL,
            undo_sqlite=[
                'DROP TRIGGER "ledger_entry_begins_open"',
                'DROP TRIGGER "ledger_entry_seals_once"',
                'DROP TRIGGER "ledger_entry_seals_balanced"',
                'DROP TRIGGER "ledger_entryline_joins_open"',
            ],
            undo_postgresql=[
                'DROP TRIGGER "ledger_entry_seals_balanced" ON "ledger_entry"',
                'DROP TRIGGER "ledger_entryline_joins_open" ON "ledger_entryline"',
                'DROP FUNCTION "ledger_entry_check"()',
                'DROP FUNCTION "ledger_entryline_check"()',
            ],
        ),
    ]
