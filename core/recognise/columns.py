"""Which rows are the header and which column is what: by any of its names, by its neighbours, by its contents.

Keys of the contract: section, task, no, text, division, lead, responsible, cooperating, deadline. What is none of
these is ``other`` (kept with the measure as a note) or ``person``, ``progress``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.recognise import numbers
from core.recognise.inline import find_inline
from core.recognise.wording import squeeze

DIVISION = ("division", "lead", "responsible", "cooperating")
_LONGEST = 16
_HEADER_ROWS = 8
_IN_BRACKETS = re.compile(r"[（(〔\[].*?[）)〕\]]")

_AND_PERSON = re.compile(
    r"(?<=[位门室构关体])[及和与、/／](其|主要|具体)?(责任人|负责人|联系人|责任领导|牵头领导|分管领导|联系方式)+$"
)
_ROLE = r"(单位|部门|科室|处室|股室|机构|主体|机关|组织|方)"
_NAMES: tuple[tuple[str, str], ...] = (
    ("no", r"(任务|工作|项目|事项|措施|条目)?(序号|编号|项号|号数)|序|号|№|no\.?|项次"),
    ("person", r".*(领导|责任人|负责人|联系人|联络员|经办人|承办人|分管|负责同志|联系方式|电话|签字|签名).*"),
    ("division", r".*(牵头|主办|责任|主责).*(配合|协办|协同|参与|参加|协助|落实).*|.*牵头.*责任单位?"),
    ("lead", rf".*牵头.*|主办{_ROLE}?|第一责任{_ROLE}"),
    ("cooperating", rf".*(配合|协办|协同|协助|参与|参加|会办|协作){_ROLE}?.*"),
    ("division", r"(责任|职责|任务|工作)?分工(情况|方案)?|责任落实|责任划分"),
    (
        "responsible",
        rf"(主要|具体|直接)?(责任|主责|承办|落实|实施|负责|执行|主管|完成){_ROLE}.*|{_ROLE}(名称)?|责任|责任者",
    ),
    ("other", r".*(开始|起始|启动)(时间|日期).*"),
    ("progress", r".*(进展|完成情况|落实情况|推进情况|完成进度|存在问题|下一步|佐证|状态|是否|完成率|得分|扣分).*"),
    (
        "deadline",
        r".*(时限|期限|时间|时间节点|时间表|截止|完成日期|日期|节点|进度安排|进度要求|时序).*|进度|年度|完成年限",
    ),
    ("other", r".*(备注|说明|附注|依据|来源|指标|成果|标志|预期|考核|评分|分值|标准|资金|经费|投资|形式|材料).*|注"),
)
_ROLES = tuple((key, re.compile(pattern, re.IGNORECASE)) for key, pattern in _NAMES)
_WORDS: tuple[tuple[int, str], ...] = (
    (
        0,
        r"一级.*|类别|分类|领域|板块|部分|大类|类型|方面|(任务|工作|项目|事项|重点)(类别|分类|类型|板块|领域|方面)|总体任务|目标任务",
    ),
    (4, r".*(措施|举措|做法|三级任务)"),
    (3, r".*(内容|要点|要求|清单|细则|分解|描述|任务及措施|三级.*)|具体(任务|事项|工作)|工作目标|目标|目标要求"),
    (2, r"二级.*|.*(名称|事项|工作任务|重点工作)"),
    (1, r".*(任务|工作|项目|目标|行动|工程|章节)"),
)
"""Names of the columns of the outline, from the coarsest (0) to the finest (4)."""
_GRADES = tuple((grade, re.compile(pattern)) for grade, pattern in _WORDS)

_MARKS = re.compile("[，。；]")
_DATE = re.compile(r"\d{4}\s*[年.]|\d{1,2}\s*月|年底|长期|持续|每(年|季|月|半年)|季度|全年|常态|适时|统一部署|完成$")
_UNITS = re.compile(r"局|委|办|部门|单位|政府|乡镇|街道|法院|检察|中心|公司|机关|厅|银行|总局|部、|牵头|负责|落实|配合")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table is made of: the number of its header's last row and, by column from 0, key and printed title."""

    header: int
    first: int
    keys: tuple[str, ...]
    titles: tuple[str, ...]

    def at(self, key: str) -> tuple[int, ...]:
        """The columns of a key."""
        return tuple(index for index, here in enumerate(self.keys) if here == key)

    @property
    def is_plan(self) -> bool:
        """Whether the table can hold measures: a text, and who or when."""
        wanted = (*DIVISION, "deadline")
        return "text" in self.keys and any(key in self.keys for key in wanted)


def named(title: str) -> str | None:
    """The key a column title, or the label of a line in a list, stands for; ``outline`` for any level of it."""
    name = squeeze(_IN_BRACKETS.sub("", squeeze(title))).strip("：:、*") or squeeze(title)
    name = _AND_PERSON.sub("", name)
    if not name or len(name) > _LONGEST:
        return None
    for key, pattern in _ROLES:
        if pattern.fullmatch(name):
            return key
    return "outline" if _grade(name) is not None else None


