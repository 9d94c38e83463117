"""The kinds of documents that are tables: what the ledger says stands in them, in every format and plan."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from core import cli
from core.errors import InvalidError, NotFoundError, UsageError
from core.job import Job
from core.model.ledger import EntryState
from core.office import attach, bundled, documents, files, progress
from core.office.documents import Asked
from core.office.form_value import FormValue
from core.office.overview import overview
from core.office.said import said
from core.publish import pages
from core.store.database import Store
from tests.core.office.filled import AS_OF, LONG, PERIOD, RARE

TABLES = ("progress", "catalogue", "ledger")
GOLDEN = Path(__file__).parent / "golden"
_RECEIVED = re.compile(r"\d+年\d+月\d+日（收到）")
"""The one volatile field: the day a file came is the day of the test."""


def asked(**changes: object) -> Asked:
    return replace(Asked(None, AS_OF, PERIOD), **changes)


def sheets(path: Path) -> dict[str, list[list[str]]]:
    """The texts of a workbook, row by row; cells that a merge hides are empty."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [
            ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def table(store: Store, kind: str, folder: Path, **changes: object) -> list[dict[str, str]]:
    """The rows of a document's first sheet by the words of its head, merged cells with the text they show."""
    path = folder / f"{kind}.xlsx"
    documents.export(store, kind, asked(**changes), "xlsx", path, Job())
    (rows, *_) = sheets(path).values()
    heads = ("存在问题", "SHA-256")
    place = next(place for place, row in enumerate(rows) if any(cell.replace("\n", "") in heads for cell in row))
    head = [cell.replace("\n", "") for cell in rows[place]]
    return [dict(zip(head, row, strict=True)) for row in rows[place + 1 :]]


# --- the command line, all plans, all formats ----------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        pytest.param(plan, kind, marks=() if kind == "table" or plan in {"guxian", one} else pytest.mark.thorough)
        for plan in bundled.TITLES
        for kind, one in zip(("table", *TABLES), bundled.TITLES, strict=False)
    ],
)
def test_every_table_in_every_format(filled_plans, plan, kind, tmp_path, capsys) -> None:
    """Exit 0, the path printed, the same pages in the file as the registry says; nothing on stderr."""
    ledger = filled_plans(plan)
    for fmt in ("pdf", "docx", "xlsx"):
        target = tmp_path / f"文件.{fmt}"
        code = cli.main(
            [
                *("export", str(ledger), kind, "--format", fmt, "-o", str(target), "--as-of", "2025-01-10"),
                "--period",
                PERIOD,
            ]
        )
        out, err = capsys.readouterr()
        assert (code, out.strip(), err) == (0, str(target), "")
        assert target.stat().st_size > 3000


@pytest.mark.parametrize("plan", bundled.TITLES)
@pytest.mark.parametrize("kind", TABLES)
def test_golden_texts(filled_plans, plan, kind, tmp_path) -> None:
    """Every cell as it was looked at; TAIZHANG_GOLDEN=write writes them anew. Long texts by their beginning and length."""
    path = tmp_path / "文件.xlsx"
    with closing(files.open_ledger(filled_plans(plan), read_only=True)) as store:
        unit = overview(store, None, AS_OF).obligations[0].unit if kind == "ledger" else None
        documents.export(store, kind, asked(unit=unit), "xlsx", path, Job())
    lines = []
    for title, rows in sheets(path).items():
        lines.append(f"# {title}")
        lines += [" | ".join(_short(cell) for cell in row if cell) for row in rows]
    text = "\n".join(lines) + "\n"
    golden = GOLDEN / f"{plan}-{kind}.txt"
    if os.environ.get("TAIZHANG_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")

    assert text == golden.read_text(encoding="utf-8")


def _short(cell: str) -> str:
    text = _RECEIVED.sub("收到日", cell.replace("\n", "⏎"))
    return text if len(text) <= 70 else f"{text[:40]}……{len(text)}字"


