"""按上级方案编号: what our measures say stands under the superior's, as the clerk decided which answers which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from core.errors import InvalidError
from core.exchange.manifest import MANIFEST_NAME, read_manifest
from core.job import Job
from core.model.alignment import Decision
from core.model.ledger import EntryState, State
from core.office import (
    aligning,
    attach,
    bundled,
    documents,
    files,
    issued,
    issuing,
    ledger_settings,
    progress,
    reading,
    submit,
    superior_order,
)
from core.office.asked import Asked
from core.office.form_value import FormValue
from core.office.ledger_settings import LedgerSettings
from core.office.overview import overview
from core.office.submit_findings import Check
from core.store.database import Store
from tests.core.exchange import templates
from tests.core.office.returned_files import collected

Q2 = "2024Q2"
DAY = date(2024, 6, 30)
CITY = bundled.load("dingxi")


def record(store: Store, no: int, unit: str, text: str, *, done: date | None = None, more: str = "") -> int:
    key = progress.find_obligation(store, None, no, unit).id
    state = EntryState.DONE if done else EntryState.IN_PROGRESS
    progress.save(store, key, Q2, FormValue(state, done, text=text, problems=more))
    return key


@pytest.fixture
def decided(store: Store, tmp_path: Path) -> Store:
    """定西 49 is answered by 23 and 24, 64 by 32; 50 has only suggestions, 3 nothing; 14 of ours answers none."""
    ledger_settings.save(store, LedgerSettings("古县司法局"))
    aligning.decide(store, "dingxi", [(49, 23), (49, 24), (64, 32)], Decision.ACCEPTED)
    proof = tmp_path / "统计报告.pdf"
    proof.write_bytes(b"%PDF-1.4 report")
    record(store, 23, "司法局", "评查案卷120份。", more="人手不足")
    attach.add_evidence(store, record(store, 24, "司法局", "已报送统计报告。"), Q2, [proof], Job())
    record(store, 14, "司法局", "评估2件。")
    return store


def template(tmp_path: Path, numbers: tuple[int, ...]) -> Path:
    """The city's table of its own measures, under its own numbers."""
    rows = [(str(m.no), m.text, "") for m in CITY.measures if m.no in numbers]
    path = tmp_path / "定西市台账.xlsx"
    path.write_bytes(templates.listed(rows))
    return path


def made(store: Store, path: Path, folder: Path) -> submit.Submitted:
    return submit.submit(store, None, Q2, path, folder, Job(), submit.SubmitOptions(superior="dingxi", with_mail=False))


def test_the_order_holds_what_was_decided_and_names_the_rest(decided: Store) -> None:
    order = superior_order.superior_order(decided, "dingxi")

    assert {line.no: line.own for line in order.answered} == {49: (23, 24), 64: (32,)}
    assert 50 not in order.open  # nothing is near enough to be suggested
    assert {65, 66} <= set(order.open)
    assert 3 in order.unanswered
    assert len(order.answered) + len(order.open) + len(order.unanswered) == 71
    assert order.asked_of == {23: (49,), 24: (49,), 32: (64,)}
    assert 14 in order.unanswering


def test_without_a_decision_there_is_no_order(store: Store) -> None:
    with pytest.raises(InvalidError, match="还没有确认") as refused:
        superior_order.superior_order(store, "dingxi")
    assert refused.value.field == "superior"


def test_several_of_ours_are_one_state(decided: Store) -> None:
    view = overview(decided, None, DAY)

    assert superior_order.status_of(view, (23, 24)).state is State.IN_PROGRESS
    assert superior_order.status_of(view, (32,)) == view.measures[32]
    assert [item.measure for item in superior_order.items_of(view, (23, 24))] == sorted(
        item.measure for item in superior_order.items_of(view, (23, 24))
    )


