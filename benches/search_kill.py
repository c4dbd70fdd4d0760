#!/usr/bin/env python3
"""Kills the indexing of a library at random moments and looks whether the next start is fine.

    benches/search_kill.py LIBRARY [KILLS] [SEED]

LIBRARY is a folder of some thousand briefings, so that there is time to be killed in; it is copied, and its
copy is changed between the kills. After every kill `dossier search` must answer, without a word of trouble, what
an index gives that was never disturbed. DOSSIER names the program, else target/release/dossier.
"""
import json, os, random, shutil, signal, subprocess, sys, tempfile, time

QUERIES = ["the", "market OR policy", '"plain language"', "gov*", "goverment~", "website -data", "kind:info-memo", "date:2024"]


def dossier(program, library, cache, *words):
    command = [program, "-L", library, *words]
    environment = dict(os.environ, XDG_CACHE_HOME=cache, HOME=cache, XDG_CONFIG_HOME=cache)
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answers(program, library, cache):
    """What every query finds, and what was said of trouble."""
    found = {}
    for query in QUERIES:
        run = dossier(program, library, cache, "search", query, "--json", "--limit", "100000")
        out, err = run.communicate(timeout=600)
        if run.returncode not in (0, 1) or err:
            sys.exit(f"`dossier search {query}` ended with {run.returncode}: {err}")
        found[query] = sorted(hit["address"] for hit in json.loads(out))
    return found


def touch(library, dice):
    """Gives some files a new time, so that they are indexed again."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(library) for name in names if name.endswith(".md")]
    for file in dice.sample(sorted(files), max(1, len(files) // 3)):
        os.utime(file)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.environ.get("DOSSIER", "target/release/dossier")
    if not os.path.exists(program):
        sys.exit(f"skipped: there is no {program}; `cargo build --release` makes it")
    program = os.path.abspath(program)
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with tempfile.TemporaryDirectory() as folder:
        library, cache = os.path.join(folder, "library"), os.path.join(folder, "cache")
        shutil.copytree(sys.argv[1], library)
        os.mkdir(cache)
        whole = float("inf")
        for _ in range(3):
            began = time.monotonic()
            shutil.rmtree(cache)
            os.mkdir(cache)
            dossier(program, library, cache, "index").communicate()
            whole = min(whole, time.monotonic() - began)
        expected = answers(program, library, cache)
        assert all(map(len, expected.values())), "a query that finds nothing shows nothing"
        print(f"indexing takes {whole:.2f} s; {sum(map(len, expected.values()))} hits to be found again", flush=True)
        killed = ended = checks = 0
        while killed < kills:
            if dice.random() < 0.3:
                shutil.rmtree(cache)
                os.mkdir(cache)
            # Sometimes one kill follows another.
            for _ in range(dice.choice([1, 1, 1, 2, 3])):
                touch(library, dice)
                run = dossier(program, library, cache, "index")
                time.sleep(dice.uniform(0, whole))
                if run.poll() is None:
                    run.send_signal(signal.SIGKILL)
                    killed += 1
                else:
                    ended += 1
                _, err = run.communicate()
                if err:
                    sys.exit(f"after {killed} kills `dossier index` said: {err}")
            if answers(program, library, cache) != expected:
                sys.exit(f"after {killed} kills the answers differ")
            checks += 1
            print(f"{killed} kills, {ended} runs that ended before theirs: the answers are the same", flush=True)
        print(f"fine: {killed} kills, the answers looked at {checks} times")


if __name__ == "__main__":
    main()
