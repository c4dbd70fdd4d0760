//! A briefing: an index entry over the file's front matter over what the text itself shows.

use std::sync::Arc;

use super::{id, stamp};
use crate::document::parse::parse;
use crate::document::plain;
use crate::id::{Id, Kind};
use crate::library::catalogue::Seen;
use crate::library::fields::{Fields, Layer, items, name_of, place};
use crate::library::folder::Print;
use crate::library::foreign::Foreign;
use crate::library::heading;
use crate::library::paths;
use crate::library::problem::{Place, Problem};
use crate::library::record::{Ask, Briefing, Change, Point, Priority, Tab};
use crate::library::yaml::{Node, Value};
use crate::text::{Text, fold, width};

const STATUSES: [&str; 7] =
    ["draft", "in-clearance", "cleared", "final", "superseded", "withdrawn", "archived"];
const USES: [&str; 4] = ["make", "if-raised", "ask", "avoid"];
const SIGNIFICANCE: [&str; 2] = ["major", "minor"];
const OPTIONS: [&str; 3] = ["Approve", "Disapprove", "Discuss"];
/// What a bottom line may take: lines, and columns of each.
const BLUF: (usize, usize) = (4, 72);
/// What there is no markup without.
const MARKUP: [char; 6] = ['*', '_', '`', '[', '<', '\\'];

/// The keys of a briefing in the format, and those of other tools that it takes for them.
const KEYS: [&str; 43] = [
    "abstract",
    "actors",
    "alias",
    "aliases",
    "as_of",
    "asks",
    "author",
    "authors",
    "bluf",
    "categories",
    "changes",
    "chatham_house",
    "claims",
    "created",
    "date",
    "description",
    "events",
    "file",
    "from",
    "id",
    "issued",
    "keywords",
    "kind",
    "lang",
    "marking",
    "name",
    "needed_by",
    "points",
    "priority",
    "published",
    "review_by",
    "sources",
    "status",
    "summary",
    "supersedes",
    "tabs",
    "tags",
    "title",
    "to",
    "topics",
    "version",
    "display_name",
    "slug",
];

/// A map that says something of a briefing, and the file it stands in.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub file: &'a Arc<Text>,
    pub node: &'a Node,
    /// The folder that paths in it start from.
    pub folder: &'a str,
}

/// All that is known of one file.
pub struct Parts<'a> {
    /// From the root; empty for standard input.
    pub path: &'a str,
    /// `path`, to be shown.
    pub file: &'a Arc<Text>,
    pub entry: Option<Part<'a>>,
    pub front: Option<Part<'a>>,
    /// The one record of the folder, beside which the file stands.
    pub record: Option<Part<'a>>,
    /// The start of the body.
    pub head: &'a str,
    pub size: u64,
    pub modified: u64,
    pub seen: Seen,
    /// Whether the library is written in our own format.
    pub own: bool,
}

/// What reading one Markdown file gave: a briefing, and what has to be known of it to put a library together.
#[derive(Clone, Debug)]
pub struct Draft {
    pub seen: Seen,
    /// Its id, what it inherits and what it refers to are settled when a library is put together.
    pub briefing: Arc<Briefing>,
    /// Whether it has its marking and its language from a folder.
    pub inherits: Inherits,
    /// The id that is written.
    pub id: Written,
    /// Names of the file in its own front matter, for `[[links]]`.
    pub aliases: Vec<Text>,
    pub problems: Vec<Problem>,
    /// Whether a topic that is not found is doubtful.
    pub own_topics: bool,
    /// The record of an actor or a topic that the file is besides, as other tools keep them.
    pub foreign: Option<Box<Foreign>>,
    /// Whether there is no text in it.
    pub bare: bool,
    /// Whether it could not be read, which may be otherwise the next time.
    pub failed: bool,
    /// Whether a fault of our own kept it from being read.
    pub fallen: bool,
}

