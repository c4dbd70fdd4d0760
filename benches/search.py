#!/usr/bin/env python3
"""Search as whole processes, set beside a bare program on the same engine and beside ripgrep.

    benches/search.py LIBRARY [RUNS]

Three parts: an index from nothing (time and size), `dossier search WORD --limit 20` warm, and queries that mean
harm. The programs take turns, and figures are medians; ratios within one run are what counts. DOSSIER names the
program, else target/release/dossier; TV the bare one, else it is built from ../shared/bench/peers/floors. What is
missing is said and skipped.
"""
import os, resource, shutil, statistics, subprocess, sys, tempfile, time

WORDS = ["government", "usability", "readability", "kiosk"]


def run(command, **more):
    """Wall and processor seconds of a process, and what it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, ended


def size(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def text_size(library):
    files = (os.path.join(at, name) for at, _, names in os.walk(library) for name in names if name.endswith(".md"))
    return sum(map(os.path.getsize, files))


def bare_program(folder):
    """The bare program on the same engine."""
    if "TV" in os.environ:
        return os.environ["TV"]
    source = os.path.join(os.path.dirname(__file__), "../../shared/bench/peers/floors")
    if not os.path.isdir(source):
        print("skipped: the bare program; there is no ../shared/bench/peers/floors and TV names none")
        return None
    target = os.path.join(folder, "target")
    command = ["cargo", "build", "--release", "--bin", "tv", "--manifest-path", os.path.join(source, "Cargo.toml")]
    subprocess.run([*command, "--target-dir", target], check=True)
    return os.path.join(target, "release/tv")


def only_markdown(library, to):
    """The bare program reads every file as text: a copy of the library with nothing else in it."""
    for at, _, names in os.walk(library):
        for name in (name for name in names if name.endswith(".md")):
            source, target = os.path.join(at, name), os.path.join(to, os.path.relpath(at, library), name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            try:
                os.link(source, target)
            except OSError:
                shutil.copyfile(source, target)
    return to


def index(dossier, library, bare, folder, environment):
    text = text_size(library)
    wall, cpu, ended = run([*dossier, "index"], env=environment)
    made = size(environment["XDG_CACHE_HOME"])
    print(f"index from nothing: dossier {wall:.2f} s, {cpu:.2f} s of processor: {ended.stdout.decode().strip()}")
    print(f"    all it keeps: {made / text:.2f}x of {text >> 20} MB of text")
    if not bare:
        return
    library = only_markdown(library, os.path.join(folder, "markdown"))
    for name, more in [("bodies not stored, as ours", {"NOSTORE": "1"}), ("bodies stored", {})]:
        out = os.path.join(folder, "tv-" + name[:10].replace(" ", "-"))
        theirs, theirs_cpu, theirs_program = run([bare, "index", library, out, "2", "80"], env=dict(os.environ, **more))
        ratio = f"{wall / theirs:.2f}x the time, {cpu / theirs_cpu:.2f}x the processor time"
        if theirs_program.returncode:
            print(f"skipped: the bare program said {theirs_program.stderr.decode()}")
            return
        print(f"    bare, {name}: {theirs:.2f} s, {theirs_cpu:.2f} s of processor, {size(out) / text:.2f}x: {ratio}")


def words(dossier, library, bare, folder, environment, runs):
    rg = shutil.which("rg")
    if not rg:
        print("skipped: ripgrep; no rg is installed")
    for word in WORDS:
        commands = {"dossier": [*dossier, "search", word, "--limit", "20"]}
        if bare:
            commands["bare"] = [bare, "query", os.path.join(folder, "tv-bodies-sto"), word, "1"]
        if rg:
            commands["rg"] = [rg, "-i", word, library]
        times = {name: [] for name in commands}
        for nth in range(runs + 1):
            for name, command in commands.items():
                if name == "rg" and nth > max(3, runs // 5):
                    continue
                wall, cpu, ended = run(command, env=environment)
                assert ended.returncode in (0, 1), ended.stderr
                if nth:
                    times[name].append((wall, cpu))
        wall = {name: statistics.median(it[0] for it in times[name]) for name in times}
        cpu = {name: statistics.median(it[1] for it in times[name]) for name in times}
        least = {name: min(it[0] for it in times[name]) for name in times}
        figures = ", ".join(f"{name} {wall[name] * 1e3:.1f} (least {least[name] * 1e3:.1f}, processor {cpu[name] * 1e3:.1f}) ms" for name in wall)
        ratios = [f"dossier / bare {wall['dossier'] / wall['bare']:.2f} (least {least['dossier'] / least['bare']:.2f})"] if bare else []
        ratios += [f"rg / dossier {wall['rg'] / wall['dossier']:.0f}"] if rg else []
        print(f"search {word}: {figures}: {', '.join(ratios)}")


def harm(dossier, environment, runs):
    """No argument may be longer than 128 KB, so long queries come in several."""
    pieces = lambda text, count: [text * (100_000 // len(text))] * count
    queries = {
        "200,000 brackets": pieces("(", 2),
        "200,000 brackets, closed": [*pieces("(", 1), *pieces(")", 1)],
        "a megabyte of text": pieces("word ", 11),
        "a megabyte of one word": pieces("x", 11),
        "only operators": pieces("OR - ( ) ", 2),
        "only fields": pieces("actor: ", 2),
        "only quotation marks": pieces('"', 2),
    }
    for name, query in queries.items():
        times, ended = [], None
        for _ in range(max(3, runs // 4)):
            wall, cpu, ended = run([*dossier, "search", "--", *query], env=environment)
            times.append(wall)
        said = ended.stderr.decode(errors="replace").strip().split("\n")[0]
        print(f"{name}: {statistics.median(times) * 1e3:.0f} ms, exit {ended.returncode}: {said[:150]}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    library = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    program = os.path.abspath(os.environ.get("DOSSIER", "target/release/dossier"))
    if not os.path.exists(program):
        sys.exit(f"skipped: there is no {program}; `cargo build --release` makes it")
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, XDG_CACHE_HOME=os.path.join(folder, "cache"), HOME=folder, XDG_CONFIG_HOME=folder)
        os.mkdir(environment["XDG_CACHE_HOME"])
        dossier = [program, "-L", library]
        bare = bare_program(folder)
        index(dossier, library, bare, folder, environment)
        words(dossier, library, bare, folder, environment, runs)
        harm(dossier, environment, runs)


if __name__ == "__main__":
    main()
