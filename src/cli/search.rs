//! `dossier search`: the best answers with the sentence around each hit; `dossier index`: the index it needs.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::arguments::{Common, Index, Search as Asked};
use crate::cli::choice::Choice;
use crate::cli::{Outcome, Stop, ansi, json, tell};
use crate::date::Day;
use crate::document::{Inline, Role, plain};
use crate::library::folder::Root;
use crate::library::{Library, open};
use crate::links::Links;
use crate::reading::{Reading, state};
use crate::search::{Complaint, Current, Extract, Hit, Progress, Query, Results, Search, Seen, Wanted};
use crate::store;
use crate::text::Text;

/// Whom an answer is for, and how much of it.
type For<'a> = (&'a Reading, Wanted);

pub fn run(asked: &Asked, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let line = asked.query.join(" ");
    let (query, complaints) = Query::parse(&line, Day::today());
    told(&complaints);
    if asked.explain {
        for condition in query.explain() {
            writeln!(out, "{condition}")?;
        }
        return Ok(Outcome::Fine);
    }
    if query.is_empty() {
        return Err(Stop::usage("nothing was searched"));
    }
    let choice = Choice::new(common.library.as_deref())?;
    let root = choice.open()?;
    let wanted = Wanted { hits: asked.limit, ..Wanted::default() };
    let reading = reading(&query, &root)?;
    let results = match at_once(&query, &root, asked.fresh, (&reading, wanted)) {
        Some(results) => results,
        None => answered(&query, root, (&reading, wanted))?,
    };
    if asked.json {
        json::write_rows(results.hits.iter().map(object), out)?;
    } else {
        print(&results, &choice, common, out)?;
    }
    if results.hits.is_empty() && !asked.json && stderr().is_terminal() {
        tell(format!("nothing found; `dossier show 'search:{}'` tells what is near", Text::line(&line)));
    }
    Ok(if results.hits.is_empty() { Outcome::Wanting } else { Outcome::Fine })
}

/// What the reader read, starred and noted, where `query` asks for it. It is looked at and left as it is.
pub fn reading(query: &Query, root: &Root) -> Result<Reading, Stop> {
    match store::state(root).filter(|_| query.is_personal()) {
        Some(file) => state::look(&file).map(|state| state.reading).map_err(Stop::usage),
        None => Ok(Reading::default()),
    }
}

/// The answer of the index as it was left, if the library is still what was indexed.
fn at_once(query: &Query, root: &Root, fresh: bool, (reading, wanted): For<'_>) -> Option<Results> {
    let cache = store::cache(root)?;
    Current::open(root, &cache, fresh)?.find(query, reading, wanted)
}

/// The answer after the index was brought up to the library.
fn answered(query: &Query, root: Root, (reading, wanted): For<'_>) -> Result<Results, Stop> {
    let (library, links, mut search) = refreshed(root)?;
    let find = |search: &Search| search.find(query, &library.root, reading, wanted);
    if let Ok(results) = find(&search) {
        return Ok(results);
    }
    // A part of the index is damaged, which is known now.
    search.refresh(&library, &links, &mut |_| true).map_err(Stop::usage)?;
    find(&search).map_err(Stop::usage)
}

pub fn index(asked: &Index, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let choice = Choice::new(common.library.as_deref())?;
    let root = choice.open()?;
    let cache = store::cache(&root).ok_or_else(|| {
        Stop::usage(
            "index: nothing of this library is kept, so it cannot be indexed beforehand; `dossier search` makes what it needs",
        )
    })?;
    if asked.rebuild {
        Search::forget(&root, &cache).map_err(Stop::usage)?;
    }
    let count = match Current::open(&root, &cache, true).map(|current| current.len()) {
        Some(count) => count,
        None => refreshed(root)?.2.len(),
    };
    writeln!(out, "{count} records are indexed in {}", Text::line(&cache.to_string_lossy()))?;
    Ok(Outcome::Fine)
}

/// The links of `library` with those of its texts, by which the index knows whom a text names.
pub fn whole(library: &Library) -> Links {
    Links::whole(library, store::cache(&library.root).as_deref(), &|| {})
}

/// The library at `root`, its links, and its search, brought up to date and remembered as such.
fn refreshed(root: Root) -> Result<(Library, Links, Search), Stop> {
    let seen = Seen::look(&root);
    let cache = store::cache(&root);
    let library = open(root, cache.as_deref());
    // Whom a text names is found where it is read for its words: no text is read twice.
    let links = Links::new(&library);
    let (search, busy) = brought(&library, &links, cache.as_deref())?;
    if busy {
        tell("another dossier is indexing this library; what is new may not be found yet");
    } else {
        search.note(&seen);
    }
    Ok((library, links, search))
}

