#!/usr/bin/env bash
# What `make deb` stands on: dist/taizhang (made by `make dist`) as two .deb files, by dpkg-deb alone.
#
#   taizhang_VERSION_ARCH.deb             麒麟、Debian and their like: /opt/taizhang, a link in /usr/bin, menu entry,
#                                         icons and file type under /usr/share
#   cn.taizhang.ledger_VERSION_ARCH.deb   统信 UOS: everything under /opt/apps/cn.taizhang.ledger, menu entry, icons
#                                         and file type in its entries/, linked by the system itself
#
# Neither has a script that runs at installation: dpkg's own triggers tell the desktop. The processor is that of the
# machine that builds; for arm64 run the same command on an arm64 machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

for tool in dpkg-deb dpkg objdump; do
    command -v $tool >/dev/null || fail "没有 $tool，不能做安装包（Debian 系统：apt-get install dpkg binutils）。"
done
[[ -x dist/taizhang/taizhang ]] || fail "还没有 dist/taizhang，请先执行 make dist。"

appid=cn.taizhang.ledger
release=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
arch=$(dpkg --print-architecture)
icons=resources/icons
sizes=$(cd $icons && printf '%s\n' taizhang-*.png | sed 's/[^0-9]//g' | sort -n)

# --- what it needs of the machine ---------------------------------------------------------------

# Everything the files ask for, less what lies in the folder itself.
binaries() { find dist/taizhang -type f \( -name '*.so*' -o -name taizhang \); }
asked() { binaries | xargs objdump -p | awk '/NEEDED/ {print $2}' | sort -u; }
inside() { find dist/taizhang -name '*.so*' -printf '%f\n' | sort -u; }

depends() {
    local soname package glibc
    glibc=$(binaries | xargs objdump -T 2>/dev/null | grep -o 'GLIBC_2\.[0-9]*' | sort -Vu | tail -n 1)
    say "libc6 (>= ${glibc#GLIBC_})"
    while read -r soname; do
        case $soname in
            ld-linux*|libc.so.6|libm.so.6|libdl.so.2|libpthread.so.0|librt.so.1) continue ;; # libc6
            libgcc_s.so.1) continue ;; # comes with libstdc++6, under a name that differs between releases
        esac
        package=$(awk -v name="$soname" '$1 == name {print $2}' resources/setup/libraries.txt)
        [[ -n $package ]] || fail "不知道 $soname 在哪个软件包里，请补进 resources/setup/libraries.txt。"
        say "$package"
    done < <(comm -23 <(asked) <(inside)) | sort -u
}
depends=$(depends | paste -sd, | sed 's/,/, /g')

# --- the parts of both packages -----------------------------------------------------------------

desktop_entry() { sed "s|@PROGRAM@|$1|; s|@ICON@|$2|" resources/install/taizhang.desktop; }

put_icons() {
    local folder=$1 name=$2 size
    for size in $sizes; do
        install -D -m 644 $icons/taizhang-"$size".png "$folder/${size}x$size/apps/$name.png"
    done
    install -D -m 644 $icons/taizhang.svg "$folder/scalable/apps/$name.svg"
}

control() {
    local package=$1 other=$2 root=$3
    cat <<END
Package: $package
Version: $release
Architecture: $arch
Maintainer: taizhang <taizhang@localhost>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends
Conflicts: $other
Section: misc
Priority: optional
Description: 台账：县级司法局重点任务台账
 一份方案从收文到归档：分解、填报、佐证、审核、上报、打印，
 都在一台不联网的电脑上完成。台账是一个文件，卸载程序不动它。
END
}

# A package out of a folder: owned by root, readable by all, the same bytes from the same source. TAIZHANG_XZ_LEVEL=0
# to 9: 0 is made in seconds and an eighth larger, to try the package out.
pack() {
    local package=$1 other=$2 root=$3 file=dist/$1_${release}_$arch.deb
    mkdir -p "$root/DEBIAN"
    control "$package" "$other" "$root" >"$root/DEBIAN/control"
    (cd "$root" && find . -path ./DEBIAN -prune -o -type f -print0 | sort -z | xargs -0 md5sum | sed 's|  \./|  |') \
        >"$root/DEBIAN/md5sums"
    chmod -R u=rwX,go=rX "$root"
    dpkg-deb --root-owner-group -Zxz -z"${TAIZHANG_XZ_LEVEL:-6}" --build "$root" "$file" >/dev/null
    say "$file：$(du -m "$file" | cut -f1) MB，装好 $(du -sm "$root" | cut -f1) MB"
    (cd dist && sha256sum "$(basename "$file")" | tee "$(basename "$file").sha256")
}

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH
rm -rf build/deb
mkdir -p build/deb
umask 022

# --- 麒麟、Debian -------------------------------------------------------------------------------

root=build/deb/plain
mkdir -p $root/opt $root/usr/bin $root/usr/share/applications $root/usr/share/mime/packages
cp -a dist/taizhang $root/opt/taizhang
ln -s /opt/taizhang/taizhang $root/usr/bin/taizhang
desktop_entry /usr/bin/taizhang taizhang >$root/usr/share/applications/taizhang.desktop
cp resources/install/taizhang.xml $root/usr/share/mime/packages/taizhang.xml
put_icons $root/usr/share/icons/hicolor taizhang
install -D -m 644 LICENSE $root/usr/share/doc/taizhang/copyright
pack taizhang $appid $root

# --- 统信 UOS -----------------------------------------------------------------------------------

root=build/deb/uos
home=$root/opt/apps/$appid
mkdir -p $home/entries/applications $home/entries/mime/packages
cp -a dist/taizhang $home/files
desktop_entry /opt/apps/$appid/files/taizhang $appid >$home/entries/applications/$appid.desktop
sed "s|<icon name=\"taizhang\"/>|<icon name=\"$appid\"/>|" resources/install/taizhang.xml >$home/entries/mime/packages/$appid.xml
put_icons $home/entries/icons/hicolor $appid
# the version in four parts, and no permission: it starts nothing by itself, notifies nobody and listens to nothing
cat >$home/info <<END
{
  "appid": "$appid",
  "name": "台账",
  "version": "$release.0",
  "arch": ["$arch"],
  "permissions": {
    "autostart": false,
    "notification": false,
    "trayicon": false,
    "clipboard": true,
    "account": false,
    "bluetooth": false,
    "camera": false,
    "audio_record": false,
    "installed_apps": false
  }
}
END
pack $appid taizhang $root
