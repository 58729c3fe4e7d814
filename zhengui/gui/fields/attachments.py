"""Editor for photos and files kept with a record: a strip of tiles; paste, drop, open, remove."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QGridLayout, QMenu, QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import Attached, AttachmentProblem, EditorContext
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.picture_viewer import show_picture
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour
from zhengui.gui.kit.trouble import sentence
from zhengui.values.parse import Value
from zhengui.whole_file import write_whole

_TILE = QSize(84, 56)
_GAP = 6
_FILTER = "照片和文件 (*)"


class Tile(PaintedButton):
    """A photo or file, or the tile that adds one (`attached` None)."""

    removed = Signal()

    def __init__(self, attached: Attached | None) -> None:
        super().__init__(attached.name if attached else "添加")
        self.attached = attached
        self._picture = QPixmap()
        if attached and attached.thumbnail:
            self._picture.loadFromData(attached.thumbnail)
        says = (
            f"{attached.name}，按空格打开，按 Delete 移除" if attached else "添加照片或文件，也可粘贴或拖入"
        )
        self.setAccessibleName(says)
        self.setToolTip(plain(says))

    def sizeHint(self) -> QSize:
        return _TILE

    def draw(self, painter: QPainter, rect: QRect) -> None:
        if self.attached is None:
            self._draw_adding(painter, rect)
        elif self._picture.isNull():
            draw_box(painter, rect, "surf2", "line2")
            icons.paint(painter, "document", rect.center().x() - 8, rect.y() + 10, 16)
            draw_text(painter, rect.adjusted(6, 26, -6, -4), self.text(), "ink2", "caption", align=CENTRE)
        else:
            self._draw_picture(painter, rect)

    def _draw_adding(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setColor(colour("act" if self.hovered else "line3"))
        painter.setPen(pen)
        painter.setBrush(colour("hover" if self.hovered else "surf"))
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
        painter.restore()
        icons.paint(painter, "add", rect.center().x() - 8, rect.y() + 9, 16)
        draw_text(painter, rect.adjusted(4, 26, -4, -6), "添加", "ink2", "caption", align=CENTRE)

    def _draw_picture(self, painter: QPainter, rect: QRect) -> None:
        """The picture fills the tile, cut at the edges, with its name on a dark strip."""
        ratio = self.devicePixelRatioF()
        scaled = self._picture.scaled(
            rect.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        left = (scaled.width() - round(rect.width() * ratio)) // 2
        top = (scaled.height() - round(rect.height() * ratio)) // 2
        painter.drawPixmap(rect, scaled, QRect(left, top, *(rect.size() * ratio).toTuple()))
        strip = QRect(rect.x(), rect.bottom() - 19, rect.width(), 20)
        shade = colour("ink1")
        painter.fillRect(strip, shade)
        draw_text(painter, strip.adjusted(4, 0, -4, 0), self.text(), "onfill", "caption", align=CENTRE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.attached is not None:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class AttachmentEditor(FieldEditor):
    """The files of one field; what is removed here is only let go when the record is saved."""

    wide = True

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._files: list[Attached] = []
        self._tiles: list[Tile] = []
        self._read_only = False
        self._name = field.title
        self.setAcceptDrops(True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.box.addLayout(self._grid)
        self.set_note("可粘贴或拖入")
        self._lay_out()

    def input(self) -> QWidget:
        return self._tiles[-1] if self._tiles else self

    def text(self) -> str:
        return ",".join(str(attached.id) for attached in self._files)

    def set_text(self, text: str) -> None:
        ids = [int(part) for part in text.split(",") if part.strip().isdigit()]
        self._files = list(self.context.attached(ids)) if ids else []
        self._lay_out()

    def value(self) -> Value:
        return tuple(attached.id for attached in self._files) or None

    def set_value(self, value: Value) -> None:
        self.set_text(",".join(map(str, value)) if isinstance(value, tuple) else "")

    def normalise(self) -> None:
        """There is nothing typed to put in order."""

    def describe(self, name: str, description: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.setAcceptDrops(not read_only)
        self._lay_out()

    def add(self, name: str, content: bytes) -> None:
        """Keep a file and show its tile."""
        try:
            attached = self.context.keep_file(name, content)
        except AttachmentProblem as problem:
            tell(self, f"“{name}”没有添加", str(problem))
            return
        self._files.append(attached)
        self._lay_out()
        self.changed.emit()

    def remove(self, attached: Attached) -> None:
        """Take a file out of the strip."""
        if self._read_only:
            return
        question = f"要移除“{attached.name}”吗？"
        if not ask(self, question, "保存后就不再附在这条记录上。", "移除", "不移除"):
            return
        place = self._files.index(attached)
        self._files.remove(attached)
        self._lay_out()
        self._tiles[min(place, len(self._tiles) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def open(self, attached: Attached) -> None:
        """Show a picture, or save a file where the person says; nothing is written elsewhere."""
        content = self.context.content(attached.id)
        if attached.picture:
            show_picture(self.window(), attached.name, content)
            return
        path, _filter = QFileDialog.getSaveFileName(self, "另存为", attached.name)
        if not path:
            return
        try:
            write_whole(Path(path), content)
        except OSError as problem:
            tell(self.window(), "附件没有存成", sentence(problem))

    def paste(self, data: QMimeData) -> bool:
        """Take a picture or files from the clipboard or a drop; false if there are none."""
        if self._read_only:
            return False
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        files = [path for path in paths if path.is_file()]
        for path in files:
            self.add(path.name, path.read_bytes())
        if not files and data.hasImage():
            self.add(f"照片{len(self._files) + 1}.png", _png(data.imageData()))
            return True
        return bool(files)

    def choose_files(self) -> None:
        """Ask for files to add."""
        names, _filter = QFileDialog.getOpenFileNames(self, f"添加{self.field.title}", "", _FILTER)
        for name in names:
            self.add(Path(name).name, Path(name).read_bytes())

    # Keyboard, mouse

    def pressed(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste(QGuiApplication.clipboard().mimeData())
        return super().pressed(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.window().focusWidget() in self._tiles:
            return False
        if isinstance(event, QContextMenuEvent) and isinstance(watched, Tile) and watched.attached:
            self._menu(watched.attached).exec(event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.paste(event.mimeData()):
            event.acceptProposedAction()

    def _menu(self, attached: Attached) -> QMenu:
        menu = Menu(self)
        menu.addAction("打开" if attached.picture else "另存为…", lambda: self.open(attached))
        if not self._read_only:
            menu.addAction("移除", lambda: self.remove(attached))
        return menu

    def _lay_out(self) -> None:
        """Tiles anew: there are few of them, and the adding one stays last."""
        for tile in self._tiles:
            tile.removeEventFilter(self)
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        shown: list[Attached | None] = [*self._files]
        if not self._read_only:
            shown.append(None)
        self._tiles = [self._tile(attached) for attached in shown]
        self._arrange()
        if self._tiles:
            self.setFocusProxy(self._tiles[-1])
        self.rearranged.emit()

    def _tile(self, attached: Attached | None) -> Tile:
        tile = Tile(attached)
        tile.installEventFilter(self)
        if attached is None:
            tile.clicked.connect(self.choose_files)
        else:
            tile.clicked.connect(lambda: self.open(attached))
            tile.removed.connect(lambda: self.remove(attached))
        return tile

    def _arrange(self) -> None:
        columns = max(1, (max(self.width(), 330) + _GAP) // (_TILE.width() + _GAP))
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns, Qt.AlignmentFlag.AlignLeft)
            tile.show()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._grid.setColumnStretch(columns, 1)


def _png(image: object) -> bytes:
    """A picture of the clipboard as PNG."""
    picture = image if isinstance(image, QImage) else QImage(image)  # type: ignore[call-overload]
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
