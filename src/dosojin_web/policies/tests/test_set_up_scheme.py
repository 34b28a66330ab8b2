"""A scheme is set up from a file, whole or not at all, and a contract stays as it was made."""

from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.audit.models import Event
from dosojin_web.authority.models import AuthorityProfile
from dosojin_web.directory.models import Organisation
from dosojin_web.installation.models import Installation, InstallationKind
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import CoinsuranceShare, MasterPolicy
from dosojin_web.policies.operations.set_up_scheme import set_up_scheme
from dosojin_web.policies.scheme_file import SchemeRefused, read_scheme

NOW = datetime(2026, 4, 1, 9, tzinfo=JAPAN)
FILE = """
[contract]
code = "gakkensai-2026"
number = "G26"
product = "gakkensai-2026"
policyholder = "association"
agency = "agency"
first_inception = 2026-04-01
last_inception = 2027-03-31

[[organisation]]
code = "association"
kind = "policyholder"
name_ja = "協会"
name_en = "Association"

[[organisation]]
code = "agency"
kind = "agency"
name_ja = "代理店"
name_en = "Agency"

[[organisation]]
code = "hokurei"
kind = "university"
name_ja = "北嶺大学"
name_en = "Hokurei University"
in_gakkensai = true

[[organisation]]
code = "lead"
kind = "insurer"
name_ja = "幹事保険"
name_en = "Lead Insurance"

[[organisation]]
code = "second"
kind = "insurer"
name_ja = "第二保険"
name_en = "Second Insurance"

[[share]]
insurer = "lead"
percent = 66.67

[[share]]
insurer = "second"
percent = 33.33

[[authority]]
role = "agency"
organisation = "agency"
act = "policies.loading"
amount_max = 10000
begins_on = 2026-04-01
"""
pytestmark = pytest.mark.django_db


def set_up(text: str = FILE) -> MasterPolicy:
    return set_up_scheme(read_scheme(text), SYSTEM, NOW)


def test_everything_stands_afterwards() -> None:
    master = set_up()
    assert (master.policyholder.code, master.agency.code) == ("association", "agency")
    assert list(master.shares_in_order) == [("lead", 6667), ("second", 3333)]
    assert not Organisation.objects.get(code="hokurei").has_adopted
    assert AuthorityProfile.objects.get().amount_max == 10_000
    assert Event.objects.get(act="scheme.made").detail == '{"shares":"lead 6667; second 3333"}'


def test_the_same_again_changes_nothing() -> None:
    set_up()
    events = Event.objects.count()
    set_up()
    assert Event.objects.count() == events and CoinsuranceShare.objects.count() == 2


def test_a_university_adopts_the_scheme_later() -> None:
    set_up()
    set_up(FILE.replace("in_gakkensai = true", "in_gakkensai = true\nhas_adopted = true"))
    assert Organisation.objects.get(code="hokurei").has_adopted
    assert Event.objects.filter(act="organisation.changed").count() == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('number = "G26"', 'number = "G27"', "number is G26"),
        ("2027-03-31", "2028-03-31", "last_inception is 2027-03-31"),
        ("66.67", "50.00", None),
        ('kind = "university"', 'kind = "agency"', "hokurei: it is a university"),
    ],
)
def test_what_was_made_stays(old: str, new: str, said: str | None) -> None:
    set_up()
    text = FILE.replace(old, new).replace("33.33", "33.33" if said else "50.00")
    with pytest.raises(SchemeRefused, match=said or "share is"):
        set_up(text)
    assert MasterPolicy.objects.get().last_inception == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("33.33", "33.34", "add up to 100.01"),
        ("33.33", "33.333", "share.2.percent"),
        ('insurer = "second"', 'insurer = "third"', "share.2: third is not"),
        ('agency = "agency"', 'agency = "lead"', "contract.agency: lead is not"),
        ('product = "gakkensai-2026"', 'product = "gakkensai-2025"', "contract.product"),
        ("2027-03-31", "2025-03-31", "before first_inception"),
        ('code = "second"', 'code = "lead"', "lead stands more than once"),
        ('code = "second"', 'code = "Second Ltd"', "organisation.5.code"),
        ("in_gakkensai", "in_gakensai", "organisation.3.in_gakensai"),
        ("[contract]", "[contract", "no TOML"),
    ],
)
def test_a_fault_is_named_at_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(SchemeRefused) as refused:
        read_scheme(FILE.replace(old, new, 1))
    assert any(said in fault for fault in refused.value.faults), refused.value.faults


def test_the_command_sets_up_real_people_and_names_faults(tmp_path: Path) -> None:
    file, out = tmp_path / "scheme.toml", StringIO()
    file.write_text(FILE.replace("33.33", "30"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"nothing was set up[\s\S]*96\.67"):
        call_command("set_up_scheme", str(file))
    assert not Organisation.objects.exists()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("set_up_scheme", str(tmp_path / "none.toml"))
    file.write_text(FILE, encoding="utf-8")
    call_command("set_up_scheme", str(file), stdout=out)
    assert "gakkensai-2026 stands: 5 organisations, 2 co-insurers." in out.getvalue()
    assert Installation.objects.get().kind == InstallationKind.REAL


def test_the_example_for_readers_can_be_set_up() -> None:
    example = Path(__file__).parents[4] / "docs" / "scheme.toml"
    assert set_up(example.read_text(encoding="utf-8")).code == "gakkensai-2026"
