"""使用手册: the right chapter by F1, search, pictures; and what the manual says exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core import paths
from gui.manual.chapters import chapter_of, chapters
from gui.manual.opening import open_manual
from gui.manual.window import ChapterModel, ManualWindow
from gui.pages import PAGES
from gui.shortcuts import ShortcutSheet
from tests.gui.recorder import Recorder


@pytest.fixture
def window(qtbot: QtBot, dressed: object) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_every_page_has_a_chapter_of_its_own() -> None:
    """Each page of the navigation and each covering sheet leads to a chapter that is there."""
    there = {chapter.key for chapter in chapters()}
    asked = [chapter_of(key) for key in (*(page.key for page in PAGES), "import", "edit", "align", "version")]

    assert set(asked) <= there
    assert len({chapter_of(page.key) for page in PAGES}) == len(PAGES)
    assert chapter_of("") == chapter_of("no such page") == "01"


def test_f1_brings_the_chapter_of_the_page(window: QWidget) -> None:
    """One manual a window: asked for again it turns to the other chapter."""
    first = open_manual("table", window)
    assert "任务分解" in first.browser.toPlainText()
    again = open_manual("archive", window)

    assert again is first
    assert first.isVisible()
    assert "移交打包" in first.browser.toPlainText()
    assert not first.isModal()


def test_a_search_leaves_the_chapters_that_have_the_words(window: QWidget) -> None:
    """The words are marked; clearing brings all chapters back and keeps the one that is read."""
    manual = open_manual("", window)
    manual.search.setText("代章")
    shown = [chapter.title for chapter in manual.model.lines]
    assert 0 < len(shown) < len(chapters())
    assert "代章" in manual.browser.toPlainText()
    assert manual.browser.extraSelections()
    read = manual.list.currentIndex().row()
    title = manual.model.lines[read].title
    manual.search.clear()

    assert len(manual.model.lines) == len(chapters())
    assert manual.model.lines[manual.list.currentIndex().row()].title == title
    manual.search.setText("没有这样的字")
    assert manual.model.rowCount() == 0


def test_pictures_are_there_and_fit(window: QWidget) -> None:
    """No picture is wider than the text; none is fetched from elsewhere."""
    manual = open_manual("home", window)
    named = [name for chapter in chapters() for name in re.findall(r"!\[.*?\]\((.*?)\)", chapter.text)]
    assert named
    for name in named:
        assert (paths.MANUAL / name).is_file(), name
        image = manual.browser.loadResource(2, name)
        assert 0 < image.deviceIndependentSize().width() <= manual.browser.viewport().width()
    assert manual.browser.loadResource(2, "../../README.md") is None
    assert manual.browser.loadResource(3, "pictures/home.png") is None


def test_the_keys_are_one_step_away(qtbot: QtBot, window: QWidget) -> None:
    """The button opens the sheet of all keys over the same window."""
    manual = open_manual("", window)
    qtbot.mouseClick(manual.keys, Qt.MouseButton.LeftButton)

    assert window.findChild(ShortcutSheet) is not None


def test_the_card_is_handed_to_its_program(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch, recorder: Recorder
) -> None:
    """Where no program shows PDF, a sentence says where the file lies."""
    handed: list[str] = []
    has_program = [True]

    def take(url: QUrl) -> bool:
        handed.append(url.toLocalFile())
        return has_program[0]

    monkeypatch.setattr("gui.manual.window.QDesktopServices.openUrl", take)
    manual = open_manual("", window)
    qtbot.mouseClick(manual.card, Qt.MouseButton.LeftButton)
    assert handed == [str(paths.MANUAL / "快速上手.pdf")]
    assert not recorder.messages

    has_program[0] = False
    qtbot.mouseClick(manual.card, Qt.MouseButton.LeftButton)
    assert "打不开" in recorder.messages[-1].headline


_OF_OTHERS = frozenset({"基本完成", "已完成90%", "启用 BitLocker", "BitLocker To Go", "文件保险箱"})
"""What the manual quotes and is no word of the window: units' answers, other programs."""


def test_words_of_buttons_in_the_manual_stand_in_the_window() -> None:
    """What the manual, the README and the card put in “ ” is a word of the window: names do not age apart."""
    root = paths.DATA.parent
    source = "\n".join(
        path.read_text(encoding="utf-8") for room in ("gui", "core") for path in (root / room).rglob("*.py")
    )
    source += "".join(chapter.title for chapter in chapters())
    texts = {chapter.title: chapter.text for chapter in chapters()}
    texts |= {name: (root / name).read_text(encoding="utf-8") for name in ("README.md", "docs/manual/card.py")}
    missing = [
        f"{title}：{name}"
        for title, text in texts.items()
        for name in dict.fromkeys(re.findall(r"“([^”{]{2,14})”", text))
        if any(part not in source for part in name.split("，")) and name not in _OF_OTHERS
    ]

    assert missing == []


def test_the_list_keeps_the_rules(qtmodeltester: ModelTester) -> None:
    model = ChapterModel()
    model.load(chapters())
    qtmodeltester.check(model)


def test_without_its_files_the_manual_says_so(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is told, not an empty page."""
    monkeypatch.setattr("gui.manual.window.chapters", lambda: ())
    manual = ManualWindow(window, lambda: None)

    assert "没有找到手册文件" in manual.browser.toPlainText()
