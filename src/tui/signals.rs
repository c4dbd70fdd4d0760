//! Signals and the end of the terminal, turned into events; and an end by force where the loop is stuck.

use std::fs::File;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{getpid, getsid};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Event, terminal};

/// How long the loop may take to end by itself. With what follows, less than two seconds in all.
const PATIENCE: Duration = Duration::from_millis(1600);

/// Sends what signals ask for, and word of the terminal's end.
pub fn watch(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT])?;
    let watcher = events.clone();
    thread::spawn(move || {
        if let Some(trouble) = hung_up() {
            let _ended = watcher.send(Event::Gone(trouble));
            force(SIGHUP);
        }
    });
    thread::spawn(move || {
        for signal in signals.forever() {
            take(signal, &events);
        }
    });
    Ok(())
}

fn take(signal: i32, events: &Sender<Event>) {
    // While an editor has the terminal, Ctrl-C is for it, and Ctrl-Z stops both.
    let lent = terminal::is_lent();
    let _ended = match signal {
        SIGTSTP if lent => {
            end(signal);
            Ok(())
        }
        SIGINT | SIGCONT if lent => Ok(()),
        SIGTSTP => events.send(Event::Stopped),
        SIGCONT => events.send(Event::Continued),
        signal => {
            let sent = events.send(Event::Ended(signal));
            thread::spawn(move || force(signal));
            sent
        }
    };
}

/// Ends the process where the loop did not: it may be waiting for a terminal that takes nothing any more.
fn force(signal: i32) {
    thread::sleep(PATIENCE);
    terminal::give_back_by_force();
    end(signal);
}

/// Does what the signal does to a program that does not catch it.
pub fn end(signal: i32) {
    if emulate_default_handler(signal).is_err() {
        std::process::exit(128 + signal);
    }
}

/// Stops the process as Ctrl-Z does, until it is continued; the terminal must have been given back.
pub fn stop() {
    end(SIGTSTP);
}

/// Whether there is a shell to go back to: who leads a session has none above it.
pub fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpid())
}

/// Waits until the terminal is gone, asleep. `None` on a system that cannot tell.
///
/// The thread that reads keys would not notice: its library tries again for ever.
fn hung_up() -> Option<io::Error> {
    let terminal = File::open("/dev/tty").ok()?;
    loop {
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return None,
        }
        let found = watched.first().map_or(PollFlags::empty(), PollFd::revents);
        let gone = found.intersects(PollFlags::HUP | PollFlags::ERR);
        return gone.then(|| io::Error::new(io::ErrorKind::BrokenPipe, "it is gone"));
    }
}
