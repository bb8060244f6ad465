#!/bin/sh
# Fuzzes one target with libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer (clang is needed).
#
#   sh tests/fuzz/run.sh TARGET [SECONDS]      a TARGET is a fuzz_TARGET.c of this folder
#
# Builds into build-fuzz/ beside the sources, or into $VAXDIR_BUILD-fuzz. New inputs go into the build folder; what is
# worth keeping is made small and copied into the corpus by hand.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
target=${1:?"which target? There is one for each tests/fuzz/fuzz_*.c"}
seconds=${2:-600}
build=${VAXDIR_BUILD:-$root/build}-fuzz
meson=meson
[ -x /usr/bin/meson ] && meson=/usr/bin/meson
flags='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -O1 -g'

[ -f "$build/build.ninja" ] || CC=clang "$meson" setup "$build" "$root" -Dtests=false -Dexamples=false \
    -Dbuildtype=plain -Db_lundef=false -Dc_args="$flags" -Dc_link_args='-fsanitize=address,undefined' >/dev/null
ninja -C "$build" lib/libvaxdir.a >/dev/null
field() {
    sed -n "s/^$1: *//p" "$build/meson-private/vaxdir.pc" | tr -d ,
}
# shellcheck disable=SC2046
clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -D_POSIX_C_SOURCE=200809L \
    -I"$root/include" -I"$root/lib" "$root/tests/fuzz/fuzz_$target.c" "$root/tests/support/small.c" \
    "$build/lib/libvaxdir.a" \
    $(pkg-config --libs $(field Requires.private)) $(field Libs.private) -o "$build/fuzz_$target"
mkdir -p "$build/corpus-$target"
exec "$build/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -dict="$root/tests/fuzz/$target.dict" -artifact_prefix="$build/" "$build/corpus-$target" \
    "$root/tests/fuzz/corpus/$target"
