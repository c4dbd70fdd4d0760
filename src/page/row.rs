//! Rows: how a record is named in one line wherever a page lists it.
//!
//! The name is a link; what helps to choose stands beside it in words, never in codes.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::draft::Row;
use super::words::{count, credibility, host, reliability, words};
use super::{Context, fallen};
use crate::date::{Date, Day};
use crate::document::{Inline, Role, Target};
use crate::id::{Id, Kind};
use crate::library::record::{Actor, Briefing, Claim, Event, Ref, Source};
use crate::library::{Library, Mark};
use crate::links::Relation;
use crate::text::Text;

/// States of a claim that nobody should rely on yet.
const CONTESTED: [&str; 4] = ["disputed", "denied", "unresolved", "alleged"];

/// How contested a claim is, the most first; `None` if it is not.
pub fn contested(claim: &Claim) -> Option<usize> {
    let status = claim.status.as_deref()?;
    CONTESTED.iter().position(|it| *it == status)
}

/// Whether the event is still to come.
pub fn is_planned(event: &Event, today: Day) -> bool {
    let later = event.date.as_ref().and_then(|date| date.earliest).is_some_and(|day| day > today);
    later || event.status.as_deref() == Some("planned")
}

pub fn quiet(text: impl Into<Text>) -> Inline {
    Inline::role(Role::Quiet, text)
}

/// What helps to find one's way in the library; see [`Role::Aid`].
pub fn help(text: impl Into<Text>) -> Inline {
    Inline::role(Role::Aid, text)
}

/// As [`help`], of a whole row.
pub fn aid(row: Row) -> Row {
    if row.is_empty() { row } else { vec![Inline::Role(Role::Aid, row)] }
}

/// A link to the record, by its name.
pub fn link(library: &Library, id: &Id) -> Inline {
    match library.name(id) {
        Some(name) => Inline::page(id.clone(), name.clone()),
        None if !id.kind.has_slug() => Inline::page(id.clone(), id.kind.title()),
        None => Inline::text(Text::line(&id.to_string())),
    }
}

/// A reference by the name of what it means; as written if it means nothing here.
pub fn reference(library: &Library, written: &Ref) -> Inline {
    match &written.id {
        Some(id) => link(library, id),
        None => Inline::text(Text::line(&written.text)),
    }
}

/// References with commas between.
pub fn references(library: &Library, written: &[Ref]) -> Row {
    joined(written.iter().map(|it| reference(library, it)), ", ")
}

/// Inlines with `between` between.
pub fn joined(inlines: impl Iterator<Item = Inline>, between: &str) -> Row {
    let mut row = Row::new();
    for inline in inlines {
        if !row.is_empty() {
            row.push(Inline::text(between));
        }
        row.push(inline);
    }
    row
}

/// ` (…)` after a name, of the parts that are not empty; statuses keep their role.
pub fn aside(parts: Vec<Row>) -> Row {
    let mut row = Row::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        row.push(quiet(if row.is_empty() { " (" } else { ", " }));
        row.extend(part);
    }
    if !row.is_empty() {
        row.push(quiet(")"));
    }
    row
}

/// A part of an [`aside`], from a text that may be missing.
pub fn part(text: Option<&Text>) -> Row {
    text.map(|text| quiet(Text::line(text))).into_iter().collect()
}

pub fn coded(code: Option<&Text>) -> Row {
    code.map(|code| quiet(words(code))).into_iter().collect()
}

pub fn status(code: Option<&Text>) -> Row {
    code.map(|code| Inline::role(Role::Status, words(code))).into_iter().collect()
}

pub fn dated(date: Option<&Date>) -> Row {
    date.map(|date| quiet(date.written.clone())).into_iter().collect()
}

/// The sources that stand behind something: ` [Reuters 2025-06-23, CNBC 2025-01-23]`.
pub fn backed(library: &Library, sources: &[Ref]) -> Row {
    if sources.is_empty() {
        return Row::new();
    }
    let mut row = vec![quiet(" [")];
    row.extend(joined(sources.iter().map(|it| citation(library, it)), ", "));
    row.push(quiet("]"));
    row
}

