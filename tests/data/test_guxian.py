"""The bundled plan of 古县 and its unit register."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
ROLES = ("lead", "responsible", "cooperating")


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(name="plan", scope="module")
def _plan() -> dict[str, Any]:
    return _load("guxian.json")


@pytest.fixture(name="units", scope="module")
def _units() -> list[dict[str, Any]]:
    units: list[dict[str, Any]] = _load("guxian.units.json")["units"]
    return units


@pytest.fixture(name="known", scope="module")
def _known(units: list[dict[str, Any]]) -> dict[str, str]:
    """Every name and alias of the register, with the name it stands for."""
    return {written: unit["name"] for unit in units for written in (unit["name"], *unit["aliases"])}


def _names(measure: dict[str, Any]) -> list[str]:
    return [name for role in ROLES for name in measure[role]]


def test_counts(plan: dict[str, Any]) -> None:
    """The plan has 6 sections, 20 tasks and 38 measures, numbered without a gap."""
    for key, count in (("sections", 6), ("tasks", 20), ("measures", 38)):
        assert [row["no"] for row in plan[key]] == list(range(1, count + 1)), key


def test_labels(plan: dict[str, Any]) -> None:
    """Labels are printed with full-width brackets and repeated in neither title nor text."""
    assert [s["label"] for s in plan["sections"]] == [f"（{n}）" for n in "一二三四五六"]
    assert [t["label"] for t in plan["tasks"]] == [f"{t['no']}." for t in plan["tasks"]]
    assert [m["label"] for m in plan["measures"]] == [f"（{m['no']}）" for m in plan["measures"]]
    for row in plan["sections"] + plan["tasks"]:
        assert not row["title"].startswith(row["label"])
    for row in plan["measures"]:
        assert not row["text"].startswith(row["label"])


def test_tree(plan: dict[str, Any]) -> None:
    """Each measure stands in a known task of its own section, in printed order, and no task is empty."""
    section_of = {task["no"]: task["section"] for task in plan["tasks"]}
    places = [(m["section"], m["task"]) for m in plan["measures"]]

    assert all(section == section_of[task] for section, task in places)
    assert places == sorted(places)
    assert {task for _, task in places} == set(section_of)
    assert {s["no"] for s in plan["sections"]} == set(section_of.values())


def test_measures_of_each_task(plan: dict[str, Any]) -> None:
    """The measures are divided over the tasks as in the printed table."""
    counts = [sum(m["task"] == t["no"] for m in plan["measures"]) for t in plan["tasks"]]

    assert counts == [2, 1, 1, 2, 2, 1, 1, 4, 1, 1, 1, 1, 3, 1, 2, 3, 3, 3, 3, 2]


def test_texts_are_clean(plan: dict[str, Any]) -> None:
    """Texts hold no blank and no half-width punctuation."""
    for measure in plan["measures"]:
        for key in ("text", "division_raw", "deadline_raw"):
            assert not set(measure[key]) & set(" \t\r\n\u3000(),;:"), (measure["no"], key)


def test_missing_page(plan: dict[str, Any]) -> None:
    """Just (7) to (11) come from the body, and just these five wait for a person to check them."""
    from_body = [m["no"] for m in plan["measures"] if m["source"] == "body"]
    to_verify = [m["no"] for m in plan["measures"] if m["to_verify"]]

    assert from_body == [7, 8, 9, 10, 11]
    assert to_verify == from_body
    assert any("（7）—（11）" in problem["where"] for problem in plan["problems"])


def test_deadlines(plan: dict[str, Any]) -> None:
    """Every measure has one dated deadline: the last day of the period that its phrase names."""
    last_day = {
        "2024年6月底前": date(2024, 6, 30),
        "2024年底前": date(2024, 12, 31),
        "2025年底前": date(2025, 12, 31),
    }
    for measure in plan["measures"]:
        (part,) = measure["deadlines"]
        assert (part["kind"], part["recur"]) == ("by", None)
        if measure["no"] in {7, 8}:
            assert part["scope"] in measure["deadline_raw"]
        else:
            assert part["scope"] is None
            assert date.fromisoformat(part["date"]) == last_day[measure["deadline_raw"]]


def test_composite_deadline(plan: dict[str, Any]) -> None:
    """The composite phrase of task 5 gives (7) its remainder and (8) its part for emergency management."""
    special, supervision = (plan["measures"][no - 1] for no in (7, 8))

    assert special["deadline_raw"] == supervision["deadline_raw"]
    assert (special["deadlines"][0]["scope"], special["deadlines"][0]["date"]) == ("其余事项", "2025-12-31")
    assert (
        supervision["deadlines"][0]["scope"],
        supervision["deadlines"][0]["date"],
    ) == ("应急领域专项监督", "2024-12-31")


def test_divisions_are_understood(plan: dict[str, Any]) -> None:
    """Every measure has a responsible unit, and a leading one just where the phrase says 牵头."""
    for measure in plan["measures"]:
        assert measure["responsible"], measure["no"]
        assert bool(measure["lead"]) == ("牵头" in measure["division_raw"]), measure["no"]


def test_names_come_from_the_phrase(plan: dict[str, Any]) -> None:
    """Every unit of a measure stands in its printed phrase, but for the two misprints, which are noted."""
    for measure in plan["measures"]:
        phrase = measure["division_raw"]
        repaired = phrase.replace("各行政执单位", "各行政执法单位").replace("各行政法机关", "各行政执法机关")
        assert all(name in repaired for name in _names(measure)), measure["no"]
        if repaired != phrase:
            assert "责任分工原件作" in measure["note"], measure["no"]


def test_names_are_in_the_register(plan: dict[str, Any], known: dict[str, str]) -> None:
    """Every unit of a measure and every member of the 会商机制 is registered, and a measure names none twice."""
    for measure in plan["measures"]:
        resolved = [known[name] for name in _names(measure)]
        assert len(set(resolved)) == len(resolved), measure["no"]
    assert len({known[member["unit"]] for member in plan["document"]["members"]}) == 15


def test_register(units: list[dict[str, Any]], known: dict[str, str]) -> None:
    """No name or alias stands for two units; groups consist of registered units, others have no members."""
    assert len(known) == sum(1 + len(unit["aliases"]) for unit in units)
    plain = {unit["name"] for unit in units if not unit["group"]}
    for unit in units:
        assert unit["kind"] in {"部门", "乡镇", "垂直管理", "纪检司法", "集合"}
        assert (unit["kind"] == "集合") == unit["group"]
        assert unit["group"] == bool(unit["members"])
        assert set(unit["members"]) <= plain
        assert len(set(unit["members"])) == len(unit["members"])


def test_groups(units: list[dict[str, Any]], known: dict[str, str]) -> None:
    """各乡镇 is to be completed, 各行政执法单位 to be checked and without the organs that are not the government's."""
    groups = {unit["name"]: unit for unit in units if unit["group"]}
    towns, enforcers = groups["各乡镇"], groups["各行政执法单位"]

    assert towns["members"] == ["北平镇"]
    assert (towns["incomplete"], enforcers["incomplete"]) == (True, False)
    assert enforcers["to_verify"]
    assert "司法局" in enforcers["members"]
    assert not {"纪委监委", "法院", "检察院"} & set(enforcers["members"])
    assert known["各行政执法机关"] == "各行政执法单位"
    assert known["生态环境局古县分局"] == "市生态环境局古县分局"


@pytest.mark.parametrize("name", ["guxian.json", "guxian.units.json"])
def test_written_form(name: str) -> None:
    """The files are UTF-8 with two-space indent, Chinese unescaped, and end in one newline."""
    text = (DATA / name).read_text(encoding="utf-8")

    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
