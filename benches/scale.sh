#!/bin/sh
# A large library beside a small one, as ratios in one run: the first full screen with a cache, a start in which nothing
# changed (and what it reads, by strace), ten files touched and put back as they were, memory after a minute of use.
#
#     benches/scale.sh SMALL LARGE WORD [PROGRAM]
#
# SMALL and LARGE are folders of briefings, as `../shared/bench/make_library.py --count 1000` and `--count 100000` make
# them; WORD stands on the first screen of both. What is measured in a terminal needs ../shared/bench/peers.
set -eu
small=$1 large=$2 word=$3
program=${4:-target/release/dossier}
peers=${PEERS:-../shared/bench/peers}
calm="sh $peers/calm.sh"
[ -f "$peers/calm.sh" ] || calm=""
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME="$home" XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state" XDG_CONFIG_HOME="$home/config"

# The best of five, in milliseconds.
best() {
    python3 - "$@" <<'PYTHON'
import subprocess, sys, time
took = []
for _ in range(5):
    start = time.perf_counter()
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
    took.append(time.perf_counter() - start)
print(f"{min(took) * 1000:.1f}")
PYTHON
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

for library in "$small" "$large"; do
    "$program" index -L "$library" >/dev/null
done

walk=$(best find "$large" -type f -name '*.md' -newermt 2100-01-01)
names=$(best find "$large" -type f -name '*.md')
refresh=$(best "$program" index -L "$large")
list=$(best "$program" list topics -L "$large")
echo "a walk of LARGE that looks at each file  $walk ms (names alone $names ms)"
echo "index, nothing changed                   $refresh ms, $(ratio "$refresh" "$walk")x the walk"
echo "list, nothing changed                    $list ms, $(ratio "$list" "$walk")x the walk"

if command -v strace >/dev/null; then
    strace -f -qq -e trace=openat,openat2,read,pread64 -o "$home/trace" "$program" list topics -L "$large" >/dev/null || true
    echo "list, nothing changed: Markdown files opened: $(grep -cE '\.md"' "$home/trace" || true)"
fi

echo "the reader of LARGE, everything in its caches:"
# once to fill the caches of what is built behind the reader's back, and once to measure
python3 "$(dirname "$0")/memory.py" 30 "$program" "$large" >/dev/null || true
python3 "$(dirname "$0")/memory.py" 60 "$program" "$large"

# Ten files touched: how long until a word that stands in none of them is found in all.
touched=$(find "$large" -type f -name '*.md' | sort | head -n 10)
copies=$(mktemp -d "$home/copies.XXXX")
for file in $touched; do
    cp -p "$file" "$copies/$(printf %s "$file" | cksum | cut -d' ' -f1)"
    printf '\nquixotrylbench stands here.\n' >>"$file"
done
found=$(python3 - "$program" "$large" <<'PYTHON'
import subprocess, sys, time
start = time.perf_counter()
found = subprocess.run([sys.argv[1], "search", "quixotrylbench", "--limit", "20", "--json", "-L", sys.argv[2]],
                       capture_output=True, text=True, check=False).stdout.count('"path"')
print(f"{found} found in {time.perf_counter() - start:.2f} s")
PYTHON
)
for file in $touched; do
    cp -p "$copies/$(printf %s "$file" | cksum | cut -d' ' -f1)" "$file"
done
echo "ten files touched, then searched for         $found"

if [ -f "$peers/pty_bench.py" ]; then
    for library in "$small" "$large"; do
        echo "first screen of $library"
        $calm python3 "$peers/pty_bench.py" --expect "$word" --runs 7 --idle 2 -- "$program" "$library"
    done
fi
