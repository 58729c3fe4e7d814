"""数据与备份: where the data file is, copies of it made and brought back, another file opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.opened_file import open_file
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.opening.first_start import ask_for_file
from zhengui.gui.system.panel import Panel
from zhengui.services.township import keep_backup
from zhengui.services.township.rights import Right, why_not

MEGABYTE = 1024 * 1024
_KEY_TOLD = "旁边的 .key 是它的钥匙，两个文件缺一不可。没有设密码，谁拿到这两个文件都能打开。"
_VAULT_TOLD = "旁边的 .vault 里是各人的密码锁，两个文件缺一不可；没有密码或恢复密钥，谁也打不开。"


class DataPanel(Panel):
    """Copies are checked before they count."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card("数据文件", "全部台账、照片和设置都在这一个加密文件里。")
        self.about_key = label("", self, "sec", wrap=True)
        column.addWidget(self.about_key)
        self.path = label("", self, wrap=True)
        self.size_words = label("", self, "cap")
        self.stick = label("", self, "err", wrap=True)
        column.addWidget(self.path)
        column.addWidget(self.size_words)
        column.addWidget(self.stick)
        row = QHBoxLayout()
        for text, call in (
            ("打开所在文件夹", self._open_folder),
            ("打开其他数据文件…", self._open_other),
            ("打开演示镇", lambda: desk.opened.emit(None)),
        ):
            made = button(text, self)
            made.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column = self.card(
            "备份",
            "有改动时每半小时自动备份一次，导入、升级以前也备份；按天、周、月保留。重要的日子请再备份到 U 盘。",
        )
        row = QHBoxLayout()
        now, self.back = button("立即备份到 U 盘或文件夹…", self, "primary"), button("恢复选中的备份…", self)
        now.clicked.connect(self._back_up)
        self.back.clicked.connect(self._restore)
        row.addWidget(now)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        row = QHBoxLayout()
        self.second = label("", self, "sec", wrap=True)
        self.second_choice = button("选择第二处…", self)
        self.second_choice.clicked.connect(self._choose_second)
        row.addWidget(self.second, 1)
        row.addWidget(self.second_choice)
        column.addLayout(row)
        self.list = QListWidget(self)
        self.list.setAccessibleName("已有的备份")
        self.list.setFixedHeight(200)
        column.addWidget(self.list)
        self._backups: list[keep_backup.Backup] = []

    def refresh(self) -> None:
        township = self.desk.township
        self.path.setText(str(township.path))
        self.about_key.setText(_KEY_TOLD if township.account is None else _VAULT_TOLD)
        self.size_words.setText(f"{township.path.stat().st_size / MEGABYTE:.1f} MB")
        told = keep_backup.on_stick(township.path)
        self.stick.setText(told)
        self.stick.setVisible(bool(told))
        self._backups = keep_backup.backups(township.path)
        place = keep_backup.second_place(township)
        told = keep_backup.reminder(township) or "每天自动备份到那里一次"
        self.second.setText(
            f"第二处备份：{place}（{told}）"
            if place is not None
            else "第二处备份：还没有。可以选另一块硬盘或 U 盘上的文件夹，每天自动多备份一份。"
        )
        why = why_not(township.account, Right.MANAGE)
        allow(self.second_choice, not why, why)
        allow(self.back, not why, why)
        self.list.clear()
        for each in self._backups:
            day = f"{each.made_at:%Y-%m-%d %H:%M}"
            self.list.addItem(f"{day}　{each.size / MEGABYTE:.1f} MB　{each.path.name}")
        if not self._backups:
            self.list.addItem("还没有备份")

    def _open_folder(self) -> None:
        open_file(self.desk.township.path.parent)

    def _open_other(self) -> None:
        path = ask_for_file(self)
        if path is not None:
            self.desk.opened.emit(path)

    def _back_up(self) -> None:
        township = self.desk.township
        name = f"{township.path.stem}-{township.today():%Y-%m-%d}.zgdb"
        path, _kind = QFileDialog.getSaveFileName(self, "备份到", name, "政规数据文件 (*.zgdb)")
        if path:
            self.back_up_to(Path(path if path.lower().endswith(".zgdb") else f"{path}.zgdb"))

    def _choose_second(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "第二处备份放在哪里")
        if folder:
            self.back_up_second(Path(folder))

    def back_up_second(self, folder: Path) -> None:
        """Keep backups in a second place from now on, beginning with one at once."""
        township = self.desk.township

        def work(_progress: object) -> Path | None:
            keep_backup.choose_second_place(township, folder)
            return keep_backup.back_up_elsewhere(township)

        def done(made: Path | None) -> None:
            self.desk.say(f"第二处已备份并核对：{made.name}" if made is not None else "第二处备份已设好")
            self.refresh()

        run_waiting(self, self.desk.background, "正在备份到第二处", work, done, self._refused)

    def back_up_to(self, target: Path) -> None:
        """Write a checked copy to a place."""
        township = self.desk.township

        def done(made: Path) -> None:
            self.desk.say(f"已备份并核对：{made.name}")
            self.refresh()

        def work(_progress: object) -> Path:
            return keep_backup.back_up_now(township, target)

        run_waiting(self, self.desk.background, "正在备份", work, done, self._refused)

    def _restore(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._backups):
            self.desk.say("请先在下面选一份备份")
            return
        chosen = self._backups[row]
        question = f"要回到 {chosen.made_at:%Y-%m-%d %H:%M} 的数据吗？"
        text = "先核对备份。现在的数据文件会另存一份，不会丢；之后登记的内容在恢复后的文件里看不到。"
        if ask(self, question, text, "恢复这份备份", "不恢复", undoable=False):
            self.desk.restore_asked.emit(chosen.path)

    def _refused(self, error: Exception) -> None:
        tell(self, "这一步没有做成", sentence(error))
