"""量化指标: a number to reach, with its unit, its period and whether it is a least or a most.

A figure counts only with a word that makes it one: 不少于, 至少, 达到, 以上, 不超过, 只, a rate (公开率100%), or how often
(每年2次, 进行一次评估). 全覆盖, 全员轮训, “三项制度” and 近五年 are none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from core.model.plan import Target
from core.recognise.dates import number, points
from core.recognise.marks import full_width, squeeze

_COUNT = r"(?:\d{1,9}(?:\.\d{1,3})?|[一两二三四五六七八九]?十[一二三四五六七八九]?|[一两二三四五六七八九])"
_UNIT = (
    "[%％‰]|个?百分点|学时|课时|小时|个工作日|工作日|个月|分钟|人次|场次|次数|件次|户次|万元|亿元|万人次?|公里|平方米|"
    "学分|[天日年周次批件个项家名人场篇份期轮户处所支台辆套元亩吨倍分条例种门节遍起宗类部座间回堂位只幅]"
)
_AT_LEAST = "不得?少于|不得?低于|不得?小于|不下于|至少|最少|起码|达到?|超过|高于|大于|多于|突破|(?:提[高升]|增[加长]|稳定|保持|扩大|上升)[到至在]|增至|力争"
_AT_MOST = "不得?超过|不得?高于|不得?多于|不得?大于|不得?超出|控制在|低于|少于|小于|(?:压缩|压减|缩短|缩减|降低?|减少?|精简|限定?)[到至在]|最多|至多|最长|最迟"
_FIGURE = re.compile(
    rf"(?:(?:(?P<least>{_AT_LEAST})|(?P<most>(?<!不)(?:{_AT_MOST}))|(?P<only>[只仅]))[^，；。：\d%％■]{{0,16}}?)?"
    rf"(?P<low>{_COUNT})(?:[—–―－~～至到-]{{1,2}}(?P<high>{_COUNT}))?(?P<unit>{_UNIT})(?!级|类|型|性|化|定|以来|支付)"
    r"(?P<above>(?:及)?以上)?(?P<within>以内|之内|以下|(?<=[日天月时])内)?"
)
_PERCENT = re.compile(rf"百分之(?P<count>百|{_COUNT})")
_EVERY = re.compile(
    r"(?:每人)?(?:每|平均每)(?:个)?(?P<period>年度?|半年|季度?|月|周|学期|日|两年|[二三]年)|(?P<all>全年|年均|年度(?=[^，；。]{0,6}不))"
)
_RATE = re.compile(r"(?:率|比例|占比|比重|满意度|覆盖面|合格度)(?:均|都|全部|应|要)?(?:为|是)?$")
_DOES = re.compile(
    r"(?:进行|开展|组织|举办|召开|完成|实施|安排|举行|公布|发布|集中|报送|通报|评查|轮训|听取|总结|推送|开设|抽查|检查|分析|研究|专题|培训)[^，；。、]{0,4}$"
)
_HOW_OFTEN = frozenset(
    ["次", "批", "期", "场", "轮", "件", "篇", "份", "个", "例", "遍", "回", "场次", "堂", "节", "项", "名", "家"]
)
_ABOVE_ALONE = frozenset(
    ["%", "％", "学时", "课时", "次", "场", "期", "批", "篇", "件", "份", "人次", "场次", "个百分点"]
)
_HIDDEN = re.compile(r"“[^“”]{0,60}”|《[^《》]{0,120}》|〔\d{4}〕\d*号?")
_CONDITION = re.compile(r"(?:近|前|第|满|除[^，；。]{0,20}|超过|未来|过去|连续|累计|其中)$")
_NEAR = 80
"""How many characters before a figure are looked at for what makes it one."""
_CLAUSE = re.compile(r"[，；。！\n]")
_AND = re.compile(r"^(?:的[^，；。]{0,24})?(?:和|、|及|以及|与)$")
_NOUN = re.compile(r"(?P<noun>[^，；。、的对并和\d■]{2,6})(?=[，；。、并]|$)")


def in_text(text: str) -> tuple[Target, ...]:
    """The targets of a measure's text in order. Values are in their unit, % as 0–100; of 1—2次 the lower."""
    plain = _arabic(squeeze(full_width(text)))
    hidden = _HIDDEN.sub(lambda found: "■" * len(found[0]), plain)
    targets: list[Target] = []
    start = 0
    for clause in _CLAUSE.split(hidden):
        targets.extend(_in_clause(plain[start : start + len(clause)], clause))
        start += len(clause) + 1
    return tuple(targets)