/// The id that stands in a file or an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    None,
    /// The one the briefing has.
    Same,
    /// Another one, since that was taken, or since it is not settled yet.
    Other(Box<str>),
}

/// What a briefing does not say itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inherits {
    pub marking: bool,
    pub lang: bool,
}

impl Draft {
    /// Stands for a file that a fault of our own kept from being read.
    pub fn fallen(path: &str, seen: Seen, problem: Problem) -> Self {
        let file = Arc::new(Text::line(path));
        let (entry, front, record, head) = (None, None, None, "");
        let (size, modified, own) = (0, 0, false);
        let nothing =
            draft(&Parts { path, file: &file, entry, front, record, head, size, modified, seen, own });
        Self { problems: vec![problem], fallen: true, failed: true, ..nothing }
    }

    /// The id that is written.
    pub fn written(&self) -> Option<&str> {
        match &self.id {
            Written::None => None,
            Written::Same => Some(&self.briefing.id.slug),
            Written::Other(id) => Some(id),
        }
    }

    /// Whether it is a page of its own: one without a text that is a record of another kind is none.
    pub fn is_page(&self) -> bool {
        let record = self.bare && self.id == Written::None && self.foreign.is_some();
        !record && !self.fallen
    }
}

pub fn draft(parts: &Parts<'_>) -> Draft {
    let mut problems = Vec::new();
    let all = [parts.entry, parts.front, parts.record];
    let layers = all.iter().flatten().map(|part| Layer::new(part.file, part.node)).collect();
    let own = parts.own && is_ours(parts);
    let mut fields = Fields::new(layers, &mut problems, own);
    let _ = parts.entry.is_some().then(|| fields.find(&["file"]));
    let id = id(&mut fields);
    let aliases = aliases(parts.front);
    let own_topics = own && fields.find(&["topics"]).is_some();
    let briefing = briefing(parts, &all, &mut fields);
    let inherits = Inherits { marking: briefing.marking.is_none(), lang: briefing.lang.is_none() };
    let briefing = Arc::new(briefing);
    Draft {
        seen: parts.seen,
        briefing,
        inherits,
        id: id.map_or(Written::None, |id| Written::Other(id.into())),
        aliases,
        problems,
        own_topics,
        foreign: None,
        bare: false,
        failed: false,
        fallen: false,
    }
}

/// Asks for all that may be said of a briefing.
pub fn every_key(fields: &mut Fields<'_, '_>) {
    let (file, seen) = (Arc::new(Text::default()), Seen { print: Print::UNKNOWN, content: 0 });
    let (entry, front, record, head) = (None, None, None, "");
    let (path, size, modified, own) = ("", 0, 0, true);
    let _ = (fields.find(&["file"]), id(fields));
    let parts = Parts { path, file: &file, entry, front, record, head, size, modified, seen, own };
    briefing(&parts, &[None; 3], fields);
}

