from __future__ import annotations

import pytest

from core.align.terms import clauses, pairs, shared_phrases
from core.align.weights import Weights
from core.align.wording import plain
from core.office import bundled


def test_pairs_do_not_reach_over_punctuation():
    assert pairs("裁量，基准") == {"裁量", "基准"}


def test_townships_have_one_name_in_all_provinces():
    assert pairs("镇（街道）赋权") == pairs("乡镇（街道）赋权") == pairs("乡镇赋权")


def test_what_the_field_calls_by_several_names_is_one():
    assert plain("编制首次轻微违法免于处罚事项清单") == "编制首违不罚事项清单"
    assert pairs("探索“包容审慎”监管") == pairs("探索包容免罚监管")


def test_kinds_of_acts_counted_up_and_stock_phrases_tell_nothing():
    assert plain("规范行政许可、行政处罚、行政检查、行政强制等") == "规范执法行为等"
    assert plain("规范行政处罚") == "规范行政处罚"
    assert pairs("按统一部署推广") == {"推广"}


@pytest.mark.parametrize("key", bundled.keys())
def test_made_plain_twice_is_made_plain_once(key):
    for measure in bundled.load(key).measures:
        assert plain(plain(measure.text)) == plain(measure.text)


def test_an_enumeration_is_one_clause():
    assert clauses("完善管辖、适用等机制，做好协调；汇总。") == ("完善管辖、适用等机制", "做好协调", "汇总")


def test_the_longest_phrase_of_both_is_told_once_and_without_joints():
    words = shared_phrases(
        "加强公职律师和法律顾问队伍建设。", "着力加强机构的公职律师和法律顾问队伍", {}, least=0, most=5
    )

    assert words == ("公职律师和法律顾问队伍", "加强")


def test_adverbs_are_no_words_of_a_phrase():
    assert shared_phrases("着力提高能力", "大力提高能力", {}, least=0, most=5) == ("提高能力",)


def test_rare_terms_weigh_more_than_common_ones():
    weights = Weights([["执法", "律师"], ["执法", "律师"], ["执法"], ["执法", "裁量"]])

    assert weights.of["律师"] > weights.of["执法"]
    assert weights.cosine(frozenset(["执法", "律师"]), frozenset(["执法", "律师"])) == 1.0
    assert weights.cosine(frozenset(["律师"]), frozenset(["裁量"])) == 0.0
