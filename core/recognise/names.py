"""Names of units as they are printed: what is one, what is a collective, and which broken name means a known one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from core.model.units import Register

_SUFFIX = (
    "局|委|办|部|厅|署|院|会|处|科|股|室|站|所|队|中心|公司|集团|银行|分行|支行|行社|政府|机关|单位|部门|机构|乡镇|街道|"
    "县区|区县|市县|县市|市州|州市|市区|旗县|地区|开发区|高新区|新区|园区|管理区|示范区|试验区|监委|工委|党委|纪委|"
    "法院|检察院|学校|院校|大学|学院|医院|企业|协会|商会|工会|联合会|学会|总社|供销社|农场|林场|报社|电视台|融媒体|"
    "专班|小组|办公厅|司法所|派出所|中心所|总局|支队|大队|总队|社区|行政村|镇|乡|县|区|市|州|盟|旗|省|各地|台"
)
_UNIT = re.compile(rf"(?:{_SUFFIX})$")
_TAIL_BRACKET = re.compile(r"[（〔［【][^（）〔〕［］【】]*[）〕］】]$")
_DETERMINER = re.compile(
    r"^(?:各|有关|相关|其他|其它|其余|全[省市县区州镇乡]|所有|所涉|涉及|本级各|同级各)"
    r"|^(?:国务院|中央|国家|自治区|[省市县区州旗盟镇乡]|[省市县区州旗]?[级直属]|[省市县区州旗](?:直|级|属|政府)|驻\w{1,3}|.{0,8}?(?:政府|党委))"
    r"(?:各|有关|相关|其他|其它)"
)
_GENERIC = re.compile(
    r"(?:部门|单位|机关|机构|地区|企业|乡镇|街道|县区|区县|县市区|园区|成员单位|主管部门|各县|各区|各地|专班|"
    r"[县市区旗][、，]?(?:市|县|区|旗)(?:人民)?政府)$"
)
_NOT_GENERIC = re.compile(r"(?:市政府|县政府|区政府|纪检监察机关|直属机关|直机关)$")
_BARE = frozenset(
    ["单位", "部门", "机构", "机关", "政府", "人民政府", "街道", "街道办", "街道办事处", "企业", "地区", "个人", "办公室", "人员", "监委", "监察委", "市", "县", "区", "乡", "镇", "村", "社区", "党委", "分局", "支队", "大队", "中心", "直属单位", "下属单位", "所属单位", "组织", "社会组织", "团体", "群众"]
)  # fmt: skip

_OPTIONAL = frozenset("级直属各市县区省州镇乡旗盟和与及及总分局委办部厅处第一二三四五六七八九十东西南北中新老大小副")
_COMPOUNDS = (
    (re.compile(r"(\w\w)\1(?=部门|单位|机关|人员|局)"), r"\1"),
    (re.compile(r"行政执(?![法行])"), "行政执法"),
    (re.compile(r"行政法(?=机关|单位|部门|队伍|主体|机构)"), "行政执法"),
)
_REPAIRABLE = 6


def is_unit(name: str) -> bool:
    """Whether the name ends as names of units do; a bracket at its end is left aside."""
    plain = _TAIL_BRACKET.sub("", name)
    return 2 <= len(plain) <= 40 and (is_collective(plain) or _UNIT.search(plain) is not None)


def is_bare(name: str) -> bool:
    """Whether the word is no name by itself: 单位, 部门, 街道, 办公室."""
    return name in _BARE or len(name) < 2


def is_determined(name: str) -> bool:
    """Whether the name begins as a collective does: 各…, 有关…, 国务院相关…, 市直各…."""
    return _DETERMINER.match(name) is not None


def is_collective(name: str) -> bool:
    """Whether the name stands for several units: 各乡镇, 有关部门和单位, 市级行政执法部门, 各县、市、区人民政府."""
    plain = _TAIL_BRACKET.sub("", name)
    if is_determined(plain):
        return True
    return _GENERIC.search(plain) is not None and _NOT_GENERIC.search(plain) is None


def known_names(register: Register | None) -> tuple[str, ...]:
    """Names and aliases of a register, in its order."""
    if register is None:
        return ()
    return tuple(dict.fromkeys(name for unit in register.units if unit.merged_into is None for name in unit.names))


def repair(name: str, known: Collection[str] = ()) -> str | None:
    """What a broken name means, None when it is not certainly broken.

    Certain are: a word that print has twice (执法执法), 行政执法 with a character lost, and a name that is one of
    the known ones with one character lost or doubled. A character that makes another real name (市级… and 市…) is
    never taken for lost.
    """
    if name in known:
        return None
    mended = name
    for broken, whole in _COMPOUNDS:
        mended = broken.sub(whole, mended)
    if mended != name:
        return mended
    meant = [other for other in dict.fromkeys(known) if _lost_one(name, other) or _doubled_one(name, other)]
    return meant[0] if len(meant) == 1 else None


def repairs(counts: Mapping[str, int], register: Register | None = None) -> dict[str, str]:
    """For the names of one document, with how often each is printed: broken name → the name it means.

    A name of the document counts as known when it is printed more often than the broken one.
    """
    listed = known_names(register)
    found: dict[str, str] = {}
    for name, count in counts.items():
        often: Iterable[str] = (other for other, times in counts.items() if times > count and other != name)
        meant = repair(name, dict.fromkeys((*listed, *often)) if name not in listed else (name,))
        if meant is not None:
            found[name] = meant
    return found


def _lost_one(name: str, whole: str) -> bool:
    """Whether the name is the whole one less one character that is not optional."""
    if len(whole) != len(name) + 1 or len(whole) < _REPAIRABLE:
        return False
    at = next((i for i, char in enumerate(name) if char != whole[i]), len(name))
    return 0 < at < len(name) and name[at:] == whole[at + 1 :] and whole[at] not in _OPTIONAL


def _doubled_one(name: str, whole: str) -> bool:
    """Whether the name is the whole one with one character printed twice."""
    if len(name) != len(whole) + 1 or len(whole) < _REPAIRABLE:
        return False
    at = next((i for i, char in enumerate(whole) if char != name[i]), len(whole))
    return at > 0 and name[at:] == name[at] + whole[at:] and name[at] == name[at - 1] and name[at] not in _OPTIONAL
