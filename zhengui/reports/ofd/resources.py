"""What the pages of an OFD file share: numbers of objects, faces with the characters they draw, photos."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import quoteattr

from PIL import Image as Photo

from zhengui.reports.gb9704.embedding import Embedded
from zhengui.reports.gb9704.faces import Face


class Resources:
    """Gives numbers and collects what is embedded."""

    def __init__(self) -> None:
        self.last = 0
        self._faces: dict[str, tuple[int, Embedded]] = {}
        self._photos: dict[bytes, tuple[int, str]] = {}

    def number(self) -> int:
        """The number of a further object; all numbers of a file differ."""
        self.last += 1
        return self.last

    def font(self, face: Face) -> int:
        """The number of a face."""
        if face.key not in self._faces:
            name = f"Z{len(self._faces) + 1}"
            self._faces[face.key] = (self.number(), Embedded(name, face))
        return self._faces[face.key][0]

    def use(self, face: Face, text: str) -> None:
        """Embed the characters of a text."""
        codes = self._faces[face.key][1].codes
        for char in text:
            codes[char]

    def stand_in(self, face: Face, char: str, shown: str) -> None:
        """Embed a character that is drawn as another."""
        self._faces[face.key][1].stand_in(char, shown)

    def photo(self, data: bytes) -> int:
        """The number of a photo."""
        if data not in self._photos:
            with Photo.open(BytesIO(data)) as opened:
                kind = "jpg" if opened.format == "JPEG" else "png"
            self._photos[data] = (self.number(), f"photo_{len(self._photos) + 1}.{kind}")
        return self._photos[data][0]

    def files(self) -> dict[str, bytes]:
        """The embedded files by their names."""
        found = {f"{one.name}.ttf": one.font_file() for _, one in self._faces.values()}
        return found | {name: data for data, (_, name) in self._photos.items()}

    def fonts_xml(self) -> str:
        """The list of the faces."""
        listed = "".join(
            f'<ofd:Font ID="{number}" FontName={quoteattr(one.face_name)} FamilyName={quoteattr(one.face_name)}>'
            f"<ofd:FontFile>{one.name}.ttf</ofd:FontFile></ofd:Font>"
            for number, one in self._faces.values()
        )
        return f"<ofd:Fonts>{listed}</ofd:Fonts>" if listed else ""

    def photos_xml(self) -> str:
        """The list of the photos."""
        listed = "".join(
            f'<ofd:MultiMedia ID="{number}" Type="Image" Format="{"JPEG" if name.endswith("jpg") else "PNG"}">'
            f"<ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>"
            for number, name in self._photos.values()
        )
        return f"<ofd:MultiMedias>{listed}</ofd:MultiMedias>" if listed else ""
