#!/bin/sh
# What fzf takes for the keys of benches/finder.rs, over as many titles and names: whole processes, which read the
# list each time, so the time for a key that is in nothing (zzzqqq) is to be taken away from the others.
#
#     benches/finder_fzf.sh LIBRARY [RUNS]
set -eu
command -v fzf >/dev/null || { echo "skipped: no fzf is installed"; exit 0; }
dossier=${DOSSIER:-target/release/dossier}
[ -x "$dossier" ] || { echo "skipped: there is no $dossier; cargo build --release makes it"; exit 0; }
runs=${2:-10}
names=$(mktemp)
trap 'rm -f "$names"' EXIT
for kind in briefings actors topics; do "$dossier" -L "$1" list "$kind" --json; done |
    sed -n 's/.*"\(title\|name\)": *"\([^"]*\)".*/\2/p' >"$names"
echo "$(wc -l <"$names") titles and names"
for key in a ha harbour "office 77" "ferry council" "market" "plain language" zzzqqq; do
    best=999999
    for _ in $(seq "$runs"); do
        began=$(date +%s%N)
        fzf --filter "$key" <"$names" | head -20 >/dev/null || true
        took=$((($(date +%s%N) - began) / 10000))
        [ "$took" -lt "$best" ] && best=$took
    done
    printf 'fzf %s: %d.%02d ms\n' "$key" $((best / 100)) $((best % 100))
done
