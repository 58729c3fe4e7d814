"""The places and files that were open last, and the places kept as favourites, remembered with the township."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import title_of

RECENT = 10
SETTING_FAVOURITES, SETTING_RECENT, SETTING_FILES = "favourite_places", "recent_places", "recent_files"


class Visited:
    """Favourites stand in the order in which they were chosen, recent places with the latest first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.favourites = _read(desk.township.setting(SETTING_FAVOURITES), desk.catalogue)
        self.recent = _read(desk.township.setting(SETTING_RECENT), desk.catalogue)
        self.files = _read_files(desk.township.setting(SETTING_FILES))
        desk.filed.connect(self.note_file)

    def note(self, place: Place) -> None:
        """Remember where one has come to; the tabs themselves are in the rail anyway."""
        named = Place(place.page, place.of, place.record if place.page == "report" else 0)
        if not named.of and not named.record:
            return
        self.recent = [named, *(each for each in self.recent if each != named)][:RECENT]
        self._keep(SETTING_RECENT, self.recent)

    def note_file(self, path: Path) -> None:
        """Remember a file that was written."""
        whole = path.absolute()
        self.files = [whole, *(each for each in self.files if each != whole)][:RECENT]
        self._keep_text(SETTING_FILES, json.dumps([str(each) for each in self.files], ensure_ascii=False))

    def toggle(self, place: Place) -> bool:
        """Make a place a favourite, or no longer; returns whether it is one now."""
        named = Place(place.page, place.of, place.record if place.page == "report" else 0)
        kept = named not in self.favourites
        self.favourites = (
            [*self.favourites, named] if kept else [each for each in self.favourites if each != named]
        )
        self._keep(SETTING_FAVOURITES, self.favourites)
        return kept

    def is_there(self, place: Place) -> bool:
        """Whether the year that is looked at has the place; it stays remembered for the years that do."""
        catalogue = self._desk.catalogue
        listed = catalogue.live_indicators if place.page == "figure" else catalogue.live_ledgers
        return place.of in listed or place.of not in {**catalogue.ledgers, **catalogue.indicators}

    def title(self, place: Place) -> str:
        """What a place is called."""
        catalogue = self._desk.catalogue
        if place.of in catalogue.ledgers and place.page != "figure":
            title = f"{catalogue.ledgers[place.of].title}台账"
            return f"报送情况：{title}" if place.page == "reporting" else title
        if place.of in catalogue.indicators:
            return catalogue.indicators[place.of].title
        if place.page == "report" and place.record:
            return f"文稿：{self._document(place.record)}"
        return title_of(place.page, catalogue) or place.page

    def _document(self, document: int) -> str:
        from zhengui.services.document.edit_document import all_documents

        known = {each.id: each for each in all_documents(self._desk.township)}
        return known[document].period.title if document in known else str(document)

    def _keep(self, setting: str, places: Sequence[Place]) -> None:
        self._keep_text(setting, json.dumps([[p.page, p.of, p.record] for p in places]))

    def _keep_text(self, setting: str, text: str) -> None:
        township = self._desk.township
        self._desk.background.run(
            lambda _progress: township.keep_setting(setting, text), lambda _nothing: None, key=setting
        )


def _read_files(text: str) -> list[Path]:
    """Paths from a setting; none where it makes no sense."""
    try:
        return [Path(str(each)) for each in json.loads(text or "[]")]
    except (ValueError, TypeError):
        return []


def _read(text: str, catalogue: Catalogue) -> list[Place]:
    """Places from a setting; those of ledgers and figures that are gone are left out."""
    try:
        found = [Place(str(page), str(of), int(record)) for page, of, record in json.loads(text or "[]")]
    except (ValueError, TypeError):
        return []
    return [p for p in found if not p.of or p.of in catalogue.ledgers or p.of in catalogue.indicators]