/// The briefing that the fields of its entry, its front matter and its record give, without an id yet.
fn briefing(parts: &Parts<'_>, all: &[Option<Part<'_>>; 3], fields: &mut Fields<'_, '_>) -> Briefing {
    let stem = paths::stem(parts.path);
    let place = all.iter().flatten().next().map_or_else(
        || Place::new(parts.file, 0, 0),
        |part| Place::new(part.file, part.node.line, part.node.column),
    );
    Briefing {
        id: Arc::new(Id::new(Kind::Briefing, "")),
        file: parts.path.to_owned(),
        folder: paths::folder(parts.path).to_owned(),
        title: title(fields, parts, stem),
        kind: fields.word("kind", &[]),
        date: fields
            .date(&["date", "created", "published", "issued"])
            .or_else(|| heading::dated(stem).map(|(date, _)| date)),
        as_of: fields.date(&["as_of"]),
        review_by: fields.date(&["review_by"]),
        version: fields.line("version"),
        status: fields.word("status", &STATUSES),
        supersedes: fields.refs(&["supersedes"]).into(),
        changes: fields.each("changes", "note", change).into(),
        bluf: bluf(fields),
        asks: fields.each("asks", "text", ask).into(),
        from: fields.people(&["from", "author", "authors"]).into(),
        to: fields.refs(&["to"]).into(),
        actors: fields.refs(&["actors"]).into(),
        topics: fields.union(&["topics", "tags", "categories", "keywords"]).into(),
        events: fields.refs(&["events"]).into(),
        claims: fields.refs(&["claims"]).into(),
        sources: fields.refs(&["sources"]).into(),
        points: fields.each("points", "text", point).into(),
        tabs: tabs(fields, all).into(),
        marking: fields.line("marking"),
        lang: fields.line("lang"),
        chatham_house: fields.flag("chatham_house").unwrap_or_default(),
        priority: priority(fields),
        needed_by: fields.date(&["needed_by"]),
        extra: fields.extra().into(),
        stamp: stamp_of(parts, all),
        print: stamp(&[
            parts.path.as_bytes(),
            &parts.seen.print.number().to_le_bytes(),
            &stamp_of(parts, all).to_le_bytes(),
        ]),
        place,
    }
}

/// Whether the words of a briefing are those of the format: its index entry says more of it than where it is, or
/// its front matter has no key of another tool.
fn is_ours(parts: &Parts<'_>) -> bool {
    let keys = |part: Part<'_>, known: &dyn Fn(&str) -> bool| match &part.node.value {
        Value::Map(entries) => entries.iter().all(|entry| known(&entry.key)),
        _ => true,
    };
    let plain = |key: &str| ["file", "title", "date"].contains(&key);
    let named = parts.entry.is_some_and(|entry| !keys(entry, &plain));
    let known = |key: &str| KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)) || key.starts_with("x-");
    named || parts.front.is_none_or(|front| keys(front, &known))
}

/// The title that is written, else the first heading, else the words of the file's name.
fn title(fields: &mut Fields<'_, '_>, parts: &Parts<'_>, stem: &str) -> Text {
    if let Some(title) = fields.line("title") {
        return match numbered(parts.front, stem) {
            Some(number) if !fold(&title).starts_with(&fold(&number)) => {
                Text::line(&format!("{number}: {title}"))
            }
            _ => title,
        };
    }
    if let Some(name) = fields.line("display_name").or_else(|| fields.line("name")) {
        return name;
    }
    let heading = heading::title(parts.head, stem).map(|title| Text::line(&title));
    let heading = heading.filter(|title| !title.is_empty());
    if let Some(entry) = parts.entry.filter(|_| parts.own)
        && let Some(empty) = entry.node.at("title")
    {
        let problem = Problem::warning(place(entry.file, empty), "the title is empty");
        fields.problems.push(problem.help("write one, or remove the key: the heading is the title then"));
    }
    heading.unwrap_or_else(|| match stem {
        "" => Text::line("Standard input"),
        "_index" | "index" => Text::line(&heading::words(paths::name(paths::folder(parts.path), stem))),
        _ => Text::line(&heading::words(stem)),
    })
}

/// `EIP-1559` for a file `eip-1559.md` whose front matter has `eip: 1559`.
fn numbered(front: Option<Part<'_>>, stem: &str) -> Option<String> {
    let (key, number) = stem.rsplit_once('-')?;
    let written = front?.node.at(&key.to_ascii_lowercase())?.shown();
    (written == number).then(|| format!("{}-{number}", key.to_uppercase()))
}

/// Other names of a note, as Obsidian writes them. Paths, as Hugo has them there, are none.
fn aliases(front: Option<Part<'_>>) -> Vec<Text> {
    let node = front.and_then(|front| front.node.at("aliases").or_else(|| front.node.at("alias")));
    let names = node.map(items).unwrap_or_default().iter().map(|item| Text::line(&name_of(item)));
    names.filter(|name| !name.is_empty() && !name.contains('/')).collect()
}

