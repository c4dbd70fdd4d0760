//! A briefing: in its first rows what a reader must know, then its text, then what stands behind it.

use std::collections::HashSet;

use super::body::{self, Body, Names};
use super::draft::{Draft, Row, block, item};
use super::field::Fields;
use super::group::grouped;
use super::notes::Noted;
use super::row::{aside, cited, event, help, in_order, joined, link, quiet, reference, saying, status};
use super::within::Within;
use super::words::{capital, host, usage, words};
use super::{BODY, Context, Page, aside as margin, event as events, fallen};
use crate::date::Date;
use crate::document::notes::{Numbers, is_note};
use crate::document::passages::{Passage, passages};
use crate::document::{Block, BlockKind, Document, Field, Inline, Item, Role, Target, parse, web};
use crate::id::{Id, Kind};
use crate::library::record::{Ask, Briefing, Change, Event, Point, Ref, Tab};
use crate::links::Relation;
use crate::pack;
use crate::reading::Summed;
use crate::text::{Text, fold};

/// Keys under which other tools keep where a text stood first, or where it is: a post that is only a link.
const ORIGINAL: [&str; 6] =
    ["source_url", "canonical_url", "original_url", "external_url", "externalUrl", "redirect_to"];
/// And where it is talked about.
const DISCUSSION: [&str; 2] = ["discussions-to", "discussion_url"];

/// The bytes of a text that is still compared with what it was.
const COMPARED: usize = 512 << 10;

/// Blocks of a text that are shown together by who writes it out a piece at a time.
const PIECE: usize = 8;

pub fn briefing(context: Context<'_>, it: &Briefing) -> Page {
    let mut body = body::body(context, it);
    let named = std::mem::take(&mut body.named);
    let within = Within::new(it, &named);
    let behind = behind(context, it, &within).blocks(body.places.end..usize::MAX);
    Page { of_texts: within.has_subjects(), ..page(context, it, body, &within, behind) }
}

/// The beginning of a long one; what stands behind its text comes with the rest.
pub fn beginning(context: Context<'_>, it: &Briefing) -> Option<Page> {
    let (mut body, size) = body::beginning(context, it)?;
    let named = std::mem::take(&mut body.named);
    let within = Within::new(it, &named);
    Some(Page { beginning: Some(size), ..page(context, it, body, &within, Vec::new()) })
}

/// The page of a text that names nobody, a piece at a time, the footnotes last: who writes its rows out need not hold it
/// whole. No row shows where a link of it leads, or the anchor of a heading: these are not known.
pub fn pieces(context: Context<'_>, it: &Briefing, text: &str, take: &mut dyn FnMut(Document)) {
    let (mut begun, mut numbers, mut notes) = (false, Numbers::default(), Vec::new());
    parse::read(text, PIECE, &mut |blocks| {
        let mut piece = Document { blocks };
        if !std::mem::replace(&mut begun, true) {
            let bluf = body::opening(it, &mut piece);
            take(Document { blocks: head(context, it, bluf).blocks(0..BODY) });
        }
        notes.extend(piece.blocks.extract_if(.., |block| is_note(block)));
        piece.blocks.iter_mut().for_each(|block| numbers.text(block));
        take(piece);
    });
    let named = Names::default();
    take(Document { blocks: behind(context, it, &Within::new(it, &named)).blocks(0..usize::MAX) });
    numbers.notes(notes.iter_mut().collect());
    take(Document { blocks: notes });
}

fn page(context: Context<'_>, it: &Briefing, body: Body, within: &Within<'_>, behind: Vec<Block>) -> Page {
    let Body { bluf, blocks: text, places, .. } = body;
    let noted = Noted::new(context, &it.id, &text);
    let passages = if places.len() > COMPARED { Vec::new() } else { summed(&text) };
    // a long text has many blocks: they stay where they are
    let mut blocks = text;
    blocks.splice(0..0, head(context, it, bluf).blocks(0..BODY));
    blocks.extend(behind);
    Page {
        aside: margin::briefing(context, it, within, &noted),
        marking: it.marking.clone(),
        body: Some(places),
        passages,
        notes: noted.places(),
        ..Page::new(Id::clone(&it.id), it.title.clone(), Document { blocks })
    }
}

/// The passages of a text with what they are known by.
fn summed(text: &[Block]) -> Vec<Summed> {
    let sum = |it: &Passage<'_>| Summed { at: it.at, sum: pack::sum(it.words().as_bytes()) };
    passages(text).iter().map(sum).collect()
}

fn head(context: Context<'_>, it: &Briefing, bluf: Row) -> Draft {
    let mut draft = Draft::new(&it.title);
    warnings(&mut draft, context, it);
    fallen::warn_briefing(&mut draft, context.library, it);
    draft.fields(fields(context, it));
    if !bluf.is_empty() {
        draft.paragraph(std::iter::once(Inline::strong("Bottom line: ")).chain(bluf).collect());
    }
    for ask in &it.asks {
        draft.block(decision(context, it, ask));
    }
    draft
}