@pytest.mark.parametrize("kind", [key for key, kind in documents.KINDS.items() if "xlsx" not in kind.formats])
def test_a_text_is_no_workbook(store, kind, tmp_path) -> None:
    with pytest.raises(UsageError, match="没有 Excel 格式"):
        documents.export(store, kind, asked(), "xlsx", tmp_path / "x.xlsx", Job())
    assert cli.main(["export", str(store.path), kind, "--format", "xlsx", "-o", str(tmp_path / "x.xlsx")]) == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["ledger", "--unit", "没有这个局"], 1, "没有“没有这个局”"),
        (["progress", "--period", "不知何时"], 1, "报送期"),
        (["catalogue"], 1, "没有可以列入目录的佐证材料"),
        (["nothing"], 2, "不能是“nothing”"),
        (["progress", "--plan", "p9"], 1, "没有方案“p9”"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(store, tmp_path, capsys, words, code, sentence) -> None:
    got = cli.main(["export", str(store.path), *words, "--format", "pdf", "-o", str(tmp_path / "x.pdf")])
    out, err = capsys.readouterr()

    assert (got, out, err.count("\n")) == (code, "", 1)
    assert sentence in err
    assert not (tmp_path / "x.pdf").exists()


def test_options_that_a_kind_does_not_use_are_ignored(store, tmp_path, capsys) -> None:
    line = ["export", str(store.path), "table", "--format", "xlsx", "--unit", "没有", "--period", "没有"]

    assert cli.main([*line, "-o", str(tmp_path / "x.xlsx")]) == 0


# --- progress ------------------------------------------------------------------------------------


def test_the_words_of_the_units_stand_beside_their_measure(filled, tmp_path) -> None:
    """Who said it, the state with the share done, the numbers of the evidence; a period only its own words."""
    first = table(filled, "progress", tmp_path)[0]

    assert first["完成情况"] == "推进中，逾期10天\n1/21"
    assert first["工作进展"].startswith(f"北平镇：{LONG[:40]}")
    assert RARE in first["下一步工作"]
    assert first["佐证材料编号"].split("、")[0] == "1-1"


def test_what_was_sent_back_is_not_quoted(filled, tmp_path) -> None:
    """退回 waits for its correction."""
    view = overview(filled, None, AS_OF)
    unit = view.obligations[1].unit
    words = [voice.text for voice in said(view, PERIOD)[1].work if unit in voice.who]

    assert view.progress[view.obligations[1].id]
    assert words == []


def test_equal_words_stand_once_and_a_whole_collective_by_its_name(store) -> None:
    view = overview(store, None, AS_OF)
    items = view.of_measure(2)
    for item in items:
        progress.save(store, item.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="已组织学习"))
    (voice,) = said(overview(store, None, AS_OF), PERIOD)[2].work

    assert voice.text == "已组织学习"
    assert "各行政执法单位" in voice.who
    assert len(voice.who) < len(items)


def test_only_what_counts_on_the_date_is_said(store) -> None:
    """Before its period begins an entry says nothing; without a period the last words count."""
    item = overview(store, None, AS_OF).of_measure(1)[0]
    for period, text in (("2024Q2", "起步"), ("2024Q3", "过半"), ("2024Q4", "收尾")):
        progress.save(store, item.id, period, FormValue(state=EntryState.IN_PROGRESS, text=text))

    def words(day: date, period: str | None) -> list[str]:
        return [voice.text for voice in said(overview(store, None, day), period)[1].work]

    assert words(AS_OF, "2024Q3") == ["过半"]
    assert words(AS_OF, None) == ["收尾"]
    assert words(date(2024, 9, 30), None) == ["过半"]
    assert words(date(2024, 9, 30), "2024Q4") == []


def test_one_section_only(filled, tmp_path) -> None:
    rows = table(filled, "progress", tmp_path, section=6)
    with pytest.raises(NotFoundError, match="第 9 部分"):
        documents.make(filled, "progress", asked(section=9), Job())

    assert len(rows) == 8


def test_words_marked_secret_are_quoted_nowhere(store, tmp_path) -> None:
    """密: left out and told, as in every package."""
    one, two = overview(store, None, AS_OF).of_measure(1)[:2]
    progress.save(store, one.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="（秘密）专案检查"))
    progress.save(store, two.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="学习保守国家秘密法"))
    made = documents.export(store, "progress", asked(), "xlsx", tmp_path / "x.xlsx", Job())
    text = str(sheets(tmp_path / "x.xlsx"))

    assert "专案检查" not in text
    assert "学习保守国家秘密法" in text
    assert made.gaps == (f"（1）{one.unit}的填报内容带有密级字样，没有写入",)


# --- catalogue -----------------------------------------------------------------------------------


def test_the_catalogue_follows_the_table(filled, tmp_path) -> None:
    """By measure and number; a file that proves two measures stands once and says so; numbers as in the table."""
    view = overview(filled, None, AS_OF)
    one, two = view.of_measure(1)[0], view.of_measure(3)[0]
    evidence = attach.add_evidence(filled, two.id, PERIOD, [_file(tmp_path, "通报.txt")], Job()).rows[0].id
    attach.reuse_evidence(filled, one.id, PERIOD, evidence)
    rows = table(filled, "catalogue", tmp_path)
    numbers = [tuple(map(int, row["编号"].split("-"))) for row in rows]
    shared = next(row for row in rows if row["材料名称"].startswith("通报"))

    assert numbers == sorted(numbers)
    assert shared["编号"].startswith("1-")
    assert "同时用于措施（3）" in shared["材料名称"]
    assert all(len(row["SHA-256"]) == 64 for row in rows)
    assert shared["编号"] in table(filled, "progress", tmp_path)[2]["佐证材料编号"]


