#!/usr/bin/env python3
"""How soon the reader answers a resize, a jump to the end and a search in a long text, and what it costs when idle.

  benches/reader_resize.py PROGRAM FILE HOME

Each answer is timed to its first visible output and to the last before 60 ms of silence; medians of some."""
import fcntl, os, pty, re, select, signal, statistics, struct, sys, termios, time

program, file, home = sys.argv[1:4]
env = dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8", HOME=home, XDG_STATE_HOME=home, XDG_CACHE_HOME=home)
pid, screen = pty.fork()
if pid == 0:
    os.execve(program, [program, file], env)

def size(columns, rows):
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

def quiet(silence, limit=30):
    """(ms to the first output, ms to the last, the output)"""
    start, first, last, seen = time.perf_counter(), None, None, b""
    while time.perf_counter() - start < limit:
        ready, _, _ = select.select([screen], [], [], silence)
        if not ready:
            break
        try:
            seen += os.read(screen, 1 << 16)
        except OSError:  # the program has ended
            break
        last = (time.perf_counter() - start) * 1e3
        first = first or last
    return first, last, seen

def told(name, answers):
    show = lambda nth: f"{statistics.median(it[nth] or 0 for it in answers):.1f}"
    print(f"{name}: first {show(0)} settled {show(1)} ms (median of {len(answers)})")

def press(keys, silence=0.06):
    os.write(screen, keys)
    return quiet(silence)

size(100, 30)
quiet(3)
answers = []
for columns in (90, 110, 84, 100, 118, 92, 100):
    start = time.perf_counter()
    size(columns, 30)
    os.kill(pid, signal.SIGWINCH)
    answers.append(quiet(0.6))
told("resize at the top", answers)
press(b"G", 1)
answers = []
for columns in (90, 110, 84, 100):
    size(columns, 30)
    os.kill(pid, signal.SIGWINCH)
    answers.append(quiet(0.6))
told("resize at the end", answers)
told("to the end and back", [press(key) for key in (b"g", b"G") * 5])
press(b"g")
first = press(b"/", 0.3)
told("find opened", [first])
told("a letter of find", [press(letter.encode(), 0.3) for letter in "omegaend"])
press(b"\r")
told("next match", [press(b"n") for _ in range(3)])
ticks = lambda: sum(map(int, open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[11:13]))
quiet(1)
before = ticks()
_, _, seen = quiet(3)
print(f"idle for 3 s: {(ticks() - before) * 1000 // os.sysconf('SC_CLK_TCK')} ms of CPU, {len(seen)} bytes")
status = open(f"/proc/{pid}/status").read()
print("memory: now", re.search(r"VmRSS:\s+(\d+)", status)[1], "KB, most", re.search(r"VmHWM:\s+(\d+)", status)[1], "KB")
os.write(screen, b"\x03")
quiet(0.3)
try:
    os.kill(pid, signal.SIGKILL)
except OSError:
    pass
os.waitpid(pid, 0)
