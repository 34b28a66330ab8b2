"""Images: opened within limits, and a JPEG made of each that says nothing but what it shows."""

import io
import warnings

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .models import FileKind
from .purposes import UploadPurpose
from .refusal import UploadRefused

pillow_heif.register_heif_opener(thumbnails=False)
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.HEIC: "HEIF"}
ORIENTATION = 0x0112
JPEG_QUALITY = 88
SIDE_MAX = 30_000


def open_image(content: bytes, kind: FileKind, purpose: UploadPurpose) -> Image.Image:
    """The image, decoded whole and turned upright. UploadRefused if it is damaged or too large.

    Its size is read before anything is unpacked, so that a small file cannot fill the memory.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of a size that the purpose may allow; the limit below is the one.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=[FORMATS[kind]])
            check_size(image.width, image.height, purpose)
            image.load()
            check_size(image.width, image.height, purpose)
            return turn_upright(image, content)
    except UploadRefused:
        raise
    except Exception:
        # Decoders fail in many ways on what was made to hurt them; all mean the same to a sender.
        raise UploadRefused(_("The image is damaged. Take or scan it again.")) from None


def turn_upright(image: Image.Image, content: bytes) -> Image.Image:
    """The image as it was seen through the camera.

    A HEIC says so in its own table, which the decoder has followed, and its EXIF is then not to be
    followed again. Some programs write the EXIF alone; the decoder leaves that to us.
    """
    told = image.info.get("original_orientation")
    if told and not has_turn(content):
        image.getexif()[ORIENTATION] = told
    return ImageOps.exif_transpose(image)


def has_turn(content: bytes) -> bool:
    """Whether the table of a HEIC, its second box, has an entry that turns or mirrors."""
    start = int.from_bytes(content[:4], "big")
    if content[start + 4 : start + 8] != b"meta":
        return True
    table = content[start : start + int.from_bytes(content[start : start + 4], "big")]
    return b"irot" in table or b"imir" in table


def check_size(width: int, height: int, purpose: UploadPurpose) -> None:
    """UploadRefused if an image has more pixels than the purpose takes."""
    if width * height > purpose.pixels_max or max(width, height) > SIDE_MAX:
        raise UploadRefused(
            _("The image has too many pixels. Send it with at most %(count)s million.")
            % {"count": purpose.pixels_max // 1_000_000}
        )


def write_jpeg(image: Image.Image) -> bytes:
    """A JPEG of the pixels and their colours alone: no place, no time, no device."""
    if image.mode.startswith("I"):
        # 16 bits of grey, of which a JPEG has the upper 8; turned as they are they would be white.
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    clean = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        clean.paste(image.convert("RGB"), mask=image.convert("RGBA").getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    buffer = io.BytesIO()
    colours = image.info.get("icc_profile")
    clean.save(buffer, "JPEG", quality=JPEG_QUALITY, icc_profile=colours or None)
    return buffer.getvalue()
