#!/usr/bin/env python3
"""How long dossier takes to end, and to answer keys while a drive does not: measured in a pseudo-terminal.

    tests/ends.py BINARY [LIBRARY]      for each way to end it: seconds, exit status, whether the terminal is as before
    tests/ends.py --full BINARY         a state folder on a full disk, in a namespace of its own: what is said, what is kept
    tests/ends.py --slow DEBUG_BINARY   milliseconds from key to screen while pages, cards and saved files wait for a drive

The last needs a debug build, which alone can be made to wait (DOSSIER_SLOW). Standard library only.
"""
import fcntl, os, pty, select, signal, struct, subprocess, sys, tempfile, termios, time


class Terminal:
    def __init__(self, argv, extra=None, block=()):
        self.home = tempfile.mkdtemp(prefix="dossier-ends-")
        env = {"PATH": os.environ["PATH"], "HOME": self.home, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(extra or {})}
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(slave)

        def begin():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.pthread_sigmask(signal.SIG_BLOCK, block)

        self.child = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, env=env, preexec_fn=begin)
        self.slave = slave

    def read(self, seconds):
        """Reads until nothing came for `seconds`."""
        while select.select([self.master], [], [], seconds)[0]:
            try:
                got = os.read(self.master, 65536)
            except OSError:
                return
            if b"\x1b[6n" in got:
                os.write(self.master, b"\x1b[1;1R")

    def screen(self, seconds):
        """What is drawn until nothing came for `seconds`."""
        drawn = b""
        while select.select([self.master], [], [], seconds)[0]:
            drawn += os.read(self.master, 65536)
        return drawn

    def answer(self, most=10.0):
        """Seconds until anything is drawn."""
        start = time.monotonic()
        return time.monotonic() - start if select.select([self.master], [], [], most)[0] else float("inf")

    def ended(self, most=8.0):
        start = time.monotonic()
        while self.child.poll() is None and time.monotonic() - start < most:
            if self.master is not None and select.select([self.master], [], [], 0.005)[0]:
                try:
                    os.read(self.master, 65536)
                except OSError:
                    pass
            elif self.master is None:
                time.sleep(0.005)
        took = time.monotonic() - start
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
            return float("inf"), None
        return took, self.child.returncode


def ends(binary, library):
    bad = 0

    def told(name, took, code, back):
        nonlocal bad
        bad += took > 2 or back is False
        same = {True: "as before", False: "NOT as before", None: "gone"}[back]
        print(f"{name:36} {took:6.2f} s  status {code}  terminal {same}")

    for name, how in [("q", b"q"), ("Ctrl-C", b"\x03"), ("SIGTERM", signal.SIGTERM), ("SIGINT", signal.SIGINT), ("SIGHUP", signal.SIGHUP)]:
        it = Terminal([binary, "-L", library])
        it.read(0.7)
        if isinstance(how, bytes):
            os.write(it.master, how)
        else:
            it.child.send_signal(how)
        took, code = it.ended()
        told(name, took, code, termios.tcgetattr(it.slave) == it.before)
    for name, block in [("the terminal vanishes", ()), ("it vanishes, SIGHUP blocked", (signal.SIGHUP,))]:
        it = Terminal([binary, "-L", library], block=block)
        it.read(0.7)
        os.close(it.slave)
        os.close(it.master)
        it.master = None
        took, code = it.ended()
        told(name, took, code, None)
    it = Terminal([binary, "-L", library])
    it.read(0.7)
    for nth in range(400):
        fcntl.ioctl(it.master, termios.TIOCSWINSZ, struct.pack("HHHH", 20 + nth % 30, 80 + nth % 40, 0, 0))
        if select.select([], [it.master], [], 0.01)[1]:
            os.write(it.master, b"gG")
    master, it.master = it.master, None
    it.child.send_signal(signal.SIGTERM)
    took, code = it.ended()
    told("SIGTERM, the terminal takes nothing", took, code, termios.tcgetattr(it.slave) == it.before)
    os.close(master)
    return bad


def slow(binary, library):
    bad = 0
    # what is slow, what is typed to come there, the key that waits for it, and the next one
    cases = [("page", "", "olicences for\r", "2"), ("card", "3jj", "K", "\x1b"), ("card", "3jj", "=", "\x1b"),
             ("write", "", f"s\x15{tempfile.mkdtemp()}/copy.txt\r", "4")]
    for place, before, key, after in cases:
        mark = os.path.join(tempfile.mkdtemp(), "slow")
        it = Terminal([binary, "-L", library], {"DOSSIER_SLOW": mark, "DOSSIER_SLOW_AT": place})
        it.read(1.5)
        os.write(it.master, before.encode())
        it.read(0.5)
        open(mark, "w").close()
        os.write(it.master, key[:-1].encode())
        it.read(0.5)
        os.write(it.master, key[-1].encode())
        first = it.answer() * 1000
        it.read(0.5)
        os.write(it.master, after.encode())
        took = it.answer() * 1000
        bad += first > 100 or took > 100
        name = "Enter" if key.endswith("\r") else key
        print(f"{place:6} waits for a drive: {name:6} shows in {first:6.1f} ms, the next key in {took:6.1f} ms")
        os.remove(mark)
        os.write(it.master, b"q")
        it.ended()
    return bad


def full(binary, library):
    """Stars a record while the disk of the state is full, then with room again."""
    if os.environ.get("DOSSIER_ENDS") != "inside":
        argv = ["unshare", "-rm", sys.executable, os.path.abspath(__file__), "--full", binary, library]
        return subprocess.run(argv, env={**os.environ, "DOSSIER_ENDS": "inside"}).returncode
    disk = tempfile.mkdtemp()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], check=True)
    filler = disk + "/filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    it = Terminal([binary, "-L", library, "actor:ferrier"], {"XDG_STATE_HOME": disk})
    it.read(1.5)
    os.write(it.master, b"*")
    said = it.screen(2.0)
    os.remove(filler)
    os.write(it.master, b"q")
    took, code = it.ended()
    kept = [open(os.path.join(base, name)).read() for base, _, names in os.walk(disk) for name in names if name.endswith(".json")]
    told, whole = b"cannot be kept" in said, any("actor:ferrier" in text for text in kept)
    print(f"full disk: {'said' if told else 'NOT said'}; with room again the star is {'kept' if whole else 'LOST'}; ended in {took:.2f} s, status {code}")
    return 0 if told and whole else 1


if __name__ == "__main__":
    words = sys.argv[1:]
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    of = {"--slow": slow, "--full": full}.get(words[0] if words else "", ends)
    words = [word for word in words if not word.startswith("--")]
    sys.exit(1 if of(os.path.abspath(words[0]), words[1] if len(words) > 1 else here + "/tests/fixtures/reader") else 0)
