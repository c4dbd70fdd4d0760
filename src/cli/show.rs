//! `dossier show`: a page as the reader draws it, line by line.

use std::io::{self, IsTerminal, Write, stdout};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json as object};

use crate::cli::arguments::{Common, Show, When};
use crate::cli::choice::{self, Choice};
use crate::cli::{Outcome, Stop, ansi, json, lookup, rows, search};
use crate::date::Day;
use crate::document::{Block, BlockKind, Document, Role};
use crate::id::{Address, Id, Kind};
use crate::layout::{Room, RowByRow};
use crate::library::Library;
use crate::library::record::Briefing;
use crate::links::texts::{Spot, Texts};
use crate::links::{Link, Links};
use crate::mentions::mark::Shown;
use crate::page::{self, Context, Page};
use crate::reading::{Note, Reading, state};
use crate::search::{Query, Search, Wanted};
use crate::store;
use crate::text::{Text, nearest, width};

/// The widest column that reads well; the reader's own.
const READABLE: usize = 88;
/// The widest that a table gets by itself.
const WIDEST: usize = 500;

/// What a page says that carries no marking: never that it is clear.
const NO_MARKING: &str = "NO MARKING";

pub fn run(show: &Show, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let (choice, address) = alone(common, show.address.as_deref())?;
    let library = choice.load()?;
    let address = match address {
        Some(word) => lookup::find(&library, &word)?,
        None => library.opening().into(),
    };
    if show.json {
        json::write(&record(&library, &address.id)?, out)?;
        return Ok(Outcome::Fine);
    }
    let links = links(&library, std::iter::once(&address.id));
    let columns = show.width.map_or_else(columns, usize::from);
    let coloured = ansi::wanted(if show.plain { When::Never } else { common.color });
    let wide = show.wide.then(|| RowByRow::new(wide_room(columns)));
    let rows = RowByRow::new(columns);
    let mut printer = Printer { columns, coloured, rows, wide, begun: false, out };
    if !show.source
        && let Some((it, text)) = lone(&library, &links, &address)
    {
        printer.lone(context(&library, &links, &Reading::default()), it, &text)?;
        std::mem::forget((library, links));
        return Ok(Outcome::Fine);
    }
    let page = if show.source {
        source(&library, &links, &address.id)?
    } else {
        let search = searched(&library, &links, std::iter::once(&address.id))?;
        build(&library, &links, search.as_ref(), &address)?
    };
    printer.page(&page)?;
    // The program ends here: to take apart a tree of millions of words first would be time for nothing.
    std::mem::forget((page, library, links));
    Ok(Outcome::Fine)
}

/// The library and the address that are meant. Where no library is named, `-` in place of an address, or a
/// Markdown file that is not part of the library found, is a library of its own.
pub fn alone(common: &Common, word: Option<&str>) -> Result<(Choice, Option<String>), Stop> {
    let file = word.filter(|_| common.library.is_none()).map(Path::new).filter(|path| is_markdown(path));
    let Some(path) = file else {
        return Ok((Choice::new(common.library.as_deref())?, word.map(str::to_owned)));
    };
    if path.as_os_str() == "-" {
        return Ok((Choice::Stdin, None));
    }
    // In its library it has the marking and the links that its index gives it.
    let around = Choice::meant(None)?.and_then(|around| Some((around.inside(path)?, around)));
    Ok(match around {
        Some((inside, around)) => (around, Some(inside)),
        None => (Choice::of(path), None),
    })
}

fn is_markdown(path: &Path) -> bool {
    path.as_os_str() == "-" || (choice::is_markdown(path) && path.is_file())
}

/// The page of an address; with a heading only its section.
pub fn build(
    library: &Library,
    links: &Links,
    search: Option<&Search>,
    address: &Address,
) -> Result<Page, Stop> {
    let reading = if address.id.kind == Kind::Notes { noted(library)? } else { Reading::default() };
    let context = Context { search, ..context(library, links, &reading) };
    let mut page = page::build(context, &address.id);
    if let Some(anchor) = &address.heading {
        section(&mut page, anchor)?;
    }
    Ok(page)
}

/// What the reader did, for the one page that shows it: the notes. Nothing else printed holds any of it.
fn noted(library: &Library) -> Result<Reading, Stop> {
    let Some(file) = store::state(&library.root) else { return Ok(Reading::default()) };
    let (state, trouble) = state::load(&file);
    // What is left is printed the next time: who asked for notes must not take a part of them for all.
    trouble.map_or(Ok(state.reading), |trouble| Err(Stop::usage(trouble)))
}

