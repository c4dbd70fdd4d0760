//! The rows at the top and the bottom: where one is, the marking, the keys, a line to type.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::blank;
use super::paint::{fitted, plainer, put};
use crate::document::Role;
use crate::id::Kind;
use crate::text::{Text, width};
use crate::tui::app::{App, Find, Held, Line, Noting, Overlay, Purpose, Sheet, Side};
use crate::tui::keys::{self, Action, Scope};
use crate::tui::panes::Focus;

/// What stands where no marking is known; never to be read as "clear".
const NO_MARKING: &str = "NO MARKING";

/// Columns of the passage that a note is being written on.
const PASSAGE: usize = 24;
/// The fewest columns of it.
const LEAST: usize = 8;

/// The library, where one is, how much is unread, the marking.
pub fn header(app: &App, area: Rect, buffer: &mut Buffer) {
    let style = app.theme.bar();
    blank(buffer, area, style);
    let mut right = marking(app);
    if app.unread > 0 && area.width >= 50 {
        right = format!("{} unread  {right}", app.unread);
    }
    let right = fitted(app.options.ascii, &right, usize::from(area.width));
    let columns = u16::try_from(width(&right)).unwrap_or(area.width).min(area.width);
    let from = (area.width - columns).saturating_sub(u16::from(columns < area.width));
    put(buffer, Rect { x: area.x + from, width: area.width - from, ..area }, &right, style);
    let room = usize::from(from).saturating_sub(3);
    if room >= 4 {
        let left = fitted(app.options.ascii, &whereabouts(app, room), room).into_owned();
        put(buffer, Rect { x: area.x + 1, width: area.width - 1, ..area }, &left, style);
    }
}

/// The marking of what is on screen.
fn marking(app: &App) -> String {
    let page = app.reader.as_ref().filter(|_| !app.panes.page.is_empty());
    let marking = match page {
        Some(reader) => reader.page.marking.as_ref(),
        None => app.held.as_ref().and_then(Held::marking),
    };
    marking.filter(|marking| !marking.is_empty()).map_or(NO_MARKING, Text::as_str).replace('\n', " ")
}

/// `library › section › page`, without the library where there is no room.
fn whereabouts(app: &App, room: usize) -> String {
    let Some(held) = &app.held else {
        return "dossier".to_owned();
    };
    let between = plainer(app.options.ascii, " › ");
    let mut parts = vec![held.library.title.as_str()];
    let folder;
    match &app.reader {
        Some(reader) if !app.panes.page.is_empty() => {
            let id = &reader.page.id;
            let briefing = held.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
            let filed = briefing.and_then(|it| held.library.folders.get(&it.folder));
            folder = filed.filter(|it| !it.path.is_empty()).map(|it| it.title.clone());
            match (&folder, id.kind.is_record()) {
                (Some(folder), _) => parts.push(folder),
                (None, true) => parts.push(id.kind.title()),
                (None, false) => {}
            }
            parts.push(if id.kind == Kind::Home { id.kind.title() } else { &reader.page.title });
        }
        _ => parts.push(app.list.section.title()),
    }
    // The page's own name is worth the most, so what stands before it goes first.
    while parts.len() > 1 && width(&parts.join(between)) > room {
        parts.remove(0);
    }
    parts.join(between)
}

/// The row of keys and the last row. Gives the cursor's place in a line that is typed there.
pub fn footer(app: &App, buffer: &mut Buffer) -> Option<Position> {
    bottom(app, app.panes.bottom, buffer);
    let area = app.panes.keys;
    if let Some(Overlay::Prompt(prompt)) = &app.overlay {
        // Without a row of its own, a line is typed over the last one.
        let area = if area.is_empty() { app.panes.bottom } else { area };
        blank(buffer, area, ratatui::style::Style::new());
        let label = put(buffer, area, prompt.purpose.label(), app.theme.role(Role::Label));
        let rest = Rect { x: area.x + label, width: area.width - label, ..area };
        let room = usize::from(rest.width).saturating_sub(width(prompt.line.text()) + 3);
        let aside = beside_prompt(app, &prompt.purpose, room);
        return line(app, &prompt.line, rest, &aside, buffer);
    }
    if let Some(notice) = &app.notice {
        let text = fitted(app.options.ascii, notice, usize::from(area.width.saturating_sub(1)));
        put(buffer, indent(area), &text, app.theme.role(Role::Status));
    } else {
        hints(app, indent(area), buffer);
    }
    None
}

