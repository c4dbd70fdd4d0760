//! A packet: briefings in the order to read them, the urgent ones first said to be so.

use super::draft::{Draft, Row};
use super::field::Fields;
use super::group::grouped;
use super::row::{aside, coded, dated, reference, saying};
use super::words::{capital, count, words};
use super::{Context, Page};
use crate::document::{Field, Inline};
use crate::library::record::{Briefing, Packet, PacketItem};
use crate::marking::strictest;
use crate::text::Text;

pub fn packet(context: Context<'_>, it: &Packet) -> Page {
    let mut draft = Draft::new(&it.title);
    draft.fields(head(it));
    let all: Vec<&PacketItem> = it.items.iter().collect();
    let groups = grouped(&all, |it| it.section.as_ref(), &["urgent", "important", "reading"]);
    let alone = groups.len() == 1;
    for (code, held) in groups {
        let rows: Vec<Row> = held.into_iter().map(|it| row(context, it)).collect();
        if !alone || code.is_some() {
            draft.counted(2, &heading(code), rows.len());
        }
        draft.numbered(rows);
    }
    let mut page = Page::made(context, it.id.clone(), it.title.clone(), draft);
    let parts: Vec<&Briefing> = it.items.iter().filter_map(|it| briefing(context, it)).collect();
    if !parts.is_empty() {
        page.marking = strictest(parts.iter().map(|it| it.marking.as_deref())).map(Text::from);
    }
    page
}

fn head(it: &Packet) -> Vec<Field> {
    Fields::default()
        .text("For", it.reader.as_ref())
        .date("Needed by", it.needed_by.as_ref())
        .row("Holds", vec![Inline::text(count(it.items.len(), "briefing"))])
        .done()
}

fn heading(code: Option<&str>) -> Text {
    match code {
        Some("reading") => Text::from("For reading"),
        Some(code) => capital(&words(code)),
        None => Text::from("Also"),
    }
}

fn briefing<'a>(context: Context<'a>, it: &PacketItem) -> Option<&'a Briefing> {
    context.library.briefings.get(&it.briefing.id.as_ref()?.slug)
}

fn row(context: Context<'_>, it: &PacketItem) -> Row {
    let mut row = vec![reference(context.library, &it.briefing)];
    if let Some(briefing) = briefing(context, it) {
        row.extend(aside(vec![coded(briefing.kind.as_ref()), dated(briefing.date.as_ref())]));
    }
    row.extend(saying(it.note.as_ref()));
    row
}