fn warnings(draft: &mut Draft, context: Context<'_>, it: &Briefing) {
    for id in context.citing(&it.id, Kind::Briefing, |relation| relation == Relation::Supersedes) {
        let newer = context.library.briefings.get(&id.slug);
        let mut row = vec![Inline::text("SUPERSEDED by "), link(context.library, id)];
        row.extend(newer.and_then(|it| it.date.as_ref()).map(|date| Inline::text(format!(" ({date})"))));
        draft.warning(row);
    }
    if let Some(date) = it.review_by.as_ref().filter(|date| is_before(date, context)) {
        draft.warning(vec![Inline::text(format!("STALE: it was to be reviewed by {date}"))]);
    }
    if it.chatham_house {
        draft.warning(vec![Inline::text(
            "CHATHAM HOUSE RULE: use what was said, but do not tell who said it or who was there",
        )]);
    }
}

fn is_before(date: &Date, context: Context<'_>) -> bool {
    date.latest.is_some_and(|day| day < context.today)
}

fn fields(context: Context<'_>, it: &Briefing) -> Vec<Field> {
    let library = context.library;
    let whole = context.citing(&it.id, Kind::Briefing, |relation| relation == Relation::Annex);
    // that there is none is said above and below every page
    let marking = it.marking.iter().map(|marking| Inline::role(Role::Marking, marking.clone()));
    Fields::default()
        .row("Marking", marking.collect())
        .code("Kind", it.kind.as_ref())
        .row("Date", dates(it))
        .row("Status", state(context, it))
        .all("From", library, &it.from)
        .all("To", library, &it.to)
        .row("Priority", urgency(it))
        .row("Annex of", joined(whole.into_iter().map(|id| link(library, id)), ", "))
        .row("Original", elsewhere(it, &ORIGINAL))
        .row("Discussion", elsewhere(it, &DISCUSSION))
        .done()
}

/// The address that a key of another tool holds: what such a file leaves to be read elsewhere.
fn elsewhere(it: &Briefing, keys: &[&str]) -> Row {
    let known = |key: &Text| keys.iter().any(|known| key.eq_ignore_ascii_case(known));
    let found = it.extra.iter().filter(|extra| known(&extra.key)).map(|extra| Text::line(&extra.value));
    let found = found.into_iter().find(|value| web::ascii(value).is_some());
    let link = |address: Text| {
        let shown = vec![Inline::text(host(&address))];
        Inline::link(Target::Web(address), shown)
    };
    found.map(link).into_iter().collect()
}

fn dates(it: &Briefing) -> Row {
    let mut row: Row = it.date.iter().map(|date| Inline::text(date.written.clone())).collect();
    if let Some(date) = &it.as_of {
        let joint = if row.is_empty() { "" } else { ", " };
        row.push(quiet(format!("{joint}information as of {date}")));
    }
    row
}

fn state(context: Context<'_>, it: &Briefing) -> Row {
    let mut row = status(it.status.as_ref());
    if let Some(version) = &it.version {
        let joint = if row.is_empty() { "" } else { ", " };
        row.push(quiet(format!("{joint}version {version}")));
    }
    if let Some(date) = it.review_by.as_ref().filter(|date| !is_before(date, context)) {
        let joint = if row.is_empty() { "" } else { ", " };
        row.push(quiet(format!("{joint}to be reviewed by {date}")));
    }
    row
}

fn urgency(it: &Briefing) -> Row {
    let mut row: Row = it.priority.iter().map(|it| Inline::role(Role::Status, it.word())).collect();
    if let Some(date) = &it.needed_by {
        let joint = if row.is_empty() { "" } else { ", " };
        row.push(Inline::text(format!("{joint}needed by {date}")));
    }
    row
}

/// The decision asked for, with a box to tick for each option.
fn decision(context: Context<'_>, it: &Briefing, ask: &Ask) -> BlockKind {
    let mut title = vec![Inline::text("Decision asked")];
    if let Some(date) = ask.by.as_ref().or(it.needed_by.as_ref()) {
        title.push(Inline::text(format!(" by {date}")));
        if is_before(date, context) {
            title.push(Inline::role(Role::Warning, " (past)"));
        }
    }
    let recommended = ask.recommended.as_ref().map(|option| Text::line(option));
    let among = |option: &Text| recommended.as_ref().is_some_and(|it| fold(it) == fold(option));
    let boxes = ask.options.iter().map(|option| tick_box(option, among(option))).collect();
    let mut blocks = vec![
        block(BlockKind::Paragraph(vec![Inline::text(Text::line(&ask.text))])),
        block(BlockKind::List { start: None, tight: true, items: boxes }),
    ];
    if let Some(other) = recommended.as_ref().filter(|_| !ask.options.iter().any(among)) {
        let told = vec![Inline::role(Role::Label, "Recommended: "), Inline::text(other.clone())];
        blocks.push(block(BlockKind::Paragraph(told)));
    }
    BlockKind::Panel { title, blocks }
}

