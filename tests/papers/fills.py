"""Ledgers of the bundled plans filled to different degrees, the same each time: for papers made of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.job import Job
from core.model.ledger import EntryState, Obligation
from core.office import attach, issuer, progress
from core.office.form_value import FormValue
from core.office.forms import states_of
from core.office.overview import Overview, overview
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD, RARE, fill

_CLAUSES = (
    "组织行政执法人员参加2024年第四季度专题培训", "累计学习60学时", "覆盖率100%", "印发《行政执法“三项制度”实施细则（试行）》",
    "对12个乡镇、36个单位开展“双随机、一公开”抽查", "发现问题57个", "已整改52个（整改率91.2%）", "梳理裁量基准1,286条",
    "在“互联网+监管”平台录入检查行为3.2万条", "A类企业检查频次下降30%～45%", "建立月调度、季通报机制",
    "制定《首违不罚清单》（2024年版）", "涉企检查同比减少18.6%", "组织案卷评查2次、评查案卷120卷", "县委编办、县财政局配合到位",
    "开展以案释法活动8场次", "推送执法APP（V2.1）账号245个", "聘请特邀监督员15名", "及时报送信息", "责任到人",
)  # fmt: skip
_ENDS = ("，", "；", "，", "。", "、")


def words(chance: random.Random, length: int) -> str:
    """About so many characters of office prose, with digits, Latin letters and marks in it."""
    found = ""
    while len(found) < length:
        found += chance.choice(_CLAUSES) + chance.choice(_ENDS)
    return f"{found[:-1]}。"


def empty(_store: Store, _folder: Path) -> None:
    """Nothing was said."""


def half(store: Store, folder: Path) -> None:
    """Progress in every state, here and there; a very long text."""
    fill(store, folder, most=60)


def full(store: Store, folder: Path) -> None:
    """Every obligation, a few sentences each."""
    _everything(store, folder, lambda chance, _: chance.randint(12, 110))


def long(store: Store, folder: Path) -> None:
    """Every fourth obligation, texts of a page; each fortieth has two thousand characters."""
    _everything(store, folder, lambda chance, place: 2000 if place % 40 == 0 else chance.randint(150, 500), step=4)


FILLS: dict[str, Callable[[Store, Path], None]] = {"empty": empty, "half": half, "full": full, "long": long}


def prepare(store: Store, folder: Path, name: str) -> Overview:
    """Fill a ledger, name its office, and read it."""
    value = replace(issuer.load(store), body="行政执法协调监督会商机制办公室", contact="张三", phone="0000-0000000")
    issuer.save(store, replace(value, addressee="县人民政府", circular_to="各乡镇，县直各行政执法单位"))
    FILLS[name](store, folder)
    return overview(store, None, AS_OF)


def _everything(store: Store, folder: Path, length: Callable[[random.Random, int], int], *, step: int = 1) -> None:
    chance = random.Random(6)
    view = overview(store, None, AS_OF)
    for place, item in enumerate(view.obligations[::step]):
        progress.save(store, item.id, PERIOD, _said(view, item, chance, place, length(chance, place)))
        if place % 9 == 0:
            file = folder / f"关于开展专项检查的通知（第{place}号）.txt"
            file.write_text(f"佐证 {place}", encoding="utf-8")
            attach.add_evidence(store, item.id, PERIOD, [file], Job())


def _said(view: Overview, item: Obligation, chance: random.Random, place: int, length: int) -> FormValue:
    states = states_of(view.measure(item.measure).deadlines)
    wanted = (EntryState.DONE, EntryState.IN_PROGRESS, EntryState.KEPT_UP, EntryState.IN_PROGRESS)[place % 4]
    state = (
        wanted
        if wanted in states
        else next(one for one in states if one in (EntryState.IN_PROGRESS, EntryState.KEPT_UP))
    )
    return FormValue(
        state=state,
        done_on=date(2024, 10, 1 + place % 30) if state is EntryState.DONE else None,
        text=words(chance, length),
        problems=words(chance, length // 4) if place % 4 == 0 else "",
        next_steps=words(chance, length // 5) if place % 3 == 0 else RARE if place % 31 == 0 else "",
    )
