"""Lists of units: where one name ends and the next begins."""

from __future__ import annotations

import re

from core.recognise.marks import cut, full_width, outside
from core.recognise.names import is_bare, is_determined, is_unit

_MARKS = "，；｜/／\n\t。"
_LINE = re.compile(r"\s*\n\s*|\s+")
_JOIN = re.compile(r"以及|及其他|及其它|及|和|与|暨")
_EDGES = " ：，、；。·—-"
_NUMBER = re.compile(r"^(?:\d{1,2}[.．、]|[①-⑳]|（\d{1,2}）)(?!\d)")
_OF = re.compile(r"^(?:其|所属|下属|直属)(?!他|它|余)")
_AND_SO_ON = re.compile(
    r"(?<![高中初同平对均])等(?:(?:[一二三四五六七八九十两多\d]+[个家])?(?:部门和单位|部门、单位|部门单位|部门|单位)(?=$|[、，；及和与]))?"
)
_CLASS_AFTER = re.compile(
    r"^(?:有关|相关|成员|各|国务院|中央|省|市|县|区|州|职能|主管|责任|行业|其他|部委|执法|行政|金融|群团|职责)"
)

# Words for areas, by rank; names that count several of them up are one: 各县、市、区人民政府.
_RANKS = ({"省", "自治区", "直辖市"}, {"市", "州", "盟", "地", "自治州"}, {"县", "市", "区", "旗", "自治县", "市辖区"},
          {"乡", "镇", "乡镇", "街道", "苏木", "园区", "民族乡"}, {"村", "社区", "农场", "林场"})  # fmt: skip
_AREAS = "自治区|直辖市|自治州|自治县|市辖区|民族乡|乡镇|街道|苏木|园区|社区|农场|林场|省|市|州|盟|县|区|旗|乡|镇|村"
_AREA = re.compile(rf"(?P<area>{_AREAS})(?:[（〔](?:{_AREAS}|、|，)+[）〕])?(?P<organ>.*)$")
_GENERAL = re.compile(
    r"^(?:(?:人民)?政府|党委(?:和|、)?(?:人民)?(?:政府)?|党工委|办事处|街道办|管委会|两级.*|三级.*|四级.*|各级.*)?$"
)


def split_units(text: str) -> tuple[str, ...]:
    """The names of a list of units, in order, each once.

    Cuts at 、 ， ； and line ends, and at 及 和 与 between whole names; never inside brackets. 等 and 等部门 are
    dropped, a class named after 等 stays. 各县、市、区人民政府 is one name.
    """
    pieces: list[str] = []
    for line in _lines(full_width(text)):
        for listed in cut(line, _MARKS):
            pieces.extend(_areas_joined([piece.strip() for piece in cut(listed, "、")]))
    names = [name for piece in pieces for part in _and_so_on(piece) for name in _conjoined(part)]
    return tuple(dict.fromkeys(name for name in map(_trimmed, names) if name))


def _lines(text: str) -> list[str]:
    """Lines joined again where a break or blank stands inside of a name."""
    flags = outside(text)
    lines: list[str] = []
    start = 0
    for blank in _LINE.finditer(text):
        before, after = text[start : blank.start()], text[blank.end() :]
        if flags[blank.start()] and _ends_name(before) and _begins_name(after):
            lines.append(before)
            start = blank.end()
    lines.append(text[start:])
    return [_LINE.sub("", line) for line in lines]


def _last(text: str) -> str:
    return _LINE.sub("", re.split(r"[、，；。：]", text[-40:])[-1])


def _ends_name(text: str) -> bool:
    """Whether the text ends with a whole name (市委 before 宣传部 is not)."""
    name = _last(text)
    return len(name) > 2 and is_unit(name) and not is_bare(name)


def _begins_name(text: str) -> bool:
    """Whether a name of its own stands at the beginning: 市财政局, 各乡镇; not 分局 or 单位."""
    name = re.split(r"[、，；。：\s]", text[:40], maxsplit=1)[0]
    if is_determined(name):
        return True
    return len(name) > 2 and is_unit(name) and not is_bare(name) and not name.endswith(("分局", "街道"))