/// A line being typed, scrolled so that its cursor shows. Gives the cursor's place.
pub fn line(app: &App, line: &Line, area: Rect, aside: &str, buffer: &mut Buffer) -> Option<Position> {
    let (text, column) = (line.text(), line.column());
    if area.is_empty() {
        return None;
    }
    // What stands beside gives way to what is typed.
    let fits = width(text) + width(aside) + 3 <= usize::from(area.width);
    let beside = if fits { u16::try_from(width(aside)).unwrap_or(0) } else { 0 };
    let room = area.width.saturating_sub(if beside > 0 { beside + 2 } else { 1 });
    let hidden = column.saturating_sub(usize::from(room));
    let skipped = crate::text::fit(text, hidden);
    let rest = text.get(skipped.len()..).unwrap_or_default();
    put(buffer, Rect { width: room, ..area }, rest, ratatui::style::Style::new());
    if beside > 0 && room > 0 {
        let x = area.right() - beside;
        put(buffer, Rect { x, width: beside, ..area }, aside, app.theme.role(Role::Quiet));
    }
    let at = u16::try_from(column - width(skipped)).unwrap_or(0).min(area.width - 1);
    Some(Position::new(area.x + at, area.y))
}

fn beside_prompt(app: &App, purpose: &Purpose, room: usize) -> String {
    match purpose {
        Purpose::Find(_) => {
            let find = app.reader.as_ref().and_then(|reader| reader.find.as_ref());
            find.filter(|find| !find.words.is_empty()).map(Find::count).unwrap_or_default()
        }
        Purpose::Filter => format!("{} of {}", app.list.shown, app.list.all),
        Purpose::Note(noting) => beside_note(app, noting, room),
        Purpose::Pipe(_) => "a command, such as lp".to_owned(),
        Purpose::Save(_) | Purpose::Keep(_) => "Enter saves, Esc does not".to_owned(),
        Purpose::Search(_) => found(app),
    }
}

/// What a note is on, and how to choose another passage: as much of it as there is room for.
fn beside_note(app: &App, noting: &Noting, room: usize) -> String {
    let part = |sign| plainer(app.options.ascii, sign);
    let arrows = if app.options.ascii { "Up, Down" } else { "↑ ↓" };
    let passage = &noting.note.passage;
    let on = if passage.is_empty() {
        "on the whole".to_owned()
    } else {
        let columns = PASSAGE.min(room.saturating_sub(5)).max(LEAST);
        let begins = fitted(app.options.ascii, passage, columns);
        format!("on {}{begins}{}", part("“"), part("”"))
    };
    let empty = if noting.old.is_some() { ", empty removes it" } else { "" };
    let whole = [format!("{on}{empty}, {arrows} another"), format!("{on}{empty}"), on.clone()];
    whole.into_iter().find(|it| width(it) <= room).unwrap_or(on)
}

/// How much a query found, or how far the index is.
fn found(app: &App) -> String {
    if let Some(percent) = app.indexing {
        return format!("indexing {percent}%");
    }
    let answers = app.reader.as_ref().and_then(|reader| reader.page.answers.as_ref());
    match answers.map(|it| it.total) {
        None => String::new(),
        Some(1) => "1 result".to_owned(),
        Some(total) => format!("{total} results"),
    }
}

fn indent(area: Rect) -> Rect {
    Rect { x: area.x + u16::from(area.width > 1), width: area.width.saturating_sub(1), ..area }
}

/// The most useful keys for what one is doing; what has been typed of a longer one.
fn hints(app: &App, area: Rect, buffer: &mut Buffer) {
    if !app.typed.is_empty() || !app.digits().is_empty() {
        let typed = format!("{}{}…", app.digits(), keys::shown(&app.typed, app.options.ascii));
        put(buffer, area, &typed, app.theme.role(Role::Status));
        return;
    }
    let hints = keys::hints(app.scope(), useful(app), area.width < 60, app.options.ascii);
    let columns: usize = hints.iter().map(|(key, name)| width(key) + 1 + width(name)).sum();
    let spare = usize::from(area.width).saturating_sub(columns);
    let gap = (spare / hints.len().saturating_sub(1).max(1)).clamp(1, 3);
    let mut x = 0;
    for (key, name) in &hints {
        let needed = u16::try_from(width(key) + 1 + width(name)).unwrap_or(u16::MAX);
        if needed > area.width.saturating_sub(x) {
            break;
        }
        let at = |x: u16| Rect { x: area.x + x, width: area.width.saturating_sub(x), ..area };
        x += put(buffer, at(x), key, app.theme.role(Role::Marking)) + 1;
        x += put(buffer, at(x), name, app.theme.role(Role::Quiet));
        x += u16::try_from(gap).unwrap_or(1);
    }
}