/// The search of `library`, brought up to date; in memory while another program is at the one that is kept.
pub fn of(library: &Library, links: &Links) -> Result<Search, Stop> {
    match brought(library, links, store::cache(&library.root).as_deref())? {
        (search, false) => Ok(search),
        (_, true) => brought(library, links, None).map(|(search, _)| search),
    }
}

/// The search of `library`, kept in `cache`, brought up to date unless another program is at it; how far it is
/// stands on a terminal's last line.
fn brought(library: &Library, links: &Links, cache: Option<&Path>) -> Result<(Search, bool), Stop> {
    let mut search = Search::open(library, cache).map_err(Stop::usage)?;
    let watched = stderr().is_terminal();
    let mut shown = false;
    let mut progress = |it: Progress| {
        if watched && it.total > 1000 && it.done.is_multiple_of(100) {
            shown = true;
            // What cannot be told is no reason to stop.
            let _ = write!(stderr(), "\rindexing {} of {}", it.done, it.total);
        }
        true
    };
    let refreshed = search.refresh(library, links, &mut progress).map_err(Stop::usage)?;
    if shown {
        writeln!(stderr())?;
    }
    Ok((search, refreshed.busy))
}

/// What in the query does not mean what it seems to; the rest is searched all the same.
pub fn told(complaints: &[Complaint]) {
    for complaint in complaints {
        tell(Text::line(&complaint.to_string()));
    }
}

/// To a terminal a heading for each record and its extracts below; to a pipe one line an extract, `PATH:LINE: TEXT`.
fn print(results: &Results, choice: &Choice, common: &Common, out: &mut dyn Write) -> Result<(), Stop> {
    let coloured = ansi::wanted(common.color);
    let grouped = stdout().is_terminal();
    for (nth, hit) in results.hits.iter().enumerate() {
        let path = choice.shown(&hit.file);
        if grouped {
            if nth > 0 {
                writeln!(out)?;
            }
            writeln!(out, "{}", head(hit, coloured))?;
        }
        if hit.extracts.is_empty() && !grouped {
            writeln!(out, "{path}:{}: {}", hit.line, hit.title)?;
        }
        for extract in &hit.extracts {
            // what YAML says of it stands on no line of its text
            let place = if extract.line == 0 { path.to_string() } else { format!("{path}:{}", extract.line) };
            let place = ansi::paint(&place, ansi::role(Role::Quiet), coloured);
            writeln!(out, "{place}: {}", shown(extract, coloured))?;
        }
    }
    let more = results.total.saturating_sub(results.hits.len());
    match more {
        0 => {}
        _ if grouped => writeln!(out, "\nand {more} more; --limit N shows more of them")?,
        // a script counts the lines: what is not among them is said beside them
        _ => tell(format!("{more} more were found; --limit N shows more of them")),
    }
    Ok(())
}

fn head(hit: &Hit, coloured: bool) -> String {
    let beside: Vec<&str> = [&hit.kind, &hit.date].into_iter().flatten().map(Text::as_str).collect();
    let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
    let title = ansi::paint(&hit.title, ansi::role(Role::Heading(1)), coloured);
    let address = ansi::paint(&Text::line(&hit.id.to_string()), ansi::role(Role::Link), coloured);
    format!("{title}{beside} {address}")
}

fn shown(extract: &Extract, coloured: bool) -> String {
    let word = |inline: &Inline| match inline {
        Inline::Role(Role::Match, inner) => ansi::paint(&plain(inner), ansi::role(Role::Match), coloured),
        other => plain(std::slice::from_ref(other)),
    };
    extract.words.iter().map(word).collect()
}

pub fn object(hit: &Hit) -> Value {
    let first = hit.extracts.first();
    json!({
        "address": hit.id.to_string(),
        "title": hit.title,
        "kind": hit.kind,
        "date": hit.date,
        "path": hit.file,
        "score": hit.score,
        "line": hit.line,
        "extract": first.map(|it| plain(&it.words)),
        "extracts": hit.extracts.iter().map(extract).collect::<Vec<_>>(),
    })
}

fn extract(it: &Extract) -> Value {
    json!({"section": it.section, "line": it.line, "text": plain(&it.words)})
}
