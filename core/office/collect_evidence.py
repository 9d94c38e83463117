"""What lies beside returned sheets: evidence by the number in its name, the stamped scan of a sheet, the rest to the tray.

Nothing is given to a unit or measure on a guess: a name of a unit counts at the beginning or the end of a file's name,
or as the folder's; in the middle it may be who issued the paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from core.exchange.package import ATTACHED, CHECKSUM_NAME
from core.exchange.returned import KnownObligation, SheetProblem
from core.exchange.unit_sheet import Field
from core.model.plan import Severity
from core.office.collect_files import Loose, loose_of
from core.office.collect_package import Package
from core.office.collected import CollectedFile, Fate, LooseFile, ReceivedKind, RowKey, Verdict, Whose
from core.office.evidence_names import UnitNames, begins_with, label_number, number_in, plain, stem_of
from core.office.grounds import Grounds
from core.store.received import ReceivedRow

_STAMP_WORDS = re.compile(r"盖章|签字|签章|扫描")
_STAMP_NOISE = re.compile(r"盖章|签字|签章|扫描|[件版]|副本|\(\d+\)|[\s_\-–—()]")
_CLIMB = 2
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a file proves, or why that cannot be said."""

    target: RowKey | None
    measure_no: int | None
    why: str


def matched(
    files: Sequence[CollectedFile],
    loose: Sequence[Loose],
    grounds: Grounds,
    kept: Sequence[ReceivedRow],
    packages: Sequence[Package] = (),
) -> tuple[tuple[LooseFile, ...], dict[int, tuple[str, ...]]]:
    """Give each file its place; and the names of the stamped scans by the place of their sheet.

    What lies in a package has the places that its manifest names; there may be several.
    """
    matching = _Matching(files, loose, grounds, kept)
    found: list[LooseFile] = []
    for item in loose:
        if packages and item.name == CHECKSUM_NAME:
            found.append(matching.leave_out(item, "上报材料的校验清单"))
            continue
        package = next((one for one in packages if one.lists(item.sha256)), None)
        found += matching.places_in(item, package) if package is not None else [matching.place(item)]
    stamps: dict[int, list[str]] = defaultdict(list)
    for file in files:
        for row in kept:
            if row.kind == ReceivedKind.SCAN and file.whose is not None and _is_of(row, file.whose):
                stamps[file.at].append(row.name)
        for one in found:
            if one.fate is Fate.STAMP and one.whose == file.whose and one.name not in stamps[file.at]:
                stamps[file.at].append(one.name)
    return tuple(found), {at: tuple(names) for at, names in stamps.items()}


def proves_something(file: CollectedFile, files: Sequence[CollectedFile], grounds: Grounds) -> bool:
    """Whether a workbook that is no sheet of ours is evidence beside one."""
    if file.sheet is not None or file.spooled is None:
        return False
    item = loose_of(file)
    return _Matching(files, (item,), grounds, ()).place(item).fate is Fate.EVIDENCE


def not_come(file: CollectedFile, loose: Sequence[Loose]) -> list[SheetProblem]:
    """Numbers under 佐证材料编号 of which no file came along."""
    if file.sheet is None or not file.is_usable or file.verdict is Verdict.DUPLICATE:
        return []
    stems = [stem_of(item.name) for item in loose]
    return [
        SheetProblem(
            Severity.INFO,
            f"第 {row.number} 项写有佐证材料编号“{token}”，没有随表收到这份材料",
            row.row,
            row.columns.get(Field.EVIDENCE.value),
        )
        for row in file.sheet.rows
        for token in row.evidence
        if not any(plain(token) in stem for stem in stems)
    ]