/// A note as JSON has it.
fn note(it: &Note) -> Value {
    object!({
        "on": it.on.to_string(),
        "passage": it.passage,
        "text": it.words,
        "made": it.made.to_string(),
        "due": it.due().map(|date| date.written),
    })
}

/// The file that a page comes from.
fn source(library: &Library, links: &Links, id: &Id) -> Result<Page, Stop> {
    let reading = Reading::default();
    let found = page::raw(context(library, links, &reading), id).map(|(page, _)| page);
    found.ok_or_else(|| Stop::missing(Text::line(&format!("`{id}` comes from no file"))))
}

/// Leaves of `page` only what stands under the heading with this anchor.
fn section(page: &mut Page, anchor: &str) -> Result<(), Stop> {
    let blocks = &page.document.blocks;
    let headings = || {
        blocks.iter().enumerate().filter_map(|(at, block)| match &block.kind {
            BlockKind::Heading { level, anchor, .. } => Some((at, *level, anchor.as_str())),
            _ => None,
        })
    };
    let Some((start, level, _)) = headings().find(|(.., it)| *it == anchor) else {
        let help = match nearest(anchor, headings().map(|(.., it)| it)) {
            Some(near) => format!("did you mean `#{near}`?"),
            None => "leave out `#…` for the whole page".to_owned(),
        };
        return Err(Stop::missing(Text::line(&format!("`{}#{anchor}`: no such heading; {help}", page.id))));
    };
    let end =
        headings().find(|(at, next, _)| *at > start && *next <= level).map_or(blocks.len(), |(at, ..)| at);
    let blocks = blocks.get(start..end).map(<[_]>::to_vec).unwrap_or_default();
    page.document = Arc::new(Document { blocks });
    Ok(())
}

/// The terminal's columns, as far as they read well; 80 where there is no terminal.
fn columns() -> usize {
    let terminal = stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(80, |(columns, _)| usize::from(columns.0).clamp(12, READABLE))
}

/// The room for what may be wide: the terminal's, or as much as it takes where something else cuts it.
fn wide_room(columns: usize) -> Room {
    match stdout().is_terminal().then(terminal_size::terminal_size).flatten() {
        Some((terminal, _)) => usize::from(terminal.0).max(columns).into(),
        None => Room { columns: WIDEST.max(columns), slides: true },
    }
}

/// The text of a file alone that nothing in it names: it may be long, and needs nothing but itself.
fn lone<'a>(library: &'a Library, links: &Links, address: &Address) -> Option<(&'a Briefing, String)> {
    let alone = library.root.is_single() && links.matcher().is_empty() && address.heading.is_none();
    let it = library.briefings.get(&address.id.slug).filter(|it| alone && *it.id == address.id)?;
    Some((it, library.body(it).ok()?.text))
}

/// What is laid out for its own width rather than for reading.
fn is_wide(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Table(_) | BlockKind::Code { .. })
}

/// What a page is made from where nothing is known of who reads it.
fn context<'a>(library: &'a Library, links: &'a Links, reading: &'a Reading) -> Context<'a> {
    Context { library, links, reading, search: None, today: Day::today(), names: Shown::default() }
}

/// Prints pages, whole or a piece at a time.
struct Printer<'a> {
    columns: usize,
    coloured: bool,
    rows: RowByRow,
    /// For tables and code, where these may be wider.
    wide: Option<RowByRow>,
    /// Whether there are rows above.
    begun: bool,
    out: &'a mut dyn Write,
}

