"""Text from scans and pages, put right where it is certain; whatever is changed is told.

Certain is what holds without knowing the meaning: blanks inside Chinese sentences, half-width punctuation beside
Chinese characters, a stray English word where only one Chinese word can stand, a sentence that a page end cut in two.
Names are not known here: a blank between two of them may be all that parts them, so in cells and after 责任单位： blanks
between Chinese characters stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.recognise.blocks import Block, Cell, Paragraph, Place, Source, Table

_HAN = "\u3400-\u9fff〇"
_MARKS = "，。、；：？！（）《》〈〉“”‘’【】〔〕「」『』"
_BLANK = "[ \\t\u00a0\u3000\u2002-\u200a]"
_SUSPECT = re.compile('[ \\t\u00a0\u3000\u00ad\u2002-\u200d\u2e80-\u2fdf\uf900-\ufaff\ufeff,;:?!()"<>.a-z]')
_NOTHING = re.compile("[\u00ad\u200b-\u200d\ufeff]")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_PROSE = re.compile("[，。；！？]")
_LETTERED = re.compile(f"[{_HAN}](?:{_BLANK}+[{_HAN}])+")
_BESIDE_MARK = re.compile(f"{_BLANK}+(?=[{_MARKS}])|(?<=[{_MARKS}]){_BLANK}+")
_BESIDE_DIGIT = re.compile(f"(?<=[0-9]){_BLANK}+(?=[{_HAN}])|(?<=[{_HAN}]){_BLANK}+(?=[0-9])")
_AFTER_POINT = re.compile(f"(?<=[0-9][.．]){_BLANK}+(?=[{_HAN}])")
_BESIDE_LATIN = re.compile(f"(?<=[A-Za-z%]){_BLANK}+(?=[{_HAN}])|(?<=[{_HAN}]){_BLANK}+(?=[A-Za-z])")
_INSIDE = re.compile(f"(?<=[{_HAN}]){_BLANK}+(?=[{_HAN}])")
_LEADING_NUMBER = re.compile(f"\\s*[0-9]{{1,3}}{_BLANK}+(?=[{_HAN}])(?![年月日号条项个])")
_NAMES = re.compile("(?:单位|部门|领导|责任人|科室|处室|分工)：[^。；）]*")
_STRAY = (
    (re.compile(f"(?<=[{_HAN}]){_BLANK}*\\band\\b{_BLANK}*(?=[{_HAN}])"), "和"),
    (re.compile(f"(?<=[{_HAN}]){_BLANK}*\\bor\\b{_BLANK}*(?=[{_HAN}])"), "或"),
    (re.compile(f"(?<=[{_HAN}]){_BLANK}*\\bresponsibility\\b{_BLANK}*(?=[{_HAN}{_MARKS}]|$)"), "责任"),
)
"""English words that text recognition puts for the Chinese ones; only between Chinese characters."""
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_NARROW = re.compile("[,;:?!]")
_NEXT_TO = re.compile(f"[{_HAN}{_MARKS}]")
_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百]{1,4}[、.．]|\d{1,3}[.．、]|第[一二三四五六七八九十百\d]{1,4}[章节条项]|[①-⑳])"
)
_FIELD = re.compile(r"\s*[（(\[〔【]?[\u4e00-\u9fff]{2,8}[：:]|附件|抄送|\d{4}年\d{1,2}月\d{1,2}日")
_ENDS = "。；：！？…）)”》"


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of change in one text: ``what`` in Chinese, how often."""

    what: str
    times: int = 1

    def __str__(self) -> str:
        return self.what if self.times == 1 else f"{self.what} {self.times} 处"


