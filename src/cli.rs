//! The command line: the linear twin of every screen.
//!
//! A command writes to the writer it is given and returns whether it found what was asked; what stops it
//! is a [`Stop`], which `main` alone prints.

pub mod ansi;
pub mod arguments;
pub mod check;
pub mod choice;
pub mod config;
pub mod export;
pub mod init;
pub mod json;
pub mod links;
pub mod list;
pub mod lookup;
pub mod new;
pub mod rows;
pub mod schema;
pub mod search;
pub mod show;

use std::io::{self, Write};

use crate::store;
use crate::text::Text;
use arguments::{Arguments, Command, Common};

/// From now on a fault of the program's own is told in cleaned words: it may quote what it stumbled over.
pub fn clean_faults() {
    std::panic::set_hook(Box::new(|fault| {
        let words = Text::new(&fault.to_string());
        let _nobody_reads = writeln!(io::stderr(), "dossier: stopped by a fault of its own: {words}");
    }));
}

/// Tells something beside what is printed. Nothing depends on whether anybody reads it.
pub fn tell(words: impl Into<Text>) {
    let _nobody_reads = writeln!(io::stderr(), "dossier: {}", words.into());
}

/// How a command ended: the exit code a script sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0: done.
    Fine,
    /// 1: nothing was found, or problems were.
    Wanting,
}

impl Outcome {
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Wanting => 1,
        }
    }
}

/// Why a command stopped short.
#[derive(Debug)]
pub enum Stop {
    /// Help or version was asked for: print this instead.
    Shown(String),
    /// Whoever read the output went away, as `head` does: end quietly.
    Closed,
    /// What to say, and the exit code.
    Trouble { code: u8, message: Text },
}

impl Stop {
    /// Wrong usage, or a library that cannot be read: exit code 2.
    pub fn usage(message: impl Into<Text>) -> Self {
        Self::Trouble { code: 2, message: message.into() }
    }

    /// What was asked for is not there: exit code 1.
    pub fn missing(message: impl Into<Text>) -> Self {
        Self::Trouble { code: 1, message: message.into() }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::usage(Text::line(&format!("output: {error}"))),
        }
    }
}

/// Settles whether anything is kept in the cache folder: not with `--no-cache`, `DOSSIER_NO_CACHE`, or `cache: false` in
/// the configuration file. What is wrong in that file is said by who needs more of it.
pub fn choose_cache(common: &Common) {
    let said = std::env::var_os("DOSSIER_NO_CACHE").is_some_and(|it| !it.is_empty() && it != "0");
    if common.no_cache || said || config::config().is_ok_and(|config| config.no_cache) {
        store::keep_nothing();
    }
}

/// Tells what in the configuration file says nothing, where a command reads a library or the reader opens.
pub fn tell_settings(command: Option<&Command>) {
    if command.is_none_or(Command::reads) {
        config::tell_idle();
    }
}

/// Runs a command, writing what it prints to `out`.
pub fn run(command: &Command, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let outcome = match command {
        Command::List(list) => list::run(list, common, out),
        Command::Show(show) => show::run(show, common, out),
        Command::Export(export) => export::run(export, common, out),
        Command::Search(asked) => search::run(asked, common, out),
        Command::Index(asked) => search::index(asked, common, out),
        Command::Links(links) => links::run(links, common, out),
        Command::Check(check) => check::run(check, common, out),
        Command::Init(init) => init::run(init, out),
        Command::New(new) => new::run(new, common, out),
        Command::Completions(completions) => complete(completions.shell, out),
        Command::Schema(schema) => schema::run(schema, out),
        Command::Man(man) => manual(man.command.as_deref(), out),
    }?;
    out.flush()?;
    Ok(outcome)
}

fn complete(shell: clap_complete::Shell, out: &mut dyn Write) -> Result<Outcome, Stop> {
    // The generator panics where it cannot write, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::definition(), "dossier", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Fine)
}

/// Prints the manual page of the program, or of one of its commands.
fn manual(command: Option<&str>, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let mut definition = Arguments::definition();
    definition.build();
    let page = match command {
        None => definition,
        Some(word) => definition.find_subcommand(word).cloned().ok_or_else(|| {
            Stop::usage(Text::line(&format!("{word}: no such command; `dossier --help` lists them")))
        })?,
    };
    clap_mangen::Man::new(page).render(out)?;
    Ok(Outcome::Fine)
}
