"""The left list of 核对: which returns have problems, which wait, which are done; and what nobody has placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.office.collected import CollectedFile, LooseFile, Verdict
from core.office.tray import TrayItem
from gui.pages.exchange.checking import Checking, Stand


class Show(StrEnum):
    """What the chips choose."""

    RETURNED = "已回收"
    MISSING = "未回收"
    FAULTY = "有问题"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line of the list: the head of a group (``count`` set), a return, or a unit without one."""

    title: str
    note: str = ""
    stand: Stand | None = None
    file: CollectedFile | None = None
    count: int | None = None

    @property
    def is_head(self) -> bool:
        """Whether it only says what follows."""
        return self.count is not None

    @property
    def key(self) -> str:
        """What tells the lines apart, also after the files were read anew."""
        return self.file.path if self.file is not None else self.title


@dataclass(frozen=True, slots=True)
class TrayLine:
    """A file that nobody has placed: a workbook of unknown origin, or a paper beside the sheets."""

    name: str
    why: str
    sheet: CollectedFile | None = None
    loose: LooseFile | None = None
    item: TrayItem | None = None
    """A file that the ledger keeps since an earlier day."""

    @property
    def is_sheet(self) -> bool:
        """Whether it may be somebody's return."""
        return self.sheet is not None or (self.item is not None and self.item.is_sheet)

    @property
    def path(self) -> str:
        """Where it came from."""
        found = self.sheet or self.loose
        if found is not None:
            return found.path
        return self.item.origin if self.item is not None else ""

    @property
    def unit(self) -> str | None:
        """Whose it is, as far as that is known."""
        if self.loose is not None:
            return self.loose.unit
        return self.item.unit if self.item is not None else None


def check_lines(checking: Checking, show: Show, period_key: str | None) -> tuple[CheckLine, ...]:
    """The lines under a chip. A return of another period than the one on screen says so."""
    if show is Show.MISSING:
        names = checking.collected.missing if checking.collected is not None else ()
        return (CheckLine("未回收", count=len(names)), *(CheckLine(name, "未回收") for name in names)) if names else ()
    lines: list[CheckLine] = []
    for stand in (Stand.FAULTY,) if show is Show.FAULTY else Stand:
        found = [file for file in checking.files if checking.stand(file) is stand]
        if found:
            lines.append(CheckLine(stand.value, count=len(found)))
            lines += [_line(checking, file, stand, period_key) for file in found]
    return tuple(lines)


def counts(checking: Checking) -> dict[Show, int]:
    """The numbers on the chips: units that have returned, units that have not, returns with problems."""
    returned = {file.unit for file in checking.files if file.is_usable and file.unit}
    missing = checking.collected.missing if checking.collected is not None else ()
    faulty = sum(checking.stand(file) is Stand.FAULTY for file in checking.files)
    return {Show.RETURNED: len(returned), Show.MISSING: len(missing), Show.FAULTY: faulty}


def tray_lines(checking: Checking, kept: Sequence[TrayItem]) -> tuple[TrayLine, ...]:
    """What is to be assigned: workbooks first, then papers, then what the ledger keeps since an earlier day."""
    sheets = [TrayLine(file.name, _first_problem(file), sheet=file) for file in checking.unknown]
    loose = [TrayLine(file.name, file.why, loose=file) for file in checking.tray]
    here = {file.sha256 for file in checking.unknown} | {file.sha256 for file in checking.tray}
    items = [TrayLine(item.name, item.why, item=item) for item in kept if item.path.stem not in here]
    return (*sheets, *loose, *items)


def waiting(checking: Checking) -> int:
    """Returns that somebody must still look at."""
    return sum(checking.stand(file) is not Stand.DONE for file in checking.files)


def note_of(checking: Checking, file: CollectedFile) -> str:
    """What is said of a return at the right of its name."""
    if file.sent_back:
        return "已退回"
    if file.whose is None or (file.verdict is Verdict.REJECTED and not file.errors):
        return "不能用"
    errors = checking.open_errors(file)
    if errors:
        return f"{errors} 处问题"
    fields = len(file.diffs)
    if file.verdict is Verdict.DUPLICATE:
        if fields:
            return f"{fields} 处未接受"
        return "已接受" if file.received_id is not None else "重复的一份"
    if checking.stand(file) is Stand.FAULTY:
        return "缺行" if file.is_usable else "不能用"
    return f"改动 {fields} 处" if fields else "没有改动"


def spoken(line: CheckLine) -> str:
    """A line as it is read aloud."""
    if line.is_head:
        return f"{line.title}，{line.count} 份"
    return "，".join(part for part in (line.title, line.stand.value if line.stand else "", line.note) if part)


def _line(checking: Checking, file: CollectedFile, stand: Stand, period_key: str | None) -> CheckLine:
    note = note_of(checking, file)
    if file.whose is not None and file.whose.period.key != period_key:
        note = f"{file.whose.period.title}，{note}"
    return CheckLine(file.unit or file.name, note, stand, file)


def _first_problem(file: CollectedFile) -> str:
    return file.problems[0].what if file.problems else "不知道是哪个单位的"
