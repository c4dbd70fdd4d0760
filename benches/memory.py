#!/usr/bin/env python3
"""How much memory the reader holds after a minute of use: `benches/memory.py SECONDS PROGRAM LIBRARY…`.

It is run in a terminal of 100 by 30, moved about in, opened at a few pages, searched; what is resident is read from
/proc, so this is for Linux alone. Prints what was held at the first screen, at the most, and at the end.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

KEYS = ["2", "j", "j", "\r", " ", "o", "n", "a", "\r", "S", "chip", "\x1b", "j"]


def held(pid, name):
    """Megabytes, by the name that the system has for them."""
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        lines = [line for line in status if line.startswith(name + ":")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def main():
    seconds, command = float(sys.argv[1]), sys.argv[2:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    start, first, sent = time.monotonic(), None, 0
    while (passed := time.monotonic() - start) < seconds:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                os.read(terminal, 1 << 16)
            except OSError:
                sys.exit("it ended by itself")
        if first is None and passed > 1:
            first = held(pid, "VmRSS")
        # the second half is use: a key every few seconds
        due = seconds / 2 + sent * seconds / 2 / (len(KEYS) + 1)
        if sent < len(KEYS) and passed > due:
            os.write(terminal, KEYS[sent].encode())
            sent += 1
    end, most = held(pid, "VmRSS"), held(pid, "VmHWM")
    print(f"first screen {first or 0:.0f} MB, at most {most:.0f} MB, after {seconds:.0f} s {end:.0f} MB")
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)


main()
