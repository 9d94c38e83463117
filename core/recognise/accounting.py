"""Nothing vanishes: every word that was read stands in a measure, in a heading, or among what was not used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.recognise.blocks import Cell, Paragraph, Table
from core.recognise.columns import named
from core.recognise.fields import without_lead_in
from core.recognise.found import Found
from core.recognise.wording import squeeze, tidy

_WORD = re.compile(r"[一-鿿A-Za-z0-9]{2,}")


def account(found: Found, headers: list[str]) -> None:
    """Add the cells and sentences of the used blocks whose words stand nowhere to what was not used."""
    said = squeeze("\n".join([*headers, *found.above, *_texts(found)]))
    known = set(_WORD.findall(said))
    for block in list(found.used):
        cells = list(_cells(block)) if isinstance(block, Table) else [Cell(t, block.place) for t in _parts(block.text)]
        for cell in cells:
            if not all(word in known or word in said or _is_label(word) for word in _WORD.findall(cell.text)):
                found.unused.append(Paragraph(tidy(cell.text), cell.place))


def _is_label(word: str) -> bool:
    """The name of a field before its value: 完成时限."""
    return len(word) <= 6 and word.isalpha() and named(word) is not None


def _parts(text: str) -> list[str]:
    """Its sentences, without 具体措施： before them."""
    return [without_lead_in(part)[1] for part in re.split(r"(?<=[。；）)])", text)]


def _texts(found: Found) -> Iterator[str]:
    for item in found.items:
        yield from (item.label, item.text, item.deadline or "", *item.notes)
        yield str(item.value or "")
        for _, title, text in item.division:
            yield from (title, text)
    for heading in (*found.sections(), *found.tasks()):
        yield f"{heading.label}{heading.title}（共{heading.declared}项）"
    yield from (what for _, _, what in found.doubts)
    used = {id(block) for block in found.used}
    yield from (b.text for b in found.unused if isinstance(b, Paragraph) and id(b) not in used)


def _cells(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        for cell in row:
            if cell is not None and cell.text.strip():
                yield cell
