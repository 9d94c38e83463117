"""The header of a returned sheet: which column is which, whatever was moved, inserted or written over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from core.exchange.read_workbook import Page, letter, shown
from core.exchange.returned import SheetProblem
from core.exchange.unit_sheet import COLUMNS, Field
from core.model.plan import Severity

_LONGEST = 40
_LONGEST_BARE = 24
_IS_WORDY = re.compile(r"[(\[【〔<《\s（［＜｛]")
"""Longer than any header is with what may stand before and behind it, but for brackets and blanks."""
_SENTENCE = re.compile(r"[^(\[【〔<《（［＜｛]*[，。；][^(\[【〔<《（［＜｛]*[，。；]")
"""Two stops outside of brackets: a sentence, never a header."""
_LEAST = 3
_BRACKET = re.compile(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]")
_MARKS = re.compile(r"[\s*＊:：、，,。.;；!！?？_#|/\\\"“”'-]+")
_FRONT = re.compile(
    r"^(?:请?填写|本单位|本部门|各单位|单位|本期|本季度?|本月|本年度?|本次|截至目前|截止目前|目前|当前|(?:20\d\d年?)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?))的?"
)
_BACK = re.compile(r"(?:情况|说明|描述|填报|填写|填报栏|一栏|内容|列)+$")
_TITLES = {column.title: column.field for column in COLUMNS}
_SYNONYMS = {word: column.field for column in reversed(COLUMNS) for word in column.synonyms}
_SECOND = {"完成情况": Field.PROGRESS, "落实情况": Field.PROGRESS, "责任单位": Field.ROLE, "办理情况": Field.PROGRESS}
"""What a header means where its first meaning is taken by another column."""
_OF_ITS_OWN = {
    "备注",
    "序号",
    "说明",
    "联系人",
    "经办人",
    "责任人",
    "联系电话",
    "电话",
    "科室",
    "责任科室",
    "分管领导",
    "联络员",
}
"""Headers of columns that units add; none of them takes the place of one that is missing."""
_FILLED = tuple(column.field for column in COLUMNS if column.is_filled)
_ORDER = tuple(column.field for column in COLUMNS)
_TITLE = {column.field: column.title for column in COLUMNS}


def title_of(field_: Field) -> str:
    """The header as the sheet was sent."""
    return _TITLE[field_]


def is_of_its_own(text: str) -> bool:
    """Whether a header is one that units add, never that of a column to fill."""
    return _MARKS.sub("", text) in _OF_ITS_OWN


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds what; ``row`` to ``last_row`` are the header itself. Columns count from 1.

    ``doubles`` are further columns with the header of a field, ``others`` columns of the unit's own by their header.
    """

    row: int
    last_row: int
    columns: Mapping[Field, int]
    doubles: Mapping[Field, tuple[int, ...]] = field(default_factory=dict)
    others: Mapping[int, str] = field(default_factory=dict)
    problems: tuple[SheetProblem, ...] = ()

    def letter(self, of: Field) -> str | None:
        """Letter of a field's column; None where the sheet has none."""
        return letter(self.columns[of]) if of in self.columns else None


@lru_cache(maxsize=4096)
def meaning(text: str) -> tuple[Field, int] | None:
    """The field a header means and how surely: 0 as sent, 1 a known other word, 2 with additions around it."""
    if not text or len(text) > _LONGEST or (len(text) > _LONGEST_BARE and _IS_WORDY.search(text) is None):
        return None
    if _SENTENCE.match(text):
        return None
    half = unicodedata.normalize("NFKC", text)
    bare = _MARKS.sub("", half)
    plain = _MARKS.sub("", _BRACKET.sub("", half))
    for word in (bare, plain):
        if word in _TITLES:
            return _TITLES[word], 0
    if plain in _SYNONYMS:
        return _SYNONYMS[plain], 1
    front = _FRONT.sub("", plain)
    for word in (front, _BACK.sub("", plain), _BACK.sub("", front)):
        found = _TITLES.get(word) or _SYNONYMS.get(word)
        if found is not None:
            return found, 2
    return None


def headers(page: Page) -> list[Header]:
    """The headers of a page from top to bottom; a later one holds for the rows below it."""
    meanings = {row: known for row, cells in page.rows.items() if (known := _meanings(cells))}
    found: list[Header] = []
    for row in sorted(meanings):
        if found and row <= found[-1].last_row:
            continue
        header = _header(page, meanings, row)
        if header is not None:
            found.append(header)
    return found


