//! The reader: terminal, threads, the loop and the effects.
//!
//! One thread reads keys, one loads the library, one keeps the state; all three only send messages to
//! the loop, which alone changes the [`app::App`] and draws. It draws when no message waits, never by a clock.

pub mod app;
mod builder;
mod fault;
pub mod front;
mod keeper;
mod loader;
pub mod keys;
pub mod look;
mod outside;
pub mod seeker;
#[cfg(unix)]
mod signals;
pub mod panes;
pub mod pipe;
mod terminal;
pub mod theme;
pub mod view;
mod watch;
mod worker;

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use crate::library::folder::Root;
use crate::store;
use crate::text::Text;
use app::{App, Effect, Message, Options};
use builder::Builder;
use front::Place;
use keeper::Keeper;
use outside::Outside;
use seeker::Seeker;
use terminal::Screen;

/// Opens the root of the library, as often as it is read.
pub type Load = Box<dyn FnMut() -> Result<Root, Text> + Send>;

/// Whether there is a terminal to read in; if not, what to do instead.
///
/// `piped` says that standard input holds the library, so that keys come from the terminal itself.
pub fn available(piped: bool) -> Result<(), Text> {
    let trouble = if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        "TERM is `dumb`, which cannot show the reader"
    } else if !io::stdout().is_terminal() {
        "standard output is no terminal, so the reader cannot open"
    } else if !piped && !io::stdin().is_terminal() {
        "standard input is no terminal, so the reader cannot take keys"
    } else {
        return Ok(());
    };
    Err(Text::line(&format!("{trouble}; `dossier show ADDRESS` prints a page as plain lines")))
}

/// Opens the reader and returns when it is quit, with what could not be kept. The terminal is given back
/// whatever happens, and so is what the reader did.
pub fn run(mut load: Load, options: Options) -> Result<Option<Text>, Text> {
    let (sender, messages) = channel();
    // Before the terminal is taken: from then on no signal ends the process but through the loop.
    #[cfg(unix)]
    signals::watch(sender.clone()).map_err(|error| trouble(&error))?;
    let mut screen = Screen::open(options.mouse).map_err(|error| trouble(&error))?;
    let size = screen.size().map_err(|error| trouble(&error))?;
    let mut app = App::new(size, options);
    // Where an address is to be opened, nobody wants the first screen.
    let root = load().ok().filter(|_| app.options.start.is_none());
    let place = root.and_then(|root| Place::new(&root, &store::cache(&root)?, size, &app.options));
    app.front = place.as_ref().and_then(Place::kept);
    app.builder = Builder::new(sender.clone());
    app.seeker = Seeker::new(sender.clone());
    let go = worker::keys(sender.clone());
    let keeper = Keeper::start(sender.clone());
    let load = loader::start(load, sender.clone(), keeper.sender());
    let mut outside = Outside::new(load, keeper, sender, place);
    let work = AssertUnwindSafe(|| read(&mut app, &mut screen, &mut outside, &messages, &go));
    let ended = catch_unwind(work);
    screen.close();
    // A fault may have left it half changed; then what was kept before must do.
    if let Ok(Some(state)) = catch_unwind(AssertUnwindSafe(|| app.last())) {
        outside.keep(state);
    }
    app.seeker.end();
    let lost = outside.close();
    match ended {
        Ok(Ok(End::Quit)) => Ok(lost),
        #[cfg(unix)]
        Ok(Ok(End::Signal(signal))) => {
            signals::end(signal);
            Ok(lost)
        }
        Ok(Err(error)) => Err(trouble(&error)),
        Err(fault) => resume_unwind(fault),
    }
}

/// What the threads send: keys by the batch, everything else one by one.
enum Event {
    Keys(Vec<Message>),
    One(Message),
    /// The terminal is gone.
    Gone(io::Error),
    /// The process is to end by this signal.
    #[cfg(unix)]
    Ended(i32),
    /// The process is to stop, as by Ctrl-Z.
    #[cfg(unix)]
    Stopped,
    /// The process was stopped and goes on; who knows what the terminal shows.
    #[cfg(unix)]
    Continued,
}

/// How the loop ended.
enum End {
    Quit,
    #[cfg(unix)]
    Signal(i32),
}

/// The loop: take what has happened, then draw.
fn read(
    app: &mut App,
    screen: &mut Screen,
    outside: &mut Outside,
    messages: &Receiver<Event>,
    go: &Sender<()>,
) -> io::Result<End> {
    loop {
        let (width, height) = screen.size()?;
        if app.size != (width, height) {
            // A resize that comes together with a key can be lost on the way; the next frame finds it.
            app.update(Message::Resize(width, height));
            screen.repaint()?;
        }
        fault::here("draw");
        screen.draw(app)?;
        outside.picture(app);
        let Ok(mut event) = messages.recv() else {
            return Ok(End::Quit);
        };
        loop {
            let keys = matches!(event, Event::Keys(_));
            outside.typed(keys);
            let batch = match event {
                Event::Keys(batch) => batch,
                Event::One(message) => vec![message],
                Event::Gone(error) => return Err(error),
                #[cfg(unix)]
                Event::Ended(signal) => return Ok(End::Signal(signal)),
                #[cfg(unix)]
                Event::Stopped => {
                    outside.suspend(screen)?;
                    Vec::new()
                }
                #[cfg(unix)]
                Event::Continued => {
                    screen.lend(|| ())?;
                    Vec::new()
                }
            };
            for message in batch {
                if let Message::Resize(..) = message {
                    // Even where the size is what it was: on the way there the terminal may have lost cells.
                    screen.repaint()?;
                }
                for effect in app.update(message) {
                    if effect == Effect::Quit {
                        return Ok(End::Quit);
                    }
                    outside.perform(effect, screen)?;
                }
            }
            if keys {
                // The thread that reads keys waits for this, so an editor has the terminal to itself.
                let _ended = go.send(());
            }
            event = match messages.try_recv() {
                Ok(event) => event,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Ok(End::Quit),
            };
        }
    }
}

fn trouble(error: &io::Error) -> Text {
    Text::line(&format!("the terminal failed: {error}"))
}
