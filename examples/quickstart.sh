#!/bin/sh
# Builds vaxdir, loads a feed (or the synthetic sample) and shows the five nearest centres and how to book at each.
#
#   sh examples/quickstart.sh [FEED] [LAT LON]
#
# Does all of its set-up on Debian and Ubuntu; safe to run twice, from any directory, as root or through sudo.
set -eu

packages='gcc libc6-dev meson ninja-build pkg-config python3 libjansson-dev libcsv-dev liburiparser-dev libidn2-dev
libpsl-dev libutf8proc-dev libxxhash-dev libproj-dev libgeos-dev'

fail() {
    echo "quickstart: $*" >&2
    exit 1
}

usage() {
    echo 'usage: sh examples/quickstart.sh [FEED] [LAT LON]' >&2
    exit 2
}

# Everything that the build needs, however it came here.
is_ready() {
    for tool in meson ninja pkg-config python3; do
        command -v "$tool" > /dev/null 2>&1 || return 1
    done
    pkg-config --exists jansson liburiparser libidn2 libpsl libutf8proc libxxhash proj geos || return 1
    echo '#include <csv.h>' | cc -E -o /dev/null - > /dev/null 2>&1
}

# Runs a command quietly: its output is shown only when it fails.
quietly() {
    if ! "$@" > "$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
}

install_packages() {
    as_root=
    if [ "$(id -u)" != 0 ]; then
        as_root=sudo
    fi
    if ! command -v apt-get > /dev/null 2>&1 || { [ -n "$as_root" ] && ! command -v sudo > /dev/null 2>&1; }; then
        fail "install these packages (Debian's names; other systems have the same under like names), then run again:
$packages"
    fi
    echo 'quickstart: installing what the build needs (apt-get) ...' >&2
    # shellcheck disable=SC2086 # the list is words
    quietly $as_root apt-get update || echo 'quickstart: apt-get update failed; going on with the lists as they are' >&2
    # shellcheck disable=SC2086
    quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages ||
        fail 'the packages could not be installed'
}

# Debian's own meson, where another one that stands first on the path may lack its Python.
find_meson() {
    if [ -x /usr/bin/meson ]; then
        meson=/usr/bin/meson
    else
        meson=meson
    fi
}

# In the checkout, or in the user's cache where an earlier run of somebody else left a directory that we cannot write.
choose_build() {
    build=$root/build-quickstart
    if [ -d "$build" ]; then
        [ -w "$build" ] && [ -w "$build/build.ninja" ] && return
        [ -w "$build" ] && [ ! -e "$build/build.ninja" ] && return
    elif [ -w "$root" ]; then
        return
    fi
    build=${XDG_CACHE_HOME:-${HOME:?}/.cache}/vaxdir/build-quickstart
    mkdir -p "$(dirname "$build")"
}

compile() {
    if [ ! -e "$build/build.ninja" ]; then
        rm -rf "$build"
        quietly "$meson" setup "$build" "$root" --buildtype=release -Dtests=false || return 1
    fi
    quietly ninja -C "$build"
}

hand_back() {
    # Through sudo the build belongs to who called it, so that the next run needs no sudo.
    if [ "$(id -u)" = 0 ] && [ -n "${SUDO_UID:-}" ]; then
        chown -R "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$build" || true
    fi
}

# The text as one word of a shell.
quoted() {
    case $1 in
    *[!A-Za-z0-9_./:=@%+-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
    esac
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
feed=$root/examples/sample/centres-sample.csv
latitude=49.1193
longitude=6.1757
case $# in
0) ;;
1) feed=$1 ;;
2) latitude=$1 longitude=$2 ;;
3) feed=$1 latitude=$2 longitude=$3 ;;
*) usage ;;
esac
[ -r "$feed" ] || fail "$feed cannot be read"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

is_ready || install_packages
find_meson
choose_build
[ -e "$build/build.ninja" ] || echo 'quickstart: compiling ...' >&2
if ! compile; then
    # A directory of another checkout, of another compiler or of a run that was cut short: once more from nothing.
    echo 'quickstart: the build failed; once more in a fresh directory ...' >&2
    rm -rf "$build"
    compile || fail 'the build failed'
fi
hand_back

vaxdir=$build/examples/vaxdir
if [ "$feed" = "$root/examples/sample/centres-sample.csv" ]; then
    echo 'The centres below are synthetic sample data. Give a feed to see real ones.'
fi
printf 'The five centres nearest to %s %s:\n\n' "$latitude" "$longitude"
"$vaxdir" nearest "$feed" "$latitude" "$longitude" --limit 5
printf '\nNext:\n'
printf '  %s build %s -o centres.vaxdir --report report.ndjson\n' "$(quoted "$vaxdir")" "$(quoted "$feed")"
printf '  %s nearest centres.vaxdir %s %s --limit 3 --format json\n' "$(quoted "$vaxdir")" "$latitude" "$longitude"
printf "  %s link 'https://www.doctolib.fr@evil.example/'\n" "$(quoted "$vaxdir")"
