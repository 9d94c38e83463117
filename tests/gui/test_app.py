"""Around the window: language, face, colours, input method, icons."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialogButtonBox

from core import paths
from core.settings import Settings
from gui import app, fonts, icons, stylesheet, theme

ROOT = Path(__file__).resolve().parents[2]
_BUTTONS = {
    "Ok": "确定",
    "Cancel": "取消",
    "Yes": "是(&Y)",
    "No": "否(&N)",
    "Save": "保存",
    "Discard": "丢弃",
    "Close": "关闭",
    "Apply": "应用",
    "Reset": "重置",
    "Help": "帮助",
    "Open": "打开",
    "Retry": "重试",
    "Ignore": "忽略",
    "Abort": "中止",
}


def test_translation_of_qt_is_there(dressed):
    """Without it Qt's own buttons are English."""
    assert app.load_translation(dressed)


@pytest.mark.parametrize(("name", "words"), _BUTTONS.items())
def test_standard_buttons_are_chinese(dressed, qtbot, name, words):
    """Every standard button, by its word."""
    box = QDialogButtonBox()
    qtbot.addWidget(box)

    assert box.addButton(getattr(QDialogButtonBox.StandardButton, name)).text() == words


def test_chosen_face_has_chinese(dressed):
    """The face in force has the characters itself."""
    assert fonts.has_chinese(fonts.choose()[0])


def test_bundled_face_has_chinese(dressed):
    """A machine without any Chinese face gets the program's own."""
    families = fonts.register_bundled()

    assert families
    assert fonts.has_chinese(families[0])


def _icon_names() -> set[str]:
    """Every icon that the window's code names in a call that takes one."""
    takes = {
        "icon": 0, "icon_button": 0, "IconLabel": 0, "EmptyState": 0, "_Fact": 0,
        "primary": 1, "secondary": 1, "ghost": 1, "Chip": 1, "Entry": 1, "NavigationItem": 1,
        "paint": 2, "PageEntry": 2, "Button": 2,
    }  # fmt: skip
    names = set()
    for file in (ROOT / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = takes.get(called)
            if place is not None and len(node.args) > place:
                value = node.args[place]
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    names.add(value.value)
    return names


def test_every_icon_exists(dressed):
    """A wrong name would fail only when its widget is made."""
    names = _icon_names()

    assert len(names) > 20
    for name in names:
        assert not icons.outline(name).isEmpty(), name


def test_program_icon_is_there(dressed):
    """All sizes that desktops ask for."""
    sizes = {size.width() for size in icons.app_icon().availableSizes()}

    assert sizes == {16, 24, 32, 48, 64, 128, 256}
    assert (paths.RESOURCES / "icons" / "taizhang.svg").is_file()
    assert (paths.RESOURCES / "icons" / "taizhang.ico").is_file()


def _contrast(one: str, other: str) -> float:
    def light(name: str) -> float:
        parts = [part / 255 for part in QColor(name).getRgb()[:3]]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.HIGH_CONTRAST], ids=lambda tokens: tokens.name)
def test_words_can_be_read(tokens):
    """Text on its ground keeps 4.5:1, a field's border 3:1."""
    pairs = [(tokens.text, tokens.surface), (tokens.second_text, tokens.ground), (tokens.on_accent, tokens.accent)]
    pairs += [(ink.text, ink.ground) for ink in (tokens.done, tokens.due_soon, tokens.overdue, tokens.ongoing)]
    pairs += [(tokens.accent, tokens.chosen), (tokens.on_tip, tokens.tip)]
    for text, ground in pairs:
        assert _contrast(text, ground) >= 4.5, (text, ground)
    assert _contrast(tokens.field_border, tokens.surface) >= 3


@pytest.mark.parametrize("size", [14, 18])
@pytest.mark.parametrize("contrast", [False, True])
def test_dress_in_every_size_and_theme(dressed, size, contrast):
    """The sheet is whole, and the base size scales what is written in it."""
    app.dress(dressed, Settings(font_size=size, high_contrast=contrast))

    assert "$" not in stylesheet.build()
    assert theme.px(28) == 28 * size // 14
    assert dressed.font().pixelSize() == size
    app.dress(dressed, Settings())


@pytest.mark.parametrize(
    ("before", "after"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("ibus", "ibus"), ("xim", "xim"), ("", "")]
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="input modules are a matter of Linux")
def test_input_module_that_this_qt_lacks(monkeypatch, before, after):
    """fcitx has no plugin in the wheel; fcitx 5 answers to ibus. All else stays."""
    monkeypatch.delenv("QT_IM_MODULES", raising=False)
    monkeypatch.setenv("QT_IM_MODULE", before)
    app.prepare_environment()

    assert os.environ["QT_IM_MODULE"] == after


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="input modules are a matter of Linux")
def test_input_module_can_be_kept(monkeypatch):
    """Who built the plugin can say so, and Qt's own list is respected."""
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.setenv(app.NO_IBUS, "1")
    app.prepare_environment()
    assert os.environ["QT_IM_MODULE"] == "fcitx"

    monkeypatch.delenv(app.NO_IBUS)
    monkeypatch.setenv("QT_IM_MODULES", "wayland;fcitx")
    app.prepare_environment()
    assert os.environ["QT_IM_MODULE"] == "fcitx"


def test_void_calls_keep_none_alive(dressed, qtbot):
    """The pinned Qt must not lose references to None (6.12 on 3.11 does, and aborts)."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(20_000):
        label.setText("字")

    assert sys.getrefcount(None) > before - 1_000


def test_core_brings_no_qt():
    """Everything below the window works without a screen."""
    code = (
        "import importlib, pathlib, sys\n"
        "for file in pathlib.Path('core').rglob('*.py'):\n"
        "    name = '.'.join(file.with_suffix('').parts)\n"
        "    importlib.import_module(name.removesuffix('.__init__'))\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'qtawesome'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_window_start_leaves_heavy_libraries_alone(dressed):
    """What the first table does not need is not imported for it."""
    code = (
        "import sys, gui.app, gui.main_window\n"
        "heavy = ('openpyxl', 'reportlab', 'docx', 'pypdfium2', 'qtawesome', 'numpy', 'ssl', 'PIL', 'xml')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
