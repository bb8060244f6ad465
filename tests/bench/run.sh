#!/bin/sh
# Measures this library beside its peers and writes docs/benchmarks.md, from any directory, after installing what it
# needs on Debian or Ubuntu.
#
#   sh tests/bench/run.sh                                      600, 20,000 and 1,000,000 centres: about 7 minutes
#   sh tests/bench/run.sh --sizes 600,20000,1000000,10000000   about 8 minutes and 10 GB of memory more
#   sh tests/bench/run.sh --sizes 20000 --rounds 3 --peers nanoflann,S2 --output -        a quick look
#
#   --sizes N,N      of the world          --seed N     of the world (default 20210118)
#   --rounds N       default 9             --budget MS  that a slow peer may take for a round (default 50)
#   --peers NAME,..  parts of names; default: all but PostGIS
#   --queries N      at the most, a round  --postgis    with PostGIS, in a cluster of its own that ends with the run
#   --output FILE    default docs/benchmarks.md; - only prints
#
# The last size, up to 1,000,000, is also that of the tables of filters and areas.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
output=$root/docs/benchmarks.md
postgis=no
sizes=600,20000,1000000
seed=20210118
rounds=9
others=
while [ $# -gt 0 ]; do
    [ "$1" = --postgis ] || [ $# -ge 2 ] || { sed -n '5,18s/^# \{0,1\}//p' "$0" >&2; exit 2; }
    case $1 in
    --postgis) postgis=yes; shift; continue ;;
    --output) output=$2 ;;
    --sizes) sizes=$2 ;;
    --seed) seed=$2 ;;
    --rounds) rounds=$2 ;;
    --peers | --budget | --queries) others="$others $1 $2" ;;
    *) sed -n '5,18s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

packages="g++ meson ninja-build pkg-config libcmocka-dev libnanoflann-dev libboost-dev libgeos-dev libs2-dev
libjansson-dev libcsv-dev liburiparser-dev libidn2-dev libpsl-dev libutf8proc-dev libxxhash-dev libproj-dev"
[ "$postgis" = yes ] && packages="$packages libpq-dev postgresql postgresql-15-postgis-3"
missing=
for package in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
    echo "installing$missing" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing >/dev/null
fi

meson=meson
[ -x /usr/bin/meson ] && meson=/usr/bin/meson
work=$(mktemp -d)
cluster=
finish() {
    [ -z "$cluster" ] || as_owner "$cluster/pg_ctl" -D "$work/cluster" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# PostgreSQL does not run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

start_postgis() {
    cluster=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
    chmod 755 "$work"
    mkdir "$work/cluster"
    [ "$(id -u)" != 0 ] || chown postgres "$work/cluster"
    as_owner "$cluster/initdb" -D "$work/cluster" -A trust -U bench >/dev/null
    as_owner "$cluster/pg_ctl" -D "$work/cluster" -w -l "$work/cluster/log" start \
        -o "-c listen_addresses= -c unix_socket_directories=$work/cluster -c fsync=off -c shared_buffers=1GB
            -c maintenance_work_mem=1GB -c max_parallel_workers_per_gather=0 -c jit=off" >/dev/null
    VAXDIR_BENCH_POSTGIS="host=$work/cluster user=bench dbname=postgres"
    export VAXDIR_BENCH_POSTGIS
}

# The library as its users get it; the peers and the benchmark itself for this machine (tests/bench/meson.build).
"$meson" setup "$work/build" "$root" -Dbuildtype=release -Dexamples=false >"$work/log" 2>&1 &&
    ninja -C "$work/build" tests/bench/bench_peers tests/bench/bench_filter tests/bench/bench_area >>"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; exit 1; }
[ "$postgis" = no ] || start_postgis

large=${sizes##*,}
[ "$large" -le 1000000 ] || large=1000000
started=$(date +%s)
cd "$work/build/tests/bench"
./bench_peers --sizes "$sizes" --rounds "$rounds" --seed "$seed" $others >"$work/peers"
./bench_filter --sizes "$large" --rounds "$rounds" --seed "$seed" >"$work/filter"
./bench_area --sizes "$large" --rounds "$rounds" --seed "$seed" >"$work/area"

versions() {
    for package in libnanoflann-dev libboost-dev libgeos-dev libs2-dev libproj-dev; do
        dpkg-query -W -f '${Package} ${Version}, ' "$package"
    done
}
{
    echo '# Benchmarks'
    echo
    echo 'Written by `sh tests/bench/run.sh`, which says how to ask for less or more. Times depend on the machine; the'
    echo 'ratios of one run are what compare. The world is made up: towns like those of France with its overseas'
    echo 'territories, four of five queries near people. All run in one process, in turns: in each round every piece of'
    echo 'work once; the median of the rounds counts. The library is the generic build, called through its public'
    echo 'functions, and gives rows and metres on the ellipsoid; nanoflann, Boost and this program are built with'
    echo '-O3 -march=native, GEOS and S2 are as Debian builds them. Sorted means along a space-filling curve. Builds'
    echo 'begin with degrees for the library, with their own form of positions for the peers. With more than'
    echo '1,000,000 centres builds run three times.'
    echo
    echo "- Machine: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors;" \
        "load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
    echo "- $(c++ --version | head -n 1); $(versions)PostGIS: $postgis"
    commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
    echo "- Commit $commit, seed $seed, $rounds rounds," \
        "sizes $sizes, $(($(date +%s) - started)) s in all, $(date -u +%Y-%m-%d)"
    echo
    cat "$work/peers"
    echo
    cat "$work/filter"
    echo
    cat "$work/area"
} >"$work/benchmarks.md"
[ "$output" = - ] || cp "$work/benchmarks.md" "$output"
cat "$work/benchmarks.md"
