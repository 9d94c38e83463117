"""What is done to a ledger while the process is killed or its disk fails: one function an act, run in a forked child.

An act gets the folder of the round and ``told``, to which it says what is confirmed: as the window does once a
function has come back. ``begin`` lays out the folder from what ``prepare`` made once.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from core.job import Job
from core.model.ledger import EntryState
from core.office import (
    attach,
    backups,
    bundled,
    collect,
    collect_write,
    dispatch,
    files,
    hand_over,
    many,
    moving,
    progress,
    reading,
    restoring,
    safekeeping,
    second_place,
    unit_merge,
)
from core.office.dispatch import DispatchOptions
from core.office.form_value import FormValue
from core.store import backup, opening
from core.store.database import Store
from core.store.migrations import STEPS

Told = Callable[[str, Any], None]
PERIOD = "2024Q4"
UNITS = ("财政局", "司法局", "水利局")


def prepare(place: Path, names: Collection[str]) -> None:
    """The ledger every round begins with, and what these acts take in: returns, a backup, a package, an older file."""
    place.mkdir()
    with closing(files.create_ledger(place / "古县.db")) as store:
        key = progress.find_obligation(store, None, 4, "财政局").id
        for name in ("通知.pdf", "照片.jpg"):
            attach.add_pasted(store, key, PERIOD, name, name.encode() * 9000)
        if "回收" in names:
            _returns(store, place / "回收")
        made = backups.back_up(store, Job()).path
        if {"移交打包", "恢复成新文件"} & set(names):
            hand_over.pack(store, place / "移交.zip", Job(), version="1")
        attach.add_pasted(store, key, PERIOD, "后来.pdf", b"later" * 9000)
    (place / "来件").mkdir()
    for number in range(5):
        (place / "来件" / f"来件{number}.pdf").write_bytes(os.urandom(300) * 3**number * 20)
    (place / "来件" / "来文.txt").write_text("方案原件 " * 2000, encoding="utf-8")
    (place / "备份名").write_text(made.name, encoding="utf-8")
    (place / "U盘").mkdir()
    older(place / "旧.db")


def _returns(store: Store, folder: Path) -> None:
    from tests.core.office.returned_files import begun, filled, numbers_of, sent

    for unit, path in sent(store, folder, *UNITS).items():
        filled(path, {number: begun(f"{unit}第{number}项") for number in numbers_of(path)})
        path.with_name(f"{unit}{numbers_of(path)[0]}-1 照片.jpg").write_bytes(b"\xff\xd8\xff" + unit.encode() * 9000)


def older(path: Path) -> None:
    """A file of the first release, with its plan."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        STEPS.apply(Database(db), stop_before="m0003_progress")
        db.execute("INSERT INTO plan (key, position, title, document) VALUES ('p1', 1, '旧方案', '{}')")
        db.executemany(
            "INSERT INTO measure (plan_id, no, label, text, source, to_verify) VALUES (1, ?, '', ?, 'table', 0)",
            [(no, f"措施 {no}" * 50) for no in range(1, 200)],
        )
        db.commit()


def begin(place: Path, folder: Path) -> Path:
    """A round's own copy; gives its ledger."""
    shutil.copytree(place, folder, dirs_exist_ok=True)
    return folder / "古县.db"


@contextmanager
def _open(folder: Path) -> Iterator[Store]:
    with closing(files.open_ledger(folder / "古县.db")) as store:
        yield store


def save(folder: Path, told: Told, chance: random.Random) -> None:
    """Entries and drafts, one after the other."""
    with _open(folder) as store:
        owed = [row.id for row in progress.list_obligations(store, None, date(2025, 1, 1))]
        for number in range(12):
            key = chance.choice(owed)
            text = f"第{number}次 {chance.random()}" * chance.choice((1, 40))
            if number % 4 == 3:
                told("begins", [key, "2025Q1"])
                progress.keep_draft(store, key, "2025Q1", FormValue(EntryState.DONE, None, text=text))
                told("draft", [key, "2025Q1", text])
            else:
                told("begins", [key, PERIOD])
                progress.save(store, key, PERIOD, FormValue(EntryState.IN_PROGRESS, text=text))
                told("saved", [key, PERIOD, text])


def typing(folder: Path, told: Told, chance: random.Random) -> None:
    """The window's own saving as one goes: what it shows as saved or as a draft."""
    from PySide6.QtWidgets import QApplication

    from core.office import forms
    from core.settings import Settings
    from gui.context import Context
    from gui.pages.progress.saver import FormSaver, Saving, Typed

    application = QApplication.instance() or QApplication([])
    context = Context(Settings())
    context.set_store(files.open_ledger(folder / "古县.db"))
    saver = FormSaver(context)
    saver.set_pause(3, 10)
    owed = [row.id for row in progress.list_obligations(context.store, None, date(2025, 1, 1))]
    for number in range(8):
        key = chance.choice(owed)
        told("begins", [key, PERIOD])
        saver.open(forms.form(context.store, key, PERIOD, date(2025, 1, 1)))
        state = EntryState.DONE if number % 2 else EntryState.IN_PROGRESS
        text = ""
        for letter in "已召开推进会三次":
            text += f"{letter}{number}"
            saver.edit(Typed(FormValue(state, None, text=text)))
            application.processEvents()
        saver.flush()
        if saver.standing.saving is not Saving.FAILED:
            told("draft" if saver.standing.saving is Saving.DRAFT else "saved", [key, PERIOD, text])
    context.set_store(None)


