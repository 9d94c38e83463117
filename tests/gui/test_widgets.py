"""The controls of the look: sizes, keys, signals, words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from core.model.ledger import State, Status
from gui.widgets import button
from gui.widgets.check import CheckBox, RadioButton
from gui.widgets.chip import Chip
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField, parse_date
from gui.widgets.empty_state import EmptyState
from gui.widgets.infobar import InfoBar
from gui.widgets.pill import LightPill, PillKind, StatePill, light_pill, paint_pill, pill_size
from gui.widgets.search_box import SearchBox
from gui.widgets.segmented import Segmented
from gui.widgets.undo_bar import UndoBar

AS_OF = date(2025, 1, 10)
TAB = Qt.FocusReason.TabFocusReason
MOUSE = Qt.FocusReason.MouseFocusReason


@pytest.fixture
def show(qtbot):
    """Show a widget and wait for it."""

    def shown(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown


def test_buttons_have_the_height_of_the_look(show):
    """32, 28 in card heads, links as high as their line."""
    assert show(button.primary("填报", "note-pencil")).height() == 32
    assert button.secondary("导出", is_small=True).sizeHint().height() == 28
    assert button.link("选择文件").sizeHint().height() == 20
    assert button.secondary("导入方案", "file-arrow-down").sizeHint().width() == 104


def test_ring_is_for_the_keyboard_only(show):
    """A click leaves no ring behind; Tab does."""
    ground = QWidget()
    other, made = QLineEdit(ground), button.Button("填报", parent=ground)
    show(ground)
    other.setFocus(MOUSE)
    made.setFocus(MOUSE)
    assert made.hasFocus()
    assert not made.shows_ring
    other.setFocus(MOUSE)
    made.setFocus(TAB)
    assert made.shows_ring


def test_ring_does_not_change_the_size(show):
    """The ring lies inside."""
    made = show(button.primary("通过"))
    before = made.sizeHint()
    made.setFocus(TAB)

    assert made.sizeHint() == before


@pytest.mark.parametrize("kind", ["primary", "secondary", "ghost", "link"])
@pytest.mark.parametrize("enabled", [True, False])
def test_every_kind_of_button_paints(show, kind, enabled):
    """With icon, key and menu, on and off."""
    made = button.Button("下一项", kind, "caret-right", key="F8", icon_after=True)
    made.setEnabled(enabled)
    made.setMenu(QMenu(made))
    show(made)

    assert not made.grab().isNull()


def test_icon_button_has_a_name(dressed):
    """A button without words says its name to a screen reader and as a tooltip."""
    made = button.icon_button("x", "关闭")

    assert made.accessibleName() == "关闭"
    assert made.toolTip() == "关闭"


def test_chip_counts(show):
    """A chip is checkable, 28 high, and a zero stays."""
    chip = show(Chip("逾期", "warning-circle-fill", 3))
    chip.set_count(0)

    assert chip.height() == 28
    assert chip.count() == 0
    assert chip.accessibleName() == "逾期 0"
    chip.click()
    assert chip.isChecked()
    assert not chip.grab().isNull()


def test_the_keyboard_goes_along_when_another_segment_is_chosen_elsewhere(qtbot, show):
    """Else the ring stands on one segment and the colour on another."""
    made = show(Segmented([("a", "甲"), ("b", "乙")], name="分组"))
    made.set_value("a")
    with qtbot.waitActive(made.window()):
        made.window().activateWindow()
    made.button("a").clearFocus()
    made.button("a").setFocus(Qt.FocusReason.TabFocusReason)

    made.set_value("b")

    assert made.button("b").hasFocus()
    assert made.button("b").shows_ring


def test_segmented_by_mouse_and_keys(qtbot, show):
    """A click or the arrow keys choose; ``set_value`` does so in silence."""
    made = show(Segmented([("unit", "按单位"), ("measure", "按措施", "table")], name="分组"))
    chosen = []
    made.changed.connect(chosen.append)
    assert made.value() is None

    made.set_value("unit")
    assert chosen == []
    made.button("unit").setFocus(TAB)
    qtbot.keyClick(made.button("unit"), Qt.Key.Key_Right)
    assert made.value() == "measure"
    made.button("unit").click()
    assert chosen == ["measure", "unit"]
    made.set_value(None)
    assert made.value() is None
    assert made.height() == 32


def test_tab_comes_to_the_segment_that_is_chosen(qtbot, show):
    """A blank on the first one would choose it; with nothing chosen each can be reached."""
    made = show(Segmented([("a", "甲"), ("b", "乙"), ("c", "丙")], name="分组"))
    tab = Qt.FocusPolicy.TabFocus

    made.set_value("b")
    assert [bool(made.button(value).focusPolicy() & tab) for value in "abc"] == [False, True, False]
    made.button("c").click()
    assert [bool(made.button(value).focusPolicy() & tab) for value in "abc"] == [False, False, True]
    made.set_value(None)
    assert all(made.button(value).focusPolicy() & tab for value in "abc")


def test_pill_sizes_and_place(dressed):
    """22 high with an icon, 18 for the small ones; painting answers the same rectangle."""
    assert pill_size("推进中", PillKind.IN_PROGRESS).height() == 22
    assert pill_size("待核对", PillKind.VERIFY).height() == 18
    image = QImage(200, 40, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    for kind in PillKind:
        rect = paint_pill(painter, QPoint(3, 4), "推进中", kind)
        assert rect.size() == pill_size("推进中", kind)
    painter.end()


def test_every_state_has_its_pill(dressed):
    """The word of the state is the word of the pill."""
    pill = StatePill()
    for state in State:
        pill.set_state(state)
        assert pill.text() == state.title
        assert pill.kind() == state.value


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status(State.IN_PROGRESS, overdue=True, next_due=date(2024, 12, 31)), "逾期 10 天"),
        (Status(State.IN_PROGRESS, due_soon=True, next_due=date(2025, 1, 31)), "还有 21 天"),
        (Status(State.IN_PROGRESS, due_soon=True, next_due=AS_OF), "今天到期"),
        (Status(State.DONE, done_late=True), "逾期完成"),
        (Status(State.ONGOING, kept_up=True), "本期已落实"),
        (Status(State.IN_PROGRESS, next_due=date(2025, 12, 31)), None),
        (Status(State.NOT_STARTED), None),
    ],
)
def test_words_of_the_light(status, words):
    """A normal light says nothing."""
    said = light_pill(status, AS_OF)

    assert (said[0] if said else None) == words


def test_light_pill_hides_when_there_is_nothing_to_say(show):
    """Trouble is what one sees."""
    ground = QWidget()
    pill = LightPill(parent=ground)
    show(ground)
    pill.set_light(Status(State.IN_PROGRESS, overdue=True, next_due=date(2024, 12, 31)), AS_OF)
    assert pill.isVisible()
    pill.set_light(Status(State.IN_PROGRESS), AS_OF)
    assert not pill.isVisible()


@pytest.mark.parametrize(
    "text",
    [
        "2024-6-5",
        "2024.6.5",
        "2024/06/05",
        "2024年6月5日",
        " 2024 年 6 月 5 日 ",
        "20240605",
        "２０２４－６－５",
        "2024 6 5",
    ],
)
def test_dates_as_they_are_written(text):
    """Every usual form."""
    assert parse_date(text) == date(2024, 6, 5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2024.13.5", "月份应为 1—12"),
        ("2024-2-30", "2024年2月没有 30 日"),
        ("明天", "日期应写作 2024-12-31"),
        ("0024-1-1", "年份应为四位，如 2024"),
    ],
)
def test_what_is_no_date_is_told(text, sentence):
    """The sentence says what is wrong."""
    with pytest.raises(ValueError, match=sentence):
        parse_date(text)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_day_picked_from_a_calendar_that_is_going_is_taken(qtbot, show):
    """Its menu was closed and deleted in the same moment."""
    field = show(DateField(name="完成日期"))
    field._on_calendar_asked()
    menu = field._menu
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
    field._on_picked(QDate(2025, 1, 8))

    assert field.value() == date(2025, 1, 8)


def test_date_field_takes_what_is_typed(qtbot, show):
    """Enter takes it, shows it in the one form, and tells it once."""
    field = show(DateField(name="完成日期"))
    heard = []
    field.changed.connect(heard.append)
    qtbot.keyClicks(field, "2024.6.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert field.text() == "2024-06-05"
    assert field.value() == date(2024, 6, 5)
    assert heard == [date(2024, 6, 5)]
    assert field.width() == 128


def test_wrong_date_is_marked_and_not_taken(qtbot, show):
    """The value before stays; the sentence goes away as soon as it is right again."""
    field = show(DateField())
    field.set_value(AS_OF)
    told = []
    field.problem_changed.connect(told.append)
    field.selectAll()
    qtbot.keyClicks(field, "2024.13.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert field.problem() == "月份应为 1—12"
    assert field.property("wrong") is True
    assert field.value() == AS_OF
    assert not field.is_right()
    field.selectAll()
    qtbot.keyClicks(field, "2024-12-5")
    assert told == ["月份应为 1—12", ""]


@pytest.mark.parametrize(("may_be_empty", "expected"), [(True, None), (False, AS_OF)])
def test_emptied_date(show, may_be_empty, expected):
    """Where a date must be, emptying is told as a problem."""
    field = show(DateField(may_be_empty=may_be_empty))
    field.set_value(AS_OF)
    field.clear()

    assert field.commit() is may_be_empty
    assert field.value() == expected


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_calendar_gives_its_day(qtbot, show):
    """Down opens it; the day picked is the value."""
    field = show(DateField())
    field.set_value(AS_OF)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    menu = field._menu
    assert menu is not None
    calendar = menu.actions()[0].defaultWidget()
    assert calendar.selectedDate().toPython() == AS_OF
    assert not calendar.grab().isNull()

    calendar.clicked.emit(QDate(2025, 1, 6))

    assert field.value() == date(2025, 1, 6)


def test_wheel_does_not_change_a_choice(show):
    """Scrolling a page over a choice must not change it."""
    combo = ComboBox(name="单位")
    combo.addItems(["财政局", "人社局"])
    show(combo)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    combo.wheelEvent(event)

    assert combo.currentText() == "财政局"
    assert combo.height() == 32


def test_check_and_radio_by_key(qtbot, show):
    """The space bar toggles, and both paint in both states."""
    for made in (CheckBox("接受"), RadioButton("退回")):
        show(made)
        made.setFocus(TAB)
        assert not made.grab().isNull()
        qtbot.keyClick(made, Qt.Key.Key_Space)
        assert made.isChecked()
        assert not made.grab().isNull()


def test_info_bar_tells_which_link(show):
    """Each item has its words and its link; × hides the bar."""
    bar = InfoBar()
    bar.set_items([("5 项措施待核对", "去核对", "verify"), ("“各乡镇”名单待补全", "去补全", "各乡镇")])
    show(bar)
    keys = []
    bar.action_chosen.connect(keys.append)
    for made in bar.findChildren(button.Button):
        if made.text():
            made.click()
    assert keys == ["verify", "各乡镇"]
    assert bar.accessibleName() == "5 项措施待核对，“各乡镇”名单待补全"
    bar._close.click()
    assert not bar.isVisible()
    bar.set_items([])
    assert not bar.isVisible()


def test_undo_bar_goes_by_itself(qtbot, show):
    """Shown until its time is over or its link is pressed."""
    ground = QWidget()
    bar = UndoBar(ground)
    show(ground)
    assert not bar.isVisible()
    bar.offer("已退回 石壁乡（4）")
    assert bar.isVisible()
    with qtbot.waitSignal(bar.undone):
        bar._link.click()
    assert not bar.isVisible()
    bar._timer.setInterval(10)
    bar.offer("已移除")
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_empty_state_focuses_its_first_action(show):
    """The next step is one Enter away."""
    step = button.primary("选择文件")
    state = show(EmptyState("table", "还没有方案", "把方案文件拖到这里。", [step]))
    state.setFocus(TAB)

    assert step.hasFocus()
    assert state.accessibleName() == "还没有方案"


def test_tab_leaves_actions_that_stand_before_their_empty_state(qtbot):
    """As on the page without a ledger: a focus proxy would bring Tab back to the first of them for ever."""
    holder = QWidget()
    qtbot.addWidget(holder)
    step, after = button.primary("打开台账", parent=holder), button.secondary("使用手册", parent=holder)
    column = QVBoxLayout(holder)
    column.addWidget(EmptyState("table", "没有打开的台账", "打开一个台账文件。", [step], holder))
    column.addWidget(after)
    with qtbot.waitActive(holder):
        holder.show()
    step.setFocus(TAB)
    qtbot.keyClick(step, Qt.Key.Key_Tab)

    assert after.hasFocus()


def test_search_box_names_itself(show):
    """Its words are its name; the key is shown while there is room for it."""
    box = show(SearchBox("搜索措施", key="Ctrl+K"))
    box.setFocus()
    assert [clear.accessibleName() for clear in box.findChildren(QToolButton)] == ["清空"]
    box.setText("培训")
    box.focus_all()

    assert box.accessibleName() == "搜索措施"
    assert box.selectedText() == "培训"
    assert not box.grab().isNull()


@pytest.mark.parametrize("width", [500, 900, 1400])
def test_the_sentence_of_an_empty_place_is_never_cut_off(show, width):
    sentence = "先把收到的填报表拖进“回收”，读出来的内容在这里逐处核对。看完以后，没有问题的一起写入台账。"
    state = show(EmptyState("tray", "还没有要核对的填报表", sentence))
    state.resize(width, 500)
    QApplication.processEvents()
    assert state.text.height() >= state.text.heightForWidth(state.text.width())
