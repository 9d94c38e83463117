"""One thing by several names, and what is said of everything: the small list of words of the field.

Plans of one campaign are written by different offices. What they call the same is made one name before texts are
compared; phrases that stand in any plan whatever it is about are left out. docs/rules.md gives the list to read.
Every entry is a usage of the published documents on administrative enforcement, none was put in for one measure.
"""

from __future__ import annotations

import re
from functools import lru_cache

SAME: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("乡镇", ("乡镇（街道）", "乡镇、街道", "镇（街道）", "镇街", "乡镇街道")),
    ("首违不罚", ("首次轻微违法免于处罚", "首次轻微违法不予处罚", "首次违法不予处罚", "初次违法不予处罚", "首违免罚")),
    (
        "两轻一免清单",
        (
            "“两轻一免”清单制度",
            "“两轻一免”清单",
            "轻微违法免罚清单",
            "免罚清单",
            "从轻处罚事项清单、减轻处罚事项清单",
            "包容审慎执法监管清单",
            "包容审慎监管清单",
            "不予处罚事项清单",
        ),
    ),
    ("包容审慎", ("“包容审慎”", "包容免罚", "审慎包容", "柔性执法")),
    (
        "行政执法监督平台",
        (
            "行政执法综合管理监督信息子系统",
            "行政执法综合管理监督信息系统",
            "行政执法综合管理监督系统",
            "行政执法和行政执法监督一体化平台",
            "行政执法综合管理平台",
            "行政执法监督信息平台",
        ),
    ),
    ("企业合规", ("合规指导", "合规管理", "合规经营", "合规建设")),
    ("行政执法监督员", ("特邀行政执法监督员", "特约行政执法监督员", "社会监督员")),
    ("尽职免责", ("尽职免予问责", "尽职免责问责", "免责免予问责")),
    ("退出机制", ("退出制度",)),
    ("涉企检查", ("涉企行政检查", "涉企现场检查", "涉企行政执法检查", "企业执法检查")),
    ("企业", ("市场主体", "经营主体", "民营企业")),
    ("公安检察审判机关", ("刑事司法", "公安、检察、审判机关", "公安、检察机关", "公安机关、检察机关")),
    ("党组织", ("党建",)),
    ("持证上岗", ("资格管理",)),
)
"""The name that is compared, and what else it is called. Longer names stand before those they hold."""

STOCK = (
    "严格规范公正文明执法",
    "取得实效",
    "统一部署",
    "有计划、有针对性",
    "县级以上",
    "工作需要",
    "实际情况",
    "有关规定",
    "相关规定",
)
"""Phrases that say nothing of what is to be done."""

_ACT = "行政(?:许可|处罚|强制|检查|征收征用|征收|征用|确认|给付|裁决|奖励|命令)"
_ACTS = re.compile(f"{_ACT}(?:(?:、|和|以及){_ACT})+")
"""The kinds of administrative acts, counted up: they mean enforcement as a whole."""
_EFFECTS = re.compile("政治效果、法律效果(?:、|和)?社会效果(?:的)?有机统一")
_STOCK = re.compile("|".join(map(re.escape, STOCK)))
_NAMES = tuple((re.compile("|".join(map(re.escape, names))), name) for name, names in SAME)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in the words that are compared; what is left out leaves a blank, so that nothing grows together."""
    for names, name in _NAMES:
        text = names.sub(name, text)
    return _STOCK.sub(" ", _EFFECTS.sub(" ", _ACTS.sub("执法行为", text)))
