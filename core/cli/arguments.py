"""argparse in Chinese: its parser, its complaints, and the types of our arguments."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from core.errors import UsageError


class Parser(argparse.ArgumentParser):
    """argparse that explains itself in Chinese and whose complaints are one line and exit 2."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to argparse
        super().__init__(add_help=False, **kwargs)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.register("type", Path, path)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """The explanation with its one English word translated."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help."""
        raise UsageError(f"{_in_chinese(message)}。", hint=f"用法见 {self.prog} --help。")


_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)", r"\1 不能是“\2”，可选：\3"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (.+?): invalid int value: '(.*?)'", r"\1 应为数字，不能是“\2”"),
    (r"argument (.+?): (.+)", r"\1：\2"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
)
"""argparse's own sentences; what is not among them is shown as it is."""


def _in_chinese(message: str) -> str:
    for pattern, chinese in _COMPLAINTS:
        match = re.fullmatch(pattern, message)
        if match:
            return match.expand(chinese).replace("'", "").replace(", ", "、")
    return f"命令写法不对：{message}"


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day(text: str) -> date:
    """A date as 2024-12-31."""
    try:
        if _DAY.fullmatch(text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"看不懂日期“{text}”，应写成 2024-12-31") from None


def path(text: str) -> Path:
    """A file or folder; an empty text is the working folder to Python, and a slip of the script to everybody else."""
    if not text.strip():
        raise argparse.ArgumentTypeError("没有写路径")
    return Path(text)


def today() -> date:
    """The calendar day of this machine."""
    return datetime.now().astimezone().date()
