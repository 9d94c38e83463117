#!/usr/bin/env bash
# What `make dist` stands on: the program as one folder (dist/taizhang) by build.spec, tried out with
# `taizhang self-check`, once in a folder with Chinese and a blank, and packed with its SHA-256.
# In a build environment of its own (build/venv), so that nothing but what the program runs on can get in.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

# --- the environment ----------------------------------------------------------------------------

venv=build/venv
fingerprint=$(cat requirements.txt requirements-build.txt pyproject.toml <(.venv/bin/python -V) <(pwd) | cksum)
if [[ ! -x $venv/bin/pyinstaller || $(cat $venv/.ready 2>/dev/null) != "$fingerprint" ]]; then
    say "正在准备打包环境（$venv）"
    rm -rf $venv
    .venv/bin/python -m venv $venv
    pip=($venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps)
    "${pip[@]}" --only-binary=:all: -r requirements.txt || fail "组件没有装全。请检查网络后再试一次。"
    "${pip[@]}" --only-binary=:all: -r requirements-build.txt || fail "打包工具没有装全。请检查网络后再试一次。"
    "${pip[@]}" --editable . || fail "程序没有装进打包环境。"
    echo "$fingerprint" >$venv/.ready
fi

# --- the folder ---------------------------------------------------------------------------------

# The same program from the same source: dates inside archives are those of the last commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1
say "正在打包，约需一分钟"
if ! $venv/bin/pyinstaller --noconfirm --distpath dist --workpath build/work build.spec >build/pyinstaller.log 2>&1; then
    tail -n 20 build/pyinstaller.log >&2
    fail "打包没有成功（全文见 build/pyinstaller.log）。"
fi

# --- does it hold everything --------------------------------------------------------------------

say "正在自检"
dist/taizhang/taizhang self-check || fail "打好的程序自检没有通过。"
odd="build/自检 目录"
rm -rf "$odd"
mkdir -p "$odd"
cp -a dist/taizhang "$odd/台 账"
(cd "$odd" && env -i LANG=C HOME="$PWD" "./台 账/taizhang" self-check) || fail "放在带汉字和空格的目录里，自检没有通过。"
rm -rf "$odd"

# --- packed -------------------------------------------------------------------------------------

release=$($venv/bin/python -c 'from importlib.metadata import version; print(version("taizhang"))')
machine=$(dpkg --print-architecture 2>/dev/null || uname -m)
archive="taizhang-$release-linux-$machine.tar.gz"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C dist -cf - taizhang |
    gzip -n -9 >"dist/$archive"
say "文件夹 dist/taizhang：$(du -sm dist/taizhang | cut -f1) MB"
say "压缩包 dist/$archive：$(du -m "dist/$archive" | cut -f1) MB"
(cd dist && sha256sum "$archive" | tee "$archive.sha256")
