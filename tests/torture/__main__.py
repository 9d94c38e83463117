"""`make torture`: an act after the other is killed at random moments, or its disk fails under it.

ROUNDS=n rounds (default 400), SEED=n, ACTS="保存 回收", KIND=断电: these only. Prints what was done to what and what was lost; exit code 1 when anything was.
"""

from __future__ import annotations

import contextlib
import math
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Play the rounds."""
    from tests.torture import acts, rounds, vfs

    number, seed = int(os.environ.get("ROUNDS", "400")), int(os.environ.get("SEED", str(int(time.time()))))
    only = os.environ.get("ACTS", "").split()
    if not vfs.is_there() or not hasattr(os, "fork"):
        print("这里的 SQLite 不是共享库，或没有 fork：压力测试只在 Linux 上做。")
        return 0
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="taizhang-torture-") as folder:
        os.environ["TAIZHANG_HOME"] = str(Path(folder) / "home")
        place = Path(folder) / "备好"
        names = only or list(acts.ACTS)
        acts.prepare(place, names)
        sizes = {name: rounds.measured(place, Path(folder) / "量", name, seed) for name in names}
        kinds = [*rounds.KINDS, rounds.FILE_SIZE]
        if rounds.may_mount(Path(folder) / "盘"):
            kinds.append(rounds.SMALL_DISK)
        kinds = [kind for kind in kinds if os.environ.get("KIND", "") in kind]
        hits: Counter[tuple[str, str]] = Counter()
        played: Counter[tuple[str, str]] = Counter()
        lost: list[str] = []
        sentences: Counter[str] = Counter()
        with contextlib.suppress(KeyboardInterrupt):  # what was played so far is told all the same
            for at in range(number):
                name, kind = names[at % len(names)], kinds[(at + at // math.lcm(len(names), len(kinds))) % len(kinds)]
                own = chance.randrange(1 << 30)
                end = rounds.played(place, Path(folder) / f"第{at}轮", name, kind, own, sizes[name])
                played[name, kind] += 1
                hits[name, kind] += end.is_hit
                if end.sentence:
                    sentences[end.sentence] += 1
                for finding in end.findings:
                    lost.append(f"第 {at} 轮 {name} / {kind} / 种子 {own}: {finding}")
                    print(lost[-1], flush=True)
        _print_table(names, kinds, hits, played)
        print(f"\n告诉用户的话（{len(sentences)} 种）：")
        for words, count in sentences.most_common():
            print(f"{count:>5}  {words}")
        kills = sum(count for (_, kind), count in hits.items() if "SIGKILL" in kind or "断电" in kind)
        faults = sum(hits.values()) - kills
        print(
            f"\n种子 {seed}：{played.total()} 轮，强制结束或断电 {kills} 次，读写故障 {faults} 次，丢失或损坏 {len(lost)} 处"
        )
        return 1 if lost else 0


def _print_table(
    names: list[str], kinds: list[str], hits: Counter[tuple[str, str]], played: Counter[tuple[str, str]]
) -> None:
    for kind in kinds:
        print(f"{kind}")
        for name in names:
            if played[name, kind]:
                print(f"    {name:　<12} {hits[name, kind]:>4} / {played[name, kind]}")


if __name__ == "__main__":
    sys.exit(main())