class _Matching:
    """Knows the returns of the heap and what came before."""

    def __init__(
        self,
        files: Sequence[CollectedFile],
        loose: Sequence[Loose],
        grounds: Grounds,
        kept: Sequence[ReceivedRow],
    ) -> None:
        self._grounds = grounds
        self._names = UnitNames(grounds.known)
        self._returns = [file for file in files if file.whose is not None and file.is_usable]
        self._beside: dict[str, list[CollectedFile]] = defaultdict(list)
        for file in self._returns:
            self._beside[file.folder].append(file)
        self._scans: dict[str, list[Loose]] = defaultdict(list)
        for item in loose:
            if item.is_scan and not self._is_numbered(item):
                self._scans[item.folder].append(item)
        self._kept: dict[str, list[ReceivedRow]] = defaultdict(list)
        for row in kept:
            self._kept[row.sha256].append(row)
        self._kept_returns = [
            row for row in kept if row.kind == ReceivedKind.SHEET and row.verdict != Verdict.REJECTED and row.unit
        ]
        self._done: dict[tuple[str, Whose | None, RowKey | None], str] = {}

    def place(self, item: Loose) -> LooseFile:
        """Where a file belongs."""
        if item.spooled is None:
            return self._as(item, Fate.SKIPPED, item.why)
        stamped = self._stamped(item) if item.is_scan else None
        if stamped is not None:
            return self._once(self._as(item, Fate.STAMP, "盖章扫描件", whose=stamped, unit=stamped.unit))
        unit, why = self._unit(item)
        if unit is None:
            return self._to_tray(item, why)
        whose = self._whose(unit)
        if whose is None:
            return self._to_tray(item, f"没有随“{unit}”的填报表一起报来", unit=unit)
        proof = self._proof(item, whose)
        if proof.target is None:
            return self._to_tray(item, proof.why, unit=unit, whose=whose, measure_no=proof.measure_no)
        if not self._will_stand(whose, proof.target):
            why = f"第 {proof.measure_no} 项没有写入台账，先留在待分配中"
            return self._to_tray(item, why, unit=unit, whose=whose, target=proof.target, measure_no=proof.measure_no)
        return self._once(
            self._as(
                item, Fate.EVIDENCE, proof.why, whose=whose, unit=unit, target=proof.target,
                measure_no=proof.measure_no,
            )
        )  # fmt: skip

    def leave_out(self, item: Loose, why: str) -> LooseFile:
        """A file that proves nothing."""
        return self._as(item, Fate.SKIPPED, why)

    def places_in(self, item: Loose, package: Package) -> list[LooseFile]:
        """Where a file of a county's package belongs."""
        sent = package.evidence(item.sha256)
        is_read = sent is None and package.kind(item.sha256) != ATTACHED
        if is_read:
            return [self._as(item, Fate.SKIPPED, "随上报清单报来，内容已按清单读取")]
        file = next((one for one in self._returns if one.path == package.path), None)
        if file is None or file.whose is None:
            return [self._to_tray(item, "上报清单没有读成")]
        if sent is None:
            return [self._to_tray(item, "随上报材料报来的随附材料", unit=file.whose.unit, whose=file.whose)]
        targets = [pair for pair in package.targets(sent, self._returns) if self._will_stand(file.whose, pair[0])]
        if not targets:
            return [self._to_tray(item, "上报清单中对应的措施没有写入台账", unit=file.whose.unit, whose=file.whose)]
        why = "上报清单写明"
        return [
            self._once(self._as(item, Fate.EVIDENCE, why, whose=file.whose, unit=file.unit, target=key, measure_no=no))
            for key, no in targets
        ]

    # What came before --------------------------------------------------------------------------------------------

    def _once(self, file: LooseFile) -> LooseFile:
        """The same content at the same place is taken once."""
        for row in self._kept.get(file.sha256, ()):
            if row.is_settled and file.whose is not None and _is_of(row, file.whose) and _is_there(row, file):
                return _known(file, f"{row.received_at[:10]}已收过")
        key = file.sha256, file.whose, file.target
        first = self._done.setdefault(key, file.path)
        return _known(file, f"与“{PurePath(first).name}”内容相同，只存一份") if first != file.path else file

    def _to_tray(
        self,
        item: Loose,
        why: str,
        *,
        unit: str | None = None,
        whose: Whose | None = None,
        target: RowKey | None = None,
        measure_no: int | None = None,
    ) -> LooseFile:
        file = self._as(item, Fate.TRAY, why, whose=whose, unit=unit, target=target, measure_no=measure_no)
        before = self._kept.get(item.sha256, ())
        if before:
            said = "已收过，已处理" if before[-1].is_settled else "已收过，在待分配中"
            return _known(file, f"{before[-1].received_at[:10]}{said}")
        first = self._done.setdefault((item.sha256, None, None), item.path)
        return _known(file, f"与“{PurePath(first).name}”内容相同，只存一份") if first != item.path else file

    @staticmethod
    def _as(
        item: Loose,
        fate: Fate,
        why: str,
        *,
        whose: Whose | None = None,
        unit: str | None = None,
        target: RowKey | None = None,
        measure_no: int | None = None,
    ) -> LooseFile:
        return LooseFile(
            item.path,
            item.name,
            item.folder,
            item.sha256,
            item.size,
            item.spooled,
            fate,
            why,
            item.is_scan,
            whose,
            unit,
            target,
            measure_no,
        )

    # Whose -------------------------------------------------------------------------------------------------------

    def _unit(self, item: Loose) -> tuple[str | None, str]:
        """By the folder it lies in and the beginning or end of its name; the two must not contradict each other."""
        by_name = self._names.at_the_ends(stem_of(item.name))
        by_folder, units = self._unit_of_folder(item.folder)
        if by_folder is not None:
            if by_name is not None and by_name != by_folder:
                return None, f"所在文件夹是“{by_folder}”的，文件名写的是“{by_name}”"
            return by_folder, ""
        if by_name is not None and (not units or by_name in units):
            return by_name, ""
        return None, "同一文件夹中有几个单位的表，看不出是哪个单位的" if units else "看不出是哪个单位的"

    def _unit_of_folder(self, folder: str) -> tuple[str | None, set[str]]:
        """The unit of the nearest folder that tells; and the units whose sheets lie there."""
        for at, place in enumerate(_upwards(folder)):
            units = {file.whose.unit for file in self._beside.get(place, ()) if file.whose}
            named = self._names.of_a_folder(PurePath(place).name)
            if len(units) == 1:
                only = next(iter(units))
                return (only if named in (None, only) else None), units
            if units:
                return (named if named in units else None), units
            if named is not None:
                return named, set()
            if at >= _CLIMB:
                break
        return None, set()

    def _whose(self, unit: str) -> Whose | None:
        found = {file.whose for file in self._returns if file.whose is not None and file.whose.unit == unit}
        return found.pop() if len(found) == 1 else None

    # What it proves ----------------------------------------------------------------------------------------------

    def _proof(self, item: Loose, whose: Whose) -> _Proof:
        stem = self._names.bare(stem_of(item.name))
        listed = self._listed(stem, whose)
        if len(listed) == 1:
            target, no = listed[0]
            return _Proof(target, no, f"表中第 {no} 项写有这个编号")
        numbered = number_in(stem)
        if numbered is None:
            return _Proof(None, None, "文件名中没有佐证材料编号")
        number, is_printed = numbered
        owed = self._owed(whose)
        hits = [one for one in owed if one.number == number or (is_printed and label_number(one.label) == number)]
        if len(hits) == 1:
            return _Proof(self._target(hits[0].id, whose), hits[0].number, f"文件名中的编号是第 {hits[0].number} 项")
        why = f"编号 {number} 可能是几项措施" if hits else f"第 {number} 项不是“{whose.unit}”的责任事项"
        return _Proof(None, None, why)

    def _listed(self, stem: str, whose: Whose) -> list[tuple[RowKey, int]]:
        """Rows of the unit's sheets that name this number under 佐证材料编号."""
        hits: dict[int, tuple[RowKey, int]] = {}
        for file in self._returns:
            if file.whose != whose or file.sheet is None:
                continue
            for row in file.sheet.rows:
                if any(begins_with(stem, plain(token)) for token in row.evidence):
                    hits[row.obligation_id] = self._target(row.obligation_id, whose), row.number
        return list(hits.values())

    def _is_numbered(self, item: Loose) -> bool:
        """Whether a name begins with a number of evidence, also one that only the sheet beside it knows."""
        stem = self._names.bare(stem_of(item.name))
        return number_in(stem) is not None or any(
            self._listed(stem, file.whose) for file in self._beside.get(item.folder, ()) if file.whose is not None
        )

    def _owed(self, whose: Whose) -> Sequence[KnownObligation]:
        plan = next(plan for plan in self._grounds.known.plans if plan.key == whose.plan_key)
        return plan.obligations.get(whose.unit, ())

    def _target(self, obligation_id: int, whose: Whose) -> RowKey:
        """The record it goes to: that of the one 时限项 the sheet speaks of, else the one for all."""
        parts = {
            row.part
            for file in self._returns
            if file.whose == whose and file.sheet is not None
            for row in file.sheet.rows
            if row.obligation_id == obligation_id
        }
        return RowKey(obligation_id, parts.pop() if len(parts) == 1 else None)

    def _will_stand(self, whose: Whose, target: RowKey) -> bool:
        """Whether there is a record to tie it to, now or when the clean rows are written."""
        if any(
            key.obligation_id == target.obligation_id for key in self._grounds.standing(whose.plan_key, whose.period)
        ):
            return True
        return any(
            change.key.obligation_id == target.obligation_id and change.is_clean
            for file in self._returns
            if file.whose == whose and file.verdict is not Verdict.DUPLICATE
            for change in file.changes
        )

    # The stamped scan --------------------------------------------------------------------------------------------

    def _stamped(self, item: Loose) -> Whose | None:
        stem = stem_of(item.name)
        named = self._called_like(stem, item.folder)
        if named is not None:
            return named
        if self._is_numbered(item):
            return None
        beside = {file.whose for file in self._beside.get(item.folder, ()) if file.whose is not None}
        if _STAMP_WORDS.search(stem):
            unit, _ = self._unit(item)
            if unit is None:
                return None
            return self._whose(unit) or self._kept_whose(unit)
        if len(beside) == 1 and len(self._scans[item.folder]) == 1:
            only = next(iter(beside))
            by_name = self._names.at_the_ends(stem)
            return only if by_name in (None, only.unit) else None
        return None

    def _called_like(self, stem: str, folder: str) -> Whose | None:
        """The return whose sheet has the same name, those of the same folder first."""
        bare = _STAMP_NOISE.sub("", stem)
        if len(bare) < _SHORTEST_STEM:
            return None
        alike = [file for file in self._returns if _STAMP_NOISE.sub("", stem_of(file.name)) == bare]
        near = [file for file in alike if file.folder == folder] or alike
        found = {file.whose for file in near if file.whose is not None}
        if found:
            return found.pop() if len(found) == 1 else None
        kept = [row for row in self._kept_returns if _STAMP_NOISE.sub("", stem_of(row.name)) == bare]
        return self._from_kept(kept)

    def _kept_whose(self, unit: str) -> Whose | None:
        return self._from_kept([row for row in self._kept_returns if row.unit == unit])

    def _from_kept(self, rows: Sequence[ReceivedRow]) -> Whose | None:
        """The one return that these are of."""
        found = {(row.plan, row.period, row.unit) for row in rows}
        if len(found) != 1:
            return None
        plan, key, unit = found.pop()
        period = next((period for period in self._grounds.known.periods if period.key == key), None)
        return Whose(plan, period, unit) if plan and unit and period is not None else None


def _upwards(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _is_of(row: ReceivedRow, whose: Whose) -> bool:
    return (row.plan, row.period, row.unit) == (whose.plan_key, whose.period.key, whose.unit)


def _is_there(row: ReceivedRow, file: LooseFile) -> bool:
    """Whether a file that came before was given the same place."""
    if file.target is None:
        return row.kind == ReceivedKind.SCAN
    return bool(row.outcome.get("obligation") == file.target.obligation_id)


def _known(file: LooseFile, why: str) -> LooseFile:
    return replace(file, fate=Fate.KNOWN, why=why)
