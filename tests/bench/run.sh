#!/bin/sh
# run.sh: builds the library and its fastest peer from the distribution's packages, measures both in turns in one
# process on one made-up workload, and writes docs/benchmarks.md. Arguments: the sizes, default 600 20000 1000000.
# ROUNDS (default 9) and SEED (default 20210118) from the environment.
set -eu
cd "$(dirname "$0")/../.."
sizes=${*:-600 20000 1000000}
rounds=${ROUNDS:-9}
seed=${SEED:-20210118}
if [ ! -e /usr/include/nanoflann.hpp ]; then
    apt-get install -y libnanoflann-dev
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/meson setup "$work/build" . -Dtests=false -Dexamples=false > "$work/log"
ninja -C "$work/build" >> "$work/log"
g++ -std=c++17 -O3 -march=native -Iinclude -Ilib tests/bench/bench.cpp tests/bench/tree.cpp \
    "$work/build/lib/libvaxdir.a" \
    $(pkg-config --libs jansson liburiparser libidn2 libpsl libutf8proc libxxhash proj geos) \
    -lcsv -lm -lpthread -o "$work/bench"
: > "$work/lines"
for size in $sizes; do
    "$work/bench" "$size" "$rounds" "" "$seed" | tee -a "$work/lines"
done
{
    echo '# Benchmarks'
    echo
    echo 'Written by `sh tests/bench/run.sh`. Only the ratios say anything: times of one run, medians of interleaved'
    echo 'rounds, this library from a generic build with metres, nanoflann with -O3 -march=native and chords only.'
    echo
    echo "Machine: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) processors;" \
        "load $(cut -d' ' -f1-3 /proc/loadavg); $(cc --version | head -1); commit $(git rev-parse --short HEAD);" \
        "seed $seed; $rounds rounds."
    echo
    echo '| work | centres | who | median ns | least | greatest | ratio |'
    echo '|---|---|---|---|---|---|---|'
    sed 's/\t/ | /g; s/^/| /; s/$/ |/' "$work/lines"
} > docs/benchmarks.md
