"""Every document of a plan of one measure and of one of five hundred."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pdfplumber
import pytest

from core import paths
from core.errors import InvalidError
from core.job import Job
from core.model.ledger import EntryState
from core.office import documents, files, progress
from core.office.asked import Asked
from core.office.form_value import FormValue
from core.office.overview import overview
from core.publish import pages
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD

FEW_UNITS = "财政局负责落实"


@contextmanager
def ledger(folder: Path, measures: int) -> Iterator[Store]:
    """红寺堡's first measures, or all of them again and again, each of one unit."""
    plan = json.loads((paths.DATA / "hongsibu.json").read_text(encoding="utf-8"))
    own = plan["measures"]
    many = sorted((own[at % len(own)] for at in range(measures)), key=lambda one: one["no"])
    plan["measures"] = [
        one | {"no": no, "lead": [], "responsible": ["区财政局"], "cooperating": [], "division_raw": FEW_UNITS}
        for no, one in enumerate(many, start=1)
    ]
    source = folder / "方案.json"
    source.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    with closing(files.create_ledger(folder / "台账.db", str(source))) as store:
        yield store


def asked(kind: str) -> Asked:
    return Asked(None, AS_OF, None if kind in ("midterm", "final") else PERIOD)


def test_a_plan_of_one_measure_has_every_document(tmp_path) -> None:
    """Before anything is said where there is nothing to list, then all; no range, no plural, no empty section."""
    with ledger(tmp_path, 1) as store:
        with pytest.raises(InvalidError, match="没有可以列入目录的佐证材料"):
            documents.make(store, "catalogue", asked("catalogue"), Job())
        item = overview(store, None, AS_OF).obligations[0]
        progress.save(store, item.id, PERIOD, FormValue(state=EntryState.KEPT_UP, text="已落实。"))
        for kind, one in documents.KINDS.items():
            if kind in ("catalogue", "reminder", "notice"):
                continue
            for fmt in one.formats:
                made = documents.export(store, kind, asked(kind), fmt, tmp_path / f"{kind}.{fmt}", Job())
                assert made.pages >= 1
        with pdfplumber.open(tmp_path / "report.pdf") as pdf:
            text = "".join(page.extract_text() for page in pdf.pages)
    assert "1项措施" in text
    assert "（1）至" not in text


def test_a_plan_of_five_hundred_measures_has_its_report(tmp_path) -> None:
    """With its table behind it; what one unit said is in it, pages are numbered through."""
    with ledger(tmp_path, 500) as store:
        item = overview(store, None, AS_OF).obligations[250]
        progress.save(store, item.id, PERIOD, FormValue(state=EntryState.KEPT_UP, text="第二百五十一项已落实。"))
        made = documents.export(store, "report", asked("report"), "pdf", tmp_path / "report.pdf", Job())
    assert made.pages == pages.page_count((tmp_path / "report.pdf").read_bytes())
    with pdfplumber.open(tmp_path / "report.pdf") as pdf:
        last = len(pdf.pages)
        assert last > 100
        whole = "".join(page.extract_text() for page in pdf.pages[:12])
        turned = pdf.pages[-1].extract_text()
    assert "500项措施" in whole
    assert "第二百五十一项已落实" in "".join(whole.split())
    assert str(last) in "".join(turned.split())
