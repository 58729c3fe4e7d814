"""A township at work: its catalogue, its database and the person who is entering."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.speech import Speech
from zhengui.services.township import login, rights
from zhengui.services.township.office import office_name
from zhengui.services.township.reading import NAME, OFFICE, PARAMETER, Profile, Reading, Writing
from zhengui.storage.file import slot_change, vault
from zhengui.storage.file.database import Database
from zhengui.storage.file.lock import Holder, Lock
from zhengui.storage.file.own_entries import own_texts
from zhengui.storage.file.slot_change import VaultStanding
from zhengui.storage.problem import NotAllowed
from zhengui.storage.records import accounts, log
from zhengui.storage.records.accounts import Account
from zhengui.storage.records.log import name_deed
from zhengui.storage.schema.bare import bare_of
from zhengui.storage.schema.tables import Tables
from zhengui.values.clean import plain

__all__ = [
    "NAME",
    "OFFICE",
    "OPERATOR",
    "PARAMETER",
    "Profile",
    "Reading",
    "Township",
    "Writing",
    "create_township",
    "open_township",
]

OPERATOR = "operator"
#: The day on which a demo stands still, so that it always looks the same; empty for real work.
WORKING_DAY = "working.day"


@dataclass
class Township:
    """An open database with its catalogue; `operator` is the name kept with every change."""

    catalogue: Catalogue
    database: Database
    operator: str
    working_day: date | None = None
    #: The number of the last save that is known to be in a backup; see `keep_backup`.
    backed_up: int | None = None
    #: The catalogue as it is shipped and laid over, before it is said in the office's words.
    plain: Catalogue | None = None
    speech: Speech = field(default_factory=Speech)

    def speak(self) -> None:
        """Say the catalogue in the office's own words, as its settings have them now."""
        self.plain = self.plain or self.catalogue
        with self.reading() as reading:
            self.speech = reading.speech
        self.catalogue = self.speech.of_catalogue(self.plain)

    #: Who gave his password; None where the office has none.
    account: Account | None = None

    @property
    def tables(self) -> Tables:
        """The tables made from the catalogue."""
        return self.database.tables

    @property
    def path(self) -> Path:
        """Where the database file is."""
        return Path(self.database.path)

    def today(self) -> date:
        """Today, or the day a test or a script works on."""
        return self.working_day or date.today()

    def expect_sound(self) -> None:
        """Raise Damaged where the file is: what is printed or issued must not rest on broken pages."""
        self.database.soundness.expect()

    def close(self) -> None:
        """Close the file; the township can't be used afterwards."""
        self.database.close()

    @contextmanager
    def reading(self, cancelled: Callable[[], bool] | None = None) -> Iterator[Reading]:
        """The present state of the file, to be read as a whole; Cancelled once `cancelled` says so."""
        with self.database.reading(cancelled) as conn:
            yield Reading(conn, self.tables, self.catalogue, self.operator, self.today(), self.account)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """The present state of the file, to be changed: all of it on leaving, or nothing where an error leaves."""
        user = self.account.user if self.account is not None else ""
        with self.database.writing(self.operator, user) as conn:
            writing = Writing(conn, self.tables, self.catalogue, self.operator, self.today(), self.account)
            yield writing
            rights.expect_within(writing)
            name_deed(conn, writing.begun)

    def profile(self) -> Profile:
        """The township's names."""
        with self.reading() as reading:
            return reading.profile()

    def setting(self, key: str) -> str:
        """A setting's text, empty if it was never set."""
        with self.reading() as reading:
            return reading.setting(key)

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting."""
        self.keep_settings({key: value})

    def keep_settings(self, values: Mapping[str, str]) -> None:
        """Set several settings, all or none."""
        with self.writing() as writing:
            for key, value in values.items():
                writing.keep_setting(key, value)

    def note(self, deed: str, **told: object) -> None:
        """Take down in the log what changes nothing; where the file can only be read here, nothing is taken down."""
        if self.database.held_by is None:
            with self.database.writing(self.operator, self.account.user if self.account else "") as conn:
                log.note(conn, deed, **told)

    def parameters(self) -> dict[str, Decimal]:
        """The office's numbers: the catalogue's, unless the office set its own."""
        with self.reading() as reading:
            return reading.parameters


def _let_in(township: Township, operator: str) -> None:
    """Who works here: the one whose password opened the file, else whom the file or the caller names."""
    standing = _look_at_vault(township)
    with township.reading() as reading:
        found = accounts.accounts(reading.conn, reading.tables)
    first = login.first_person(township.path, found, township.setting(OPERATOR))
    if first is not None and township.database.held_by is None:
        found = _let_in_first(township, first, found)
    township.account = account = login.who_is_in(township.path, found)
    if account is None:
        township.operator = operator or township.setting(OPERATOR) or "未登记"
        _note_vault(township, standing)
        return
    if operator and "".join(operator.split()) != account.name:
        raise NotAllowed(f"打开数据文件的是“{account.name}”，不能用“{operator}”的名字登记。请让本人登录。")
    township.operator = account.name
    _note_vault(township, standing)
    wrong = login.failures(township.path)
    township.note("login", **({"wrong": wrong} if wrong else {}))


def _look_at_vault(township: Township) -> VaultStanding:
    """Let the passwords hold that the file calls its own, and say where they are those of before."""
    database = township.database
    with database.reading() as conn:
        standing = slot_change.settle(bare_of(conn), township.path, database.held_by is None)
    if not vault.still_holds(township.path):
        vault.lock(township.path)
        raise login.WrongPassword("这不是现在的密码：它刚改过，或没有改成。请用另一个密码再试一次。")
    if standing is VaultStanding.OLDER:
        database.remarks.append(
            f"密码文件“{vault.vault_path(township.path).name}”是以前的，可能是从备份里放回来的：之后改的密码不算数了，"
            "移除的人员也可能又能打开。请管理员到“系统 → 人员”里看看，给每个人重设密码；如果不是您放的，请查一查是谁。"
        )
    return standing


def _note_vault(township: Township, standing: VaultStanding) -> None:
    """Note in the file which vault it was opened by, and take down where that is not as it was left."""
    if standing is VaultStanding.FITS or township.database.held_by is not None:
        return
    user = township.account.user if township.account is not None else ""
    with township.database.writing(township.operator, user) as conn:
        slot_change.note(bare_of(conn), slot_change.present(township.path))
        if standing is not VaultStanding.UNKNOWN:
            log.note(conn, standing.value)


def _let_in_first(township: Township, person: Account, found: list[Account]) -> list[Account]:
    """Make somebody the manager of a file from before there were passwords, take it down, and say so."""
    with township.database.writing(person.name, person.user) as conn:
        for each in found:
            if plain(each.name) == plain(person.name):
                # The same person, with a password that was given up since.
                accounts.remove(conn, township.tables, each.id, person.name)
        number = accounts.add(conn, township.tables, person, person.name)
        log.note(conn, "first_person", person=person.name)
    township.database.remarks.append(
        f"这份数据是设密码以前的，里面的人员都还没有密码：“{person.name}”现在是管理员。其他人员请到“系统 → 人员”里添加，或给他们设密码。"
    )
    return [*found, replace(person, id=number)]


def create_township(path: Path, name: str, operator: str, catalogue: Catalogue | None = None) -> Township:
    """Make a new database file; FileExistsError if there is one already."""
    known = catalogue or load_catalogue()
    township = Township(known, Database.create(path, known), operator)
    township.keep_setting(NAME, name)
    township.keep_setting(OFFICE, office_name(name))
    township.keep_setting(OPERATOR, operator)
    township.speak()
    return township


def holder_of(path: Path) -> Holder | None:
    """Who has a file open for writing, without opening it."""
    taken = Lock.take(path) if path.is_file() else None
    if isinstance(taken, Lock):
        taken.release()
        return None
    return taken


def wait_with(patience: Callable[[Callable[[], bool]], bool]) -> None:
    """Say how whoever opens townships waits for a turn to write: `patience` repeats an attempt without standing still.

    It answers False where the caller may simply wait.
    """
    Database.patience = patience


def open_township(path: Path, operator: str = "", catalogue: Catalogue | None = None) -> Township:
    """Open a database file; `StorageProblem` says in Chinese why one can't be opened."""
    # The office's own entries are in the file itself and have to be known before its tables are.
    own = own_texts(path)
    known = load_catalogue(own=own) if own else catalogue or load_catalogue()
    township = Township(known, Database.open(path, known), operator)
    try:
        _let_in(township, operator)
        day = township.setting(WORKING_DAY)
        township.working_day = date.fromisoformat(day) if day else None
        township.database.sign(township.operator)
        township.speak()
    except BaseException:
        township.close()
        raise
    return township
