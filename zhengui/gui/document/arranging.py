"""What can be done to the parts of a document besides typing, each asked for by a key, a menu or a drag."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from zhengui.figures.readable_wording import readable
from zhengui.figures.readable_wording import stored as stored_wording
from zhengui.gui.document import order
from zhengui.gui.document.part_dialogs import HeadDialog, WordingsDialog, WordsDialog
from zhengui.gui.kit import icons
from zhengui.gui.kit.menu import Menu
from zhengui.services.document import edit_document as service
from zhengui.services.document import follow_outline
from zhengui.services.township.page_settings import paper_date
from zhengui.storage.writing.documents import HEADING, ITEMS, PARAGRAPH, Part

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.document.writing import DraftWriting
    from zhengui.gui.document.writing_area import WritingArea
    from zhengui.storage.writing.documents import Edit


class Arranging(QObject):
    """Adds, moves, renames, switches off and takes out parts; everything can be taken back."""

    def __init__(self, desk: Desk, writing: DraftWriting, area: WritingArea) -> None:
        super().__init__(area)
        self._desk, self._writing, self._area = desk, writing, area

    def _host(self) -> QWidget:
        return self._area

    def step(self, part: int, by: int) -> None:
        """Move a part one place up (-1) or down (1)."""
        find = order.step_up if by < 0 else order.step_down
        can, after = find(self._writing.parts, part)
        if can:
            self.move(part, after)

    def move(self, part: int, after: int | None) -> None:
        """Put a part, with what stands under it, after another."""
        township, document = self._desk.township, self._writing.document
        if after in {each.id for each in order.block_of(self._writing.parts, part)}:
            return
        self._writing.arrange(part, lambda: service.move(township, document, part, after))

    def add(self, after: int | None, kind: str, level: int = 0, title: str = "", text: str = "") -> int:
        """Add a part; its id, or 0."""
        township, document = self._desk.township, self._writing.document
        made: list[Edit] = []

        def add() -> Edit:
            made.append(service.add_part(township, document, after, kind, text, title, level))
            return made[-1]

        self._writing.arrange(0, add)
        if made:
            self._area.go_to(made[0].part)
            self._area.setFocus()
        return made[0].part if made else 0

    def add_lacking(self, key: str) -> None:
        """Add a section or a paragraph that the outline has and the document lacks."""
        township, document = self._desk.township, self._writing.document
        made: list[Edit] = []

        def add() -> Edit:
            made.append(follow_outline.add_lacking(township, document, key))
            return made[-1]

        self._writing.arrange(0, add)
        if made:
            self._area.go_to(made[0].part)

    def add_heading(self, after: int | None, level: int) -> None:
        """Ask for a heading's words and add it after all that stands under its neighbour."""
        dialogue = WordsDialog(self._host(), "新的标题怎么写？", "标题", "添加", needed=True)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.add(self._place(after, level), HEADING, level, dialogue.words.text().strip())

    def _place(self, after: int | None, level: int) -> int | None:
        """Where a heading of a level can stand after a part without taking anything under it."""
        parts = self._writing.parts
        if after is None:
            return None
        at = order.index_of(parts, after)
        for each in parts[at + 1 :]:
            if each.kind == HEADING and each.level <= level:
                break
            at += 1
        return parts[at].id

    def rename(self, part: int) -> None:
        """Ask for other words for a heading or a run-in title."""
        stored = self._part(part)
        if stored is None or stored.kind == ITEMS:
            return
        question = "标题改成什么？" if stored.kind == HEADING else "段首的小标题怎么写？"
        told = "" if stored.kind == HEADING else "不要小标题就留空。序号会自动编排。"
        catalogue = self._desk.catalogue
        words = readable(stored.title, catalogue)
        dialogue = WordsDialog(self._host(), question, "标题", "改好了", words, told)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.set_title(part, stored_wording(dialogue.words.text().strip(), catalogue))

    def set_title(self, part: int, title: str) -> None:
        """Give a heading, or a paragraph's run-in title, its words."""
        township, document = self._desk.township, self._writing.document
        self._writing.arrange(part, lambda: service.rename(township, document, part, title))

    def set_level(self, part: int, level: int) -> None:
        """Give a heading another level."""
        township, document = self._desk.township, self._writing.document
        self._writing.arrange(part, lambda: service.set_level(township, document, part, level))

    def switch(self, part: int) -> None:
        """Print a part, or leave it out."""
        stored = self._part(part)
        if stored is not None:
            township, document = self._desk.township, self._writing.document
            self._writing.arrange(part, lambda: service.switch(township, document, part, not stored.on))

    def remove(self, part: int) -> None:
        """Take a part out, and say how it comes back."""
        stored = self._part(part)
        if stored is None:
            return
        name = self._writing.name(stored)
        count = len(order.block_of(self._writing.parts, part)) - 1
        parts = self._writing.parts
        near = order.before(parts, order.index_of(parts, part)) or 0
        township, document = self._desk.township, self._writing.document
        if self._writing.arrange(near, lambda: service.remove_part(township, document, part)):
            whole = f"和下面的 {count} 段" if count else ""
            self._desk.say(f"已删去“{name}”{whole}", self._writing.undo.undo)

    def confirm(self, part: int) -> None:
        """Say that last year's wording was read again and may stay."""
        township, document = self._desk.township, self._writing.document
        self._writing.arrange(part, lambda: service.thought_over(township, document, part))

    def paragraphs(self, part: int, texts: list[str]) -> None:
        """Make several paragraphs of one: the first keeps its place, the others follow."""
        stored = self._part(part)
        if stored is None:
            return
        township, document = self._desk.township, self._writing.document
        edits: list[Edit] = []

        def add(text: str) -> Edit:
            after = edits[-1].part if edits else part
            edits.append(service.add_part(township, document, after, PARAGRAPH, text))
            return edits[-1]

        write = service.rename if stored.kind == HEADING else service.set_text
        deeds = [partial(add, text) for text in texts[1:]]
        self._writing.arrange(0, *deeds, lambda: write(township, document, part, texts[0]))
        if edits:
            self._area.go_to(edits[-1].part)

    def join(self, part: int) -> None:
        """Put a paragraph to the end of the one before; an empty one is only taken out."""
        parts = self._writing.parts
        at = order.index_of(parts, part)
        stored = parts[at]
        above = parts[at - 1] if at else None
        if above is None or stored.kind != PARAGRAPH or stored.switch or (stored.title and stored.text):
            return
        township, document = self._desk.township, self._writing.document
        if above.kind != PARAGRAPH and stored.text:
            return
        offset = len(self._things(above))
        deeds = [lambda: service.remove_part(township, document, part)]
        if stored.text:
            joined = above.text + stored.text
            deeds.append(lambda: service.set_text(township, document, above.id, joined))
        self._writing.arrange(above.id, *deeds)
        self._area.go_to(above.id, offset)

    def _things(self, part: Part) -> str:
        """A part's wording as it stands in the text, a chip a character."""
        from zhengui.catalogue.wording import chips

        text = part.title if part.kind == HEADING else part.text
        for chip in chips(text):
            text = text.replace(chip.text, "\ufffc")
        return text

    def wordings(self, part: int) -> None:
        """Ask for the wordings among which a claim or a trend chooses."""
        stored = self._part(part)
        if stored is None or stored.kind != PARAGRAPH:
            return
        dialogue = WordingsDialog(self._host(), stored, self._desk.catalogue)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.set_wordings(part, str(dialogue.switch.currentData()), dialogue.text(), dialogue.variants())

    def set_wordings(self, part: int, switch: str, text: str, variants: dict[str, str]) -> None:
        """Let a claim or a trend choose a paragraph's wording."""
        township, document = self._desk.township, self._writing.document
        self._writing.arrange(
            part,
            lambda: service.set_variants(township, document, part, switch, variants),
            lambda: service.set_text(township, document, part, text),
        )

    def head(self) -> None:
        """Ask for title, addressee and date."""
        stored = self._writing.stored
        if stored is None or not self._writing.editable:
            return
        catalogue = self._desk.catalogue
        shown = paper_date(self._desk.township, stored.period, stored.signed_on)
        dialogue = HeadDialog(self._host(), stored, catalogue, shown)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            day = dialogue.date.day()
            township = self._desk.township
            title, to = (
                stored_wording(line.text(), catalogue) for line in (dialogue.title, dialogue.addressee)
            )
            self._writing.arrange(
                0,
                lambda: service.set_head(
                    township, stored.id, title=title.strip(), addressee=to.strip(), signed_on=day
                ),
            )

    def replace_all(self, find: str, other: str) -> None:
        """Replace a text everywhere as one edit."""
        if not find:
            return
        township, document = self._desk.township, self._writing.document
        before = {part.id: (part.title, part.text) for part in self._writing.parts}
        at = self._area.part()
        self._writing.arrange(at, lambda: service.replace_all(township, document, find, other))
        changed = sum(before.get(p.id) != (p.title, p.text) for p in self._writing.parts)
        self._desk.say(f"已替换，{changed} 段有改动" if changed else f"没有找到“{find}”")

    def menu(self, part: int, place: QPoint) -> None:
        """What can be done to a part."""
        self.menu_of(part).exec(place)

    def menu_of(self, part: int) -> QMenu:
        """The menu of a part, or of the beginning where there is none."""
        menu = Menu(self._host())
        stored = self._part(part)
        if stored is None:
            self._entry(menu, "标题与落款…", self.head, "edit")
        else:
            self._entries(menu, stored)
        menu.addSeparator()
        after = part or None
        self._entry(menu, "在后面添加段落", lambda: self.add(after, PARAGRAPH), "add")
        for level, words in (
            (1, "添加一级标题（一、）"),
            (2, "添加二级标题（一）"),
            (3, "添加三级标题（1.）"),
        ):
            self._entry(menu, words, partial(self.add_heading, after, level))
        return menu

    def _entries(self, menu: QMenu, stored: Part) -> None:
        part = stored.id
        if stored.rethink:
            self._entry(menu, "已经看过，照用这段", partial(self.confirm, part), "checkmark")
        if stored.kind != ITEMS:
            words = "改标题…" if stored.kind == HEADING else "段首小标题…"
            self._entry(menu, f"{words}\tF2", partial(self.rename, part), "edit")
        if stored.kind == PARAGRAPH:
            self._entry(menu, "各种写法…", partial(self.wordings, part), "arrow_swap")
        if stored.kind == HEADING:
            levels = menu.addMenu("标题级别")
            for level, words in enumerate(("一、", "（一）", "1.", "（1）"), 1):
                action = levels.addAction(words)
                action.setCheckable(True)
                action.setChecked(level == stored.level)
                action.triggered.connect(partial(self._leveled, part, level))
        self._entry(menu, "不印这部分" if stored.on else "恢复印出", partial(self.switch, part), "eye")
        menu.addSeparator()
        for words, by, icon in (
            ("上移\tAlt+Shift+↑", -1, "arrow_up"),
            ("下移\tAlt+Shift+↓", 1, "arrow_down"),
        ):
            can = (order.step_up if by < 0 else order.step_down)(self._writing.parts, part)[0]
            self._entry(menu, words, partial(self.step, part, by), icon, can)
        self._entry(menu, "删去", partial(self.remove, part), "delete")

    def _leveled(self, part: int, level: int, _checked: bool = False) -> None:
        self.set_level(part, level)

    def _entry(self, menu: QMenu, words: str, call: object, icon: str = "", able: bool = True) -> None:
        action = menu.addAction(words)
        if icon:
            action.setIcon(icons.icon(icon))
        action.setEnabled(able)
        action.triggered.connect(lambda _checked=False: call())  # type: ignore[operator]

    def _part(self, part: int) -> Part | None:
        return self._writing.manuscript.part(part) if self._writing.editable else None
