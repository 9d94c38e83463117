"""Sheets of 古县 as the real dispatch makes them, and what the ledger knows; made once a run."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.exchange.returned import KnownLedger
from core.job import Job
from core.office import files
from core.office.dispatch import dispatch
from tests.core.exchange import returns
from tests.core.exchange.returns import PERIOD, UNIT, edited, fill


@pytest.fixture(scope="session")
def sent(guxian_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, KnownLedger]:
    """The folder of a dispatch to all units, and what the ledger knows."""
    folder = tmp_path_factory.mktemp("sent")
    path = folder / "古县.db"
    shutil.copyfile(guxian_template, path)
    with closing(files.open_ledger(path)) as store:
        dispatch(store, None, PERIOD, folder / "下发", Job())
        return folder / "下发", returns.known_of(store)


@pytest.fixture(scope="session")
def known(sent: tuple[Path, KnownLedger]) -> KnownLedger:
    """What the ledger knows."""
    return sent[1]


@pytest.fixture(scope="session")
def plain(sent: tuple[Path, KnownLedger]) -> bytes:
    """The sheet of one unit as it was sent."""
    return returns.path_of(sent[0], UNIT).read_bytes()


@pytest.fixture(scope="session")
def filled(plain: bytes) -> bytes:
    """The same with four measures filled in as it was meant."""
    return edited(
        plain,
        fill(2, 状态="推进中", 工作进展="开展轮训 3 次", 存在问题="人手不足", 下一步工作="继续轮训"),
        fill(4, 状态="已完成", 完成日期=date(2024, 12, 3), 工作进展="已全部完成", 佐证材料编号="4-1、4-2"),
        fill(5, 状态="不涉及", 工作进展="本单位没有执法职能"),
        fill(7, 状态="未启动"),
    )