/// A source as briefly as it can be told from others: who published it, and when.
fn citation(library: &Library, written: &Ref) -> Inline {
    let found = written.id.as_ref().and_then(|id| library.sources.get(&id.slug));
    let Some((source, publisher)) = found.and_then(|it| Some((it, it.publisher.as_ref()?))) else {
        return reference(library, written);
    };
    let date = source.date.as_ref().map(|date| format!(" {date}")).unwrap_or_default();
    Inline::page(source.id.clone(), Text::line(&format!("{publisher}{date}")))
}

/// A date before a row that is in order of dates.
pub fn lead(date: Option<&Date>) -> Row {
    let Some(date) = date else { return Row::new() };
    vec![Inline::role(Role::Label, date.written.clone()), Inline::text(" ")]
}

/// A sentence after a name: `: text`.
pub fn saying(text: Option<&Text>) -> Row {
    text.map(|text| Inline::text(format!(": {}", Text::line(text)))).into_iter().collect()
}

pub fn briefing(context: Context<'_>, it: &Briefing) -> Row {
    briefing_with(context, it, Row::new())
}

/// A briefing where its folder stands above.
pub fn filed(context: Context<'_>, it: &Briefing) -> Row {
    told(context, it, &[Mark::Status, Mark::Date, Mark::Folder], Row::new())
}

/// A briefing and what else is to be said of it in the same brackets.
pub fn briefing_with(context: Context<'_>, it: &Briefing, more: Row) -> Row {
    told(context, it, &[Mark::Status, Mark::Date], more)
}

fn told(context: Context<'_>, it: &Briefing, shown: &[Mark], more: Row) -> Row {
    let mut row = lead(it.date.as_ref());
    row.push(link(context.library, &it.id));
    let unsettled = it.status.as_ref().filter(|status| !matches!(status.as_str(), "final" | "cleared"));
    let annex = context.links.to(&it.id).any(|link| link.relation == Relation::Annex);
    let annex = annex.then(|| quiet("annex")).into_iter().collect();
    let apart = apart(context.library, &it.id, shown);
    row.extend(aside(vec![apart, coded(it.kind.as_ref()), annex, status(unsettled), more]));
    row
}

/// What tells it from others of the same title, beyond what is `shown`.
pub fn apart(library: &Library, id: &Id, shown: &[Mark]) -> Row {
    library.apart(id, shown).map(quiet).into_iter().collect()
}

pub fn claim(library: &Library, it: &Claim) -> Row {
    let who = it.claimant.iter().map(|who| reference(library, who)).collect();
    let mut row = vec![link(library, &it.id)];
    row.extend(aside(vec![
        status(it.status.as_ref()),
        who,
        dated(it.date.as_ref()),
        fallen::mark(library, it),
    ]));
    row
}

/// A claim where it is plain who makes it.
pub fn claim_made(library: &Library, it: &Claim) -> Row {
    let mut row = lead(it.date.as_ref());
    row.push(link(library, &it.id));
    row.extend(aside(vec![status(it.status.as_ref()), fallen::mark(library, it)]));
    row
}

pub fn event(library: &Library, it: &Event) -> Row {
    event_with(library, it, Vec::new())
}

/// An event and what else is to be said of it in the same brackets.
pub fn event_with(library: &Library, it: &Event, more: Vec<Row>) -> Row {
    let mut row = lead(it.date.as_ref());
    row.push(link(library, &it.id));
    let unsettled = it.status.as_ref().filter(|status| status.as_str() != "confirmed");
    let apart = apart(library, &it.id, &[Mark::Date]);
    let own = [apart, coded(it.classification.as_ref()), status(unsettled)];
    row.extend(aside(own.into_iter().chain(more).collect()));
    row
}

pub fn source(library: &Library, it: &Source) -> Row {
    let grade = it.reliability.iter().map(|letter| quiet(reliability(letter))).collect();
    let mut row = vec![link(library, &it.id)];
    let apart = apart(library, &it.id, &[Mark::Kind, Mark::Date]);
    row.extend(aside(vec![part(it.publisher.as_ref()), dated(it.date.as_ref()), apart, grade, fallen(it)]));
    row
}

