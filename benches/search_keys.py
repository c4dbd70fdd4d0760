#!/usr/bin/env python3
"""Key stroke to answer in the reader: types queries letter by letter in a pseudo-terminal.

usage: benches/search_keys.py target/release/dossier LIBRARY QUERY...

Of each key: the time to the first output (the letter) and to the last before 80 ms of silence (the results); in the end
the processor's time for a key, of all threads together. The first run of a library makes its index, which is waited
for; its cache and state stay in a folder of their own, which DOSSIER_BENCH names.
"""
import os, tempfile, pty, sys, time, select, struct, fcntl, termios, statistics, re, signal
BIN, LIB, queries = sys.argv[1], sys.argv[2], sys.argv[3:]
home = os.environ.get("DOSSIER_BENCH") or os.path.join(tempfile.gettempdir(), "dossier-bench")
os.makedirs(home, exist_ok=True)
env = dict(os.environ, TERM="xterm-256color", HOME=home, XDG_CACHE_HOME=home + "/cache", XDG_STATE_HOME=home + "/state")
pid, fd = pty.fork()
if pid == 0:
    try: open("/proc/self/autogroup", "w").write(os.environ.get("AUTOGROUP", "0"))
    except OSError: pass
    os.execvpe(BIN, [BIN, LIB], env)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
seen = b""
def read(wait):
    r, _, _ = select.select([fd], [], [], wait)
    return os.read(fd, 1 << 16) if r else b""
def until(word, most=300):
    global seen
    end = time.time() + most
    while word not in seen and time.time() < end:
        seen += read(0.5)
    assert word in seen, seen[-2000:]
def quiet(ms):
    last = None
    while True:
        b = read(ms / 1000)
        if not b: return last
        last = time.perf_counter()
t = time.perf_counter(); until(b"Home"); print("first screen %.0f ms" % ((time.perf_counter() - t) * 1e3))
os.write(fd, b"S"); until(b"can be"); seen = b""
# until nothing is gathered or indexed any more
idle = 0
while idle < 3:
    b = read(1.0)
    idle = idle + 1 if not b else 0
    m = re.findall(rb"(?:indexing|mentions)[^%]{0,40}%", b); m and print("  %.1f s %s" % (time.perf_counter() - t, m[-1][-30:]))
print("settled after %.1f s" % (time.perf_counter() - t))
cpu = lambda: sum(map(int, open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()[11:13])) * 10
firsts, lasts, before = [], [], cpu()
for q in queries:
    os.write(fd, b"\x15"); quiet(200)
    row = []
    for c in q:
        t = time.perf_counter(); os.write(fd, c.encode())
        b = read(2.0); f = time.perf_counter(); last = quiet(80) or f
        firsts.append((f - t) * 1e3); lasts.append((last - t) * 1e3); row.append("%.1f" % lasts[-1])
    print("%-28s %s" % (q, " ".join(row)))
print('cpu: %.1f ms a key, drawing and all threads' % ((cpu() - before) / len(lasts)))
for name, v in (("echo", firsts), ("answer", lasts)):
    v = sorted(v); print("%s: median %.1f ms, 95th %.1f ms, worst %.1f ms (%d keys)" % (name, statistics.median(v), v[int(len(v) * .95)], v[-1], len(v)))
os.kill(pid, signal.SIGTERM)
