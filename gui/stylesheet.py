"""The style sheet, built from the tokens in force. Only for Qt's own widgets: ours paint themselves."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette

from gui import theme

_SHEET = Template("""
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${px20}px; font-weight: 700; }
QLabel[role="head"] { font-size: ${px16}px; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="second"] { color: $second_text; }
QLabel[role="note"] { font-size: ${px12}px; color: $second_text; }
QLabel[role="small"] { font-size: ${px12}px; color: $text; }
QLabel[role="tip"] { color: $on_tip; }
QLabel[role="figure"] { font-size: ${px28}px; font-weight: 700; }
QFrame[role="rule"] { background: $line; border: none; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[role="popup"] { background: $surface; border: 1px solid $field_border; border-radius: 6px; }
QDialog { background: $surface; $dialog_edge }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox {
  background: $surface; color: $text; border: 1px solid $field_border; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $second_text;
}
QLineEdit, QSpinBox { padding: 0 10px; min-height: ${field}px; }
QSpinBox { max-height: ${field}px; }
QSpinBox:focus { max-height: ${field2}px; }
QPlainTextEdit, QTextEdit { padding: 4px 7px; }
QLineEdit:focus, QSpinBox:focus { border: 2px solid $accent; padding: 0 9px; min-height: ${field2}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 3px 6px; }
QLineEdit[wrong="true"] { border: 2px solid $text; padding: 0 9px; min-height: ${field2}px; }
QPlainTextEdit[wrong="true"] { border: 2px solid $text; padding: 3px 6px; }
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled, QPlainTextEdit:read-only, QSpinBox:disabled {
  background: $ground; border-color: $line; color: $second_text;
}

QMenu { background: $surface; color: $text; border: 1px solid $field_border; border-radius: 0; padding: 4px 0; }
QMenu::item { min-height: ${menu}px; padding: 0 16px 0 12px; }
QMenu::item:selected { background: $hover; color: $text; $menu_ring }
QMenu::item:disabled { color: $disabled_text; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QMenu::icon { padding-left: 12px; }
QMenu::indicator { width: 16px; height: 16px; margin-left: 12px; }
QToolTip { background: $tip; color: $on_tip; border: 1px solid $tip_border; padding: 4px 8px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $scroll_handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $field_border; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractItemView { background: $surface; color: $text; border: none; outline: none;
  selection-background-color: $chosen; selection-color: $text; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { border: 1px solid $field_border; padding: 4px 0; }
QComboBox QAbstractItemView::item { min-height: ${menu}px; padding: 0 12px; }
QComboBox QAbstractItemView::item:selected { background: $hover; color: $text; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialogButtonBox QPushButton { background: $surface; color: $text; border: 1px solid $strong_line; border-radius: 6px;
  min-height: ${field}px; min-width: 56px; padding: 0 12px; }
QDialogButtonBox QPushButton:hover { background: $hover; }
QDialogButtonBox QPushButton:pressed { background: $pressed; }
QDialogButtonBox QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: ${field2}px; }
QDialogButtonBox QPushButton:disabled { background: $ground; color: $disabled_text; border-color: $line; }
QScrollArea { background: transparent; border: none; }
QScrollArea[role="reading"] { border: 2px solid transparent; border-radius: 6px; }
QScrollArea[role="reading"]:focus { border: 2px solid $accent; }
QTextBrowser[role="reading"] { border: 2px solid transparent; padding: 0; background: transparent; }
QTextBrowser[role="reading"]:focus { border: 2px solid $accent; }
QCalendarWidget QToolButton { color: $text; background: transparent; border: none; padding: 4px 8px; font-weight: 700; }
QCalendarWidget QToolButton:hover { background: $hover; border-radius: 4px; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget #qt_calendar_navigationbar { background: $surface; }
""")


def build() -> str:
    """The sheet for the tokens and the base size in force."""
    tokens = theme.tokens()
    values: dict[str, object] = {
        name: value for name in tokens.__dataclass_fields__ if isinstance(value := getattr(tokens, name), str)
    }
    values |= {f"px{size}": theme.px(size) for size in (12, 16, 20, 28)}
    values |= {"field": theme.px(32) - 2, "field2": theme.px(32) - 4, "menu": theme.px(32)}
    values["tip_border"] = tokens.field_border if tokens.is_high_contrast else tokens.tip
    values["dialog_edge"] = f"border: 1px solid {tokens.strong_line};" if tokens.is_high_contrast else ""
    values["menu_ring"] = f"border: 2px solid {tokens.accent};" if tokens.is_high_contrast else ""
    return _SHEET.substitute(values)


def palette() -> QPalette:
    """The palette for whatever the sheet does not reach."""
    tokens = theme.tokens()
    made = QPalette()
    role = QPalette.ColorRole
    for key, value in {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.ground,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.PlaceholderText: tokens.second_text,
        role.ToolTipBase: tokens.tip,
        role.ToolTipText: tokens.on_tip,
        role.Link: tokens.accent,
        role.Mid: tokens.line,
        role.Dark: tokens.strong_line,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Shadow: tokens.field_border,
    }.items():
        made.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.disabled_text))
    return made
