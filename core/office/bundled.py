"""The published plans that come with the program: data/KEY.json and the register data/KEY.units.json."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core import paths
from core.errors import NotFoundError
from core.model import plan_json, units_json
from core.model.plan import Plan
from core.model.units import Unit

TITLES = {"guxian": "古县", "dingxi": "定西市", "hongsibu": "红寺堡区", "suizhou": "随州市", "qinzhou": "钦州市"}
"""Keys of the command line and the place whose plan it is."""


def keys() -> tuple[str, ...]:
    """The plans that are in the box."""
    return tuple(key for key in TITLES if _file(key).is_file())


def load(key: str) -> Plan:
    """Read a bundled plan.

    Raises NotFoundError for a key that is not in the box.
    """
    if key not in keys():
        raise NotFoundError(f"没有随附方案“{key}”。", hint=f"可选：{'、'.join(keys())}。")
    file = _file(key)
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, _written: int) -> Plan:
    """Read once: 对照上级 asks for its superior plan at every decision."""
    return plan_json.loads(file.read_text(encoding="utf-8"))


def load_units(key: str) -> tuple[Unit, ...]:
    """The register that goes with a bundled plan, empty if it has none."""
    file = paths.DATA / f"{key}.units.json"
    return units_json.loads(file.read_text(encoding="utf-8")) if file.is_file() else ()


def _file(key: str) -> Path:
    return paths.DATA / f"{key}.json"
