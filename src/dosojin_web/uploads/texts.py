"""Texts in the encodings of offices: UTF-8, with or without its mark, then that of Windows."""

from django.utils.translation import gettext as _

from .refusal import UploadRefused

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Tab, line feed, carriage return; and what ends a file of old editors.
SPACES = {0x09, 0x0A, 0x0D}
DELETE = 0x7F
FIRST_PRINTED = 0x20


def decode_text(content: bytes) -> tuple[str, str]:
    """The text without its mark, and its encoding: "utf-8", "utf-8-sig" or "cp932".

    UploadRefused for everything else.
    """
    if content.startswith(UTF16_MARKS):
        raise UploadRefused(
            _("The file is Unicode text of Excel. Save it as “CSV UTF-8” and send it again.")
        )
    encoding = "utf-8-sig" if content.startswith(UTF8_MARK) else "utf-8"
    for name in (encoding, "cp932"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not is_printed(text):
            break
        return text, name
    raise UploadRefused(
        _("The file is not a text in UTF-8 or Shift_JIS. Save it as CSV and send it again.")
    )


def is_printed(text: str) -> bool:
    """Whether a text has no control characters but tabs and ends of lines."""
    return not any(
        (ord(c) < FIRST_PRINTED and ord(c) not in SPACES) or DELETE <= ord(c) < 0xA0 for c in text
    )
