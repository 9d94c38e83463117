"""The command line's contract: exit codes, one Chinese line for a problem, JSON shapes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from core import cli, paths
from core.office import files, issued, issuer

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "total", "not_started", "in_progress", "done", "ongoing", "waiting", "not_applicable",
    "due_soon", "overdue", "done_late",
]  # fmt: skip


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Run a command; gives exit code, stdout, stderr."""

    def _run(*argv: object) -> tuple[int, str, str]:
        code = cli.main([str(part) for part in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return _run


def _problem(result: tuple[int, str, str], *words: str, code: int = 1) -> None:
    got, out, err = result
    assert (got, out) == (code, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    for word in words:
        assert word in err


def test_new_makes_a_file_with_guxian_and_refuses_an_existing_one(run, tmp_path: Path) -> None:
    """The default plan; the second call changes nothing."""
    path = tmp_path / "我的 台账" / "古县.db"

    assert run("new", path)[0] == 0
    before = path.read_bytes()
    _problem(run("new", path), "已存在")
    assert path.read_bytes() == before


def test_new_takes_a_plan_file_and_blank(run, tmp_path: Path) -> None:
    """A plan of the contract's JSON; a file without a plan."""
    source = tmp_path / "plan.json"
    shutil.copyfile(paths.DATA / "guxian.json", source)

    assert run("new", tmp_path / "a.db", "--plan", source)[0] == 0
    assert json.loads(run("plans", tmp_path / "a.db", "--json")[1])[0]["measures"] == 38
    assert run("new", tmp_path / "b.db", "--plan", "blank")[0] == 0
    assert json.loads(run("plans", tmp_path / "b.db", "--json")[1]) == []
    _problem(run("status", tmp_path / "b.db"), "还没有方案")


def test_new_with_a_bad_plan_leaves_no_file(run, tmp_path: Path) -> None:
    """Unknown key, missing file, no JSON, another JSON, a field missing."""
    bad = tmp_path / "bad.json"
    for content, word in [
        ("{", "不是 JSON"), ("{}", "格式标记"), ('{"format": "taizhang-plan/1", "document": {}}', "不完整"),
    ]:  # fmt: skip
        bad.write_text(content, encoding="utf-8")
        _problem(run("new", tmp_path / "x.db", "--plan", bad), word)
    _problem(run("new", tmp_path / "x.db", "--plan", "nowhere"), "没有方案")
    _problem(run("new", tmp_path / "x.db", "--plan", tmp_path / "none.json"), "找不到")

    assert not (tmp_path / "x.db").exists()


def test_plans_lists_the_bundled_ones(run) -> None:
    """古县 is in the box with 38 measures."""
    rows = json.loads(run("plans", "--json")[1])

    assert [row for row in rows if row["key"] == "guxian"] == [
        {"key": "guxian", "title": "古县提升行政执法质量三年行动计划（2023—2025年）重点任务分解表", "measures": 38}
    ]


def test_units_prints_the_register(run, ledger: Path) -> None:
    """The contract's keys; 各乡镇 is a group that is 待补全."""
    rows = json.loads(run("units", ledger, "--json")[1])

    contract = {"name", "kind", "aliases", "group", "members", "incomplete", "contact", "phone", "mail"}
    assert all(contract <= set(row) for row in rows)
    township = next(row for row in rows if row["name"] == "各乡镇")
    assert (township["group"], township["members"], township["incomplete"]) == (True, ["北平镇"], True)
    assert "各乡镇" in run("units", ledger)[1]


def test_status_names_what_is_done_without_proof(run, ledger: Path) -> None:
    scan = ledger.with_name("纪要.txt")
    scan.write_text("纪要", encoding="utf-8")
    done = ("--unit", "财政局", "--state", "已完成", "--done", "2024-11-02")
    run("record", ledger, "--measure", "1", *done)
    run("record", ledger, "--measure", "2", *done, "--evidence", scan)
    lines = run("status", ledger, "--as-of", "2025-01-10")[1].splitlines()

    assert lines[-1] == "已完成但没有佐证 1 项：（1）财政局"
    assert len([line for line in lines if "佐证" in line]) == 1


def test_status_has_the_contracts_shape_and_adds_up(run, ledger: Path) -> None:
    """Keys in their order, six states adding up, a rule in words for each figure."""
    status = json.loads(run("status", ledger, "--as-of", "2025-01-10", "--json")[1])

    assert list(status) == ["plan", "as_of", "measures", "obligations", "units", "measures_by_no", "rules"]
    assert (status["plan"], status["as_of"]) == ("guxian", "2025-01-10")
    for figures in (status["measures"], status["obligations"], *status["units"]):
        assert [key for key in figures if key != "unit"] == KEYS
        assert sum(figures[key] for key in KEYS[1:7]) == figures["total"]
    assert status["measures"]["total"] == 38
    assert sum(unit["total"] for unit in status["units"]) == status["obligations"]["total"]
    assert [row["no"] for row in status["measures_by_no"]] == list(range(1, 39))
    assert status["measures_by_no"][3] == {
        "no": 4, "state": "not_started", "due_soon": False, "overdue": True, "done_late": False,
        "next_due": "2024-06-30",
    }  # fmt: skip
    assert set(KEYS) <= set(status["rules"])


def test_record_counts_from_its_date_and_keeps_evidence(run, ledger: Path, tmp_path: Path) -> None:
    """One unit done, with a scan: figures follow on that day and not before."""
    scan = tmp_path / "盖章扫描件.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")

    code, out, _ = run(
        "record", ledger, "--measure", 25, "--unit", "司法局", "--state", "已完成", "--done", "2025-03-01",
        "--text", "已印发方案", "--evidence", scan,
    )  # fmt: skip

    assert code == 0
    assert "1 份" in out
    before = json.loads(run("status", ledger, "--as-of", "2025-02-28", "--json")[1])
    after = json.loads(run("status", ledger, "--as-of", "2025-03-01", "--json")[1])
    assert (before["measures"]["done"], after["measures"]["done"]) == (0, 1)
    assert run("check", ledger) == (0, "完好\n", "")


def test_record_of_the_same_file_twice_says_so(run, ledger: Path, tmp_path: Path) -> None:
    """Stored once, tied twice."""
    scan = tmp_path / "签到表.jpg"
    scan.write_bytes(b"jpeg")
    for unit in ("财政局", "司法局"):
        out = run("record", ledger, "--measure", 1, "--unit", unit, "--state", "推进中", "--evidence", scan)[1]

    assert "已在台账中" in out
    stored = [file for file in paths.evidence_folder(ledger).rglob("*") if file.is_file()]
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["--measure", "99", "--unit", "财政局", "--state", "推进中"], "没有第 99 项"),
        (["--measure", "1", "--unit", "财政厅", "--state", "推进中"], "名册中没有“财政厅”"),
        (["--measure", "25", "--unit", "财政局", "--state", "推进中"], "不是第 25 项措施的责任单位"),
        (["--measure", "1", "--unit", "财政局", "--state", "不涉及"], "理由"),
        (["--measure", "1", "--unit", "财政局", "--state", "推进中", "--done", "2024-01-01"], "不能填完成日期"),
        (["--measure", "1", "--unit", "财政局", "--state", "推进中", "--period", "明年"], "看不懂报送期"),
        (["--measure", "1", "--unit", "财政局", "--state", "推进中", "--part", "乱"], "没有时限项"),
        (["--measure", "1", "--unit", "财政局", "--state", "推进中", "--evidence", "没有.pdf"], "找不到文件"),
    ],
)
def test_a_bad_record_is_one_sentence_and_writes_nothing(run, ledger: Path, args: list[str], word: str) -> None:
    """Unknown measure, unit, period, part; missing reason; vanished evidence."""
    before = ledger.read_bytes()

    _problem(run("record", ledger, *args), word)

    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (["nothing"], "可选"),
        ([], "缺少参数"),
        (["new"], "缺少参数"),
        (["record", "x.db", "--measure", "eins", "--unit", "a", "--state", "推进中"], "应为数字"),
        (["record", "x.db", "--measure", "1", "--unit", "a", "--state", "干完了"], "不能是“干完了”"),
        (["status", "x.db", "--as-of", "2024-13-01"], "看不懂日期"),
        (["status", "x.db", "--frobnicate"], "不认识的参数"),
        (["export", "x.db", "table", "--format", "doc", "-o", "x"], "不能是“doc”"),
    ],
)
def test_bad_use_exits_2_with_one_line(run, argv: list[str], word: str) -> None:
    """argparse's complaints come in Chinese."""
    _problem(run(*argv), word, code=2)


