#!/usr/bin/env python3
"""show.py - what `dossier show` costs as a whole process beside its peers: CPU time and memory as ratios in one run.

    cargo build --release
    benches/show.py [--floor PARSE_ALL] [--mdcat MDCAT] [--runs N] [FILE...]

Without files it makes some of 3 KB, 100 KB, 1 MB and 10 MB out of the shipped briefings. The floor is a program that
only parses and writes the words: `parse_all text FILE`, in ../shared/bench/peers/floors. What is not installed is
said and left out. All run in turn, and of each the least CPU time counts: a busy machine adds, it never takes away.
"""
import argparse, os, pathlib, shutil, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = [("3 KB", 3 << 10), ("100 KB", 100 << 10), ("1 MB", 1 << 20), ("10 MB", 10 << 20)]

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("files", nargs="*"), p.add_argument("--runs", type=int, default=7)
p.add_argument("--dossier", default=str(ROOT / "target/release/dossier"))
p.add_argument("--floor", default="parse_all"), p.add_argument("--mdcat", default="mdcat")
o = p.parse_args()


def text(size):
    """The bodies of the shipped briefings, over and over, up to the end of a paragraph."""
    bodies = [f.read_text(encoding="utf-8") for f in sorted((ROOT / "briefings").rglob("*.md"))]
    whole = "".join(body.split("\n---\n", 1)[-1] + "\n" for body in bodies)
    made = whole * (size // len(whole.encode()) + 1)
    made = made.encode()[:size].decode(errors="ignore")
    return made.rsplit("\n\n", 1)[0] + "\n"


def run(command):
    """CPU milliseconds and peak megabytes of one run."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    assert status == 0, f"{command}: {status}"
    return (used.ru_utime + used.ru_stime) * 1e3, used.ru_maxrss / 1024


def main(folder):
    files = [(os.path.basename(f), f) for f in o.files]
    for name, size in [] if files else SIZES:
        path = os.path.join(folder, f"{size}.md")
        # in a process of its own: what this one takes would count as the memory of what it runs
        if (child := os.fork()) == 0:
            pathlib.Path(path).write_text(text(size), encoding="utf-8")
            os._exit(0)
        os.waitpid(child, 0)
        files.append((name, path))
    commands = {
        "floor": [o.floor, "text"],
        "dossier show": [o.dossier, "show", "--width", "100"],
        "mdcat -c": [o.mdcat, "-l", "-c", "--columns", "100"],
    }
    for name in list(commands):
        found = shutil.which(commands[name][0])
        if found is None:
            print(f"skipped: {name}: no {commands.pop(name)[0]}")
        else:
            commands[name][0] = found
    print(f"CPU time and peak memory, least of {o.runs}\n")
    for shown, path in files:
        best = {name: [1e9, 1e9] for name in commands}
        for _ in range(o.runs):
            for name, command in commands.items():
                best[name] = [min(pair) for pair in zip(best[name], run([*command, path]))]
        for name, (cpu, memory) in best.items():
            ratios = [f"{cpu / best[peer][0]:5.2f}x {peer}" for peer in ("floor", "mdcat -c") if peer in best and peer != name]
            print(f"{shown:8} {name:13} {cpu:8.1f} ms {memory:7.1f} MB   {', '.join(ratios)}")


with tempfile.TemporaryDirectory() as folder:
    main(folder)
