"""示例县: a county that does not exist, with the published plan of 古县 and forty units.

Every name of a place is replaced, so that nothing that is made up is ever said of a real county.
"""

from __future__ import annotations

from dataclasses import replace

from core import paths
from core.model import plan_json
from core.model.plan import Plan
from core.model.units import Unit, UnitKind
from core.office import bundled

MARK = "（示例）"
PLACE = "示例县"
_KEY = "guxian"
_REAL = {"古县": PLACE, "山西省": "示例省", "古政办发〔2024〕21号": "示政办发〔2024〕21号", "北平镇": "城关镇"}
_TOWNS = (
    "城关镇", "东山镇", "西河镇", "南坪镇", "北塬镇", "上庄镇", "下川镇", "石门镇",
    "柳林乡", "杨树乡", "黄土乡", "清泉乡", "白石乡", "青岭乡", "大湾乡", "小沟乡",
)  # fmt: skip
_UNKNOWN = ("林业局", "青岭乡", "小沟乡")
"""Units nobody has a telephone number of, for practice."""


def plan() -> Plan:
    """The plan under its invented names, its titles marked; what was doubtful in the print is settled but for one."""
    text = (paths.DATA / f"{_KEY}.json").read_text(encoding="utf-8")
    read = plan_json.loads(_renamed(text))
    document = replace(
        read.document,
        title=f"{MARK}{read.document.title}",
        table_title=f"{MARK}{read.document.table_title or read.document.title}",
    )
    doubtful = max((measure.no for measure in read.measures if measure.to_verify), default=0)
    measures = tuple(replace(measure, to_verify=measure.no == doubtful) for measure in read.measures)
    return replace(read, document=document, measures=measures)


def units() -> tuple[Unit, ...]:
    """Twenty-four departments and sixteen townships, with contacts that lead nowhere, and the two collectives."""
    known = [_in_county(unit) for unit in bundled.load_units(_KEY)]
    have = {unit.name for unit in known}
    towns = [Unit(name, UnitKind.TOWNSHIP) for name in _TOWNS if name not in have]
    first_group = next(at for at, unit in enumerate(known) if unit.is_group)
    single = [*known[:first_group], *towns]
    return (*(_reached(unit, at) for at, unit in enumerate(single, 1)), *known[first_group:])


def _renamed(text: str) -> str:
    for real, made_up in _REAL.items():
        text = text.replace(real, made_up)
    return text


def _in_county(unit: Unit) -> Unit:
    members = _TOWNS if unit.name == "各乡镇" else tuple(_renamed(name) for name in unit.members)
    return replace(
        unit,
        name=_renamed(unit.name),
        aliases=tuple(_renamed(name) for name in unit.aliases),
        members=members,
        incomplete=False,
        to_verify=False,
    )


def _reached(unit: Unit, at: int) -> Unit:
    if unit.name in _UNKNOWN:
        return unit
    return replace(unit, contact=f"示例联络员{at:02}", phone=f"0000-00000{at:02}", mail=f"unit{at:02}@example.invalid")