def _meanings(cells: Mapping[int, object]) -> dict[int, tuple[Field, int]]:
    found = {}
    for column, value in cells.items():
        if isinstance(value, str) and len(value) <= _LONGEST:
            known = meaning(value)
            if known is not None:
                found[column] = known
    return found


def _header(page: Page, meanings: Mapping[int, Mapping[int, tuple[Field, int]]], row: int) -> Header | None:
    """The header that begins in a row: alone, or with the row below it under a heading for several columns."""
    own = meanings[row]
    below = {column: one for column, one in meanings.get(row + 1, {}).items() if column not in own}
    pair = {**own, **below}
    is_pair = bool(below) and _is_header(pair) and not _is_header(meanings.get(row + 1, {}))
    if not is_pair and not _is_header(own):
        return None
    last = row + 1 if is_pair else row
    texts = {column: shown(value) for column, value in page.rows[row].items()}
    if is_pair:
        texts |= {column: shown(value) for column, value in page.rows[row + 1].items()}
    return _settled(page, row, last, pair if is_pair else own, texts)


def _is_header(found: Mapping[int, tuple[Field, int]]) -> bool:
    fields = {one for one, _ in found.values()}
    return len(fields) >= _LEAST and bool(fields & {Field.NO, Field.TEXT}) and bool(fields & set(_FILLED))


def _settled(
    page: Page, row: int, last: int, found: Mapping[int, tuple[Field, int]], texts: Mapping[int, str]
) -> Header:
    """One column a field: the one whose header is surest; equals are kept as doubles."""
    columns: dict[Field, int] = {}
    doubles: dict[Field, tuple[int, ...]] = {}
    by_field: dict[Field, list[tuple[int, int]]] = {}
    for column, (one, rank) in found.items():
        by_field.setdefault(one, []).append((rank, column))
    for one, ranked in by_field.items():
        ranked.sort()
        columns[one] = ranked[0][1]
        equal = tuple(column for rank, column in ranked[1:] if rank == ranked[0][0])
        if equal:
            doubles[one] = equal
    others = {column: text for column, text in texts.items() if column not in columns.values()}
    others = {column: text for column, text in others.items() if not any(column in each for each in doubles.values())}
    for column, text in list(others.items()):
        second = _SECOND.get(_MARKS.sub("", _BRACKET.sub("", unicodedata.normalize("NFKC", text))))
        if second is not None and second not in columns:
            columns[second] = column
            del others[column]
    return _placed(page, Header(row, last, columns, doubles, others))


def _placed(page: Page, header: Header) -> Header:
    """A column to fill whose header was written over or wiped out is known by its place between its neighbours."""
    columns, others = dict(header.columns), dict(header.others)
    problems: list[SheetProblem] = []
    used = {column for row, cells in page.rows.items() if row > header.last_row for column in cells}
    for missing in (one for one in _FILLED if one not in columns and one is not Field.PART):
        at = _ORDER.index(missing)
        before = next((columns[one] for one in reversed(_ORDER[:at]) if one in columns), None)
        after = next((columns[one] for one in _ORDER[at + 1 :] if one in columns), None)
        absent = [one for one in _FILLED if one not in columns and _is_between(columns, one, before, after)]
        if before is None or len([one for one in absent if one not in (Field.PART, Field.REACHED)]) > 1:
            continue
        if after is None:
            continue
        free = [
            column
            for column in range(before + 1, after)
            if column not in columns.values()
            and (column in others or column in used)
            and not is_of_its_own(others.get(column, ""))
        ]
        if len(free) != 1 or missing in (Field.REACHED, Field.DONE_ON):
            continue
        text = others.pop(free[0], "")
        columns[missing] = free[0]
        what = f"表头“{text}”" if text else "没有表头的一列"
        problems.append(
            SheetProblem(
                Severity.WARNING,
                f"{what}按位置读作“{_TITLE[missing]}”",
                header.last_row,
                letter(free[0]),
                text,
            )
        )
    return replace(header, columns=columns, others=others, problems=tuple(problems))


def _is_between(columns: Mapping[Field, int], one: Field, before: int | None, after: int | None) -> bool:
    """Whether a missing field has the same neighbours."""
    at = _ORDER.index(one)
    left = next((columns[each] for each in reversed(_ORDER[:at]) if each in columns), None)
    right = next((columns[each] for each in _ORDER[at + 1 :] if each in columns), None)
    return (left, right) == (before, after)
