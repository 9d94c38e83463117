#!/usr/bin/env bash
# What `make test` stands on: style, house rules, types and the tests. `make coverage` adds --cov.
# All of them run even when one fails. The checks run beside the tests and are told after them.
set -uo pipefail
cd "$(dirname "$0")/../.."
export QT_QPA_PLATFORM=offscreen
export PATH="$PWD/.venv/bin:$PATH"
unset PYTHONDONTWRITEBYTECODE  # else every worker and every child compiles all anew

failed=()
step() {
    local name=$1
    shift
    echo "── $name"
    "$@" || failed+=("$name")
}
checks() {
    step "代码检查 ruff check" ruff check .
    step "代码格式 ruff format" ruff format --check .
    step "结构规则 import-linter" lint-imports
    step "类型检查 mypy" mypy
    ((${#failed[@]} == 0)) || echo "未通过：${failed[*]}"
    ((${#failed[@]} == 0))
}

# `make test` stays under five minutes; what is marked thorough is done by `make thorough` (--thorough).
chosen="not thorough"
if [[ ${1:-} == --thorough ]]; then
    shift
    chosen="thorough or not thorough"
    export TAIZHANG_EXAMPLES=${TAIZHANG_EXAMPLES:-100}
fi
if ! command -v soffice >/dev/null; then
    echo "── 本机没有 LibreOffice（soffice），标有 office 的测试这次不做"
    chosen="($chosen) and not office"
fi

said=$(mktemp -d)
folders=("$said")
trap 'rm -rf "${folders[@]}"' EXIT

# Thousands of small ledgers, each written through to the disk: in memory, where there is room, nobody waits for that.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if ((${room:-0} > 4000000)); then
    TMPDIR=$(mktemp -d /dev/shm/taizhang-tests.XXXXXX)
    chmod 755 "$TMPDIR"  # some tests are nobody for a while
    export TMPDIR
    folders+=("$TMPDIR")
fi

checks >"$said/checks" 2>&1 &
beside=$!
echo "── 测试 pytest（代码、结构和类型检查同时进行，结果在后面）"
python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder -m "$chosen" "$@"
tests=$?
wait "$beside"
checked=$?
cat "$said/checks"
((tests == 0)) || echo "── 未通过：测试 pytest（详见上文）"
((checked == 0)) || echo "── 未通过：检查（详见上文）"
((tests == 0 && checked == 0))
