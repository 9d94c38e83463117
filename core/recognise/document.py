"""What the document says of itself: title, 文号, issuer, date, the title of its table, level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from core.model.plan import Document
from core.recognise import numbers
from core.recognise.blocks import Block, Paragraph, Source, Table
from core.recognise.found import Found
from core.recognise.members import members_in
from core.recognise.reports import reports_in
from core.recognise.wording import tidy

_NUMBER = re.compile(r"([一-鿿]{2,14})[〔\[（(【［]\s*((?:19|20)\d\d)\s*[〕\])）】］]\s*第?\s*(\d{1,4})\s*号")
_DAY = re.compile(
    r"[（(]?\s*(\d{4}|[〇○零一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})日\s*[)）]?"
)
_PLAN = re.compile(
    r"(方案|举措|意见|计划|要点|清单|分工|措施|规划|任务|分解表|台账|办法|细则|安排|工作|一览表|明细表|目标|表)([（(].*[)）])?$"
)
_NOTICE = re.compile(r"(通知|函|批复|公告|通报)([（(].*[)）])?$")
_OFFICE = re.compile(
    r"(人民政府|政府|办公室|办公厅|委员会|国务院|局|厅|部|院|党委|县委|市委|区委|省委|领导小组|专班|小组)$"
)
_NO_TITLE = re.compile(
    r"[。；;：:！!？?，,]$|^[（(].*[)）]$|^附\s*[件表录]|文件$|^(目\s*录|抄送|印发|主送|校对|续表|-?\s*\d+\s*-?$|单位[:：]|填报)"
)
_ABOUT = re.compile(r"^(.{2,30}?)关于")
_PLACE = re.compile(r"^([一-鿿]{2,8}?)[省市县区州盟旗]")
_LEVELS = (
    ("乡镇", re.compile(r"(乡|镇|街道|街道办)$")),
    ("县", re.compile(r"(县|旗)$")),
    ("省", re.compile(r"(省|自治区|兵团)$")),
    ("区", re.compile(r"区$")),
    ("市", re.compile(r"(市|州|盟)$")),
)
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class _Line:
    index: int
    text: str


def describe(source: Source, found: Found) -> Document:
    """Everything about the document but the measures' own columns."""
    lines = [_Line(i, tidy(b.text.strip("#* \t"))) for i, b in enumerate(source.blocks) if isinstance(b, Paragraph)]
    head = _head(source.blocks, lines)
    table_title = _table_title(source.blocks, lines, found) if found.kind == "table" else None
    title = _title(head) or table_title or _first(lines) or PurePath(source.name).stem
    day, signature = _dated(lines)
    issuer = _issuer(head, title, signature)
    return Document(
        title=title,
        number=_file_number(head),
        issuer=issuer,
        date=day,
        table_title=table_title,
        level=_level(issuer, title),
        members=members_in(source.blocks),
        required_reports=reports_in(source.blocks, found),
        columns=found.columns,
        section_rows=found.section_rows,
    )


def _head(blocks: Sequence[Block], lines: Sequence[_Line]) -> list[_Line]:
    """The lines before the text proper begins: before the first numbered heading and the first table."""
    end = next((i for i, block in enumerate(blocks) if isinstance(block, Table)), len(blocks))
    head = []
    for line in lines[:80]:
        number = numbers.leading(line.text)
        block = blocks[line.index]
        if line.index >= end or number is not None or (isinstance(block, Paragraph) and block.number):
            break
        head.append(line)
    return head


def _file_number(head: Sequence[_Line]) -> str | None:
    for line in head:
        match = _NUMBER.search(line.text)
        if match and len(line.text) <= len(match.group()) + 8:
            return f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号"
    return None


def _title(head: Sequence[_Line]) -> str | None:
    """The title of the work document: the last one before its text, rather than that of the notice around it."""
    groups = _groups(head)
    plans = [group for group in groups if _PLAN.search(group) and not _NOTICE.search(group)]
    if plans:
        return plans[-1]
    notices = [group for group in groups if _NOTICE.search(group)]
    if notices:
        quoted = re.search(r"[《〈](.+)[》〉]", notices[-1])
        return quoted.group(1) if quoted and _PLAN.search(quoted.group(1)) else notices[-1]
    return groups[0] if groups else None