fn tick_box(option: &Text, recommended: bool) -> Item {
    let mut row = vec![Inline::text(Text::line(option))];
    row.extend(recommended.then(|| Inline::role(Role::Label, " (recommended)")));
    Item { done: Some(false), ..item(row) }
}

/// What stands behind the text.
fn behind(context: Context<'_>, it: &Briefing, within: &Within<'_>) -> Draft {
    let library = context.library;
    let mut draft = Draft::default();
    draft.groups("Talking points", points(context, &it.points));
    draft.section("Annexes", it.tabs.iter().map(tab).collect());
    draft.section("Claims", claims(it).into_iter().map(|it| events::claimed(context, it)).collect());
    draft.section("Timeline", timeline(context, &it.events));
    let sources: Vec<Row> = it.sources.iter().map(|it| cited(library, it)).collect();
    if !sources.is_empty() {
        draft.counted(2, "Sources", sources.len());
        draft.numbered(sources);
    }
    within.write(&mut draft, library, it);
    draft.section("Versions", versions(context, it));
    let also = within.see_also(context, it);
    if !also.is_empty() {
        draft.headed(2, help("See also"), also.len());
        draft.list(also);
    }
    draft
}

fn points(context: Context<'_>, points: &[Point]) -> Vec<(Text, Vec<Row>)> {
    let all: Vec<&Point> = points.iter().collect();
    let groups = grouped(&all, |it| Some(&it.usage), &["make", "if-raised", "ask", "avoid"]);
    let rows = |held: Vec<&Point>| held.into_iter().map(|it| point(context, it)).collect();
    groups.into_iter().map(|(code, held)| (usage(code.unwrap_or_default()), rows(held))).collect()
}

fn point(context: Context<'_>, it: &Point) -> Row {
    let mut row = vec![Inline::text(Text::line(&it.text))];
    for claim in &it.claims {
        row.push(Inline::Break);
        row.push(quiet("Claim: "));
        row.extend(events::claimed(context, claim));
    }
    row
}

fn tab(it: &Tab) -> Row {
    let mut row: Row = it.label.iter().map(|label| Inline::role(Role::Label, format!("{label}: "))).collect();
    row.push(match &it.briefing {
        Some(id) => Inline::page(id.clone(), it.title.clone()),
        None => Inline::text(it.title.clone()),
    });
    if it.briefing.is_none() {
        row.extend(aside(vec![vec![quiet(Text::line(&it.file))]]));
    }
    row
}

/// Its claims and those its points rest on, each once.
pub fn claims(it: &Briefing) -> Vec<&Ref> {
    let all = it.claims.iter().chain(it.points.iter().flat_map(|point| &point.claims));
    let (mut ids, mut texts) = (HashSet::new(), HashSet::new());
    let mut claims = Vec::new();
    for claim in all {
        let new_text = texts.insert(&claim.text);
        if claim.id.as_ref().map_or(new_text, |id| ids.insert(id)) {
            claims.push(claim);
        }
    }
    claims
}

/// Its events in order of time, then those the library does not hold.
fn timeline(context: Context<'_>, events: &[Ref]) -> Vec<Row> {
    let library = context.library;
    let held = |it: &&Ref| it.id.as_ref().and_then(|id| library.events.get(&id.slug));
    let known: Vec<&Event> = in_order(events.iter().filter_map(|it| held(&it)));
    let unknown = events.iter().filter(|it| held(it).is_none());
    let rows = known.into_iter().map(|it| event(library, it));
    rows.chain(unknown.map(|it| vec![reference(library, it)])).collect()
}

/// What each version changed, the newest first, and what this briefing stands in for.
fn versions(context: Context<'_>, it: &Briefing) -> Vec<Row> {
    let mut changes: Vec<&Change> = it.changes.iter().collect();
    changes.sort_by_key(|it| std::cmp::Reverse(it.date.as_ref().and_then(|date| date.earliest)));
    let older = it.supersedes.iter().map(|it| {
        let found = it.id.as_ref().and_then(|id| context.library.briefings.get(&id.slug));
        let mut row = vec![Inline::role(Role::Label, "Supersedes "), reference(context.library, it)];
        row.extend(aside(vec![super::row::dated(found.and_then(|it| it.date.as_ref()))]));
        row
    });
    changes.into_iter().map(change).chain(older).collect()
}

fn change(it: &Change) -> Row {
    let version = it.version.as_ref().map(|version| format!("version {version}"));
    let parts: Vec<String> = version
        .into_iter()
        .chain(it.date.as_ref().map(ToString::to_string))
        .chain(it.significance.as_ref().map(|word| words(word).into_string()))
        .collect();
    let mut row = vec![Inline::role(Role::Label, capital(&parts.join(", ")))];
    row.extend(saying(Some(&it.note)));
    row
}
