#!/usr/bin/env bash
# What `make test` stands on: style, house rules, types, then the tests. `make coverage` adds --cov.
# All of them run even when an early one fails; pytest comes last, so that its summary closes.
set -uo pipefail
cd "$(dirname "$0")/../.."
export QT_QPA_PLATFORM=offscreen
export PATH="$PWD/.venv/bin:$PATH"

failed=()
step() {
    local name=$1
    shift
    echo "── $name"
    "$@" || failed+=("$name")
}
step "代码检查 ruff check" ruff check .
step "代码格式 ruff format" ruff format --check .
step "结构规则 import-linter" lint-imports
step "类型检查 mypy" mypy

# `make test` stays under five minutes; what is marked thorough is done by `make thorough` (--thorough).
chosen="not thorough"
if [[ ${1:-} == --thorough ]]; then
    shift
    chosen="thorough or not thorough"
fi
if ! command -v soffice >/dev/null; then
    echo "── 本机没有 LibreOffice（soffice），标有 office 的测试这次不做"
    chosen="($chosen) and not office"
fi
tests=(-m "$chosen")
if ((${#failed[@]})); then
    echo "── 未通过：${failed[*]}（详见上文）"
fi
# Thousands of small ledgers, each written through to the disk: in memory, where there is room, nobody waits for that.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if ((${room:-0} > 4000000)); then
    TMPDIR=$(mktemp -d /dev/shm/taizhang-tests.XXXXXX)
    chmod 755 "$TMPDIR"  # some tests are nobody for a while
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
fi
echo "── 测试 pytest"
python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder "${tests[@]}" "$@" || failed+=("测试 pytest")
((${#failed[@]} == 0))
