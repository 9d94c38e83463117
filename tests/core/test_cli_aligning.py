"""`taizhang align`: the shape of the contract, and the same in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core import cli


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def _run(*argv: object) -> tuple[int, str, str]:
        code = cli.main([str(part) for part in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return _run


def test_json_is_as_the_contract_says(run, ledger: Path):
    code, out, err = run("align", ledger, "--superior", "dingxi", "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["suggestions", "unanswered", "unanswering"]
    assert all(list(s) == ["superior", "answers"] for s in found["suggestions"])
    assert all(list(a) == ["own", "score", "words"] for s in found["suggestions"] for a in s["answers"])
    assert sorted([s["superior"] for s in found["suggestions"]] + found["unanswered"]) == list(range(1, 72))
    first = next(s for s in found["suggestions"] if s["superior"] == 64)["answers"][0]
    assert (first["own"], first["words"]) == (32, ["公职律师和法律顾问队伍建设"])
    assert 0 < first["score"] <= 1


def test_in_words_every_superior_measure_has_its_line(run, ledger: Path):
    code, out, _ = run("align", ledger, "--superior", "dingxi")

    assert code == 0
    assert out.count("上级第") == 71
    assert "  无对应措施" in out
    assert "时限晚于上级：我方2024年6月30日完成，上级要求2023年12月31日前完成" in out
    assert out.splitlines()[-1].startswith("本级措施无对应：")


def test_bad_use_is_2_and_a_problem_is_one_line(run, ledger: Path):
    assert run("align", ledger)[0] == 2
    code, out, err = run("align", ledger, "--superior", "guxian")
    assert (code, out, err.count("\n")) == (1, "", 1)
