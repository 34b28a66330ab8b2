"""A letter is written once, when it is queued, in its reader's language."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import Settings

from dosojin_web.mail.attachments import Attachment
from dosojin_web.mail.letters import lay_out_lines
from dosojin_web.mail.models import OutgoingMail, Progress
from dosojin_web.mail.operations.queue_mail import NoMailAddress, queue_mail

from .conftest import Queue

pytestmark = pytest.mark.django_db

JAPANESE = """\
山田 花子 様

海外留学保険へのご加入手続きが完了しました。
被保険者証は、保険期間が始まる前に、次のページからお受け取りいただけます。
出発までに必ずご確認ください。

https://www.example.jp/my/certificates/K26-000123/

・保険期間：2026年9月1日から2027年3月31日まで
・プラン：C

現地で困ったときは、24時間いつでもサポートデスクへご連絡ください。
保険の対象となる方ご本人のほか、ご家族の方からのお電話もお受けしています。

どうぞよろしくお願いいたします。

----------------------------------------
海外留学保険制度

取扱代理店（ご契約内容のお問い合わせ）
道の駅保険サービス株式会社
  電話 0120-000-000 ※日本国内から、無料
  平日 9:00〜17:00（12:00〜13:00を除く）
  メール desk@agency.example

このメールは自動で送信しています。
ご返信いただいてもお答えできません。
ご不明な点は、上記の窓口へお問い合わせください。
----------------------------------------
"""


def test_a_letter_reads_as_it_should(queue: Queue, settings: Settings) -> None:
    settings.SITE_URL = "https://www.example.jp"
    mail = queue()
    assert mail.subject == "ご加入手続きが完了しました（K26-000123）"
    assert mail.body == JAPANESE
    assert mail.progress is Progress.WAITING


def test_nothing_is_escaped_and_english_is_english(queue: Queue) -> None:
    mail = queue(language="en", name="O’Brien & Søn <b>", contacts=(), agency="Agency A")
    assert mail.subject == "You are enrolled (K26-000123)"
    assert mail.body.startswith("Dear O’Brien & Søn <b>,\n\nYour enrolment")
    assert "\nKind regards\n\n" in mail.body and "Agency: Agency A\n" in mail.body
    assert "use the contacts above" not in mail.body
    assert "is complete. You can fetch" in mail.body, "one line for one paragraph"


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("一つ目。二つ目。", "一つ目。\n二つ目。"),
        ("「はい。」と答えた。（注。）次。", "「はい。」と答えた。\n（注。）次。"),
        ("・一つ目。二つ目。\n\n※注意。補足。", "・一つ目。二つ目。\n\n※注意。補足。"),
        ("One. Two.\nThree.", "One. Two.\nThree."),
    ],
)
def test_a_japanese_sentence_has_a_line(text: str, laid_out: str) -> None:
    assert lay_out_lines(text) == laid_out


def test_an_office_is_greeted_as_one(queue: Queue) -> None:
    assert queue(office="国際課").body.startswith("国際課 御中\n")


def test_asked_again_it_is_the_letter_that_was_written(queue: Queue) -> None:
    first = queue(attachments=(Attachment("a.txt", b"a", "text/plain"),))
    again = queue(to="other@univ.example", number="K26-999999")
    assert again.pk == first.pk and again.to == "hanako@univ.example"
    assert "K26-000123" in again.subject and again.attachments.count() == 1


def test_it_goes_with_the_transaction_that_it_tells_of(queue: Queue) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "to", ["", "hanako", "@univ.example", "a@b\nBcc: c@d", "a@b.example, c@d.example", "A <a@b.c>"]
)
def test_one_address_and_nothing_else(queue: Queue, to: str) -> None:
    with pytest.raises(NoMailAddress):
        queue(to=to)


@pytest.mark.parametrize("only_subject", [True, False])
def test_a_template_has_subject_and_body(only_subject: bool) -> None:
    with pytest.raises(ValueError, match=r"sample/empty\.txt: the first line is the subject"):
        queue_mail("a", "sample/empty", "a@b.example", {"only_subject": only_subject}, "ja")


def test_an_attachment_is_bytes_or_a_document() -> None:
    with pytest.raises(ValueError, match="either bytes or a document"):
        Attachment("nothing.pdf")


def test_what_is_personal_is_not_readable_in_the_database(queue: Queue, now: datetime) -> None:
    queue(attachments=(Attachment("山田花子.txt", "秘密".encode(), "text/plain"),))
    for table in ("mail_outgoingmail", "mail_mailattachment"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            row = b"|".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for value in cursor.fetchone()
            )
        for secret in ("hanako@", "山田", "加入", "秘密"):
            assert secret.encode() not in row
    kept = OutgoingMail.objects.get()
    assert kept.to == "hanako@univ.example"
    assert kept.attachments.get().read().decode() == "秘密"


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "mail", "deadlines", check=True, dry_run=True, verbosity=0)