def clean_text(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Put running text right; gives it back with what was changed."""
    return _cleaned(text, is_cell=False)


def clean_cell(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Put the text of a cell right; its line breaks and the blanks between Chinese characters stay."""
    return _cleaned(text, is_cell=True)


def joined(text: str) -> str:
    """The text of a cell as one sentence: without its line breaks and the blanks between Chinese characters."""
    lines = [line.strip() for line in text.split("\n")]
    out = ""
    for line in lines:
        is_latin = out[-1:].isascii() and out[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
        out += f" {line}" if is_latin else line
    return _INSIDE.sub("", out)


def _cleaned(text: str, *, is_cell: bool) -> tuple[str, tuple[Repair, ...]]:
    if not _SUSPECT.search(text):
        return text, ()
    repairs: list[Repair] = []
    text = _signs(text, repairs)
    text = _words(text, repairs)
    before = text
    text = _punctuation(text)
    changed = sum(1 for old, new in zip(before, text, strict=True) if old != new)
    if changed:
        repairs.append(Repair("改为全角标点", changed))
    lines = [_blanks(line, is_cell=is_cell) for line in text.split("\n")]
    removed = sum(count for _, count in lines)
    if removed:
        repairs.append(Repair("去掉空格", removed))
    return "\n".join(line for line, _ in lines), tuple(repairs)


def _signs(text: str, repairs: list[Repair]) -> str:
    """Without signs that are not seen; radicals that some PDF writers put for the characters they look like."""
    text = _NOTHING.sub("", text)
    found = _RADICAL.findall(text)
    if found:
        repairs.append(Repair("部首字符改为汉字", len(found)))
        text = _RADICAL.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    return text


def _words(text: str, repairs: list[Repair]) -> str:
    for pattern, word in _STRAY:
        for found in pattern.finditer(text):
            before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 2]
            repairs.append(Repair(f"“{before}{found[0]}{after}”改为“{before}{word}{after}”"))
        text = pattern.sub(word, text)
    return text


# --- punctuation ---------------------------------------------------------------------------------


def _punctuation(text: str) -> str:
    """Full-width where Chinese stands beside it; as long as before."""
    out = list(text)
    for found in _NARROW.finditer(text):
        before, after = _neighbours(text, found.start())
        is_figure = before.isascii() and before.isdigit() and after.isascii() and after.isdigit()
        if not is_figure and (_NEXT_TO.match(before) or _NEXT_TO.match(after)):
            out[found.start()] = _WIDE[found[0]]
    _brackets(text, out)
    if text.count('"') % 2 == 0 and _NEXT_TO.search(text):
        for turn, at in enumerate(found.start() for found in re.finditer('"', text)):
            out[at] = "”" if turn % 2 else "“"
    stem = text.rstrip()
    if stem.endswith(".") and re.search(f"[{_HAN}]\\.$", stem) and not _NUMBERED.fullmatch(stem):
        out[len(stem) - 1] = "。"
    return "".join(out)


def _neighbours(text: str, at: int) -> tuple[str, str]:
    """The printed characters before and after a place."""
    before, after = text[:at].rstrip(" \t\u3000")[-1:], text[at + 1 : at + 9].lstrip(" \t\u3000")[:1]
    return before, after


def _brackets(text: str, out: list[str]) -> None:
    """Pairs of brackets that hold Chinese or stand in it; 〈 〉 for < > inside 《 》."""
    open_ones: list[int] = []
    titles = 0
    angle = -1
    for at, sign in enumerate(text):
        if sign in "(（":
            open_ones.append(at)
        elif sign in ")）" and open_ones:
            start = open_ones.pop()
            if _is_wide(text, start, at):
                out[start], out[at] = "（", "）"
        elif sign in "《》":
            titles += 1 if sign == "《" else -1
        elif sign == "<" and titles > 0:
            angle = at
        elif sign == ">" and angle >= 0:
            if _NEXT_TO.search(text[angle:at]):
                out[angle], out[at] = "〈", "〉"
            angle = -1


def _is_wide(text: str, start: int, end: int) -> bool:
    """Whether a pair of brackets belongs to the Chinese around or inside it, and not to a word before it: f(x)."""
    if text[start] == "（" or text[end] == "）" or _NEXT_TO.search(text[start + 1 : end]):
        return True
    if text[max(0, start - 1) : start].isascii() and text[max(0, start - 1) : start].isalnum():
        return False
    return bool(_NEXT_TO.match(_neighbours(text, start)[0]) or _NEXT_TO.match(_neighbours(text, end)[1]))


# --- blanks --------------------------------------------------------------------------------------


def _blanks(line: str, *, is_cell: bool) -> tuple[str, int]:
    """A line without blanks that printing does not show, and how many places that were."""
    text = line.strip(" \t\u00a0\u3000")
    if _LETTERED.fullmatch(text) and all(len(part) == 1 for part in text.split()):
        return "".join(text.split()), 1
    head = _LEADING_NUMBER.match(text)
    start, rest = (head[0], text[head.end() :]) if head else ("", text)
    total = 0
    for pattern in (_BESIDE_MARK, _BESIDE_DIGIT, _AFTER_POINT, _BESIDE_LATIN):
        rest, count = pattern.subn("", rest)
        total += count
    if not is_cell and _PROSE.search(rest):
        parts = []
        at = 0
        for names in _NAMES.finditer(rest):
            parts += [_INSIDE.subn("", rest[at : names.start()]), (names[0], 0)]
            at = names.end()
        parts.append(_INSIDE.subn("", rest[at:]))
        rest = "".join(part for part, _ in parts)
        total += sum(count for _, count in parts)
    return start + rest, total


# --- whole sources -------------------------------------------------------------------------------


def tidy(source: Source) -> Source:
    """Clean every text of a source and list the repairs by their places."""
    repairs = list(source.repairs)
    blocks = [_tidy_block(block, repairs) for block in source.blocks]
    if source.kind == "text":
        blocks = list(join_broken(blocks, repairs))
    return replace(source, blocks=tuple(blocks), repairs=tuple(repairs))


def _tidy_block(block: Block, repairs: list[str]) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_tidy_cell(cell, repairs) for cell in row) for row in block.rows))
    text, done = clean_text(block.text)
    number, _ = clean_text(block.number)
    _list(block.place, done, repairs)
    return block if text == block.text and number == block.number else replace(block, text=text, number=number)


