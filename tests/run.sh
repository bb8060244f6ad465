#!/bin/sh
# Runs every test, from any directory, after installing what it needs on Debian or Ubuntu.
#
#   sh tests/run.sh [--full]      --full adds valgrind, the longest fault runs and two million searches
#
# Builds into build-tests/ beside the sources, or into $VAXDIR_BUILD. The last line is `N passed, N failed`.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
build=${VAXDIR_BUILD:-$root/build-tests}
full=no
for argument in "$@"; do
    case $argument in
    --full) full=yes ;;
    *)
        echo "usage: sh tests/run.sh [--full]" >&2
        exit 2
        ;;
    esac
done
[ "$full" = yes ] && export VAXDIR_TEST_FULL=1

packages="gcc g++ libc6-dev meson ninja-build pkg-config python3 libjansson-dev libcsv-dev liburiparser-dev libidn2-dev
libpsl-dev libutf8proc-dev libxxhash-dev libgeos-dev libproj-dev libcmocka-dev clang clang-format abigail-tools
python3-cffi locales tzdata xz-utils binutils"
[ "$full" = yes ] && packages="$packages valgrind"

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
        echo "This is not Debian or Ubuntu: the tests need what these packages hold there:" $packages
        return
    fi
    missing=
    for package in $packages; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)
        [ "$state" = installed ] || missing="$missing $package"
    done
    [ -z "$missing" ] && return
    echo "== installing$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
    # One by one if not together: a name that this release does not have must not keep the others out.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing >/dev/null 2>&1 ||
        for package in $missing; do
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$package" \
                >/dev/null 2>&1 || echo "   $package could not be installed"
        done
}

# Debian's own meson and python see Debian's modules; whatever stands before them in PATH may not.
meson=meson
[ -x /usr/bin/meson ] && meson=/usr/bin/meson
python=python3
[ -x /usr/bin/python3 ] && python=/usr/bin/python3
summary="$root/tests/tools/summary.py"

stage_start() {
    stage=$1
    started=$(date +%s)
    echo "== $stage: $2"
}

stage_end() {
    echo "   $(($(date +%s) - started)) s"
}

# build_in FOLDER CC MESON-OPTIONS...: configures once, compiles; a failure is counted and shown.
build_in() {
    folder=$build/$1
    compiler=$2
    shift 2
    if [ ! -f "$folder/build.ninja" ]; then
        rm -rf "$folder"
        if ! CC=$compiler "$meson" setup "$folder" "$root" -Dwerror=true "$@" >"$folder.setup.log" 2>&1; then
            tail -n 20 "$folder.setup.log"
            "$python" "$summary" fail "$stage" "$tally" "meson setup"
            return 1
        fi
    fi
    if ! ninja -j2 -C "$folder" >"$folder.build.log" 2>&1; then
        grep -E 'error|warning|FAILED|undefined' "$folder.build.log" | head -n 30
        "$python" "$summary" fail "$stage" "$tally" "the build ($folder.build.log)"
        return 1
    fi
}

# test_in FOLDER MESON-TEST-OPTIONS...: runs tests, counts them, shows the output of those that failed.
test_in() {
    folder=$build/$1
    shift
    rm -f "$folder"/meson-logs/testlog*.json
    (cd "$folder" && "$meson" test --no-rebuild --num-processes 2 --print-errorlogs "$@") >"$folder.test.log" 2>&1 ||
        sed -n '/^Summary of Failures/,$!p' "$folder.test.log" | grep -vE '^ *[0-9]+/[0-9]+ .* (OK|SKIP) ' |
        tail -n 60 | cut -b 1-200
    "$python" "$summary" add "$stage" "$folder" "$tally"
}

# A locale whose decimal separator is a comma, made in a folder of our own: nothing of the machine is changed.
comma_locale() {
    for name in fr_FR de_DE; do
        if [ -d "$build/locale/$name.UTF-8" ] ||
            { mkdir -p "$build/locale" && localedef -i $name -f UTF-8 "$build/locale/$name.UTF-8" >/dev/null 2>&1; } ||
            [ -d "$build/locale/$name.UTF-8" ]; then
            echo "$name.UTF-8"
            return 0
        fi
    done
    return 1
}

