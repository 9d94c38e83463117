#!/usr/bin/env bash
# What `make setup` stands on: .venv with everything the program runs on (`setup.sh run`),
# or with what `make test` needs besides (`setup.sh test`). Says what is missing, in Chinese.
#
# Ordinary machines only: nothing is compiled, no git, no curl. System packages are installed
# when we are root and the machine has apt-get; else the exact line to type is printed.
set -euo pipefail
cd "$(dirname "$0")/../.."

what=${1:-run}
case $what in
    run) requirements=requirements.txt ;;
    test) requirements=requirements-test.txt ;;
    *) echo "用法：setup.sh run|test" >&2; exit 2 ;;
esac

# Everything is as it was when set-up last ended well: nothing to do.
fingerprint=$(cat "$requirements" pyproject.toml resources/setup/setup.sh resources/setup/libraries.txt <(pwd) | cksum)
for stamp in ".venv/.ready-$what" .venv/.ready-test; do
    # What the tests need holds what the program needs, so their stamp speaks for both.
    if [[ -f $stamp && $(sed -n "s/^$what //p" "$stamp") == "$fingerprint" && -x .venv/bin/taizhang ]]; then
        exit 0
    fi
done

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

# --- what the machine must have -----------------------------------------------------------------

[[ $(uname -s) == Linux ]] || fail "这里的 make 只管 Linux；Windows 上的安装办法见 README.md。"

# Library → Debian package, a line each. The list is what `ldd` finds in the Qt wheel's libraries and in its
# plugins for X11, Wayland, off-screen drawing and printing.
libraries=$(<resources/setup/libraries.txt)

find_python() {
    # The first that is there, answers (a pyenv shim may not) and is in range.
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

missing_libraries() {
    local cache soname package
    cache=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true)
    while read -r soname package; do
        [[ -z $soname || $cache == *$'\t'"$soname "* ]] || say "$soname $package"
    done <<<"$libraries"
}

python_package() {
    # The first Python in range that the package sources offer.
    local name
    for name in python3.11 python3.12 python3.13; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            say "$name"
            return
        fi
    done
    say python3.11
}

missing_packages() {
    local python name
    python=$(find_python)
    if [[ -z $python ]]; then
        name=$(python_package)
        say "$name"
        say "$name-venv"
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        name=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        say "$name"
    fi
    missing_libraries | awk '{print $2}' | sort -u
}

packages=$(missing_packages | paste -sd' ')
if [[ -n $packages ]]; then
    if ! command -v apt-get >/dev/null; then
        fail "本机还缺少下列系统软件，请用系统自带的软件管理工具装好后再试：" \
            "  Debian 系统里的名称：$packages" \
            "  所缺的库文件：$(missing_libraries | awk '{print $1}' | paste -sd' ')"
    elif [[ $(id -u) != 0 ]]; then
        fail "本机还缺少运行所需的系统软件。请输入下面这一行（需要管理员密码），装好后再试一次：" "" \
            "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages" "" \
            "（没有 sudo 的系统：先输入 su 换成 root，再输入去掉 sudo 的同一行。）"
    fi
    say "正在安装系统软件：$packages"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    install_packages() {
        apt-get update -q || return
        packages=$(missing_packages | paste -sd' ') # again: only now is known which Python there is
        # shellcheck disable=SC2086  # one word a package
        apt-get install -y -q --no-install-recommends $packages
    }
    if ! install_packages >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "系统软件没有装上（上面是 apt-get 的原话）。请检查网络和软件源，再运行一次。" \
            "如果软件源里没有 python3.11，请先装好 Python 3.11、3.12 或 3.13。"
    fi
    rm -f "$log"
fi

python=$(find_python)
[[ -n $python ]] || fail "没有找到 Python 3.11、3.12 或 3.13，请先装好其中之一。"

# --- the environment ----------------------------------------------------------------------------

if [[ -e .venv && ! -w .venv ]]; then
    fail "文件夹 .venv 是别的用户建的，不能改写。请输入：sudo rm -rf '$PWD/.venv'，再试一次。"
elif [[ ! -w . ]]; then
    fail "当前用户不能写入 $PWD，请把程序放到自己的文件夹里再试。"
fi

in_use=$(.venv/bin/python -c 'import sys; print(*sys.version_info[:2], sys.prefix)' 2>/dev/null || true)
wanted=$("$python" -c 'import sys; print(*sys.version_info[:2])')
if [[ $in_use != "$wanted $PWD/.venv" ]]; then
    say "正在建立运行环境（$("$python" --version)）"
    rm -rf .venv
    "$python" -m venv .venv || fail "运行环境没有建成。请检查磁盘空间，再试一次。"
fi
rm -f .venv/.ready-*

say "正在下载并安装所需的组件，约需一两分钟"
pip=(.venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps)
# As packages only (nothing is compiled here), exactly those listed.
if ! "${pip[@]}" --only-binary=:all: --requirement "$requirements" || ! "${pip[@]}" --editable .; then
    fail "组件没有装全（上面是 pip 的原话）。请检查网络后再试一次；" \
        "网络较慢时可先用 pip config 设好镜像。若说找不到 PySide6，多半是没有适合本机处理器（$(uname -m)）的版本。"
fi

# Bytecode now, so that the first start does not compile (nor every start where the folder cannot be written).
.venv/bin/python -m compileall -q core gui || fail "程序文件不完整，请重新解压后再试。"

# The proof: Qt starts without a screen. What the table above does not know shows itself here.
if ! trouble=$(QT_QPA_PLATFORM=offscreen .venv/bin/python -c '
from PySide6.QtWidgets import QApplication
from PySide6 import QtPrintSupport, QtSvg
QApplication([])' 2>&1); then
    fail "窗口组件 Qt 不能启动，多半是还缺系统库：" "$(tail -n 3 <<<"$trouble")"
fi

{
    say "$what $fingerprint"
    if [[ $what == test ]]; then
        say "run $(cat requirements.txt pyproject.toml resources/setup/setup.sh resources/setup/libraries.txt <(pwd) | cksum)"
    fi
} >".venv/.ready-$what"
say "准备好了。"
