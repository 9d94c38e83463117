"""What a cell of a register sheet says: a kind, a list of names, exceptions with their reasons, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.model.unit_text import clean, split_names
from core.model.units import Exemption, UnitKind

_KINDS = (
    (re.compile(r"纪检|纪委|监委|法院|检察|司法机关|两院|法检"), UnitKind.DISCIPLINE_JUSTICE),
    (re.compile(r"垂直|垂管|双管|双重|条管|驻县|驻区|驻市|派驻"), UnitKind.VERTICAL),
    (re.compile(r"^(?:各?(?:乡|镇|街道|乡镇|镇街|街镇|乡镇街道|乡镇办|街道办|街道办事处|园区)(?:政府|单位)?)$"), UnitKind.TOWNSHIP),
    (re.compile(r"^(?:[县市区]?(?:直|级|属)?(?:政府|党委|行政)?(?:部门|机关|单位|执法单位|工作部门|组成部门)|事业单位|[县市区]直|部委办局)$"), UnitKind.DEPARTMENT),
    (re.compile(r"^(?:单位)?集合$"), UnitKind.GROUP),
)  # fmt: skip
_TOWNSHIP = ("乡", "镇", "街道", "街道办", "办事处", "乡人民政府", "镇人民政府", "乡政府", "镇政府")
_NO_NAME = (
    (re.compile(r"^(?:合计|小计|总计|共计|共\s*\d+|备注|说明|注)(?:$|[：:\d])"), "是合计或说明，不是单位。"),
    (re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])"), "是小标题，不是单位。"),
    (re.compile(r"^(?:填表|制表|填报|审核|联系|日期|时间|签字|签章|盖章|负责)\w{0,4}[：:]"), "是表尾文字，不是单位。"),
    (re.compile(r"^[\d\W_]+$"), "没有文字，不是单位名称。"),
    (re.compile(r"[：:。！？!?@]"), "不像单位名称。"),
)
_LONGEST = 40
_YES, _NO = {"是", "待补全", "y", "yes", "√", "true", "1"}, {"否", "", "完整", "已完整", "n", "no", "×", "false", "0"}
_EXCEPTION = re.compile(r"(?P<unit>[^（(]+)[（(](?P<reason>.*)[）)]", re.DOTALL)


def kind_of(text: str) -> UnitKind | None:
    """The kind a word means: 县直部门 is 部门, 街道 is 乡镇; None for one that is not known."""
    word = clean(text)
    exact = next((kind for kind in UnitKind if kind.value == word), None)
    return exact or next((kind for pattern, kind in _KINDS if pattern.search(word)), None)


def likely_kind(name: str) -> UnitKind:
    """The kind of a unit whose sheet does not say it, by its name."""
    return UnitKind.TOWNSHIP if name.endswith(_TOWNSHIP) else UnitKind.DEPARTMENT


def no_name(name: str) -> str:
    """Why a text is not the name of a unit, empty when it may be one."""
    if len(name) > _LONGEST:
        return "太长，不像单位名称。"
    return next((why for pattern, why in _NO_NAME if pattern.search(name)), "")


def names_of(text: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of a list; pieces that together are a known name are that name (各县、市、区人民政府)."""
    whole = clean(text)
    if is_known(whole):
        return (whole,)
    pieces, names, at = split_names(text), [], 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 6), at, -1):
            joined = "、".join(pieces[at:end])
            if end == at + 1 or is_known(joined):
                names.append(joined)
                at = end
                break
    return tuple(dict.fromkeys(names))


def exceptions_of(text: str) -> tuple[tuple[Exemption, ...], tuple[str, ...]]:
    """司法局（职责不同）；气象局（…） as exceptions, and the pieces that give no reason."""
    found: list[Exemption] = []
    unclear: list[str] = []
    for piece in _pieces(text):
        match = _EXCEPTION.fullmatch(piece)
        if match is not None and match["reason"].strip():
            found.append(Exemption(clean(match["unit"]), clean(match["reason"])))
        else:
            unclear.append(piece)
    return tuple(found), tuple(unclear)


def exceptions_text(exceptions: tuple[Exemption, ...]) -> str:
    """As our sheet writes them: one a line."""
    return "\n".join(f"{item.unit}（{item.reason}）" for item in exceptions)


def yes_no(text: str) -> bool | None:
    """Whether a cell says yes; None when it says something else."""
    word = clean(text).casefold()
    return True if word in _YES else False if word in _NO else None


def _pieces(text: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "（(") - (letter in "）)")
        if letter == "\n" or (depth <= 0 and letter in "；;、，,"):
            pieces.append(text[start:at])
            start, depth = at + 1, 0
    return [piece.strip() for piece in (*pieces, text[start:]) if piece.strip()]
