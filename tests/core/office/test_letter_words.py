"""What a letter asks for follows from what is owed: work, the return, an answer; 纪委监委, 法院, 检察院 are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from core.model.ledger import Period
from core.office.draft import Draft
from core.office.issuer import Issuer
from core.office.letter_words import needed, request
from core.publish.text_document import Paragraph

PERIOD = Period("2024Q4", "2024年第四季度", date(2024, 10, 1), date(2024, 12, 31), date(2025, 1, 5))
ANSWER = "自收到本函之日起5个工作日内"
WHO = "（联系人：李喆，联系电话：1）。"


@dataclass
class Owes:
    """As ``letters.Owed``."""

    word: str = "催办"
    late: tuple[int, ...] = ()
    soon: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    is_past: bool = True


@pytest.mark.parametrize(
    ("owed", "need", "demand"),
    [
        (Owes(late=(1,)), "抓紧办理", f"请你单位对照完成时限抓紧办理，{ANSWER}将办理情况、未完成的原因、预计完成日期书面反馈我们"),
        (
            Owes(late=(1,), missing=(2,)),
            "抓紧办理",
            f"请你单位对照完成时限抓紧办理，{ANSWER}补报2024年第四季度进展，并将办理情况、未完成或未报送的原因、预计完成日期书面反馈我们",
        ),
        (Owes(missing=(2,)), "抓紧报送", f"请你单位{ANSWER}补报2024年第四季度进展，并书面说明未报送的原因"),
        (
            Owes("提示", missing=(2,), is_past=False),
            "按期报送",
            "请你单位于2025年1月5日前报送2024年第四季度进展",
        ),
        (
            Owes("商请", late=(1,)),
            "予以推进",
            f"商请你单位对上述事项予以推进，并{ANSWER}将办理情况、预计完成日期函复我们",
        ),
    ],
)  # fmt: skip
def test_the_demand_is_about_what_is_owed(owed: Owes, need: str, demand: str) -> None:
    draft = Draft()
    request(draft, owed, PERIOD, Issuer(contact="李喆", phone="1"), "你单位")
    first = draft.blocks[0]

    assert needed(owed) == need
    assert isinstance(first, Paragraph)
    assert first.text == f"{demand}{WHO}"