def _groups(lines: Sequence[_Line]) -> list[str]:
    """Lines that may be a title, those that follow one another joined."""
    groups: list[str] = []
    last = -9
    for number, line in enumerate(lines):
        following = lines[number + 1].text if number + 1 < len(lines) else ""
        if not _may_be_title(line.text) or (_OFFICE.search(line.text) and not following.startswith("关于")):
            continue
        if line.index == last + 1 and not _PLAN.search(groups[-1]) and not _NOTICE.search(groups[-1]):
            groups[-1] += line.text
        else:
            groups.append(line.text)
        last = line.index
    return [group for group in groups if 5 <= len(group) <= 2 * _LONGEST and not _OFFICE.search(group)]


def _may_be_title(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST or _NO_TITLE.search(text):
        return False
    return not _NUMBER.fullmatch(text) and not _DAY.fullmatch(text) and numbers.leading(text) is None


def _table_title(blocks: Sequence[Block], lines: Sequence[_Line], found: Found) -> str | None:
    """The line or lines right over the table, in it or before it."""
    inside = [tidy(text) for text in found.above if _may_be_title(tidy(text)) and len(tidy(text)) >= 5]
    if inside:
        return inside[0]
    before = [line for line in lines if line.index < found.first_block]
    picked: list[str] = []
    at = found.first_block
    for line in reversed(before):
        if line.index < at - 1 or isinstance(blocks[at - 1], Table):
            break
        at = line.index
        if re.match(r"[（(]", line.text) and not picked:
            continue
        if not _may_be_title(line.text):
            break
        picked.insert(0, line.text)
    joined = "".join(picked)
    return joined if 5 <= len(joined) <= 2 * _LONGEST else None


def _first(lines: Sequence[_Line]) -> str | None:
    return next((line.text for line in lines if 5 <= len(line.text) <= _LONGEST and "。" not in line.text), None)


def _dated(lines: Sequence[_Line]) -> tuple[date | None, str | None]:
    """The date under the document and the line over it; the day of printing is another one."""
    for number, line in enumerate(lines):
        match = _DAY.fullmatch(line.text)
        day = _date(match) if match else None
        if day is not None:
            before = lines[number - 1].text if number else ""
            return day, before if len(before) <= 30 and _OFFICE.search(before) else None
    for line in lines:
        match = _DAY.search(line.text)
        if match and len(line.text) <= len(match.group()) + 30 and _OFFICE.search(line.text[: match.start()]):
            return _date(match), line.text[: match.start()]
    return None, None


def _date(match: re.Match[str]) -> date | None:
    year, month, day = match.groups()
    if not year.isdecimal():
        year = "".join(str("〇一二三四五六七八九".find(digit.replace("○", "〇").replace("零", "〇"))) for digit in year)
    try:
        return date(int(year), numbers.value_of(month), numbers.value_of(day))
    except ValueError:
        return None


def _issuer(head: Sequence[_Line], title: str, signature: str | None) -> str | None:
    if signature:
        return signature
    for line in head:
        if line.text.endswith("文件") and _OFFICE.search(line.text[:-2]):
            return line.text[:-2]
    for text in (*_groups(head), title):
        match = _ABOUT.match(text)
        if match and _OFFICE.search(match.group(1)):
            place = _PLACE.match(title)
            office = match.group(1)
            missing = re.match(r"[省市县区州盟旗](委|人民政府|政府)", office)
            return place.group(1) + office if missing and place else office
    return None


def _level(issuer: str | None, title: str) -> str | None:
    about = _ABOUT.match(title)
    for text in (issuer, about.group(1) if about else None, title):
        if not text or "国务院" in text:
            continue
        place = re.sub(
            r"(人民政府|政府|委员会|委办|县委|党委|办公|党工委).*$",
            lambda m: m.group()[:1] if m.group() == "县委" else "",
            text,
        )
        if re.search(r"(局|厅)$", place):
            return "部门"
        for level, pattern in _LEVELS:
            if pattern.search(place):
                return level
        match = re.match(r"[一-鿿]{1,12}?(?:自治区|[省市县旗州盟](?![一-鿿]{1,4}?[县旗区](?!域|块|位)))", text)
        if match:
            return {"县": "县", "旗": "县", "市": "市", "州": "市", "盟": "市"}.get(match.group()[-1], "省")
    return None
