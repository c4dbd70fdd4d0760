//! An open page: the place in it, what was found, and the way back.

use std::sync::Arc;

use crate::document::{Block, BlockKind, Document, Inline, Item, Target};
use crate::id::Id;
use crate::layout::{Count, Counted, Heading, LinkAt};
use crate::page::{BODY, Page};
use crate::reading::Changes;
use crate::text::Text;
use crate::tui::app::find::Find;
use crate::tui::app::passage::Chosen;
use crate::tui::app::sheet::{Sheet, Spot};
use crate::tui::panes::{COLUMN, Panes};

/// Which side of a thing is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Page,
    /// Who links to it.
    Linked,
    /// The file it comes from, as it is written.
    Source,
    /// Who stands near it, and when what happened, drawn for the size of the pane.
    Picture,
}

/// An open page.
#[derive(Clone, Debug)]
pub struct Reader {
    pub page: Page,
    pub side: Side,
    pub sheet: Sheet,
    /// What stands beside the page: its outline, then what the page puts beside itself.
    pub aside: Sheet,
    pub find: Option<Find>,
    /// The passage that is meant; see [`Reader::chosen`].
    pub(super) chosen: Option<Chosen>,
    /// What of it is not as it was when it was last read.
    pub changes: Changes,
    /// Which order it was made for; what was ordered earlier does not take its place. Zero where nothing was made.
    pub number: usize,
    /// The columns and rows of the pane when it was made.
    drawn_for: (u16, u16),
}

/// Where the reader was: enough to come back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub id: Id,
    pub side: Side,
    pub top: Spot,
    pub here: Spot,
    /// The selected link and where it leads: the page may have more links when one comes back.
    pub link: Option<(LinkAt, Target)>,
}

impl Reader {
    pub fn new(page: Page, side: Side, panes: &Panes) -> Self {
        let high = usize::from(panes.column.height);
        let sheet = Sheet::new(Arc::clone(&page.document), panes.room(width(panes)), high);
        let beside = beside(&page, &sheet);
        let margin = panes.margin();
        let aside = Sheet::new(Arc::new(beside), usize::from(margin.width), usize::from(margin.height));
        let drawn_for = (panes.column.width, panes.column.height);
        Self {
            page,
            side,
            sheet,
            aside,
            find: None,
            chosen: None,
            changes: Changes::default(),
            number: 0,
            drawn_for,
        }
    }

    /// Whether it was drawn for a pane of another size. Said once for each size.
    pub fn misfits(&mut self, panes: &Panes) -> bool {
        let pane = (panes.column.width, panes.column.height);
        let drawn = self.side == Side::Picture && !panes.column.is_empty();
        drawn && std::mem::replace(&mut self.drawn_for, pane) != pane
    }

    /// What must be counted behind.
    pub fn to_count(&mut self) -> Vec<Count> {
        [&mut self.sheet, &mut self.aside].into_iter().filter_map(Sheet::to_count).collect()
    }

    /// Takes what was counted.
    pub fn counted(&mut self, counted: &Counted) {
        self.sheet.counted(counted);
        self.aside.counted(counted);
    }

    /// Whether it tells what other texts say.
    pub fn is_of_texts(&self) -> bool {
        self.page.of_texts || self.side != Side::Page
    }

    /// Whether only the beginning of its text is there.
    pub fn is_beginning(&self) -> bool {
        self.page.beginning.is_some()
    }

    /// How far through the page the last row in view is, in percent.
    pub fn percent(&self) -> usize {
        let Some(size) = self.page.beginning else { return self.sheet.percent() };
        let last = self.sheet.rows().end.saturating_sub(1);
        let at = self.sheet.line(last).map_or(0, |line| line.at.saturating_sub(BODY));
        at * 100 / usize::try_from(size).unwrap_or(usize::MAX).max(1)
    }

    /// Takes the sizes of the screen; keeps the place.
    pub fn fit(&mut self, panes: &Panes) {
        let (wide, high) = (usize::from(panes.column.width), usize::from(panes.column.height));
        self.sheet.fit(panes.room(wide), high);
        if let Some(find) = &mut self.find {
            find.show(&self.sheet);
        }
        let margin = panes.margin();
        self.aside.fit(usize::from(margin.width), usize::from(margin.height));
    }

    pub fn visit(&self) -> Visit {
        let (top, here) = (self.sheet.place(), self.sheet.here_place());
        let link = self.sheet.link.zip(self.sheet.target().cloned());
        Visit { id: self.page.id.clone(), side: self.side, top, here, link }
    }

    /// Goes to where `visit` was.
    pub fn restore(&mut self, visit: &Visit) {
        let link = visit.link.as_ref().and_then(|(at, target)| self.sheet.like(target, *at));
        self.sheet.restore(visit.top, visit.here, link);
    }

    /// Stands where `old`, an earlier form of the same page at the same width, stood.
    pub fn stand_as(&mut self, old: Self) {
        self.sheet.stand_as(&old.sheet);
        self.aside.stand_as(&old.aside);
        self.find = old.find;
        if let Some(find) = &mut self.find {
            find.again(&self.sheet);
        }
    }

    /// Stands where `old` stood, the beginning of the same page: places are the same in both.
    pub fn go_on(&mut self, old: Self) {
        self.restore(&old.visit());
        self.find = old.find;
        if let Some(find) = &mut self.find {
            find.again(&self.sheet);
        }
    }
}

/// A page is laid out even while no pane shows it, so that places in it can be gone to.
fn width(panes: &Panes) -> usize {
    match panes.column.width {
        0 => usize::from(panes.header.width).clamp(12, usize::from(COLUMN)),
        wide => usize::from(wide),
    }
}

/// The outline as links, then the page's own aside.
fn beside(page: &Page, sheet: &Sheet) -> Document {
    // The page's title stands above; it is no part of what one jumps to.
    let headings = match sheet.headings() {
        [title, rest @ ..] if title.level == 1 && rest.iter().all(|it| it.level > 1) => rest,
        all => all,
    };
    let mut blocks = Vec::new();
    if !headings.is_empty() {
        blocks.push(Block::new(BlockKind::Paragraph(vec![Inline::strong("Outline")]), 0..0));
        blocks.push(outline(headings, 1));
    }
    let shown = blocks.len();
    for (at, block) in page.aside.blocks.iter().enumerate() {
        blocks.push(Block::new(block.kind.clone(), shown + at..shown + at));
    }
    Document { blocks }
}

/// Headings as a list; those below the first of them in rank lie in lists of their own.
fn outline(headings: &[Heading], at: usize) -> Block {
    let level = headings.iter().map(|it| it.level).min().unwrap_or(1);
    let mut items: Vec<Item> = Vec::new();
    let mut rest = headings;
    while let [first, others @ ..] = rest {
        let below = others.iter().take_while(|it| it.level > level).count();
        let (own, after) = others.split_at(below);
        if first.level > level {
            // A heading of lower rank before any of this one: it and its like stand where they are.
            items.push(outline_item(first, at));
            rest = others;
            continue;
        }
        let mut item = outline_item(first, at);
        if !own.is_empty() {
            item.blocks.push(outline(own, at));
        }
        items.push(item);
        rest = after;
    }
    Block::new(BlockKind::List { start: None, tight: true, items }, at..at)
}

fn outline_item(heading: &Heading, at: usize) -> Item {
    let target = Target::Heading(heading.anchor.clone());
    let inlines = vec![Inline::text(Text::line(&heading.title))];
    let link = BlockKind::Paragraph(vec![Inline::link(target, inlines)]);
    Item { done: None, blocks: vec![Block::new(link, at..at)] }
}
