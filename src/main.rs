//! Arguments to a command to an exit code; the one place that prints errors.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use dossier::cli::arguments::Arguments;
use dossier::cli::{self, Stop};

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = Arguments::read(std::env::args_os()).and_then(|arguments| run(&arguments, &mut out));
    // What a command wrote before it stopped comes before the reason.
    let ended = ended.and_then(|code| Ok(out.flush().map(|()| code)?));
    ExitCode::from(ended.unwrap_or_else(|stop| report(&stop, &mut out)))
}

fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Stop> {
    match &arguments.command {
        Some(command) => Ok(cli::run(command, &arguments.common()?, out)?.code()),
        None => Err(Stop::usage("no reader yet")),
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
