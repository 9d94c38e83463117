"""Evidence of the sample year: papers that look like those of an office and say at once that they are samples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from core.job import Job
from core.model.ledger import Period
from core.office.draft import Draft
from core.office.sample_county import MARK, PLACE
from core.publish import pages
from core.publish.text_document import TextDocument, TextPart
from core.publish.write_text import write_text

_PIXELS_PER_POINT = 1.5
_KINDS = (
    # title, ending, what it says
    ("行政执法人员专题培训通知", "pdf", "定于本季度举办行政执法人员专题培训，请各单位组织在岗执法人员参加，名单于培训前三日报送。"),
    ("行政执法案卷评查情况通报", "pdf", "本次评查采取集中互评方式，重点看事实认定、程序履行、文书制作和裁量适用，发现的问题已逐卷反馈。"),
    ("联合检查登记表", "png", "检查事项、检查时间、参加单位和检查结果如下，当场指出的问题已由被检查单位签字确认。"),
    ("执法事项清单调整说明", "docx", "对照权责清单逐项核对，拟调整的事项已征求有关单位意见，并按程序公开。"),
    ("推进会会议纪要", "pdf", "会议听取了各责任单位进展情况，议定了下一步工作和完成时间，由牵头单位按月调度。"),
    ("企业走访记录", "txt", "走访中听取了对涉企检查、办事流程的意见，能当场答复的当场答复，其余转有关单位限时办理。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as a unit would send it, with what the clerk writes down of it."""

    name: str
    data: bytes
    title: str
    number: str | None
    proves_on: date


def count() -> int:
    """How many papers a quarter has."""
    return len(_KINDS)


def paper(period: Period, at: int) -> Paper:
    """Paper ``at`` of a quarter, from 0; the same bytes every time but for Word."""
    title, ending, says = _KINDS[at % len(_KINDS)]
    day = period.first_day + timedelta(days=17 + 11 * at)
    number = f"示发〔{day.year}〕{10 * int(period.key[-1]) + at}号" if ending == "pdf" else None
    data = _bytes(title, number, day, says, ending)
    return Paper(f"{MARK}{title}（{period.title}）.{ending}", data, f"{MARK}{title}（{period.title}）", number, day)


def _bytes(title: str, number: str | None, day: date, says: str, ending: str) -> bytes:
    lines = (f"{MARK}本件由程序生成，供练习使用，不是任何单位的文件。", says, "以上情况属实，特此说明。")
    if ending == "txt":
        return "\r\n".join((f"{MARK}{title}", f"{day:%Y-%m-%d}", *lines)).encode()
    draft = Draft()
    draft.title(f"{MARK}\n{title}")
    if number:
        draft.say(number)
    draft.addressee("各有关单位")
    for line in lines:
        draft.say(line)
    draft.sign(f"{PLACE}行政执法协调监督办公室", f"{day.year}年{day.month}月{day.day}日")
    document = TextDocument(f"{MARK}{title}", (TextPart(tuple(draft.blocks)),))
    buffer = BytesIO()
    write_text(document, "docx" if ending == "docx" else "pdf", buffer, Job())
    return _scanned(buffer.getvalue()) if ending == "png" else buffer.getvalue()


def _scanned(pdf: bytes) -> bytes:
    """The first page as a grey picture, as a scanner would give it."""
    from PIL import Image

    raster = pages.render(pdf, 0, _PIXELS_PER_POINT)
    image = Image.frombuffer("RGBA", (raster.width, raster.height), raster.bgra, "raw", "BGRA", raster.stride, 1)
    found = BytesIO()
    image.convert("L").save(found, "PNG", optimize=True)
    return found.getvalue()