def _tidy_cell(cell: Cell | None, repairs: list[str]) -> Cell | None:
    if cell is None or not cell.text:
        return cell
    text, done = clean_cell(cell.text)
    _list(cell.place, done, repairs)
    return cell if text == cell.text else replace(cell, text=text)


def _list(place: Place, done: Sequence[Repair], repairs: list[str]) -> None:
    if done:
        repairs.append(f"{place}：{'，'.join(str(repair) for repair in done)}。")


def join_broken(blocks: Sequence[Block], repairs: list[str]) -> Iterator[Block]:
    """Join paragraphs that a page end cut inside a sentence."""
    waiting: Paragraph | None = None
    for block in blocks:
        if waiting is not None and isinstance(block, Paragraph) and _is_torn(waiting, block):
            repairs.append(f"{block.place}：接到上一段，中间的断行去掉。")
            waiting = replace(waiting, text=clean_text(waiting.text + block.text)[0])
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if isinstance(block, Paragraph):
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _is_torn(first: Paragraph, second: Paragraph) -> bool:
    """Whether a sentence is certain to run on: it has begun, has no end, and the next paragraph is no beginning."""
    if first.heading is not None or second.heading is not None or second.number:
        return False
    head, tail = first.text, second.text
    if head[-1] in _ENDS or _NUMBERED.match(tail) or _FIELD.match(tail) or tail[0] in "（(《【":
        return False
    if head[-1] in "，、":
        return len(head) >= 10
    is_prose = "。" in head or "；" in head or (len(head) >= 40 and "，" in head)
    is_word = bool(re.match(f"[{_HAN}0-9A-Za-z]", head[-1])) and bool(re.match(f"[{_HAN}0-9A-Za-z]", tail[0]))
    return is_prose and is_word and bool(_PROSE.search(tail)) and tail[-1] in _ENDS + "，、"
