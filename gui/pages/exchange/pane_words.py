"""What the pane of a return says in words."""

from __future__ import annotations

from collections.abc import Mapping

from core.exchange.returned import SheetProblem
from core.model.plan import Severity
from core.office.collected import CollectedFile, Verdict
from gui import theme


def problems_to_show(file: CollectedFile) -> list[SheetProblem]:
    """All but what is shown elsewhere: that a record was 通过, and that the file came before."""
    reviewed = {change.row for change in file.changes if change.is_reviewed}
    came_before = file.problems[0] if file.verdict is Verdict.DUPLICATE and file.problems else None
    if came_before is not None and came_before.severity is not Severity.INFO:
        came_before = None  # the ledger has changed since: that must be seen
    return [
        one
        for one in file.problems
        if one is not came_before
        and (one.severity is not Severity.WARNING or one.column is not None or one.row not in reviewed)
    ]


def file_note(file: CollectedFile) -> str:
    """读到 31 行，改动 5 处，其余 26 行没有改动."""
    if file.sheet is None or not file.rows:
        return file.path
    fields = len(file.diffs)
    known = "其余内容都在台账里了" if file.errors else "内容都在台账里了"
    nothing = known if file.verdict is Verdict.DUPLICATE else "没有改动"
    parts = [f"读到 {file.rows} 行", f"改动 {fields} 处" if fields else nothing]
    if fields and file.unchanged:
        parts.append(f"其余 {file.unchanged} 行没有改动")
    if file.sheet.foot.filled_by:
        parts.append(f"填报人 {file.sheet.foot.filled_by}")
    return "，".join(parts)


def stamp_tip(file: CollectedFile, *, is_here: bool, has_any: bool) -> str:
    """What the button 盖章扫描件 says when one points at it."""
    if is_here:
        return "打开一起收到的盖章扫描件"
    return f"盖章扫描件此前已收到：{'、'.join(file.stamps)}" if has_any else "没有收到盖章扫描件"


def nothing_words(file: CollectedFile, *, is_back: bool) -> str:
    """What stands in the place of the fields where none would change."""
    if is_back:
        return f"这份表已整份退回，没有写入台账。\n退回原因：{file.sent_back}"
    if not file.is_usable:
        return file.problems[0].what if file.problems else "这份表不能用。"
    if file.verdict is Verdict.DUPLICATE:
        why = f"\n{file.problems[0].what}。" if file.problems and file.received_id is None else ""
        if file.errors and not file.handled:
            return f"除下面的 {file.errors} 处问题外，这份表的内容都在台账里了。{why}"
        return f"这份表的内容都在台账里了，没有要写入的改动。{why}"
    return "与台账相比没有改动。"


def measure_words(number: int | None, texts: Mapping[int, str]) -> str:
    """（4）按照分类分级…"""
    return "" if number is None else f"（{number}）{texts.get(number, '')}"


def advice(errors: int, still_open: int, handled: str = "") -> str:
    """What is to be done about the problems, or what was done."""
    if not errors:
        return "供核对时参考"
    if handled:
        return handled
    return "改正或退回后，这一份才算核对完毕" if still_open else "都已列入退回，请导出问题清单发给单位"


def glyph_ink(errors: int) -> str:
    """Amber where something is to be done."""
    tokens = theme.tokens()
    return tokens.due_soon.text if errors else tokens.second_text