def _areas_joined(pieces: list[str]) -> list[str]:
    """Pieces of one counted-up name put together again: 各县 市 区人民政府."""
    joined: list[str] = []
    for piece in pieces:
        if piece and joined and _continues(joined[-1], piece):
            joined[-1] += "、" + piece
        else:
            joined.append(piece)
    return [piece for piece in joined if piece]


def _continues(name: str, piece: str) -> bool:
    """Whether the piece goes on counting up the areas that the name ends with."""
    head, _, tail = name.rpartition("、")
    last = _AREA.match((tail if head else name).removeprefix("各"))
    following = _AREA.match(piece)
    if last is None or following is None or last["organ"]:
        return False
    counted = head != "" or name.startswith("各") or len(last["area"]) == 1
    if not counted:
        return False
    if _GENERAL.match(following["organ"]):
        return _rank(following["area"], lowest=True) >= _rank(last["area"], lowest=False)
    single = (
        len(last["area"]) == 1
        and len(following["organ"]) < 12
        and not following["organ"].startswith(("直", "级", "属"))
    )
    return (
        single
        and _rank(following["area"], lowest=False) >= _rank(last["area"], lowest=False)
        and _down(last["area"], following["area"])
    )


def _down(area: str, following: str) -> bool:
    """市 after 县 may be the city itself (各县、市司法局): only 区 and 县 go on with an organ of their own."""
    return following != "市" or area == "省"


def _rank(area: str, *, lowest: bool) -> int:
    ranks = [rank for rank, areas in enumerate(_RANKS) if area in areas]
    return (ranks[-1] if lowest else ranks[0]) if ranks else -1


def _and_so_on(piece: str) -> list[str]:
    """A等 → A; A等部门 → A; A等国务院相关部门 → A, 国务院相关部门."""
    parts: list[str] = []
    rest = piece
    while (found := _AND_SO_ON.search(rest)) is not None:
        before, after = rest[: found.start()], rest[found.end() :]
        if not before or (after and not (_JOIN.match(after) or is_determined(after) or _CLASS_AFTER.match(after))):
            break
        parts.append(before)
        rest = after
    return [*parts, rest]


def _conjoined(part: str) -> list[str]:
    """A及各地区 → A, 各地区; 文化和旅游部 and 有关部门和单位 stay."""
    names: list[str] = []
    flags = outside(part)
    start = 0
    for join in _JOIN.finditer(part):
        if flags[join.start()] and _separates(part[start : join.start()], part[join.end() :]):
            names.append(part[start : join.start()])
            start = join.end()
    names.extend(_run_together(part[start:]))
    return names


def _separates(left: str, right: str) -> bool:
    """Whether 及 or 和 stands between two names rather than inside of one."""
    if not left:
        return True
    following = _JOIN.split(right, maxsplit=1)[0]
    if _OF.match(right) or is_bare(following):
        return False
    if is_determined(right):
        return is_unit(left)
    return len(left) > 2 and len(following) > 2 and is_unit(left) and is_unit(following) and not is_determined(left)


def _run_together(name: str) -> list[str]:
    """各地区各部门 → 各地区, 各部门."""
    found = re.match(r"(各(?:地区?|乡镇|镇街|街道|县区|区县|县市区|市县|市州|部门|单位|镇|县|区))(各.+)", name)
    return [found[1], found[2]] if found else [name]


def _trimmed(name: str) -> str:
    """The name without number, mark or half a bracket at its ends."""
    name = _NUMBER.sub("", name.strip(_EDGES))
    for pair in ("（）", "〔〕", "［］", "【】"):
        if (pair[0] in name) != (pair[1] in name):
            name = name.strip(pair)
    return name.strip(_EDGES).removesuffix("等") if not name.endswith(("高等", "中等")) else name
