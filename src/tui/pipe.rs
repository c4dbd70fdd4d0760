//! A page's text to a command of the reader's own, such as one that prints: run beside the loop, without a terminal.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use crate::text::{Text, shorten};

/// More of what a command prints is not read.
const OUTPUT: u64 = 64 << 10;
/// The columns of what it printed that are shown.
const SHOWN: usize = 200;

/// How a command went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In one line, with the last that it printed.
    pub line: Text,
    pub failed: bool,
    /// All that it printed, where that is more than a line.
    pub all: Option<Text>,
}

/// Gives `text` to `command` and waits until it ends. `given` is dropped as soon as the text is through.
/// What is returned tells how it went and what the command printed.
pub fn run(command: &str, text: String, given: Sender<()>) -> Said {
    let told = start(command).and_then(|mut child| {
        let stdin = child.stdin.take();
        let writer = thread::spawn(move || {
            // A command may end before it has read everything.
            let _read = stdin.map(|mut stdin| stdin.write_all(text.as_bytes()));
            drop(given);
        });
        let mut printed = Vec::new();
        if let Some(stdout) = child.stdout.take() {
            stdout.take(OUTPUT).read_to_end(&mut printed)?;
        }
        let status = child.wait()?;
        let _joined = writer.join();
        Ok((status, printed))
    });
    match told {
        Ok((status, printed)) => {
            let cut = u64::try_from(printed.len()).is_ok_and(|bytes| bytes >= OUTPUT);
            let printed = Text::new(&String::from_utf8_lossy(&printed));
            let line = Text::line(&said(command, status, &printed));
            Said { line, failed: !status.success(), all: whole(&printed, cut) }
        }
        Err(error) => {
            let line = Text::line(&format!("`{command}` could not be started: {error}"));
            Said { line, failed: true, all: None }
        }
    }
}

/// What was printed, if it has more than one line to read.
fn whole(printed: &Text, cut: bool) -> Option<Text> {
    let lines = printed.lines().filter(|line| !line.trim().is_empty()).take(2).count();
    let more = if cut { "\n… and what was printed after that is not shown" } else { "" };
    (lines > 1).then(|| Text::new(&format!("{}{more}", printed.trim_end())))
}

/// Starts the shell with the command in a group of its own: it cannot take the keys from the reader.
fn start(command: &str) -> io::Result<Child> {
    let mut shell = shell(command);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut shell, 0);
    shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    // what it complains of is told as what it prints
    shell.arg("-c").arg(format!("{{ {command}\n}} 2>&1"));
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

fn said(command: &str, status: ExitStatus, printed: &str) -> String {
    let last = printed.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let last = last.map(|line| shorten(line, SHOWN).into_owned());
    match (status.success(), last) {
        (true, None) => format!("given to `{command}`"),
        (true, Some(line)) => format!("`{command}` says: {line}"),
        (false, None) => format!("`{command}` failed: {status}"),
        (false, Some(line)) => format!("`{command}` failed: {line}"),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn a_command_gets_the_text_and_its_last_line_is_told() {
        let long = "word\n".repeat(100_000);
        let cases = [
            ("cat > /dev/null", "given to `cat > /dev/null`"),
            ("wc -l", "`wc -l` says: 100000"),
            ("head -n 1", "`head -n 1` says: word"),
            ("true", "given to `true`"),
            ("echo no >&2; exit 3", "`echo no >&2; exit 3` failed: no"),
            ("exit 3", "`exit 3` failed: exit status: 3"),
            ("printf 'a\\033[31mb\\n\\n'", "`printf 'a\\033[31mb\\n\\n'` says: a␛[31mb"),
        ];
        for (command, told) in cases {
            let (given, through) = channel();
            assert_eq!(run(command, long.clone(), given).line, told);
            assert!(through.recv().is_err());
        }
    }

    #[test]
    fn of_a_command_that_never_stops_printing_only_so_much_is_read() {
        let (given, _through) = channel();
        let said = run("yes", String::new(), given);
        assert_eq!(said.line.get(..5), Some("`yes`"));
        assert!(said.all.is_some_and(|all| all.ends_with("not shown")));
    }

    #[test]
    fn several_lines_are_told_whole_and_one_only_as_a_line() {
        let all = |command: &str| run(command, "one\ntwo\n\n".to_owned(), channel().0).all;
        assert_eq!(all("cat"), Some(Text::new("one\ntwo")));
        assert_eq!(all("head -n 1"), None);
        assert_eq!(all("printf 'a\\033[1mb\\nc'; exit 3"), Some(Text::new("a␛[1mb\nc")));
    }
}