impl Printer<'_> {
    fn page(&mut self, page: &Page) -> io::Result<()> {
        let marking = self.marking(page.marking.as_ref());
        writeln!(self.out, "{marking}\n")?;
        self.piece(&page.document)?;
        writeln!(self.out, "\n{marking}")
    }

    /// A text alone: what is printed is let go.
    fn lone(&mut self, context: Context<'_>, it: &Briefing, text: &str) -> io::Result<()> {
        let marking = self.marking(it.marking.as_ref());
        writeln!(self.out, "{marking}\n")?;
        let mut printed = Ok(());
        page::pieces(context, it, text, &mut |piece| {
            if printed.is_ok() {
                printed = self.piece(&piece);
            }
        });
        printed?;
        writeln!(self.out, "\n{marking}")
    }

    /// The marking in the middle of its line.
    fn marking(&self, marking: Option<&Text>) -> String {
        let marking = marking.map_or(NO_MARKING, Text::as_str);
        let indent = self.columns.saturating_sub(width(marking)) / 2;
        format!("{:indent$}{}", "", ansi::paint(marking, ansi::role(Role::Marking), self.coloured))
    }

    /// The rows of some blocks, below those that are there.
    fn piece(&mut self, document: &Document) -> io::Result<()> {
        if self.wide.is_none() {
            return self.run(document, false);
        }
        // footnotes stand at the end of all
        let is_note = |block: &&Block| matches!(block.kind, BlockKind::Note { .. });
        let (notes, blocks): (Vec<&Block>, Vec<&Block>) = document.blocks.iter().partition(is_note);
        for blocks in blocks.chunk_by(|a, b| is_wide(a) == is_wide(b)) {
            let wide = blocks.first().is_some_and(|block| is_wide(block));
            self.run(&Document { blocks: blocks.iter().copied().cloned().collect() }, wide)?;
        }
        self.run(&Document { blocks: notes.into_iter().cloned().collect() }, false)
    }

    fn run(&mut self, document: &Document, wide: bool) -> io::Result<()> {
        if document.blocks.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.begun, true) {
            self.out.write_all(b"\n")?;
        }
        // the rows of a long page take more room than its words
        let mut printed = Ok(());
        let (coloured, out) = (self.coloured, &mut *self.out);
        let rows = self.wide.as_mut().filter(|_| wide).unwrap_or(&mut self.rows);
        rows.rows(document, |line| {
            if printed.is_ok() {
                printed = ansi::row(line, coloured, out);
            }
        });
        printed
    }
}

/// The links that the pages of `ids` show: those of the texts are read only for records. A file alone is named by no
/// other, and its page finds what it names itself.
pub fn links<'a>(library: &Library, mut ids: impl Iterator<Item = &'a Id>) -> Links {
    if library.root.is_single() {
        return Links::new(library).with(Texts::default());
    }
    if ids.any(|id| id.kind.has_slug()) { search::whole(library) } else { Links::new(library) }
}

/// The index, brought up to date, if one of `ids` is a query.
pub fn searched<'a>(
    library: &Library,
    links: &Links,
    mut ids: impl Iterator<Item = &'a Id>,
) -> Result<Option<Search>, Stop> {
    ids.any(|id| id.kind == Kind::Search).then(|| search::of(library, links)).transpose()
}

/// The record with what it links to and what links to it. A page that is no record has only the links.
fn record(library: &Library, id: &Id) -> Result<Value, Stop> {
    let links = links(library, std::iter::once(id));
    let mut keys = match rows::one(library, id) {
        Some(row) => row.json().map_err(io::Error::from)?,
        None => serde_json::Map::from_iter([("address".to_owned(), Value::from(id.to_string()))]),
    };
    // An actor's own `links` lead to the web; here the key is what the record refers to.
    if let Some(web) = keys.remove("links") {
        keys.insert("web_links".to_owned(), web);
    }
    if id.kind == Kind::Notes {
        keys.insert("notes".to_owned(), noted(library)?.notes.iter().map(note).collect());
    }
    if let Some(search) = searched(library, &links, std::iter::once(id))? {
        let (query, _) = Query::parse(&id.slug, Day::today());
        let results = search.find(&query, &library.root, &Reading::default(), Wanted::default());
        let hits = results.map_err(Stop::usage)?.hits;
        keys.insert("results".to_owned(), hits.iter().map(search::object).collect());
    }
    let mentions = links.texts().map(|texts| texts.mentions(id)).unwrap_or_default();
    let mentions = mentions.iter().map(|(id, count)| object!({"address": id.to_string(), "count": count}));
    keys.insert("mentions".to_owned(), mentions.collect());
    // what YAML declares, and the links that the author wrote in the text
    let written = |texts: &Texts, from: &Id| texts.spots(from, id).any(|spot| spot.is_written());
    let to = links.texts().into_iter().flat_map(|it| it.of(id)).filter(Spot::is_written).map(|it| &**it.to);
    let from =
        links.texts().into_iter().flat_map(|it| it.briefings(id).filter(move |from| written(it, from)));
    keys.insert("links".to_owned(), addresses(links.from(id).iter().map(|it: &Link| &*it.to).chain(to)));
    let declared = links.to(id).map(|it: &Link| &*it.from);
    keys.insert("linked_from".to_owned(), addresses(declared.chain(from.map(|it| &**it))));
    Ok(Value::Object(keys))
}

/// Each address once, in order.
fn addresses<'a>(ids: impl Iterator<Item = &'a Id>) -> Value {
    let ids: std::collections::BTreeSet<&Id> = ids.collect();
    ids.into_iter().map(|id| Value::from(id.to_string())).collect()
}
