#!/bin/sh
# How fast the reader opens and answers, beside `tui_min`, the smallest ratatui program that shows a file: on texts of
# 3 KB, 1 MB and 10 MB, in a pseudo-terminal, in one run, because only the ratios mean something.
#
#     benches/reader.sh [RUNS]
#
# Builds the release program and `tui_min`. The harness, the texts and `tui_min` come from ../shared/bench/peers, or
# from the folder that PEERS names; what is missing is said and left out. WORK is where things are built and made.
set -eu
cd "$(dirname "$0")/.."
runs=${1:-9}
peers=${PEERS:-../shared/bench/peers}
work=${WORK:-target/reader-bench}
missing() {
    echo "skipped: $1"
    exit 0
}
command -v python3 >/dev/null || missing "python3 is not here"
[ -f "$peers/pty_bench.py" ] || missing "$peers has no pty_bench.py"
[ -f "$peers/gen.py" ] || missing "$peers has no gen.py"
mkdir -p "$work/home" "$work/floor/src/bin"
peers=$(cd "$peers" && pwd)
work=$(cd "$work" && pwd)

[ -f "$work/docs/d_10m.md" ] || python3 "$peers/gen.py" docs "$work/docs"
dossier=${DOSSIER:-target/release/dossier}
[ -n "${DOSSIER:-}" ] || cargo build --release --locked
floor=$work/target/release/tui_min
if [ ! -x "$floor" ] && [ -f "$peers/floors/src/bin/tui_min.rs" ]; then
    # Of the floors only this one, without what the others need.
    cp "$peers/floors/src/bin/tui_min.rs" "$work/floor/src/bin/"
    printf '%s\n' '[package]' 'name = "floor"' 'version = "0.1.0"' 'edition = "2021"' '[workspace]' '[dependencies]' \
        'ratatui = { version = "0.30", default-features = false, features = ["crossterm"] }' 'crossterm = "0.29"' \
        'walkdir = "2"' '[profile.release]' 'lto = "thin"' 'codegen-units = 1' 'panic = "abort"' 'strip = true' \
        >"$work/floor/Cargo.toml"
    CARGO_TARGET_DIR="$work/target" cargo build --release --manifest-path "$work/floor/Cargo.toml" ||
        echo "skipped: tui_min cannot be built"
fi
[ -x "$floor" ] || echo "skipped: tui_min is not here, so there are no ratios"
calm=
[ "$(id -u)" = 0 ] && [ -f "$peers/calm.sh" ] && calm="bash $peers/calm.sh"

bench() { # PROGRAM FILE WORD OPTION...
    program=$1 file=$2 word=$3
    shift 3
    # shellcheck disable=SC2086
    $calm python3 "$peers/pty_bench.py" --env HOME="$work/home" --env XDG_STATE_HOME="$work/home/state" \
        --env XDG_CACHE_HOME="$work/home/cache" --name "$(basename "$program") $(basename "$file")" --expect "$word" \
        --runs "$runs" "$@" -- "$program" "$file"
}
for text in a_3k:ALPHABRIEF c_1m:CHARLIEBRIEF d_10m:DELTABRIEF; do
    file=$work/docs/${text%%:*}.md
    for program in "$floor" "$dossier"; do
        [ -x "$program" ] || continue
        # From the first screen to the last line; then, when nothing is left to be done, keys and idleness.
        rm -rf "$work/home"
        mkdir -p "$work/home"
        bench "$program" "$file" "${text##*:}" --idle 3 --keys 'j*40,SPACE*40,G*1,g*1,G*1,g*1' --burst 'SPACE*50'
    done
done
[ -x "$dossier" ] || missing "no dossier was built"
python3 benches/reader_resize.py "$dossier" "$work/docs/d_10m.md" "$work/home"