def test_a_row_of_the_superior_gathers_what_answers_it(decided: Store, tmp_path: Path) -> None:
    found = made(decided, template(tmp_path, (3, 49, 64, 66)), tmp_path / "out")

    sheet: Any = openpyxl.load_workbook(found.filled).worksheets[0]
    by_no = {sheet.cell(row, 1).value: [sheet.cell(row, at).value for at in range(6, 11)] for row in range(5, 9)}
    assert by_no["49"][0] == "正在推进"
    assert by_no["49"][1] == "司法局：评查案卷120份；\n司法局：已报送统计报告。"
    assert by_no["49"][2] == "司法局：人手不足。"
    assert by_no["49"][4] == "24-1 统计报告"
    assert by_no["64"][0] == "尚未启动"
    assert by_no["3"] == by_no["66"] == [None] * 5
    told = [one.words for one in found.findings if one.check is Check.ORDER]
    assert any(words.startswith("上级措施（") and "还没有确认对应关系" in words for words in told)
    assert "上级措施（3）" in next(words for words in told if "没有对应的本级措施" in words)
    assert "本级措施（14）不对应上级的措施，填报的内容没有写入上报表" in told
    assert not any("台账中没有这项措施" in one.words for one in found.findings)


def test_the_package_speaks_the_superiors_numbers(decided: Store, tmp_path: Path) -> None:
    found = made(decided, template(tmp_path, (49, 64)), tmp_path / "out")

    manifest = read_manifest((found.folder / MANIFEST_NAME).read_bytes())
    assert manifest.plan_title == CITY.title
    assert [one.number for one in manifest.measures] == [49, 64]
    assert manifest.measures[0].text == CITY.measures[48].text
    assert manifest.measures[0].evidence == ("24-1",)
    assert [(one.number, one.measures) for one in manifest.evidence] == [("24-1", (49,))]
    book = openpyxl.load_workbook(next(path for path in found.files if path.name == "佐证材料目录.xlsx"))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert CITY.measures[48].label in cells


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Store]:
    """The superior's ledger, with its own plan."""
    with closing(files.create_ledger(tmp_path / "市.db")) as opened:
        reading.import_plan(opened, CITY, None, Job())
        yield opened


def test_the_superiors_program_knows_the_package_as_one_of_its_own_plan(
    decided: Store, city: Store, tmp_path: Path
) -> None:
    package = made(decided, template(tmp_path, (49, 64)), tmp_path / "out").folder

    found, _ = collected(city, package)

    assert found.files[0].whose is not None  # which measures it owes there is the register's matter
    assert found.files[0].whose.plan_key == "p2"


def lines_of(store: Store, folder: Path, kind: str = "report", **changes: Any) -> list[str]:
    asked = Asked(None, DAY, None if kind != "report" else Q2, superior="dingxi", **changes)
    path = folder / f"{kind}.docx"
    documents.export(store, kind, asked, "docx", path, Job())
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if paragraph.text]


def test_a_report_tells_it_under_the_superiors_measures(decided: Store, tmp_path: Path) -> None:
    aligning.decide(decided, "dingxi", [(48, 23), (48, 24)], Decision.ADDED)
    lines = lines_of(decided, tmp_path)

    covered = next(line for line in lines if line.startswith("以下按上级方案《"))
    assert "上级措施共71项，本级有对应措施的3项：未启动1项、推进中2项。" in covered
    first, same = (next(line for line in lines if line.startswith(f"（{no}）")) for no in (48, 49))
    assert first.endswith(
        "（推进中，由本级措施（23）、（24）落实）。司法局：评查案卷120份。司法局：已报送统计报告。（佐证材料：24-1）"
    )
    assert same.endswith("（推进中，由本级措施（23）、（24）落实）。进展同（48）。")
    assert [line for line in lines if line.startswith("（四）")] == ["（四）加快构建行政执法监督工作体系"]
    assert any("人手不足" in line and line.startswith("（48）") for line in lines)
    assert sum("人手不足" in line for line in lines) == 1
    assert any(line.startswith("上级措施（3）") and line.endswith("没有对应的本级措施。") for line in lines)
    assert any(line.startswith("（14）") and "评估2件" in line for line in lines)


@pytest.mark.parametrize("kind", ["midterm", "final"])
def test_evaluations_too(decided: Store, kind: str, tmp_path: Path) -> None:
    lines = lines_of(decided, tmp_path, kind)

    assert any(line.startswith("（49）") and "评查案卷120份" in line for line in lines)


def test_what_is_issued_in_the_superiors_order_is_held_against_it_again(decided: Store) -> None:
    line = issuing.issue(decided, "report", Asked(None, DAY, Q2, superior="dingxi"), Job(), formats=("docx",))

    assert issued.changed_since(decided, line.id) == ()