def _arabic(text: str) -> str:
    """百分之五十 → 50%."""
    return _PERCENT.sub(lambda found: f"{100 if found['count'] == '百' else number(found['count'])}%", text)


def _in_clause(plain: str, clause: str) -> list[Target]:
    targets: list[Target] = []
    ends: list[int] = []
    for found in _FIGURE.finditer(clause):
        op = _op(found, clause)
        if (
            op is None
            and targets
            and found["unit"] == targets[-1].unit
            and _AND.match(clause[ends[-1] : found.start("low")])
        ):
            targets.append(replace(_target(found, targets[-1].op or "=", plain, clause), period=targets[-1].period,
                                   text=plain[found.start("low") : found.end()]))  # fmt: skip
        elif op is not None:
            targets.append(_target(found, op, plain, clause))
        else:
            continue
        ends.append(found.end())
    return targets


def _op(found: re.Match[str], clause: str) -> str | None:
    """>=, <=, = or None when the figure is none to reach."""
    before = clause[max(found.start("low") - _NEAR, 0) : found.start("low")]
    unit = found["unit"]
    if found["least"]:
        return ">=" if not (found["within"] and found["least"] == "力争") else "<="
    if found["most"]:
        return "<="
    if _CONDITION.search(before):
        return None
    if found["only"] and unit in _HOW_OFTEN:
        return "="
    if found["above"] and unit in _ABOVE_ALONE:
        return ">="
    if unit in {"%", "％"} and _RATE.search(before):
        return "<=" if found["within"] else "="
    return _how_often(found, before)


def _how_often(found: re.Match[str], before: str) -> str | None:
    """每半年公布一批, 进行一次评估; a range (1—2次) is a least."""
    every = list(_EVERY.finditer(before))
    close = bool(every) and len(before) - every[-1].end() <= 20
    counted = found["unit"] in _HOW_OFTEN and (close or (found["unit"] in {"次", "轮", "场"} and _DOES.search(before)))
    if not counted:
        return None
    return ">=" if found["high"] else "="


def _target(found: re.Match[str], op: str, plain: str, clause: str) -> Target:
    begin, period = _period(found, plain, clause)
    unit = "%" if found["unit"] == "％" else found["unit"]
    noun = _NOUN.match(clause, found.end()) if unit in _HOW_OFTEN else None
    end = noun.end() if noun else found.end()
    return Target(
        text=plain[begin:end],
        metric=_metric(found, plain, begin),
        op=op,
        value=_value(found["low"]),
        unit=unit,
        period=period,
    )


def _value(text: str) -> float:
    value = float(text) if text[0].isdecimal() else float(number(text))
    return int(value) if value.is_integer() else value


def _period(found: re.Match[str], plain: str, clause: str) -> tuple[int, str | None]:
    """Where the target's words begin, and its period: 每年, or the limit in the same clause (2024年底前)."""
    op = min(found.start(group) for group in ("least", "most", "only", "low") if found[group])
    low = found.start("low")
    near = max(low - _NEAR, 0)
    every = list(_EVERY.finditer(clause, near, low))
    if every:
        span = "每" + every[-1]["period"] if every[-1]["period"] else "每年"
        return every[-1].start(), {"每年度": "每年", "每季": "每季度"}.get(span, span)
    limits = [point for point in points(clause[near:low]) if point.marked and not point.every]
    period = plain[near + limits[-1].start : near + limits[-1].end] if limits else None
    if found["unit"] in {"%", "％"}:
        return near if not limits else near + limits[-1].end, period
    does = _DOES.search(clause[near:low])
    return (min(op, near + does.start()) if does else op), period


def _metric(found: re.Match[str], plain: str, begin: int) -> str | None:
    """What is counted: for rates the words before, else those behind the figure."""
    if found["unit"] in {"%", "％"}:
        head = next((found.start(group) for group in ("least", "most", "only") if found[group]), found.start("low"))
        words = plain[begin:head]
        return words if len(words) > 1 else None
    words = re.split(r"和\d", plain[found.end() :])[0].removeprefix("的").removeprefix("对")
    return words or None