install_packages
mkdir -p "$build" || exit 1
for tool in "$meson" ninja "$python" gcc; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "$tool is missing"
        echo "0 passed, 1 failed"
        exit 1
    fi
done
tally=$build/tally
: >"$tally"
export PYTHONDONTWRITEBYTECODE=1
unset CMOCKA_MESSAGE_OUTPUT DESTDIR LC_ALL LOCPATH

stage_start gcc "debug build, every suite"
build_in gcc gcc -Dbuildtype=debug && test_in gcc
stage_end

stage_start clang "release build, the suites that run the library, but fault"
if command -v clang >/dev/null 2>&1; then
    build_in clang clang -Dbuildtype=release && (
        VAXDIR_TEST_SLOW_BUILD=1
        export VAXDIR_TEST_SLOW_BUILD
        test_in clang --no-suite style --no-suite headers --no-suite fault --no-suite builds --no-suite bench
    )
else
    "$python" "$summary" skip clang "$tally" "clang is not installed"
fi
stage_end

stage_start sanitizers "AddressSanitizer and UndefinedBehaviorSanitizer, the suites that run the library, but oracle"
ASAN_OPTIONS=halt_on_error=1:abort_on_error=1:detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
build_in sanitizers gcc -Dbuildtype=debugoptimized -Db_sanitize=address,undefined &&
    test_in sanitizers --no-suite style --no-suite headers --no-suite oracle --no-suite builds --no-suite bench \
        --timeout-multiplier 4
unset ASAN_OPTIONS UBSAN_OPTIONS
stage_end

stage_start threads "ThreadSanitizer, the thread suite"
TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
export TSAN_OPTIONS
build_in threads gcc -Dbuildtype=debugoptimized -Db_sanitize=thread && test_in threads --suite thread
unset TSAN_OPTIONS
stage_end

stage_start locale "the gcc build again under a decimal comma, the suites that read and write numbers"
if name=$(comma_locale); then
    echo "   $name"
    [ -f "$build/gcc/build.ninja" ] && (
        LOCPATH=$build/locale LC_ALL=$name VAXDIR_EXPECT_DECIMAL=, VAXDIR_TEST_SLOW_BUILD=1
        export LOCPATH LC_ALL VAXDIR_EXPECT_DECIMAL VAXDIR_TEST_SLOW_BUILD
        test_in gcc --suite unit --suite property --suite golden --suite examples --suite fault
    )
else
    "$python" "$summary" skip locale "$tally" "localedef makes no locale with a decimal comma here (package locales)"
fi
stage_end

stage_start quickstart "examples/quickstart.sh on the sample, twice"
for time in first second; do
    if sh "$root/examples/quickstart.sh" >"$build/quickstart.log" 2>&1; then
        "$python" "$summary" pass quickstart "$tally" "the $time time"
    else
        tail -n 20 "$build/quickstart.log"
        "$python" "$summary" fail quickstart "$tally" "the $time time"
    fi
done
stage_end

if [ "$full" = yes ]; then
    stage_start long "two million searches, a release build"
    folder=clang
    [ -f "$build/clang/build.ninja" ] || folder=release
    [ $folder = clang ] || build_in release gcc -Dbuildtype=release
    [ -f "$build/$folder/build.ninja" ] && test_in $folder --suite long
    stage_end

    stage_start valgrind "memcheck, the unit suite"
    if command -v valgrind >/dev/null 2>&1; then
        VAXDIR_TEST_SLOW_BUILD=1
        export VAXDIR_TEST_SLOW_BUILD
        test_in gcc --suite unit --timeout-multiplier 20 \
            --wrap 'valgrind --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite -q'
    else
        "$python" "$summary" skip valgrind "$tally" "valgrind is not installed"
    fi
    stage_end
fi

"$python" "$summary" close "$tally"