def test_a_missing_and_a_foreign_file_are_told(run, tmp_path: Path) -> None:
    """Reading commands refuse them like the window does."""
    foreign = tmp_path / "别的.db"
    foreign.write_text("x" * 200)

    for command in (["status"], ["check"], ["plans"], ["units"]):
        _problem(run(*command, tmp_path / "无.db"), "找不到")
        _problem(run(*command, foreign), "不是台账文件")


def test_writing_is_refused_while_a_window_has_the_file(run, ledger: Path) -> None:
    """record names the holder; reading goes on."""
    with closing(files.open_ledger(ledger)):
        _problem(run("record", ledger, "--measure", 1, "--unit", "财政局", "--state", "推进中"), "使用")
        assert run("status", ledger)[0] == 0
        assert run("check", ledger)[0] == 0


def test_check_names_what_is_wrong(run, ledger: Path, tmp_path: Path) -> None:
    """A missing piece of evidence is one line and exit 1."""
    scan = tmp_path / "通知.pdf"
    scan.write_bytes(b"%PDF")
    run("record", ledger, "--measure", 1, "--unit", "财政局", "--state", "推进中", "--evidence", scan)
    for file in paths.evidence_folder(ledger).rglob("*.pdf"):
        file.unlink()

    assert run("check", ledger) == (1, "佐证材料“通知”不见了\n", "")


