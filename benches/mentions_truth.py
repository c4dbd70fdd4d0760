#!/usr/bin/env python3
"""mentions_truth.py - how many of the mentions planted in a generated library are found, and how many are not there.

    make_library.py --count 10000 --actors 2000 --truth --out LIBRARY
    dossier links --json --library LIBRARY > FOUND
    mentions_truth.py LIBRARY.truth.tsv FOUND [--show N]

Counts are of mentions by briefing and actor: of an actor planted three times and found twice, two are right and one
is missed. --show lists the first N differences. Exit code 1 where precision or recall is under 0.999.
"""
import argparse, collections, csv, json, sys

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("truth"), p.add_argument("found"), p.add_argument("--show", type=int, default=0)
o = p.parse_args()

csv.field_size_limit(1 << 30)
planted = {}  # by path, on one line as dossier shows it: a name of a file may have two spaces
with open(o.truth, encoding="utf-8", newline="") as f:
    for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
        planted[" ".join(row["path"].split())] = json.loads(row["mentions"])

found, ambiguous = collections.defaultdict(collections.Counter), 0
with open(o.found, encoding="utf-8") as f:
    for row in json.load(f):
        kind, _, actor = row["to"].partition(":")
        if row.get("ambiguous"):
            ambiguous += 1
        elif kind == "actor":
            found[row["path"]][actor] += 1

right = missed = added = shown = 0
for briefing in sorted(planted.keys() | found.keys()):
    want, got = planted.get(briefing, {}), found[briefing]
    for actor in sorted(want.keys() | got.keys()):
        w, g = want.get(actor, 0), got[actor]
        right += min(w, g)
        missed += max(0, w - g)
        added += max(0, g - w)
        if w != g and shown < o.show:
            shown += 1
            print(f"{briefing}: {actor}: planted {w}, found {g}")
precision, recall = right / max(1, right + added), right / max(1, right + missed)
print(json.dumps({"briefings": len(planted), "planted": right + missed, "right": right, "missed": missed, "added": added,
                  "ambiguous": ambiguous, "precision": round(precision, 6), "recall": round(recall, 6)}))
sys.exit(precision < 0.999 or recall < 0.999)
