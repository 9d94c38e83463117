#!/usr/bin/env bash
# What `make deb-test` stands on: both packages installed as a desk would, opened on a screen, removed, and the
# machine looked at afterwards. Needs root, dpkg, and Xvfb for the window. Pictures of the window: build/deb-test/*.png.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

[[ $(id -u) == 0 ]] || fail "安装和卸载要 root：sudo make deb-test"
for tool in dpkg Xvfb xdotool xprop import update-desktop-database gio; do
    command -v $tool >/dev/null || fail "没有 $tool（Debian 系统：apt-get install xvfb xdotool x11-utils imagemagick desktop-file-utils libglib2.0-bin）。"
done

release=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
arch=$(dpkg --print-architecture)
work=$PWD/build/deb-test
rm -rf "$work"
mkdir -p "$work/文档 资料"
export TAIZHANG_HOME=$work/home QT_QPA_PLATFORM=xcb

# A screen of an office PC, under a number that is free; -noreset: it does not begin anew when a window goes.
Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 3>"$work/display" >"$work/xvfb.log" 2>&1 &
screen=$!
window= installed=
clean_up() {
    [[ -z $window ]] || kill "$window" 2>/dev/null || true
    kill $screen 2>/dev/null || true
    [[ -z $installed ]] || dpkg -P "$installed" >/dev/null 2>&1 || true
}
trap clean_up EXIT
for _ in {1..300}; do [[ -s $work/display ]] && break; sleep 0.1; done
[[ -s $work/display ]] || fail "三十秒内没有屏幕（Xvfb）。"
DISPLAY=:$(<"$work/display")
export DISPLAY

# Whether a type is asked for by what a file is, under any name.
type_of() { gio info -a standard::content-type "$1" | awk '/content-type/ {print $2}'; }

look_at_window() {
    local program=$1 ledger=$2 picture=$3 number=
    "$program" "$ledger" &
    window=$!
    for _ in {1..300}; do
        number=$(xdotool search --onlyvisible --class taizhang 2>/dev/null | tail -n 1) && [[ -n $number ]] && break
        kill -0 $window 2>/dev/null || fail "窗口没有打开就结束了。"
        sleep 0.1
    done
    [[ -n $number ]] || fail "三十秒内没有窗口。"
    sleep 4 # the table is painted, the icon set
    import -window root "$picture"
    [[ $(xprop -id "$number" WM_CLASS 2>/dev/null) == *taizhang* ]] || fail "窗口的 WM_CLASS 不是 taizhang，任务栏对不上图标。"
    xdotool windowclose "$number" || true
    for _ in {1..100}; do kill -0 $window 2>/dev/null || break; sleep 0.1; done
    kill $window 2>/dev/null || true
    wait $window 2>/dev/null || true
    window=
}

try_package() {
    local package=$1 program=$2 deb=dist/$1_${release}_$arch.deb ledger="$work/文档 资料/$1.db"
    [[ -f $deb ]] || fail "没有 $deb，请先执行 make deb。"
    say "── 安装 $package"
    dpkg -i "$deb" >"$work/$package.log" 2>&1 || { tail -n 5 "$work/$package.log" >&2; fail "装不上。"; }
    installed=$package
    dpkg -L "$package" | sort >"$work/$package.files"
    dpkg -V "$package" | tee "$work/$package.verify"
    [[ ! -s $work/$package.verify ]] || fail "装好的文件与包里的不一样。"

    say "── 自检、命令行"
    (cd / && "$program" self-check) || fail "自检没有通过。"
    (cd "$work" && "$program" new "$ledger") >/dev/null
    "$program" check "$ledger"

    if [[ $package == taizhang ]]; then
        say "── 文件类型"
        cp "$ledger" "$work/改过名的台账"
        [[ $(type_of "$ledger") == application/x-taizhang ]] || fail "台账文件的类型没有登记上。"
        [[ $(type_of "$work/改过名的台账") == application/x-taizhang ]] || fail "改过名的台账认不出来。"
        printf 'SQLite format 3\0%1000s' '' >"$work/别的程序.db"
        [[ $(type_of "$work/别的程序.db") != application/x-taizhang ]] || fail "别的程序的数据库被当成了台账。"
        [[ $(gio mime application/x-taizhang) == *taizhang.desktop* ]] || fail "双击台账文件不会用台账打开。"
    fi

    say "── 打开窗口（画面在 build/deb-test/$package.png）"
    look_at_window "$program" "$ledger" "$work/$package.png"

    say "── 卸载"
    dpkg -r "$package" >>"$work/$package.log" 2>&1 || fail "卸不掉。"
    while read -r path; do
        [[ -d $path && ! -L $path ]] && continue # folders others use too; ours are looked at below
        [[ ! -e $path && ! -L $path ]] || fail "卸载后还留着 $path。"
    done <"$work/$package.files"
    [[ ! -e /opt/taizhang && ! -e /opt/apps/cn.taizhang.ledger ]] || fail "卸载后还留着程序的文件夹。"
    [[ -f $ledger ]] || fail "卸载动了使用者的台账。"
    [[ -f $TAIZHANG_HOME/config/settings.json ]] || fail "卸载动了使用者的设置。"
    dpkg -P "$package" >>"$work/$package.log" 2>&1 || true
    installed=
}

try_package taizhang /usr/bin/taizhang
try_package cn.taizhang.ledger /opt/apps/cn.taizhang.ledger/files/taizhang
say "安装、打开、卸载都正常；台账和设置都还在。"
