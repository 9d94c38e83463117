"""What is marked 密, and what only speaks of secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.exchange.secrecy import mark_in_name, mark_in_text, mark_on_page


@pytest.mark.parametrize(
    "name",
    [
        "机密文件.pdf",
        "（密）通知.docx",
        "绝密〔2024〕1号",
        "秘密★1年",
        "通知【秘密】",
        "关于…的通知★.pdf",
        "涉密材料目录",
        "密件",
        "密级：机密",
    ],
)
def test_a_marked_name(name: str) -> None:
    assert mark_in_name(name)


@pytest.mark.parametrize(
    "name", ["商业秘密保护通知.pdf", "保守国家秘密法培训.docx", "加密狗说明", "保密工作总结", "密切联系群众", None, ""]
)
def test_a_name_that_only_speaks_of_it(name: str | None) -> None:
    assert mark_in_name(name) is None


@pytest.mark.parametrize("text", ["秘密★1年 部署情况", "已部署（机密）", "机密：行动方案", "★绝密"])
def test_a_marked_text(text: str) -> None:
    assert mark_in_text(text)


@pytest.mark.parametrize(
    "text", ["开展保守国家秘密教育3场", "查处侵犯商业秘密案件2件", "会议强调了机密文件的管理", "★重点工作：培训"]
)
def test_a_text_that_only_speaks_of_it(text: str) -> None:
    assert mark_in_text(text) is None


def test_a_file_that_is_none_is_not_marked(tmp_path: Path) -> None:
    """A broken PDF, a DOCX that is no package, another kind: the name alone counts."""
    for name in ("坏.pdf", "坏.docx", "说明.txt"):
        (tmp_path / name).write_bytes("机密".encode())
        assert mark_on_page(tmp_path / name) is None
    assert mark_on_page(tmp_path / "没有.pdf") is None
