//! What the words of the command line ask for.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser};

use super::{Arguments, Common};
use crate::cli::Stop;
use crate::text::{Text, nearest};

impl Arguments {
    /// Reads the words of the command line. Help and version stop with what they show.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let words: Vec<OsString> = words.into_iter().collect();
        Self::try_parse_from(&words).map_err(|mut error| {
            if let Some(word) = left_out(&error, &words) {
                let tip = format!("to search without a word, put quotes around the whole query: '… {word}'");
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
            }
            let text = error.render().to_string();
            if error.use_stderr() {
                let message = text.strip_prefix("error: ").unwrap_or(&text);
                Stop::usage(Text::new(message.trim_end()))
            } else {
                Stop::Shown(text)
            }
        })
    }

    /// The options of a command. A library named before the command's word is the one it reads.
    pub fn common(&self) -> Result<Common, Stop> {
        let mut common = self.common.clone();
        match (&self.first, &self.second, &common.library) {
            (None, ..) => Ok(common),
            (Some(first), None, None) => {
                common.library = Some(first.into());
                Ok(common)
            }
            (Some(first), None, Some(_)) => Err(unexpected(first)),
            (_, Some(second), _) => Err(unexpected(second)),
        }
    }

    /// What the reader is to open: the library, if one is named, and the address, if there is one.
    ///
    /// A first word that is a folder, a file or `-` is the library, anything else an address; with two
    /// words the first is the library.
    pub fn reader(&self) -> Result<(Option<&Path>, Option<&str>), Stop> {
        let first = self.first.as_deref().map(Path::new);
        match (self.common.library.as_deref(), first, &self.second) {
            (Some(library), first, None) => Ok((Some(library), first.map(address).transpose()?)),
            (Some(_), _, Some(second)) => Err(unexpected(second)),
            (None, None, _) => Ok((None, None)),
            (None, Some(first), Some(second)) => {
                mistyped(first)?;
                Ok((Some(first), Some(address(Path::new(second))?)))
            }
            (None, Some(first), None) if first.as_os_str() == "-" || first.exists() => {
                Ok((Some(first), None))
            }
            (None, Some(first), None) => Ok((None, Some(address(first)?))),
        }
    }

    /// The definition of the command line, for help, man page and completions.
    pub fn definition() -> clap::Command {
        Self::command()
    }
}

/// The word that was taken for an option and is meant as one that a query is to do without.
fn left_out<'a>(error: &clap::Error, words: &'a [OsString]) -> Option<&'a str> {
    let asks = words.iter().any(|word| word == "search" || word == "list");
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg).filter(|_| asks) else {
        return None;
    };
    let mut typed = words.iter().filter_map(|word| word.to_str());
    typed.find(|word| !word.starts_with("--") && word.starts_with(option))
}

fn address(word: &Path) -> Result<&str, Stop> {
    let shown = || Text::line(&format!("{}: neither a library nor an address", word.display()));
    word.to_str().ok_or_else(|| Stop::usage(shown()))
}

/// Stops at a word that names no library but is nearly a command's.
fn mistyped(word: &Path) -> Result<(), Stop> {
    if word.as_os_str() == "-" || word.exists() {
        return Ok(());
    }
    let commands = Arguments::definition();
    let commands = commands.get_subcommands().map(clap::Command::get_name);
    match word.to_str().and_then(|typed| nearest(typed, commands)) {
        Some(command) => Err(Stop::usage(Text::line(&format!(
            "{}: neither a library nor a command; did you mean `dossier {command}`?",
            word.display()
        )))),
        None => Ok(()),
    }
}

fn unexpected(word: &OsStr) -> Stop {
    Stop::usage(Text::line(&format!("{}: one word too many; `dossier --help` shows how", word.display())))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn read(line: &str) -> Result<Arguments, Stop> {
        Arguments::read(line.split(' ').map(OsString::from))
    }

    #[test]
    fn the_definition_holds_together() {
        Arguments::definition().debug_assert();
    }

    #[test]
    fn the_library_is_named_before_or_after_the_commands_word() {
        for line in ["dossier -L lib list", "dossier list -L lib", "dossier list --library=lib actors"] {
            let library = read(line).ok().and_then(|it| it.common.library);
            assert_eq!(library, Some(PathBuf::from("lib")), "{line}");
        }
    }

    #[test]
    fn a_word_that_is_no_command_is_a_library_or_an_address() {
        let read = read("dossier lib actor:nvidia").expect("readable");
        assert_eq!((read.first, read.second), (Some("lib".into()), Some("actor:nvidia".into())));
        assert!(read.command.is_none());
    }

    #[test]
    fn the_reader_takes_a_library_then_an_address() {
        let cases = [
            ("dossier", None, None),
            ("dossier src", Some("src"), None),
            ("dossier -", Some("-"), None),
            ("dossier actor:nvidia", None, Some("actor:nvidia")),
            ("dossier src actor:nvidia", Some("src"), Some("actor:nvidia")),
            ("dossier no-folder timeline", Some("no-folder"), Some("timeline")),
            ("dossier -L lib src", Some("lib"), Some("src")),
        ];
        for (line, library, address) in cases {
            let read = read(line).expect(line);
            assert_eq!(read.reader().expect(line), (library.map(Path::new), address), "{line}");
        }
        assert!(read("dossier -L lib src more").expect("readable").reader().is_err());
    }

    #[test]
    fn a_mistyped_command_is_told_from_a_library() {
        let said = |line: &str| match read(line).and_then(|it| it.reader().map(|_| ())) {
            Err(Stop::Trouble { message, .. }) => message.to_string(),
            _ => String::new(),
        };
        assert_eq!(
            said("dossier serach chips"),
            "serach: neither a library nor a command; did you mean `dossier search`?"
        );
        assert_eq!(said("dossier no-such-library wang"), "");
    }

    #[test]
    fn a_word_to_do_without_is_told_from_an_option() {
        let said = |line: &str| match read(line) {
            Err(Stop::Trouble { message, .. }) => message.to_string(),
            _ => String::new(),
        };
        assert!(said("dossier search chips -nvidia").contains("quotes around the whole query: '… -nvidia'"));
        assert!(said("dossier search chips --limt 5").contains("'--limit'"));
        assert!(!said("dossier show -nvidia").contains("query"));
    }

    #[test]
    fn a_library_may_stand_before_the_commands_word() {
        let named = |line: &str| read(line).and_then(|it| it.common()).map(|it| it.library);
        assert_eq!(named("dossier lib list").ok(), Some(Some("lib".into())));
        assert!(named("dossier lib more list").is_err());
        assert!(named("dossier lib list -L other").is_err());
    }

    #[test]
    fn a_wrong_option_is_wrong_usage_and_said_without_its_escapes() {
        let Err(Stop::Trouble { code, message }) = read("dossier list --\u{1b}[31mred") else {
            panic!("it was accepted");
        };
        assert_eq!(code, 2);
        assert!(!message.contains('\u{1b}') && message.contains("red"), "{message}");
    }
}