/// What one is most likely to want next.
fn useful(app: &App) -> &'static [Action] {
    let scope = app.scope();
    let Some(reader) = app.reader.as_ref().filter(|_| scope == Scope::Page && app.focus == Focus::Page)
    else {
        return keys::useful(scope);
    };
    let drawn = matches!(reader.page.id.kind, Kind::Actor | Kind::Topic | Kind::Timeline);
    match (reader.side, reader.sheet.link) {
        _ if reader.page.answers.is_some() => keys::ON_RESULTS,
        (_, None) if app.on_trail().is_some() => keys::ON_HIT,
        (Side::Picture, _) => keys::IN_PICTURE,
        (_, Some(_)) => keys::ON_LINK,
        (_, None) if reader.sheet.slides() => keys::ON_SLIDING,
        (_, None) if reader.sheet.folds() => keys::ON_FOLDED,
        (Side::Page, None) if drawn => keys::ON_DRAWN,
        (_, None) => keys::useful(scope),
    }
}

/// The marking and the position.
fn bottom(app: &App, area: Rect, buffer: &mut Buffer) {
    let style = app.theme.bar();
    blank(buffer, area, style);
    let marking = marking(app);
    let room = usize::from(area.width.saturating_sub(2));
    let left = fitted(app.options.ascii, &marking, room).into_owned();
    put(buffer, indent(area), &left, style);
    let whole = progress(app);
    let fits = |words: &String| width(&left) + 2 + width(words) <= room;
    let position = [columns(app) + &whole, whole].into_iter().find(fits).unwrap_or_else(|| position(app));
    if width(&left) + 2 + width(&position) <= room {
        let columns = u16::try_from(width(&position)).unwrap_or(0);
        let x = area.right().saturating_sub(columns + 1);
        put(buffer, Rect { x, width: area.right() - x, ..area }, &position, style);
    }
}

/// Says over the last row of a picture that the library is still being opened.
pub fn opening(app: &App, area: Rect, buffer: &mut Buffer) {
    let words = plainer(app.options.ascii, "  opening ");
    let columns = u16::try_from(width(words)).unwrap_or(area.width).min(area.width);
    let area = Rect { x: area.right() - columns, width: columns, ..area };
    blank(buffer, area, app.theme.bar());
    put(buffer, area, words, app.theme.bar());
}

/// `columns 41-120 of 143`, where something is wider than the window.
fn columns(app: &App) -> String {
    let sheet = app.reader.as_ref().filter(|_| app.focus == Focus::Page).map(|reader| &reader.sheet);
    let seen = sheet.and_then(Sheet::seen);
    seen.map(|(seen, all)| format!("columns {}-{} of {all}   ", seen.start + 1, seen.end)).unwrap_or_default()
}

/// What goes on in the background, and where one is.
fn progress(app: &App) -> String {
    if app.checking {
        return format!("looking for changes   {}", position(app));
    }
    match (app.gathering, app.indexing) {
        (Some(percent), _) => format!("gathering mentions {percent}%   {}", position(app)),
        (None, Some(percent)) => format!("indexing {percent}%   {}", position(app)),
        (None, None) => position(app),
    }
}

/// `line 12 of 240  31%`, with the count of what was found.
fn position(app: &App) -> String {
    if app.focus == Focus::List {
        let list = &app.list;
        return format!("{} of {}", (list.selected + 1).min(list.rows.len()), list.rows.len());
    }
    let Some(reader) = &app.reader else {
        return String::new();
    };
    let sheet = &reader.sheet;
    let lines = sheet.len();
    let (here, percent) = ((sheet.here + 1).min(lines), reader.percent());
    let line = match (reader.is_beginning(), sheet.is_counted()) {
        (false, true) => format!("line {here} of {lines}  {percent}%"),
        // the numbers of the rows are not known yet
        (true, _) => format!("line {here}  {percent}% …"),
        (false, false) => format!("{percent}% …"),
    };
    match &reader.find {
        Some(find) => match app.on_trail() {
            Some((nth, all)) => format!("{} in result {nth} of {all}  {line}", find.count()),
            None => format!("{}  {line}", find.count()),
        },
        None => line,
    }
}
