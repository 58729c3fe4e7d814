"""A photo as an object of a PDF: a JPEG as it is, anything else as its dots."""

from __future__ import annotations

from io import BytesIO

from PIL import Image as Photo

from zhengui.reports.gb9704.pdf_file import PdfFile

_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


def add_photo(file: PdfFile, data: bytes) -> int:
    """Write an encoded image in grey or colours and answer its number."""
    with Photo.open(BytesIO(data)) as photo:
        jpeg = photo.format == "JPEG" and photo.mode in _SPACES
        dots = photo if photo.mode in _SPACES else photo.convert("RGB")
        entries = (
            f"/Type /XObject /Subtype /Image /Width {dots.width} /Height {dots.height} "
            f"/ColorSpace {_SPACES[dots.mode]} /BitsPerComponent 8"
        )
        if jpeg:
            return file.stream(data, f"{entries} /Filter /DCTDecode", packed=False)
        return file.stream(dots.tobytes(), entries)