/// That a source is not what it was: withdrawn, corrected, unavailable.
pub fn fallen(it: &Source) -> Row {
    let status = it.status.as_ref().filter(|status| status.as_str() != "current");
    status.map(|status| Inline::role(Role::Warning, words(status))).into_iter().collect()
}

/// A source by reference, as a row of its own with where to find it.
pub fn cited(library: &Library, written: &Ref) -> Row {
    let found = written.id.as_ref().and_then(|id| library.sources.get(&id.slug));
    let Some(it) = found else { return vec![reference(library, written)] };
    let mut row = source(library, it);
    if let Some(url) = &it.url {
        row.push(Inline::text(" "));
        row.push(web(url));
    }
    row
}

/// A link outside, shown by its host.
pub fn web(url: &Text) -> Inline {
    Inline::link(Target::Web(url.clone()), vec![Inline::text(host(url))])
}

/// How firm a piece of evidence is: the source's letter and the information's figure, in words.
pub fn grade(source: Option<&Source>, figure: Option<u8>) -> Row {
    let letter = source.and_then(|it| it.reliability.as_ref()).map(|letter| reliability(letter));
    let about_source = letter.map(|told| match told.strip_prefix("reliability ") {
        Some(unknown) => format!("reliability of the source {unknown}"),
        None => format!("source {told}"),
    });
    let about_fact = figure.map(|figure| match figure {
        1..=5 => format!("information {}", credibility(figure)),
        _ => credibility(figure).to_owned(),
    });
    joined(about_source.into_iter().chain(about_fact).map(quiet), "; ")
}

pub fn actor(library: &Library, it: &Actor) -> Row {
    let mut row = vec![link(library, &it.id)];
    row.extend(aside(vec![apart(library, &it.id, &[])]));
    match &it.summary {
        Some(summary) => row.extend(saying(Some(summary))),
        None => row.extend(aside(vec![coded(it.classification.as_ref())])),
    }
    row
}

/// The briefings that stand on their own: all but the annexes of another.
pub fn standing(library: &Library) -> impl Iterator<Item = &Briefing> {
    let tabs = library.briefings.values().flat_map(|it| &it.tabs);
    let annexes: HashSet<&Id> = tabs.filter_map(|tab| tab.briefing.as_ref()).collect();
    library.briefings.values().filter(move |it| !annexes.contains(&*it.id))
}

/// The briefings, the newest first, those without a date last.
pub fn newest<'a>(briefings: impl Iterator<Item = &'a Briefing>) -> Vec<&'a Briefing> {
    let mut sorted: Vec<&Briefing> = briefings.collect();
    sorted.sort_by(|a, b| order(a).cmp(&order(b)));
    sorted
}

fn order(it: &Briefing) -> (Reverse<Option<Day>>, &Text) {
    (Reverse(it.date.as_ref().and_then(|date| date.earliest)), &it.title)
}

/// The events in the order of their dates, those without one last.
pub fn in_order<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<&'a Event> {
    let mut sorted: Vec<&Event> = events.collect();
    let day = |it: &Event| it.date.as_ref().and_then(|date| date.earliest);
    sorted.sort_by(|a, b| {
        let key = (day(a).is_none(), day(a)).cmp(&(day(b).is_none(), day(b)));
        key.then_with(|| a.name.cmp(&b.name))
    });
    sorted
}

/// The briefings that refer to `id`, the newest first.
pub fn briefings_on(context: Context<'_>, id: &Id) -> Vec<Row> {
    let ids = context.citing(id, Kind::Briefing, |_| true);
    let found = ids.into_iter().filter_map(|id| context.library.briefings.get(&id.slug));
    newest(found).into_iter().map(|it| briefing(context, it)).collect()
}

/// A count of records that leads to their list.
pub fn tally(number: usize, one: &str, list: Kind) -> Option<Inline> {
    (number > 0).then(|| Inline::page(Id::page(list), count(number, one)))
}
