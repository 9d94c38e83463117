"""Members of a 会商机制 or 领导小组, as far as the document names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.model.plan import Member
from core.recognise.blocks import Block, Paragraph
from core.recognise.division import split_units
from core.recognise.names import is_unit
from core.recognise.wording import tidy

_BODY = re.compile(r"(会商|联席会议|领导小组|协调小组|工作专班|协调机制|工作机制)")
_LIST = re.compile(r"由([^。；]{6,400}?)(?:等)?(?:成员单位|单位|部门|负责同志)?(?:组成|参加)")
_LINE = re.compile(
    r"^[-•|\s]*(?:(?P<role>组长|副组长|常务副组长|成员|召集人|副召集人|总召集人|主任|副主任)[：:])?\s*"
    r"(?P<person>[一-鿿]{2,4}|[一-鿿]\s{1,4}[一-鿿])[\s|　]+(?P<post>[^\s|，。：][^|，。：]{2,40})[\s|]*$"
)
_POST = re.compile(
    r"(?P<unit>.*?(?:局|委|办公室|办|中心|法院|检察院|政府|院|镇|乡|街道|支队|大队|公司|研究室|部)(?:（[^）]*）)?)(?P<post>(?:党|局|副|主|书|院|检|镇|乡|负|分|四|二|一|三|常|总|纪|政|队|经)[^、]*)$"
)
_TITLE = re.compile(r"(长|主任|书记|负责人|领导|干部|经理|调研员|委员|主席|同志)")


def members_in(blocks: Sequence[Block]) -> tuple[Member, ...]:
    """The members in the order printed: units that a sentence lists, else persons with their posts."""
    texts = [line for block in blocks for line in _lines(block)]
    if not any(_BODY.search(text) for text in texts):
        return ()
    return _persons(texts) or _units(texts)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return ["  ".join(cell.text for cell in row if cell is not None and cell.text.strip()) for row in block.rows]


def _units(texts: Sequence[str]) -> tuple[Member, ...]:
    for text in texts:
        match = _LIST.search(tidy(text)) if _BODY.search(text) else None
        if match is None:
            continue
        names = split_units(match.group(1))
        if len(names) >= 3 and all(is_unit(name) for name in names):
            post = "分管负责人" if "分管负责人" in text else None
            return tuple(Member(name, None, post) for name in names)
    return ()


def _persons(texts: Sequence[str]) -> tuple[Member, ...]:
    members: list[Member] = []
    begun = False
    for text in texts:
        for line in text.splitlines():
            match = _LINE.match(re.sub(r"(组)\s+(长)|(成)\s+(员)", lambda m: "".join(g for g in m.groups() if g), line))
            if match is None or not _TITLE.search(match["post"]):
                continue
            begun = begun or match["role"] is not None
            if begun:
                members.append(_member(match))
    return tuple(members) if len(members) >= 3 else ()


def _member(match: re.Match[str]) -> Member:
    post = tidy(match["post"])
    person = "".join(match["person"].split())
    role = f"（{match['role']}）" if match["role"] and match["role"] != "成员" else ""
    for part in reversed(post.split("、")):
        found = _POST.match(part)
        if found:
            return Member(found["unit"], person, (post if "、" in post else found["post"]) + role)
    return Member(post, person, role.strip("（）") or None)