fn bluf(fields: &mut Fields<'_, '_>) -> Option<Text> {
    let own = fields.strict.then(|| fields.find(&["bluf"])).flatten();
    let bluf = fields.text(&["bluf", "abstract", "description", "summary"])?;
    if let Some(found) = own {
        let lines = lines_of(&bluf, BLUF.1);
        if lines > BLUF.0 {
            let message = format!("`bluf` takes {lines} lines of {} characters", BLUF.1);
            fields.warn(found.place(), message, "say it in 4 lines; the rest belongs to the text");
        }
    }
    // what other tools keep there is written as the text is, in Markdown or HTML
    Some(if fields.strict || !bluf.contains(MARKUP) { bluf } else { spoken(&bluf) })
}

/// The words of Markdown.
fn spoken(markdown: &Text) -> Text {
    let mut words = Vec::new();
    parse(markdown).inlines(|inlines| words.push(plain(inlines)));
    Text::new(&words.join("\n"))
}

/// How many lines of `columns` the text takes, wrapped at spaces.
fn lines_of(text: &str, columns: usize) -> usize {
    let mut lines = 0;
    for line in text.lines() {
        let mut used = columns + 1;
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let width = width(word);
            if used + 1 + width > columns {
                lines += 1;
                used = width;
            } else {
                used += 1 + width;
            }
        }
    }
    lines
}

fn priority(fields: &mut Fields<'_, '_>) -> Option<Priority> {
    let word = fields.word("priority", &Priority::ALL.map(Priority::word))?;
    Priority::ALL.into_iter().find(|priority| word == *priority.word())
}

fn change(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Change> {
    Some(Change {
        version: fields.line("version"),
        date: fields.date(&["date"]),
        significance: fields.word("significance", &SIGNIFICANCE),
        note: fields.required("note", place, |fields, key| fields.text(&[key]))?,
    })
}

fn ask(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Ask> {
    let text = fields.required("text", place, |fields, key| fields.text(&[key]))?;
    let options = Some(fields.lines("options")).filter(|options| !options.is_empty());
    Some(Ask {
        text,
        options: options.unwrap_or_else(|| OPTIONS.map(Text::line).to_vec()),
        recommended: fields.line("recommended"),
        by: fields.date(&["by"]),
    })
}

fn point(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Point> {
    Some(Point {
        text: fields.required("text", place, |fields, key| fields.text(&[key]))?,
        usage: fields.word("use", &USES).unwrap_or_else(|| Text::line("make")),
        claims: fields.refs(&["claims"]),
    })
}

/// The annexes; their files are named from the folder of the file that lists them.
fn tabs(fields: &mut Fields<'_, '_>, parts: &[Option<Part<'_>>]) -> Vec<Tab> {
    let folder = parts.iter().flatten().find(|part| part.node.at("tabs").is_some()).map(|part| part.folder);
    let folder = folder.unwrap_or_default();
    fields.each("tabs", "file", |fields, place| {
        let file = fields.required("file", place, Fields::line)?;
        let Some(path) = paths::join(folder, &file) else {
            let problem = Problem::error(place.clone(), format!("`{file}` is outside the library"));
            fields.problems.push(problem.help("move the annex into the library"));
            return None;
        };
        let title = fields.line("title");
        let title = title.unwrap_or_else(|| Text::line(&heading::words(paths::stem(&path))));
        Some(Tab { label: fields.line("label"), title, file: path, briefing: None })
    })
}

fn stamp_of(parts: &Parts<'_>, all: &[Option<Part<'_>>]) -> u64 {
    let shown: Vec<String> = all.iter().flatten().map(|part| part.node.shown()).collect();
    let (size, modified) = (parts.size.to_le_bytes(), parts.modified.to_le_bytes());
    let mut bytes: Vec<&[u8]> = vec![&size, &modified];
    bytes.extend(shown.iter().map(String::as_bytes));
    stamp(&bytes)
}