def test_a_file_marked_secret_is_in_no_catalogue(filled, tmp_path) -> None:
    """Nor does it move the numbers of the others."""
    before = [row["编号"] for row in table(filled, "catalogue", tmp_path)]
    item = overview(filled, None, AS_OF).of_measure(1)[0]
    attach.add_evidence(filled, item.id, PERIOD, [_file(tmp_path, "机密文件.txt")], Job())

    assert [row["编号"] for row in table(filled, "catalogue", tmp_path)] == before


def test_a_missing_file_is_a_gap(filled, tmp_path, capsys) -> None:
    """The catalogue says which, the command line on stderr, and the document is written all the same."""
    folder = next(filled.path.parent.glob("*.佐证材料"))
    next(path for path in sorted(folder.rglob("*")) if path.is_file()).unlink()
    rows = table(filled, "catalogue", tmp_path)

    assert sum("（文件缺失）" in row["文件名"] for row in rows) == 1
    line = ["export", str(filled.path), "catalogue", "--format", "pdf", "-o", str(tmp_path / "目录.pdf")]
    assert cli.main([*line, "--as-of", "2025-01-10"]) == 0
    assert "待补充：佐证材料" in capsys.readouterr().err


def test_the_catalogue_of_a_unit_or_period(filled, tmp_path) -> None:
    whole = table(filled, "catalogue", tmp_path, period_key=None)
    third = table(filled, "catalogue", tmp_path, period_key="2024Q3")
    unit = whole[0]["报送单位"]
    own = table(filled, "catalogue", tmp_path, period_key=None, unit=unit)

    assert len(third) < len(whole)
    assert {row["报送单位"] for row in own} == {unit}
    assert {row["编号"] for row in third} < {row["编号"] for row in whole}


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(name, encoding="utf-8")
    return path


# --- ledger --------------------------------------------------------------------------------------


def test_the_ledger_of_a_unit_goes_over_the_periods(filled, tmp_path) -> None:
    """One row a record under the measure; found by an alias too."""
    view = overview(filled, None, AS_OF)
    unit = view.obligations[7].unit
    rows = table(filled, "ledger", tmp_path, unit=unit)
    periods = [row["报送期"].split("\n")[0] for row in rows if row["报送期"]]

    # a row that runs on over a page end is drawn again with its number
    assert len({row["序号"] for row in rows} - {""}) == sum(item.unit == unit for item in view.obligations)
    assert {"2024年第三季度", "2024年第四季度"} <= set(periods)
    with pytest.raises(NotFoundError):
        documents.make(filled, "ledger", asked(unit="无此单位"), Job())


def test_all_units_one_after_another(filled, tmp_path) -> None:
    """Each begins a page and, in a workbook, a sheet; page numbers run through."""
    part = asked(section=5)
    made = documents.export(filled, "ledger", part, "xlsx", tmp_path / "台账.xlsx", Job())
    found = sheets(tmp_path / "台账.xlsx")
    documents.export(filled, "ledger", part, "pdf", tmp_path / "台账.pdf", Job())
    view = overview(filled, None, AS_OF)
    numbers = {measure.no for measure in view.plan.measures if measure.section == 5}

    assert set(found) == {item.unit for item in view.obligations if item.measure in numbers}
    assert made.pages == pages.page_count((tmp_path / "台账.pdf").read_bytes())
    with pdfplumber.open(tmp_path / "台账.pdf") as pdf:
        titles = [page.extract_text().count("工作台账") for page in pdf.pages]
        lying = "".join(char["text"] for char in pdf.pages[-1].chars if not char["upright"])
    assert sum(titles) == len(found)
    assert max(titles) == 1
    assert str(made.pages) in lying


def test_a_unit_without_obligations_is_told(store) -> None:
    from core.model.units import UnitKind
    from core.office.unit_changes import UnitValue, save_unit

    save_unit(store, None, UnitValue(name="档案馆", kind=UnitKind.DEPARTMENT))
    with pytest.raises(InvalidError, match="档案馆"):
        documents.make(store, "ledger", asked(unit="档案馆"), Job())
