from __future__ import annotations

from core.align.terms import clauses, pairs, shared_phrases
from core.align.weights import Weights


def test_pairs_do_not_reach_over_punctuation():
    assert pairs("裁量，基准") == {"裁量", "基准"}


def test_townships_have_one_name_in_all_provinces():
    assert pairs("镇（街道）赋权") == pairs("乡镇（街道）赋权") == pairs("乡镇赋权")


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
