"""数字来源: behind each number of a report stand as many rows as it says, in every plan with progress in all states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.job import Job
from core.ledger.figures import count
from core.model.issued import Counted, Figure
from core.office import bundled, documents, files, traces
from core.office.asked import Asked
from core.office.overview import Overview, overview
from core.office.paper_words import percent
from core.office.returns import returns
from core.publish.text_document import Paragraph, Role, TextTable
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD, fill

KINDS = ("report", "final", "circular", "progress", "reminder", "notice")
_STATES = re.compile(r"(?<![的\d])(\d+)项(措施|责任事项)中，(.*?)(?:。|$)")
_FIGURE = re.compile(r"(已完成|推进中|未启动|长期坚持|待部署|不涉及|逾期完成|逾期|临近时限)(\d+)项")
_KEYS = {
    "已完成": "done",
    "推进中": "in_progress",
    "未启动": "not_started",
    "长期坚持": "ongoing",
    "待部署": "waiting",
    "不涉及": "not_applicable",
    "逾期完成": "done_late",
    "逾期": "overdue",
    "临近时限": "due_soon",
}


@pytest.fixture(scope="module", params=bundled.TITLES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One of the five plans with progress in every state."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    with closing(files.create_ledger(folder / "台账.db", request.param)) as store:
        fill(store, folder, most=25, long=False)
        yield store


def asked(kind: str) -> Asked:
    return Asked(None, AS_OF, None if kind == "final" else PERIOD)


def test_every_number_has_its_rows(filled) -> None:
    """So many measures, obligations, units or targets as it says; of a share what is divided and by what."""
    view = overview(filled, None, AS_OF)
    for kind in KINDS:
        found = traces.figures(filled, kind, asked(kind))
        assert found
        assert len({figure.key for figure in found}) == len(found)
        for figure in found:
            _holds(figure, view)
            assert figure.label
            assert figure.rule or figure.key in ("units", "late.units") or figure.key.startswith("returns."), figure.key


def _holds(figure: Figure, view: Overview) -> None:
    items = {item.id: item for item in view.obligations}
    assert set(figure.obligations) <= items.keys()
    if figure.counted is Counted.OBLIGATIONS:
        assert int(figure.value) == len(figure.obligations) == len(set(figure.obligations)), figure.key
    elif figure.counted is Counted.UNITS:
        assert int(figure.value) == len({items[one].unit for one in figure.obligations}), figure.key
    elif figure.counted is Counted.SHARE:
        part = figure.measures or figure.obligations
        assert set(part) <= set(figure.base), figure.key
        assert figure.value in (
            percent(len(part) / len(figure.base)) if figure.base else "",
            f"{len(part)}/{len(figure.base)}",
        )
    else:
        assert int(figure.value) == len(figure.measures), figure.key
        assert {items[one].measure for one in figure.obligations} == {
            no for no in figure.measures if view.of_measure(no)
        }


def test_the_rows_are_those_of_the_rules(filled) -> None:
    """Counted again by the rules of the figures, not by what chose the rows."""
    view = overview(filled, None, AS_OF)
    came = returns(filled, None, PERIOD, AS_OF)
    found = {figure.key: figure for figure in traces.figures(filled, "report", asked("report"))}
    for what, numbers in (("measures", count(view.measures.values())), ("obligations", count(view.statuses.values()))):
        for name, value in numbers.plain().items():
            assert int(found[f"{what}.{name}"].value if f"{what}.{name}" in found else 0) == value, (what, name)
    for name in ("expected", "returned", "in_time"):
        assert int(found[f"returns.{name}"].value) == getattr(came, name)
    for section in view.plan.sections:
        own = count(view.measures[m.no] for m in view.plan.measures if m.section == section.no)
        assert int(found[f"section{section.no}.overdue"].value) == own.overdue


def test_the_numbers_of_the_text_are_those_of_the_rows(filled) -> None:
    """What the sentences and tables print is read back and held to the figures."""
    for kind in ("report", "final", "circular"):
        made = documents.make(filled, kind, asked(kind), Job())
        found = {figure.key: figure.value for figure in made.figures}
        blocks = made.text.parts[0].blocks
        text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph) and block.role is Role.BODY)
        sentences = _STATES.findall(text)
        assert {what for _, what, _ in sentences} == {"措施", "责任事项"}
        for total, what, told in sentences:
            key = "measures" if what == "措施" else "obligations"
            printed = {_KEYS[word]: number for word, number in _FIGURE.findall(told.split("项责任事项")[0])}
            assert found[f"{key}.total"] == total
            assert printed == {name: found[f"{key}.{name}"] for name in _KEYS.values() if f"{key}.{name}" in found}
        cells = {cell.text for block in blocks if isinstance(block, TextTable) for row in block.rows for cell in row}
        for key, value in found.items():
            if key.startswith(("section", "unit:", "returns:")) and not key.endswith(".sent_back"):
                assert value in cells, (kind, key)
        if kind != "circular":
            assert all(
                f"完成{value}" in text for key, value in found.items() if key.startswith("measure") and "/" in value
            )
