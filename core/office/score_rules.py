"""The table of rules of 考核评分, kept in the file so that it goes with it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from sqlite3 import Connection

from core.errors import InvalidError
from core.ledger.scoring import DEFAULTS, RULES, Per, ScoreRule
from core.office.changes import Changes
from core.store import journal
from core.store import settings as setting_rows
from core.store.database import Store

_KEY, _JUSTICE_KEY = "score_rules", "score_ranks_justice"
_MOST = 1000.0


def score_rules(store: Store) -> tuple[ScoreRule, ...]:
    """The table of rules of this file, the default ones where none were saved."""
    with store.reading() as db:
        return rules_of(db)


def ranks_justice(store: Store) -> bool:
    """Whether 纪检司法 units take part in rankings; by default they do not."""
    with store.reading() as db:
        return justice_of(db)


def save_score_rules(store: Store, rules: Sequence[ScoreRule], *, justice: bool | None = None) -> Changes:
    """Keep a table of rules; ``justice``: whether 纪检司法 units are ranked (None: as it was).

    Raises InvalidError for points or a cap that are no plain number up to a thousand, for a table without these rules.
    """
    _check(rules)
    with store.transaction() as db:
        old, new = _words(rules_of(db), ranked=justice_of(db)), _words(rules, ranked=justice_of(db))
        if justice is not None:
            new["纪检司法"] = _ranked_word(ranked=justice)
        if old == new:
            return Changes()
        setting_rows.write(db, {_KEY: json.dumps([asdict(r) for r in rules], ensure_ascii=False)})
        if justice is not None:
            setting_rows.write(db, {_JUSTICE_KEY: str(int(justice))})
        changed = [key for key in new if old.get(key) != new[key]]
        journal.append(
            db,
            "修改评分规则",
            "考核评分",
            before={key: old[key] for key in changed},
            after={key: new[key] for key in changed},
        )
    return Changes(units=True)


def rules_of(db: Connection) -> tuple[ScoreRule, ...]:
    """The saved table; rules that a newer version brought stand at its end as they come by default."""
    text = setting_rows.everything(db).get(_KEY)
    if text is None:
        return DEFAULTS
    saved = [ScoreRule(**row) for row in json.loads(text)]
    known = [r for r in saved if r.key in RULES]
    return (*known, *(r for r in DEFAULTS if r.key not in {k.key for k in known}))


def justice_of(db: Connection) -> bool:
    """Whether 纪检司法 units are ranked, inside a running read or write."""
    return setting_rows.everything(db).get(_JUSTICE_KEY) == "1"


def _check(rules: Sequence[ScoreRule]) -> None:
    if {r.key for r in rules} != set(RULES) or len(rules) != len(RULES):
        raise InvalidError("评分规则不全。", hint="请点“恢复默认”后再改。", field="rules")
    for r in rules:
        if r.per not in {p.value for p in Per}:
            raise InvalidError(f"“{r.title}”的计分方式看不懂。", hint="可选每项、按比率。", field=r.key)
        if not math.isfinite(r.points) or abs(r.points) > _MOST:
            raise InvalidError(f"“{r.title}”的分值应在 -1000 到 1000 之间。", field=r.key)
        if r.cap is not None and not 0 <= r.cap <= _MOST:
            raise InvalidError(f"“{r.title}”的上限应在 0 到 1000 之间。", hint="不设上限请留空。", field=r.key)


def _words(rules: Sequence[ScoreRule], *, ranked: bool) -> dict[str, str]:
    """The table in words for the journal."""
    words = {r.title: _rule_words(r) for r in rules}
    return words | {"纪检司法": _ranked_word(ranked=ranked)}


def _rule_words(r: ScoreRule) -> str:
    cap = "不设上限" if r.cap is None else f"上限{r.cap:g}分"
    return f"{r.per}{r.points:g}分，{cap}" if r.active else "停用"


def _ranked_word(*, ranked: bool) -> str:
    return "参加排名" if ranked else "不参加排名"
