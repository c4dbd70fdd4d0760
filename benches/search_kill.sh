#!/bin/sh
# Kills the indexing of a library at random moments and looks whether the next start is fine: every run after a kill
# must open, and when one is left to end, its answers must be those of an index that was never disturbed.
#
#     benches/search_kill.sh LIBRARY [KILLS]
#
# LIBRARY is a folder of some thousand briefings, so that there is time to be killed in.
set -eu
library=$1
kills=${2:-200}
bench=${BENCH:-$(cargo bench --bench search --no-run 2>&1 | sed -n 's/.*(\(.*\)).*/\1/p')}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DOSSIER_LIBRARY="$library" DOSSIER_ANSWERS=1

answers() {
    DOSSIER_INDEX="$1" "$bench" | sed -n '/^answers/,$p'
}

answers "$folder/undisturbed" >"$folder/expected"
done=0
while [ "$done" -lt "$kills" ]; do
    DOSSIER_INDEX="$folder/index" "$bench" >"$folder/said" 2>&1 &
    process=$!
    sleep "$(awk -v seed="$done" 'BEGIN { srand(seed); printf "%.3f", rand() * 3 }')"
    kill -9 "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    if grep -q panicked "$folder/said"; then
        echo "after $done kills:" && cat "$folder/said"
        exit 1
    fi
    done=$((done + 1))
    if [ $((done % 20)) -eq 0 ]; then
        answers "$folder/index" >"$folder/found"
        cmp "$folder/expected" "$folder/found" || { echo "after $done kills the answers differ"; exit 1; }
        echo "$done kills: the answers are the same"
        rm -rf "$folder/index"
    fi
done
