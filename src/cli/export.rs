//! `dossier export`: pages as one plain text, to standard output or into a file.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;
use std::path::Path;

use crate::cli::arguments::{Common, Export, Form, Refs};
use crate::cli::{Outcome, Stop, lookup, show, tell};
use crate::export::{self, Options, References};
use crate::id::{Address, Id, Kind};
use crate::library::Library;
use crate::page::Page;
use crate::save::{self, Unsaved};
use crate::text::Text;

/// Columns where none are asked for.
const WIDTH: u16 = 72;

pub fn run(export: &Export, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    idle_option(export)?;
    let only = match export.addresses.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    };
    let (choice, word) = show::alone(common, only)?;
    let library = choice.load()?;
    let addresses = match (only, word) {
        (Some(_), None) => vec![library.opening().into()],
        (Some(_), Some(word)) => vec![lookup::find(&library, &word)?],
        (None, _) => {
            export.addresses.iter().map(|it| lookup::find(&library, it)).collect::<Result<_, _>>()?
        }
    };
    let (title, addresses) = packet(&library, addresses);
    tell_missing(&library, &addresses);
    let links = show::links(&library, addresses.iter().map(|it| &it.id));
    let search = show::searched(&library, &links, addresses.iter().map(|it| &it.id))?;
    let build = |it| show::build(&library, &links, search.as_ref(), it);
    let pages: Vec<Page> = addresses.iter().map(build).collect::<Result<_, _>>()?;
    if export.ascii {
        tell_unwritten(export::unwritten(&pages));
    }
    let text = written(export, &library, title.as_deref(), pages);
    match export.output.as_deref() {
        Some(path) if path != Path::new("-") => into(path, &text, export.force)?,
        _ => out.write_all(text.as_bytes())?,
    }
    Ok(Outcome::Fine)
}

/// Stops at an option that would change nothing: whoever gave it counts on it.
fn idle_option(export: &Export) -> Result<(), Stop> {
    let given = [
        ("--width", export.width.is_some()),
        ("--ascii", export.ascii),
        ("--pages", export.pages),
        ("--mail", export.mail),
        ("--large", export.large),
        ("--refs", export.refs.is_some()),
    ];
    match given.into_iter().find(|(_, given)| *given && export.format != Form::Text) {
        Some((option, _)) => {
            Err(Stop::usage(format!("{option}: is for plain text; leave it or --format out")))
        }
        None => Ok(()),
    }
}

/// Tells how much of the text ASCII has no letters for, as of Japanese.
fn tell_unwritten(count: usize) {
    match count {
        0 => {}
        1 => tell("--ascii: 1 character with no form in ASCII; it stands as `?`"),
        _ => tell(format!("--ascii: {count} characters with no form in ASCII; they stand as `?`")),
    }
}

/// The pages in the form that was asked for.
fn written(export: &Export, library: &Library, title: Option<&str>, pages: Vec<Page>) -> String {
    let form = match export.format {
        Form::Text => export::Form::Text,
        Form::Markdown => export::Form::Markdown,
        Form::Html => export::Form::Html,
        Form::Json => export::Form::Json,
    };
    let lang = pages.first().and_then(|page| library.lang(&page.id));
    form.write(title, pages, lang, &options(export))
}

/// Tells which annexes of the briefings that are handed on are not handed on with them.
fn tell_missing(library: &Library, addresses: &[Address]) {
    let there = |id: &Id| addresses.iter().any(|it| it.id == *id);
    let missing: BTreeSet<&Id> =
        addresses.iter().flat_map(|it| annexes(library, &it.id)).filter(|id| !there(id)).collect();
    let words: Vec<String> = missing.iter().map(ToString::to_string).collect();
    match words.as_slice() {
        [] => {}
        [only] => tell(Text::line(&format!("an annex is not in this copy; name it too: {only}"))),
        more => tell(Text::line(&format!(
            "{} annexes are not in this copy; name them too: {}",
            more.len(),
            more.join(" ")
        ))),
    }
}

/// The annexes of a briefing.
fn annexes<'a>(library: &'a Library, id: &Id) -> impl Iterator<Item = &'a Id> {
    let briefing = library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
    briefing.into_iter().flat_map(|it| it.tabs.iter().filter_map(|tab| tab.briefing.as_ref()))
}

/// A packet of the library is exported whole: its own page, then each of its briefings with its annexes under its title,
/// once.
fn packet(library: &Library, addresses: Vec<Address>) -> (Option<Text>, Vec<Address>) {
    let only = match addresses.as_slice() {
        [Address { id, heading: None, .. }] if id.kind == Kind::Packet => library.packets.get(&id.slug),
        _ => None,
    };
    let Some(packet) = only else { return (None, addresses) };
    let mut known = HashSet::new();
    let items = packet.items.iter().filter_map(|item| item.briefing.id.as_deref());
    let items = items.flat_map(|id| std::iter::once(id).chain(annexes(library, id)));
    let items = items.filter(|id| known.insert(*id)).cloned();
    (Some(packet.title.clone()), addresses.into_iter().chain(items.map(Address::from)).collect())
}

fn options(export: &Export) -> Options {
    Options {
        width: usize::from(export.width.unwrap_or(WIDTH)),
        ascii: export.ascii,
        pages: export.pages,
        mail: export.mail,
        large: export.large,
        references: match export.refs {
            None | Some(Refs::End) => References::End,
            Some(Refs::Inline) => References::Inline,
            Some(Refs::None) => References::None,
        },
        whole: export.whole,
    }
}

fn into(path: &Path, text: &str, force: bool) -> Result<(), Stop> {
    save::write(path, text, force).map_err(|why| {
        let why = match why {
            Unsaved::Exists => Text::line("exists; --force overwrites it"),
            Unsaved::Failed(said) => said,
        };
        Stop::usage(Text::line(&format!("{}: {why}", path.display())))
    })
}
