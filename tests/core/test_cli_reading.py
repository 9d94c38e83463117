"""`read` and `import`: JSON to stdout, problems to stderr one line each, exit 1 only without any measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core import cli, paths

TEXT = "某县工作方案\n一、提升能力\n1.完善制度。（县司法局牵头，各乡镇落实）\n3.落实责任。（责任单位：县财政局）\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Run a command; gives exit code, stdout, stderr."""

    def _run(*argv: object) -> tuple[int, str, str]:
        code = cli.main([str(part) for part in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return _run


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_read_prints_the_contracts_json_and_problems(run, document: Path) -> None:
    code, out, err = run("read", document)

    plan = json.loads(out)
    assert code == 0
    assert plan["format"] == "taizhang-plan/1"
    assert list(plan) == list(json.loads((paths.DATA / "guxian.json").read_text(encoding="utf-8")))
    assert [measure["lead"] for measure in plan["measures"]] == [["县司法局"], []]
    assert [line.split("\t")[0] for line in err.splitlines()] == ["须处理"]
    assert "1.后面是3.，缺2." in err


def test_read_writes_a_plan_that_new_takes(run, document: Path, tmp_path: Path) -> None:
    code, out, _ = run("read", document, "-o", tmp_path / "plan.json")
    assert (code, out) == (0, "")
    assert run("new", tmp_path / "新.db", "--plan", tmp_path / "plan.json")[0] == 0
    assert json.loads(run("plans", tmp_path / "新.db", "--json")[1])[0]["measures"] == 2


def test_read_exits_1_without_a_measure(run, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("只有一句话。", encoding="utf-8")

    code, out, err = run("read", path)

    assert code == 1
    assert json.loads(out)["measures"] == []
    assert "没有找到任何措施" in err


def test_import_adds_a_plan(run, ledger: Path, document: Path) -> None:
    code, out, _ = run("import", ledger, document)

    assert (code, out.split("\t")[0]) == (0, "p2")
    assert [row["key"] for row in json.loads(run("plans", ledger, "--json")[1])] == ["guxian", "p2"]
    assert run("check", ledger)[1].strip() == "完好"


def test_what_cannot_be_read_is_one_line(run, ledger: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 broken")
    before = ledger.read_bytes()

    for command in (("read", bad), ("import", ledger, bad), ("read", tmp_path / "没有.docx")):
        code, out, err = run(*command)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "Traceback" not in err
    assert ledger.read_bytes() == before