def evidence(folder: Path, told: Told, chance: random.Random) -> None:
    """Files onto a record."""
    with _open(folder) as store:
        owed = [row.id for row in progress.list_obligations(store, None, date(2025, 1, 1))]
        for number in range(5):
            source = folder / "来件" / f"来件{number}.pdf"
            attach.add_evidence(store, chance.choice(owed), PERIOD, [source], Job())
            told("evidence", source.name)


def fill_many(folder: Path, told: Told, chance: random.Random) -> None:
    """Many obligations at once: all or none."""
    with _open(folder) as store:
        owed = [row.id for row in progress.list_obligations(store, None, date(2025, 1, 1))][:60]
        many.fill_many(store, owed, "2025Q1", FormValue(EntryState.IN_PROGRESS, text="一次填完"))
        told("many", len(owed))


def collected(folder: Path, told: Told, chance: random.Random) -> None:
    """Returns with photographs: all or none."""
    with _open(folder) as store:
        found = collect.look(store, None, [folder / "回收"], Job())
        told("rows", collect_write.accept(store, found, Job()).rows)


def imported(folder: Path, told: Told, chance: random.Random) -> None:
    """One more plan, with its original."""
    with _open(folder) as store:
        source = folder / "来件" / "来文.txt"
        reading.import_plan(store, bundled.load("suizhou"), source, Job())
        told("plan", 29)


def merged(folder: Path, told: Told, chance: random.Random) -> None:
    """Two units become one."""
    with _open(folder) as store:
        unit_merge.merge_units(store, "水利局", "林业局")
        told("merged", "水利局")


def upgraded(folder: Path, told: Told, chance: random.Random) -> None:
    """An older file is opened."""
    files.open_ledger(folder / "旧.db").close()
    told("upgraded", 199)


def backed_up(folder: Path, told: Told, chance: random.Random) -> None:
    """As at every start; with something new to keep, and to a second place."""
    with _open(folder) as store:
        key = progress.find_obligation(store, None, 5, "财政局").id
        for number in range(2):
            attach.add_pasted(store, key, PERIOD, f"{number}.pdf", os.urandom(50_000))
            care = files.look_after(store, Job())
            if care.backup is None:  # a page could not be read: the clerk is told, nothing is backed up
                told("sentence", "台账文件检查出问题。")
                return
            told("backup", care.backup.name)
            place = second_place.copy_there(store.path, care.backup, second_place.SecondPlace(folder / "U盘"), Job())
            if not place.problem:
                told("second", care.backup.name)
        safekeeping.back_up_to(store, folder / "另存", Job())
        told("copied", 1)


def restored(folder: Path, told: Told, chance: random.Random) -> None:
    """From a backup and from a package, each into a new file."""
    name = (folder / "备份名").read_text(encoding="utf-8")
    safekeeping.restore(backup.folder(folder / "古县.db") / name, folder / "新一.db", Job())
    told("made", "新一.db")
    safekeeping.restore(folder / "移交.zip", folder / "新二.db", Job())
    told("made", "新二.db")


def swapped(folder: Path, told: Told, chance: random.Random) -> None:
    """A backup takes the place of the ledger, and the ledger its own again."""
    ledger = folder / "古县.db"
    source = backup.folder(ledger) / (folder / "备份名").read_text(encoding="utf-8")
    for _ in range(2):
        prepared = restoring.prepare(source, ledger, Job())
        ready = restoring.make_room(prepared, Job())
        restoring.swap(ready)
        files.open_ledger(ledger).close()
        source = ready.kept
        told("swapped", source.name)


def packed(folder: Path, told: Told, chance: random.Random) -> None:
    """A package takes the place of an earlier one."""
    with _open(folder) as store:
        hand_over.pack(store, folder / "移交.zip", Job(), version="2")
        told("packed", "2")


def moved(folder: Path, told: Told, chance: random.Random) -> None:
    """The ledger goes to another folder with all that lies beside it."""
    store = files.open_ledger(folder / "古县.db")
    now = moving.move_ledger(store, folder / "搬到" / "古县.db")
    told("moved", "搬到")
    now.close()


def sent(folder: Path, told: Told, chance: random.Random) -> None:
    """The sheets of all units go out: the act is in the journal only when the files are there."""
    with _open(folder) as store:
        made = dispatch.dispatch(store, None, "2025Q1", folder / "下发", Job(), DispatchOptions(units=set(UNITS)))
        told("sent", len(made.files))


ACTS: dict[str, Callable[[Path, Told, random.Random], None]] = {
    "保存": save,
    "边填边存（窗口）": typing,
    "加入佐证": evidence,
    "批量填报": fill_many,
    "回收": collected,
    "导入方案": imported,
    "合并单位": merged,
    "旧文件升级": upgraded,
    "备份、另一处": backed_up,
    "恢复成新文件": restored,
    "恢复并替换": swapped,
    "移交打包": packed,
    "移动台账": moved,
    "下发": sent,
}


def pipe_told(handle: int) -> Told:
    """Says facts through a pipe, a line each, written at once: what was said before a kill is heard."""
    write = os.write

    def told(fact: str, value: Any) -> None:
        write(handle, (json.dumps([fact, value], ensure_ascii=False) + "\n").encode())

    return told
