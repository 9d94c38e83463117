"""The foot of a returned sheet: who filled it in, who checked it, who signed, telephone and day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from core.exchange.read_workbook import shown
from core.exchange.returned import Foot

_LABELS = {
    "filled_by": r"填报人|填表人|经办人",
    "reviewed_by": r"审核人|复核人",
    "head": r"单位负责人|分管领导|主要负责人|负责人",
    "phone": r"联系电话|联系方式|电话",
    "day": r"填报日期|填表日期|日期|填报时间",
}
_ANY = "|".join(_LABELS.values())
_ENTRY = re.compile(
    rf"(?P<label>{_ANY})\s*(?:\((?:签字|盖章|签章|签名|、|,|/|\s)+\))?\s*:\s*(?P<value>.*?)\s*(?=(?:{_ANY})\s*(?:\([^)]*\))?\s*:|$)",
    re.DOTALL,
)
_BLANK = re.compile(r"[\s_＿—-]*")


def is_foot(cells: Mapping[int, object]) -> bool:
    """Whether a row is one of the foot: it begins with 填报人： or the like."""
    first = cells[min(cells)] if cells else None
    return isinstance(first, str) and (":" in first or "：" in first) and _ENTRY.match(_plain(first)) is not None


def foot_of(rows: list[Mapping[int, object]]) -> Foot:
    """What is written behind the labels, in their own cell or in the next one."""
    found: dict[str, str] = {}
    for cells in rows:
        texts = [_plain(cells[column]) for column in sorted(cells)]
        for at, text in enumerate(texts):
            for entry in _ENTRY.finditer(text):
                key = next(key for key, words in _LABELS.items() if re.fullmatch(words, entry["label"]))
                value = entry["value"].strip()
                beside = texts[at + 1] if at + 1 < len(texts) else ""
                if _BLANK.fullmatch(value) and entry.end() == len(text) and not _ENTRY.match(beside):
                    value = beside
                if not _BLANK.fullmatch(value):
                    found.setdefault(key, value)
    return Foot(**found)


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", shown(value)).strip()
