#!/usr/bin/env python3
"""mentions_truth.py - how many of the mentions planted in a generated library are found, and how many are not there.

    make_library.py --count 10000 --actors 2000 --truth --out LIBRARY
    cargo run --release --example mentions -- LIBRARY > FOUND
    mentions_truth.py LIBRARY.truth.tsv FOUND [--show N]

Counts are of mentions by briefing and actor: of an actor planted three times and found twice, two are right and one
is missed. --show lists the first N differences. Exit code 1 where precision or recall is under 0.999.
"""
import argparse, csv, json, sys

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("truth"), p.add_argument("found"), p.add_argument("--show", type=int, default=0)
o = p.parse_args()

csv.field_size_limit(1 << 30)
planted = {}
with open(o.truth, encoding="utf-8", newline="") as f:
    for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
        planted[row["path"]] = json.loads(row["mentions"])

right = missed = added = ambiguous = shown = 0
seen = set()
with open(o.found, encoding="utf-8") as f:
    for line in f:
        it = json.loads(line)
        want, got = planted.get(it["path"], {}), it["mentions"]
        seen.add(it["path"])
        ambiguous += it["ambiguous"]
        for actor in sorted(want.keys() | got.keys()):
            w, g = want.get(actor, 0), got.get(actor, 0)
            right += min(w, g)
            missed += max(0, w - g)
            added += max(0, g - w)
            if w != g and shown < o.show:
                shown += 1
                print(f"{it['path']}: {actor}: planted {w}, found {g}")
missed += sum(sum(it.values()) for path, it in planted.items() if path not in seen)
precision, recall = right / max(1, right + added), right / max(1, right + missed)
print(json.dumps({"briefings": len(seen), "planted": right + missed, "right": right, "missed": missed, "added": added,
                  "ambiguous": ambiguous, "precision": round(precision, 6), "recall": round(recall, 6)}))
sys.exit(precision < 0.999 or recall < 0.999)
