//! The list on the left. Only the rows in view are made into text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::paint::{fitted, plainer, put};
use crate::document::Role;
use crate::id::{Id, Kind};
use crate::library::Mark;
use crate::links::Relation;
use crate::reading::Seen;
use crate::text::{Text, shorten, tail, width};
use crate::tui::app::{App, Desk, Row, Section};
use crate::tui::panes::Focus;

/// In a pane of so many columns every date is shown; in a narrower one those that leave the name whole.
const ROOM: usize = 48;
/// In a pane narrower than this no date is shown.
const LEAST: usize = 30;

/// Draws the list. Gives the place of the selected row.
pub fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let focused = app.focus == Focus::List;
    let head = Rect { height: 1, ..area };
    let title =
        fitted(app.options.ascii, &title(app), usize::from(area.width.saturating_sub(1))).into_owned();
    put(buffer, pad(head), &title, app.theme.frame(focused));
    let height = usize::from(area.height).saturating_sub(1);
    let mut cursor = None;
    for (nth, row) in app.list.rows.iter().skip(app.list.top).take(height).enumerate() {
        let y = area.y + 1 + u16::try_from(nth).unwrap_or(0);
        let place = Rect { y, height: 1, ..area };
        let selected = app.list.top + nth == app.list.selected;
        draw_row(app, row, selected, place, buffer);
        if selected {
            cursor = Some(Position::new(place.x, y));
        }
    }
    cursor
}

/// `Briefings 14`, or `Briefings 3 of 14: chip` under a filter.
fn title(app: &App) -> String {
    let list = &app.list;
    let name = list.section.title();
    if list.section == Section::Home && list.filter.is_empty() {
        return name.to_owned();
    }
    if list.filter.is_empty() {
        return format!("{name} ({})", list.all);
    }
    format!("{name}: {} ({} of {})", list.filter, list.shown, list.all)
}

fn draw_row(app: &App, row: &Row, selected: bool, area: Rect, buffer: &mut Buffer) {
    let style = match (selected, app.focus == Focus::List) {
        (true, focused) => app.theme.selected(focused),
        (false, _) => Style::new(),
    };
    if selected {
        super::blank(buffer, area, style);
    }
    let room = usize::from(area.width.saturating_sub(1));
    let (text, aside) = app.desk().map(|desk| words(app, desk, row, room)).unwrap_or_default();
    let weight = if matches!(row, Row::Item { .. }) { Style::new() } else { app.theme.role(Role::Marking) };
    let beside = u16::try_from(width(&aside)).unwrap_or(0);
    let room = room.saturating_sub(if beside > 0 { usize::from(beside) + 1 } else { 0 });
    put(
        buffer,
        Rect { width: area.width.saturating_sub(1), ..area },
        &fitted(app.options.ascii, &text, room),
        weight.patch(style),
    );
    if beside > 0 && beside < area.width {
        let x = area.right() - beside - 1;
        put(buffer, Rect { x, width: beside, ..area }, &aside, app.theme.role(Role::Quiet).patch(style));
    }
}

/// What a row says, and what stands at its right.
fn words(app: &App, desk: Desk<'_>, row: &Row, room: usize) -> (String, String) {
    let ascii = app.options.ascii;
    match row {
        Row::Whole(id) => (format!("{}, as one page", id.kind.title()), String::new()),
        Row::Group { group, count, open } => {
            let fold = plainer(ascii, if *open { "▾" } else { "▸" });
            let (title, depth) =
                app.list.groups.get(*group).map_or(("", 0), |it| (it.title.as_str(), it.depth));
            (format!("{}{fold} {title}", "  ".repeat(depth.min(8))), count.to_string())
        }
        Row::Item { id, depth } => {
            let name = desk.held.library.name(id).map_or(id.slug.as_str(), Text::as_str);
            // The mark stands in the last columns of the indent, under the fold's mark.
            let mark = mark(desk, id, ascii);
            let indent = (2 * (*depth).min(8)).saturating_sub(width(&mark));
            let text = format!("{}{mark}{name}", " ".repeat(indent));
            // A name is worth more than its date, but not more than that it no longer holds or which one it is.
            let (aside, fits) = if let Some(status) = past(desk, id) {
                (status.to_owned(), room >= 2 * status.len())
            } else if let Some(apart) = desk.held.library.apart(id, shown(app.list.section)) {
                (tail(&apart, room / 2, plainer(ascii, "…")).into_owned(), true)
            } else {
                let date = date(desk, id);
                let whole = width(&text) + 1 + width(&date) <= room;
                (date, room >= ROOM || (room >= LEAST && whole))
            };
            (text.replace('\n', " "), if fits { aside } else { String::new() })
        }
    }
}

/// A mark for what is new, changed or starred, and a blank.
fn mark(desk: Desk<'_>, id: &Id, ascii: bool) -> String {
    let briefing = desk.held.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
    let seen = briefing.map(|it| desk.reading.seen(id, it.stamp));
    let star = desk.reading.starred.contains(id).then(|| plainer(ascii, "★"));
    let dot = match seen {
        Some(Seen::New) => Some(plainer(ascii, "●")),
        Some(Seen::Changed) => Some(plainer(ascii, "◐")),
        _ => None,
    };
    match (dot, star) {
        (None, None) if briefing.is_some() => "  ".to_owned(),
        (None, None) => String::new(),
        (dot, star) => format!("{}{} ", dot.unwrap_or_default(), star.unwrap_or_default()),
    }
}

/// Why a briefing no longer holds, if it does not: another stands in its place, or its status says so.
fn past<'a>(desk: Desk<'a>, id: &Id) -> Option<&'a str> {
    let it = desk.held.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing)?;
    let mut to = desk.held.links.to(id);
    it.past().or_else(|| to.any(|it| it.relation == Relation::Supersedes).then_some("superseded"))
}

/// What the heads of a section say of the rows below them.
fn shown(section: Section) -> &'static [Mark] {
    match section {
        Section::Briefings => &[Mark::Status, Mark::Folder],
        Section::Actors => &[Mark::Kind],
        _ => &[Mark::Status],
    }
}

fn date(desk: Desk<'_>, id: &Id) -> String {
    let date =
        desk.held.library.date(id).filter(|_| matches!(id.kind, Kind::Briefing | Kind::Event | Kind::Claim));
    date.map(|date| shorten(&date.written, 10).into_owned()).unwrap_or_default()
}

fn pad(area: Rect) -> Rect {
    Rect { x: area.x + u16::from(area.width > 1), width: area.width.saturating_sub(1), ..area }
}
