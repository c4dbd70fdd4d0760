//! Arguments to a command to an exit code; the one place that prints errors.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use dossier::cli::arguments::{Arguments, Command, Common, Look};
use dossier::cli::choice::Choice;
use dossier::cli::{self, Stop, ansi};
use dossier::date::Day;
use dossier::tui;
use dossier::tui::app::Options;
use dossier::tui::theme::Theme;

/// Bytes that are written at once.
const OUT: usize = 1 << 16;

fn main() -> ExitCode {
    cli::clean_faults();
    let mut out = BufWriter::with_capacity(OUT, io::stdout().lock());
    let ended = Arguments::read(std::env::args_os()).and_then(|arguments| run(&arguments, &mut out));
    // What a command wrote before it stopped comes before the reason.
    let ended = ended.and_then(|code| Ok(out.flush().map(|()| code)?));
    ExitCode::from(ended.unwrap_or_else(|stop| report(&stop, &mut out)))
}

fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Stop> {
    cli::choose_cache(&arguments.common);
    cli::tell_settings(arguments.command.as_ref());
    match &arguments.command {
        Some(command) => {
            let common = arguments.common()?;
            note(command, &common)?;
            Ok(cli::run(command, &common, out)?.code())
        }
        None => read(arguments),
    }
}

/// Tells a person that the library is not the reader's own.
fn note(command: &Command, common: &Common) -> Result<(), Stop> {
    if command.reads() && io::stderr().is_terminal() && Choice::new(common.library.as_deref())?.is_shipped() {
        let _ =
            writeln!(io::stderr(), "dossier: no library here, so this is the one built in; -L names another");
    }
    Ok(())
}

/// Opens the reader. What is wrong with the library or the terminal is known before the screen is taken.
fn read(arguments: &Arguments) -> Result<u8, Stop> {
    let (library, start) = arguments.reader()?;
    let choice = Choice::new(library)?;
    choice.probe()?;
    tui::available(choice == Choice::Stdin).map_err(Stop::usage)?;
    let options = Options {
        theme: arguments.theme.map(theme),
        no_colour: ansi::unwanted(arguments.common.color),
        ascii: arguments.ascii,
        mouse: !arguments.no_mouse,
        today: Day::today(),
        start: start.map(str::to_owned),
    };
    let lost = tui::run(Box::new(choice.loader()?), options).map_err(Stop::usage)?;
    if let Some(lost) = lost {
        let _ = writeln!(io::stderr(), "dossier: {lost}");
    }
    Ok(0)
}

fn theme(look: Look) -> Theme {
    match look {
        Look::Dark => Theme::Dark,
        Look::Light => Theme::Light,
        Look::HighContrast => Theme::HighContrast,
        Look::NoColour => Theme::NoColour,
    }
}

/// Says why a command stopped, and gives its exit code. Output that nobody reads is no error.
fn report(stop: &Stop, out: &mut dyn Write) -> u8 {
    match stop {
        Stop::Closed => 0,
        Stop::Shown(text) => {
            let _ = write!(out, "{text}").and_then(|()| out.flush());
            0
        }
        Stop::Trouble { code, message } => {
            let _ = out.flush();
            let _ = writeln!(io::stderr(), "dossier: {message}");
            *code
        }
    }
}