def read_header(texts: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The first and last header row of a table given as texts with spans written out; None if it has none."""
    for row in range(min(_HEADER_ROWS, len(texts))):
        if _is_header(texts[row]):
            last = row
            while last + 1 < min(row + 3, len(texts)) and _is_second(texts[last], texts[last + 1]):
                last += 1
            return row, last
    return None


def read_layout(
    texts: Sequence[Sequence[str]], rows: tuple[int, int], said: Mapping[int, str] | None = None
) -> Layout | None:
    """Name the columns under a header. ``said``: what the clerk says of a column, counted from 1.

    None when too few columns are known for a plan.
    """
    first, last = rows
    width = max(len(row) for row in texts)
    titles = [_title(texts[first : last + 1], column) for column in range(width)]
    keys = [named(title) or "other" for title in titles]
    body = texts[last + 1 :]
    _spread(keys, titles, body)
    for column in range(width):
        if (keys[column] in ("outline", "no") or not titles[column]) and _holds_numbers(body, column):
            keys[column] = "no"
        elif keys[column] == "no" and not _holds_numbers(body, column):
            keys[column] = "outline"
    if _fits(keys, titles, body):
        return _finish(last, first, keys, titles, body, said)
    keys, names = _realigned(titles, body)
    layout = _finish(last, first, keys, names, body, said)
    return layout if layout is None or any(names) else replace(layout, titles=tuple(titles))


def guess_layout(texts: Sequence[Sequence[str]], said: Mapping[int, str] | None = None) -> Layout | None:
    """Name the columns of a table without any known header by their contents; its first row may be an unknown one."""
    if not texts:
        return None
    width = max(len(row) for row in texts)
    titles = [squeeze(text) for text in texts[0]] if len(texts) > 1 and _may_be_titles(texts) else []
    body = texts[1:] if titles else texts
    keys = [_guess(body, column) for column in range(width)]
    if not said and not any(key == "outline" and _is_prose(body, column) for column, key in enumerate(keys)):
        return None
    return _finish(0 if titles else -1, 0, keys, titles or [""] * width, body, said)


def _may_be_titles(texts: Sequence[Sequence[str]]) -> bool:
    """Short words over longer texts: a header whose words are not known."""
    first = [text for text in texts[0] if text.strip()]
    below = [text for row in texts[1:] for text in row if text.strip()]
    short = len(first) == len(texts[0]) and all(
        len(squeeze(t)) <= 12 and not re.search(r"[，。；、\d]", t) for t in first
    )
    return short and not any(_looks_like_units(text) or _DATE.search(text) for text in first) and bool(below)


def _spread(keys: list[str], titles: list[str], body: Sequence[Sequence[str]]) -> None:
    """A title of the outline whose span was lost stands over the untitled column beside it too."""
    for column in range(1, len(keys)):
        if not titles[column] and keys[column - 1] == "outline" and titles[column - 1] and _texts(body, column):
            keys[column], titles[column] = "outline", titles[column - 1]


def _fits(keys: list[str], titles: list[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the titles stand over what they name; a column without a title that holds the sentences is the text.

    A header cell over two columns that extraction has put over one shifts all titles behind it.
    """
    lengths = [sum(len(text) for text in _texts(body, column)) for column in range(len(keys))]
    longest = max(range(len(keys)), key=lambda column: lengths[column], default=0)
    if not _is_prose(body, longest) or keys[longest] not in (*DIVISION, "deadline", "other"):
        return True
    prose = any(key == "outline" and _is_prose(body, column) for column, key in enumerate(keys))
    if keys[longest] == "other" and not prose:
        keys[longest] = "outline" if not titles[longest] else keys[longest]
        return True
    return prose


def _realigned(titles: list[str], body: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Titles put back over their columns where a lost span has shifted them; else the contents alone tell."""
    guesses = [_guess(body, column) for column in range(len(titles))]
    for at in range(1, len(titles)):
        moved = [*titles[:at], titles[at - 1], *titles[at:-1]]
        keys = [named(title) or "other" for title in moved]
        if not titles[-1] and all(map(_agree, keys, guesses)):
            return [guess if guess == "no" else key for key, guess in zip(keys, guesses, strict=True)], moved
    return guesses, [""] * len(titles)


def _agree(key: str, guess: str) -> bool:
    return (
        guess == key or (guess == "no" and key == "outline") or (key in DIVISION and guess in ("division", "outline"))
    )


def _texts(body: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column] for row in body if column < len(row) and row[column].strip()]


def _is_prose(body: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column holds sentences rather than names, dates or titles."""
    texts = _texts(body, column)
    return bool(texts) and sum(len(text) >= 12 and bool(_MARKS.search(text)) for text in texts) * 2 > len(texts)


def _finish(
    last: int,
    first: int,
    keys: list[str],
    titles: list[str],
    body: Sequence[Sequence[str]],
    said: Mapping[int, str] | None,
) -> Layout | None:
    _name_outline(keys, titles, body)
    for column, key in (said or {}).items():
        if 0 < column <= len(keys):
            keys[column - 1] = key
    layout = Layout(last, first, tuple(keys), tuple(titles))
    return layout if layout.is_plan or any(_says_who(body, column) for column in layout.at("text")) else None


def _says_who(body: Sequence[Sequence[str]], column: int) -> bool:
    """Whether the texts of a column close with their responsibility: …（责任单位：…）."""
    texts = _texts(body, column)
    return bool(texts) and sum(find_inline(text)[1] is not None for text in texts) * 2 > len(texts)


def _is_header(row: Sequence[str]) -> bool:
    names = list(dict.fromkeys(squeeze(text) for text in row if text.strip()))
    if not names or max(len(name) for name in names) > 2 * _LONGEST:
        return False
    keys = [named(name) for name in names]
    known = {key for key in keys if key}
    return len(known) >= 2 and "outline" in known and sum(key is not None for key in keys) * 2 > len(keys)


def _is_second(above: Sequence[str], below: Sequence[str]) -> bool:
    """A row of sub-titles: whatever is new in it is a column's name."""
    upper = {squeeze(text) for text in above}
    new = {squeeze(text) for text in below if text.strip()} - upper
    same = sum(squeeze(a) == squeeze(b) for a, b in zip(above, below, strict=False))
    return bool(new) and same < len(below) and all(named(text) is not None for text in new)


def _title(rows: Sequence[Sequence[str]], column: int) -> str:
    """The lowest title that names something."""
    found = [row[column] for row in rows if column < len(row) and row[column].strip()]
    known = [text for text in found if named(text)]
    return squeeze((known or found or [""])[-1])


def _name_outline(keys: list[str], titles: list[str], body: Sequence[Sequence[str]]) -> None:
    """Tell section, task and text among the columns of the outline, the finest being the text."""
    columns = [column for column, key in enumerate(keys) if key == "outline"]
    if not columns:
        return
    order = sorted(columns, key=lambda column: _fineness(titles[column], body, column))
    text = max(order, key=lambda column: (_grade(titles[column]) == 4, order.index(column)))
    coarser = [column for column in order if column != text and _is_coarser(body, column, text)]
    keys[text] = "text"
    for column in columns:
        if column != text:
            keys[column] = "other"
    names = {1: ["section"], 2: ["section", "task"]}.get(len(coarser), ["section", "task"])
    picked = coarser if len(coarser) <= 2 else [coarser[0], coarser[-1]]
    for column, name in zip(picked, names, strict=False):
        keys[column] = name


def _fineness(title: str, body: Sequence[Sequence[str]], column: int) -> tuple[float, float, int]:
    """Sort key: how many different texts, how fine the name, where it stands."""
    texts = [squeeze(row[column]) for row in body if column < len(row) and row[column].strip()]
    grade = _grade(squeeze(title))
    return len(set(texts)), 1 if grade is None else grade, column


def _is_coarser(body: Sequence[Sequence[str]], column: int, text: int) -> bool:
    """Whether a column may stand above the text: it is not longer and not finer than it."""
    here = [squeeze(row[column]) for row in body if column < len(row) and row[column].strip()]
    fine = [squeeze(row[text]) for row in body if text < len(row) and row[text].strip()]
    if not here or not fine:
        return bool(here)
    return len(set(here)) <= len(set(fine))


def _grade(title: str) -> int | None:
    for grade, pattern in _GRADES:
        if pattern.fullmatch(title):
            return grade
    return None


def _holds_numbers(body: Sequence[Sequence[str]], column: int) -> bool:
    texts = [row[column] for row in body if column < len(row) and row[column].strip()]
    return bool(texts) and sum(numbers.bare(text) is not None for text in texts) * 3 >= len(texts) * 2


def _guess(body: Sequence[Sequence[str]], column: int) -> str:
    texts = [row[column].strip() for row in body if column < len(row) and row[column].strip()]
    if not texts:
        return "other"
    if _holds_numbers(body, column):
        return "no"
    short = [text for text in texts if len(text) <= 40]
    if len(short) * 2 > len(texts) and sum(bool(_DATE.search(text)) for text in short) * 2 > len(texts):
        return "deadline"
    if sum(_looks_like_units(text) for text in texts) * 2 > len(texts):
        return "division"
    return "outline"


def _looks_like_units(text: str) -> bool:
    pieces = re.split(r"[、，,\s]+", text)
    return bool(_UNITS.search(text)) and "。" not in text and len(text) / len(pieces) <= 14