def test_demo_does_the_main_job_and_keeps_the_file(run, tmp_path: Path) -> None:
    """A file, the table as XLSX and PDF, their paths; the second run keeps the file."""
    first = run("demo", tmp_path / "out")
    entered = run(
        "record", tmp_path / "out" / "古县.db", "--measure", 1, "--unit", "财政局", "--state", "已完成",
        "--done", "2024-11-02",
    )  # fmt: skip
    second = run("demo", tmp_path / "out")

    assert (first[0], entered[0], second[0]) == (0, 0, 0)
    made = [Path(line) for line in first[1].splitlines()]
    assert [path.suffix for path in made] == [".db", ".xlsx", ".pdf"]
    assert all(path.stat().st_size > 1000 for path in made)
    status = json.loads(run("status", made[0], "--as-of", "2024-12-01", "--json")[1])
    assert status["obligations"]["done"] == 1


@pytest.mark.parametrize("fmt", ["xlsx", "pdf", "docx"])
def test_export_replaces_a_file_and_tells_a_place_it_cannot_write(run, ledger: Path, tmp_path: Path, fmt: str) -> None:
    """An export may replace its file; a missing folder or a folder in the way is a sentence."""
    target = tmp_path / f"表.{fmt}"
    target.write_text("old")

    assert run("export", ledger, "table", "--format", fmt, "-o", target)[0] == 0
    assert target.stat().st_size > 1000
    (tmp_path / "夹").mkdir()
    _problem(run("export", ledger, "table", "--format", fmt, "-o", tmp_path / "夹"))
    _problem(run("export", ledger, "table", "--format", fmt, "-o", tmp_path / "没有" / "表"))


