"""Lines that name a field of a measure: 责任单位：…, 完成时限：…, alone or several on one line."""

from __future__ import annotations

import re

from core.recognise.columns import named
from core.recognise.division import find_inline
from core.recognise.wording import tidy

_ROLE = r"(?:单位|部门|科室|处室|股室|机构|主体|机关)"
_NAME = (
    rf"(?:(?:牵头|主办|责任|主责|主要责任|牵头责任|配合|协办|协同|协助|参与|参加|落实|承办|实施|负责|主管)及?(?:责任|配合|参与)?{_ROLE}"
    r"|牵头领导|责任领导|分管领导|责任人|联系人|责任分工|职责分工|任务分工|分工"
    r"|(?:完成|办理|推进|工作|实施|落实|任务)?(?:时限|期限|时间)(?:要求|节点|安排)?|时间节点|完成日期)"
)
_FIELD = re.compile(
    rf"[【\[]\s*({_NAME})\s*[】\]]\s*[:：]?|(?<![【\[（(〔])[*＊]*\s*({_NAME})\s*[*＊]*\s*[:：]\s*[*＊]*"
)
_LEAD_IN = re.compile(
    r"^\s*[【\[]?(具体|主要|重点|工作|推进|落实|改革|任务)?(措施|举措|做法|任务举措|工作措施|推进措施)[】\]]?(如下|包括)?\s*[:：]\s*"
)
_CLOSED = re.compile(
    r"[（(〔\[【［](?:[^（()）〔〕]|[（(〔][^（()）〔〕]*[)）〕])*?"
    r"(?:负责|牵头|落实|配合|参与|承办|主办|实施|组织|完成|下同|列出|(?:单位|部门|分工|领导|责任人|时限|时间)\s*[:：])"
    r"(?:[^（()）〔〕]|[（(〔][^（()）〔〕]*[)）〕])*[)）〕\]】］]\s*[。；;.]?\s*$"
)
_BEHIND = re.compile(r"(?<=[。；！])\s*[（(〔\[［](?:[^（()）〔〕]|[（(〔][^（()）〔〕]*[)）〕])+[)）〕\]］]。?")
"""A bracket behind a full stop: a remark on the sentence before."""


def fields_of(text: str) -> list[tuple[str, str, str]] | None:
    """(key, label, value) of a line that is nothing but fields; None for any other text."""
    matches = _cut(text)
    if not matches or text[: matches[0].start()].strip(" \t*-•·　"):
        return None
    return _values(text, matches)


def tail_fields(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """A text and the fields that stand behind its last mark without brackets."""
    matches = [match for match in _cut(text) if _after_mark(text, match.start())]
    if not matches:
        return text, []
    return text[: matches[0].start()].rstrip(" \t*　"), _values(text, matches)


def without_lead_in(text: str) -> tuple[bool, str]:
    """具体措施：… without these words, and whether they stood there."""
    match = _LEAD_IN.match(text)
    return (True, text[match.end() :]) if match else (False, text)


def is_closed(text: str) -> bool:
    """Whether a text ends with a responsibility phrase in brackets."""
    if _CLOSED.search(text[-600:]):
        return True
    # a bare （某局）: units alone
    return text.rstrip("。；")[-1:] in "）)〕]］】" and find_inline(text[-200:])[1] is not None


def ends_of_phrases(text: str) -> list[int]:
    """Where responsibility phrases in brackets end that stand after a full stop and before further text."""
    ends = (match.end() for match in _BEHIND.finditer(text) if is_closed(match.group()))
    return [end for end in ends if text[end:].strip() and text[end:].lstrip()[0] not in "（(〔[［【"]


def _cut(text: str) -> list[re.Match[str]]:
    if "：" not in text and ":" not in text:
        return []
    depth = _depths(text)
    return [match for match in _FIELD.finditer(text) if depth[match.start()] == 0 and named(_label(match)) is not None]


def _label(match: re.Match[str]) -> str:
    return match.group(1) or match.group(2)


def _depths(text: str) -> list[int]:
    depth, out = 0, []
    for letter in text:
        if letter in "）)〕" and depth:
            depth -= 1
        out.append(depth)
        if letter in "（(〔":
            depth += 1
    return out


def _after_mark(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t*　【[")
    return not before or before[-1] in "。；;！!）)\n\r”" or text[start - 1 : start] in "\n\r"


def _values(text: str, matches: list[re.Match[str]]) -> list[tuple[str, str, str]]:
    ends = [match.start() for match in matches[1:]] + [len(text)]
    pairs = zip(matches, ends, strict=True)
    return [_value(_label(match), text[match.end() : end]) for match, end in pairs]


def _value(label: str, text: str) -> tuple[str, str, str]:
    return named(tidy(label)) or "other", tidy(label), text.strip().strip("*;；").strip()
