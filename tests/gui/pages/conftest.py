"""A context with 古县's ledger, pages on it, and a recorder in the place of dialogs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from core.job import Job
from core.office import files, tables
from core.settings import Settings
from core.store.database import Store
from gui.context import Context
from gui.messages import Message

AS_OF = date(2025, 1, 10)
PERIOD = "2024Q4"


def words(message: Message) -> str:
    """All that a message says."""
    return "\n".join([message.headline, message.text, *(f"{name}：{text}" for name, text in message.facts)])


@pytest.fixture
def context(qtbot: QtBot, dressed, store: Store) -> Iterator[Context]:
    """The window's context with 古县's ledger open."""
    made = Context(Settings())
    made.as_of = AS_OF
    made.set_store(store)
    made.set_scope(period_key=PERIOD)
    yield made
    made.jobs.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph of 1600 × 1000."""
    file = tmp_path / "现场照片.jpg"
    image = QImage(1600, 1000, QImage.Format.Format_RGB32)
    image.fill(QColor("#88AACC"))
    assert image.save(str(file))
    return file


@pytest.fixture
def pdf(tmp_path: Path, once: Callable[..., Path], guxian_template: Path) -> Path:
    """A PDF of several pages."""

    def make(folder: Path) -> None:
        with closing(files.open_ledger(guxian_template, read_only=True)) as store:
            (folder / "通知.pdf").write_bytes(tables.table_pdf(store, None, Job())[0])

    return Path(shutil.copy(once("pdf", make) / "通知.pdf", tmp_path))