@pytest.mark.expected_log
def test_a_fault_of_ours_is_one_line_and_goes_to_the_log(run, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """No traceback on the screen; the log has it."""
    monkeypatch.setattr("core.office.bundled.keys", lambda: 1 / 0)

    _problem(run("plans"), "程序出错了")

    assert "ZeroDivisionError" in (home / "config" / "taizhang.log").read_text(encoding="utf-8")


def test_no_command_loads_qt() -> None:
    """core imports nothing of the window, whatever third parties pull in."""
    code = (
        "import pkgutil, importlib, sys, core\n"
        "for m in pkgutil.walk_packages(core.__path__, 'core.'): importlib.import_module(m.name)\n"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'gui'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "[]"


def test_an_export_never_replaces_a_ledger(run, ledger: Path) -> None:
    """Neither the open one nor another; what they hold stays."""
    other = ledger.with_name("另一个.db")
    shutil.copyfile(ledger, other)
    before = ledger.read_bytes()

    for target in (ledger, other):
        _problem(run("export", ledger, "table", "--format", "pdf", "-o", target), "台账文件", "不能")

    assert ledger.read_bytes() == other.read_bytes() == before


def test_a_number_no_plan_has_is_told(run, ledger: Path) -> None:
    """Also one that is too large for the database."""
    for number in ("39", "0", str(10**30)):
        _problem(run("record", ledger, "--measure", number, "--unit", "司法局", "--state", "推进中"), "没有第", "1—38")


def test_the_only_scope_of_a_measure_may_be_named(run, tmp_path: Path) -> None:
    """It says no more than naming none; a word that is no scope is told with the choice there is."""
    ledger = tmp_path / "随州.db"
    run("new", ledger, "--plan", "suizhou")
    deadlines = {
        m["no"]: m["deadlines"] for m in json.loads((paths.DATA / "suizhou.json").read_text("utf-8"))["measures"]
    }
    alone = next(no for no, parts in deadlines.items() if len(parts) == 1)
    several = next(no for no, parts in deadlines.items() if len(parts) > 1)
    call = ("record", ledger, "--unit", "各县、市、区人民政府", "--state", "推进中")

    assert run(*call, "--measure", alone, "--part", deadlines[alone][0]["scope"])[0] == 0
    assert run(*call, "--measure", several, "--part", deadlines[several][1]["scope"])[0] == 0
    _problem(run(*call, "--measure", alone, "--part", "别的"), "不分时限项")
    _problem(run(*call, "--measure", several, "--part", "别的"), deadlines[several][0]["scope"])


def test_what_is_only_logged_is_not_printed(ledger: Path, tmp_path: Path) -> None:
    """The holder's card cannot be written: the entry stands, and stderr stays empty."""
    (ledger.parent / f".{ledger.name}.holder").mkdir()
    call = [sys.executable, "-m", "gui.launch", "record", str(ledger)]
    done = subprocess.run(
        [*call, "--measure", "1", "--unit", "司法局", "--state", "推进中"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_the_explanation_is_chinese(run, capsys: pytest.CaptureFixture[str]) -> None:
    """Words of argparse included."""
    for argv in (("--help",), ("record", "--help")):
        with pytest.raises(SystemExit) as left:
            cli.main(argv)
        text = capsys.readouterr().out

        assert left.value.code == 0
        assert "用法：taizhang" in text
        assert not {"usage", "options", "show this", "arguments"} & set(text.split()), text


def test_damage_is_one_chinese_line_a_problem(run, ledger: Path) -> None:
    """SQLite's own report begins with a line of asterisks and goes over several lines."""
    content = bytearray(ledger.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    content[32:40] = (len(content) // page - 1).to_bytes(4, "big") + (5).to_bytes(
        4, "big"
    )  # a wrong list of free pages
    ledger.write_bytes(content)
    code, out, _ = run("check", ledger)

    assert code == 1
    assert out.splitlines()
    assert all(line.startswith("台账文件已损坏：") for line in out.splitlines()), out


def test_a_report_is_issued_from_the_command_line(run, ledger: Path, tmp_path: Path) -> None:
    """Entered once with its 文号, handed out as it was kept."""
    target = tmp_path / "报告.docx"
    line = ["export", str(ledger), "report", "--format", "docx", "-o", str(target), "--period", "2024Q4", "--issue"]
    code, out, _ = run(*line, "--number", "古司[2025]3号", "--charts")
    assert (code, out.strip()) == (0, str(target))
    with closing(files.open_ledger(ledger, read_only=True)) as store:
        (one,) = issued.list_issued(store)
        assert one.number == "古司〔2025〕3号"
        assert issued.kept_path(store, one.id).read_bytes() == target.read_bytes()

    code, _, err = run(*line)
    assert code == 1
    assert "出具" in err
    code, _, err = run(
        "export", str(ledger), "reminder", "--format", "pdf", "-o", str(target), "--number", "〔2025〕4号"
    )
    assert code == 2
    assert "--unit" in err


def test_letters_to_all_units_are_issued_in_one_press(run, ledger: Path, tmp_path: Path) -> None:
    """Each a line with its own number, all in one file; who has one gets no second."""
    with closing(files.open_ledger(ledger)) as store:
        issuer.save(store, replace(issuer.load(store), number="古司函"))
    target = tmp_path / "函.docx"
    line = ["export", str(ledger), "reminder", "--format", "docx", "-o", str(target), "--as-of", "2024-07-10"]
    code, out, err = run(*line, "--period", "2024Q2", "--issue")
    with closing(files.open_ledger(ledger, read_only=True)) as store:
        found = issued.list_issued(store)
    year = date.today().year

    assert (code, out.strip()) == (0, str(target))
    assert f"已出具 {len(found)} 份，古司函〔{year}〕1号至古司函〔{year}〕{len(found)}号" in err
    assert len({one.number for one in found}) == len({one.unit for one in found}) == len(found) > 5
    shown = "".join(
        node.text or "" for node in docx.Document(str(target)).element.body.iter() if node.tag.endswith("}t")
    )
    assert all(one.number in shown for one in found)
    code, _, err = run(*line, "--period", "2024Q2", "--issue")
    assert code == 1
    assert "都已出具过" in err
