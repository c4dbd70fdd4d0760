//! The picture of a page: who stands near an actor or a topic, and when what happened, drawn in characters.
//!
//! Each drawing has its twin in words, which is what a copy holds and what is shown where there is no room.

use super::draft::{Draft, block, list};
use super::row::{event, in_order};
use super::{Context, Page, chart, neighbours, network};
use crate::document::{Block, BlockKind};
use crate::id::{Id, Kind};
use crate::library::record::Event;
use crate::text::Text;

/// Rows that the title and the heading above the network take.
const ABOVE: usize = 6;

/// The picture of `id`, drawn for a page of `columns` by `rows`; none where there is nothing to draw.
pub fn picture(context: Context<'_>, id: &Id, columns: usize, rows: usize) -> Option<Page> {
    let name = match id.kind {
        Kind::Actor | Kind::Topic => context.library.name(id)?.clone(),
        Kind::Timeline => Text::from(id.kind.title()),
        _ => return None,
    };
    let title = Text::line(&format!("Picture: {name}"));
    let mut draft = Draft::new(&title);
    let near = draw_network(&mut draft, context, id, (columns, rows.saturating_sub(ABOVE)));
    let events = draw_events(&mut draft, context, id, columns);
    (near || events).then(|| Page::made(context, id.clone(), title, draft))
}

/// Draws who stands near it, if anyone does.
fn draw_network(draft: &mut Draft, context: Context<'_>, id: &Id, size: (usize, usize)) -> bool {
    let near = if id.kind == Kind::Timeline { Vec::new() } else { neighbours::neighbours(context, id) };
    if near.is_empty() {
        return false;
    }
    let twin = vec![block(BlockKind::Table(neighbours::table(context, &near)))];
    draft.heading(2, "Network");
    draft.drawing(network::draw(context, id, &near, size.0, size.1), twin);
    true
}

/// Draws what happened by month and kind, if anything did.
fn draw_events(draft: &mut Draft, context: Context<'_>, id: &Id, columns: usize) -> bool {
    let events = events(context, id);
    if events.is_empty() {
        return false;
    }
    let rows = events.iter().map(|it| event(context.library, it)).collect();
    let twin: Vec<Block> = vec![block(list(None, rows))];
    draft.counted(2, "Events by month", events.len());
    draft.drawing(chart::draw(&events, context.today, columns), twin);
    true
}

fn events<'a>(context: Context<'a>, id: &Id) -> Vec<&'a Event> {
    let library = context.library;
    if id.kind == Kind::Timeline {
        return in_order(library.events.values());
    }
    let ids = context.citing(id, Kind::Event, |_| true);
    in_order(ids.into_iter().filter_map(|id| library.events.get(&id.slug)))
}
