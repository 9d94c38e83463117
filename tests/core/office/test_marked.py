"""涉密: a mark in the name or at the head of the first page; programs by their endings."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.office.marked import MarkedError, marks_of, refuse_marked
from core.office.programs import is_program
from tests.poison.packing import document, paragraph


def test_marks_are_found_by_name_and_on_the_page(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("机密会议纪要.txt", "通知.docx", "保守国家秘密培训.txt", "普通.txt")]
    for file in files:
        file.write_bytes(b"x")
    files[1].write_bytes(document(paragraph("秘密★1年") + paragraph("关于……的通知")))

    assert marks_of(files) == (("机密会议纪要.txt", "机密"), ("通知.docx", "秘密★1年"))
    with pytest.raises(MarkedError, match=r"“机密会议纪要\.txt”等 2 个文件带有“机密”字样，没有加入"):
        refuse_marked(files)
    refuse_marked(files[2:])


@pytest.mark.parametrize(
    "name", ["a.exe", "照片.jpg.EXE", "a.lnk", "a.js", "a.bat. ", "a.scr　", "..\\a.vbs", "a.desktop"]
)
def test_what_runs_when_opened(name: str) -> None:
    assert is_program(name)


@pytest.mark.parametrize("name", ["a.pdf", "exe", "a.exe.pdf", "表.xlsx", "程序.docx", ""])
def test_what_does_not(name: str) -> None:
    assert not is_program(name)
