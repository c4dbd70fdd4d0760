//! Cards: what a link leads to without leaving the page, and all that is known about a thing.

use super::overlay::{Card, Overlay};
use super::{App, Desk, Effect, Message};
use crate::document::{Block, BlockKind, Document, Field, Inline, Target};
use crate::id::{Id, Kind};
use crate::page::{self, Context};
use crate::text::Text;
use crate::tui::builder::{Built, Order};
use crate::tui::keys::Action;
use crate::tui::panes::Focus;

impl App {
    pub(super) fn act_card(&mut self, order: super::Order) -> Vec<Effect> {
        match order.action {
            Action::Close => self.overlay = None,
            Action::Quit => return self.quit(),
            Action::Open => return self.open_card(),
            action => {
                if let Some(sheet) = self.sheet() {
                    match action {
                        Action::NextLink => sheet.step_link(true),
                        Action::PreviousLink => sheet.step_link(false),
                        _ => super::act::travel(sheet, order),
                    }
                }
            }
        }
        Vec::new()
    }

    /// Opens the link selected in the card, else what the card is about.
    fn open_card(&mut self) -> Vec<Effect> {
        let Some(Overlay::Card(card)) = &self.overlay else {
            return Vec::new();
        };
        if card.sheet.link.is_some() || card.about.is_empty() {
            return self.follow();
        }
        let (about, name) = (card.about.clone(), card.title.clone());
        self.open_one_of(&about, &name)
    }

    /// A card of what the selected link leads to, or the selected row of the list.
    pub(super) fn show_peek(&mut self) {
        let target = self.sheet().and_then(|sheet| sheet.target().cloned());
        let card = match target {
            Some(Target::Page(address)) => self.ask_card(What::Peek(vec![address.id])),
            Some(Target::Named(named)) => self.ask_card(What::Peek(named.ids)),
            Some(Target::Note(label)) => self.peek_note(&label),
            Some(Target::Web(address)) => Some(plain_card("outside this library", &address)),
            Some(Target::Lost(words)) => Some(plain_card("leads nowhere", &words)),
            Some(Target::Path(file)) => {
                let kind = super::file::kind(&file).unwrap_or("a file");
                Some(plain_card(&format!("{kind}, not a page"), &Text::line(&self.whereabouts(&file))))
            }
            Some(Target::Heading(_) | Target::Wiki(_)) => None,
            None => {
                let row = self.list.id().filter(|_| self.focus == Focus::List).cloned();
                row.and_then(|id| self.ask_card(What::Peek(vec![id])))
            }
        };
        match card {
            Some(card) => self.overlay = Some(Overlay::Card(Card { near: self.cursor_row(), ..card })),
            None => self.tell("K shows a record: select a link or a row"),
        }
    }

    /// The card, or one that says that it is still being read.
    fn ask_card(&self, what: What) -> Option<Card> {
        let asked = Asked { number: self.builder.number(), what };
        match self.builder.build(self.desk()?, &asked) {
            Built::Now(card) => card,
            Built::Later(_) => Some(asked.waiting()),
        }
    }

    /// Takes in a card that was late, if it is still waited for.
    pub(super) fn carded(&mut self, asked: &Asked, card: Option<Box<Card>>) {
        let Some(Overlay::Card(open)) = &self.overlay else { return };
        if open.waits_for.as_deref() == Some(asked) {
            let near = open.near;
            self.overlay = card.map(|card| Overlay::Card(Card { near, ..*card }));
        }
    }

    /// What a footnote says.
    fn peek_note(&self, label: &Text) -> Option<Card> {
        let blocks = &self.reader.as_ref()?.page.document.blocks;
        let note = blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Note { label: own, blocks } if own == label => Some(blocks.clone()),
            _ => None,
        });
        Some(Card::small(Text::from(format!("footnote {label}")), Document { blocks: note? }))
    }

    /// The row of the screen that what is selected stands on.
    fn cursor_row(&self) -> Option<u16> {
        let row = |area: ratatui::layout::Rect, nth: usize| Some(area.y + u16::try_from(nth).ok()?);
        let link = |sheet: &super::Sheet| {
            let row = sheet.link_row(sheet.link?)?;
            row.checked_sub(sheet.top)
        };
        let reader = self.reader.as_ref();
        match self.focus {
            Focus::List => row(self.panes.list, 1 + self.list.selected.checked_sub(self.list.top)?),
            Focus::Page => row(self.panes.column, link(&reader?.sheet)?),
            Focus::Aside => row(self.panes.margin(), link(&reader?.aside)?),
        }
    }

    /// All that is known about the selected link, row or page; why a name is a link.
    pub(super) fn show_details(&mut self) {
        let mut target = self.sheet().and_then(|sheet| sheet.target().cloned());
        if self.subject().is_some_and(|id| id.kind == Kind::Search) {
            // On results a link is always selected; what one wonders is why they are these.
            target = None;
        }
        let about = match &target {
            Some(Target::Page(address)) => vec![address.id.clone()],
            Some(Target::Named(named)) => named.ids.clone(),
            _ => self.subject().into_iter().collect(),
        };
        let on = self.reader.as_ref().map(|reader| reader.page.id.clone());
        match self.ask_card(What::Details { about, target, on }) {
            Some(card) => self.overlay = Some(Overlay::Card(card)),
            None => self.tell("select something first"),
        }
    }
}

/// A card that was asked for. The same may be asked for twice; the number tells which is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    number: usize,
    what: What,
}

/// What a card is to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The cards of the records that a link may mean, one below the other.
    Peek(Vec<Id>),
    /// All that is known about records, and why the target of a link on a page is one.
    Details { about: Vec<Id>, target: Option<Target>, on: Option<Id> },
}

impl Order for Asked {
    type Made = Option<Card>;
    const PLACE: &'static str = "card";

    fn make(&self, desk: Desk<'_>) -> Option<Card> {
        match &self.what {
            What::Peek(ids) => peek(desk.context(), ids),
            What::Details { about, target, on } => {
                details(desk.context(), about, target.as_ref(), on.as_ref())
            }
        }
    }

    fn instead(&self, why: &str) -> Option<Card> {
        Some(plain_card("nothing to show", &Text::line(why)))
    }

    fn message(self, made: Option<Card>) -> Message {
        Message::Carded(self, made.map(Box::new))
    }
}

impl Asked {
    /// What stands in the place of the card until it is there.
    fn waiting(self) -> Card {
        let words = Text::from("this is still being read; it shows as soon as the disk answers");
        let about = match &self.what {
            What::Peek(about) | What::Details { about, .. } => about.clone(),
        };
        Card { about, waits_for: Some(Box::new(self)), ..plain_card("one moment", &words) }
    }
}

fn peek(context: Context<'_>, ids: &[Id]) -> Option<Card> {
    let mut blocks = Vec::new();
    // A list of records has no card of its own.
    ids.iter().all(|id| id.kind.is_record()).then_some(())?;
    for id in ids {
        blocks.extend(page::peek(context, id).blocks);
    }
    let title = match ids {
        [id] => Text::from(id.kind.word()),
        ids => Text::from(format!("{} records share this name", ids.len())),
    };
    Some(Card { about: ids.to_vec(), ..Card::small(title, Document { blocks }) })
}

fn details(context: Context<'_>, about: &[Id], target: Option<&Target>, on: Option<&Id>) -> Option<Card> {
    let page = page::details(context, about.first()?);
    let (mut title, mut blocks) = (page.title, page.document.blocks.clone());
    // The frame of the card says the title already.
    if matches!(blocks.first().map(|block| &block.kind), Some(BlockKind::Heading { .. })) {
        blocks.remove(0);
    }
    match target {
        Some(Target::Named(named)) => {
            let mut why = page::why(context, named, on?).blocks;
            if about.len() == 1 {
                why.push(heading("Details"));
                why.append(&mut blocks);
            }
            title = Text::line(&format!("Why {} is a link", named.name));
            blocks = why;
        }
        Some(Target::Web(address) | Target::Lost(address)) => {
            blocks.insert(0, field("Selected link", address));
        }
        _ => {}
    }
    Some(Card { about: about.to_vec(), ..Card::large(title, Document { blocks }) })
}

fn plain_card(title: &str, words: &Text) -> Card {
    let blocks = vec![Block::new(BlockKind::Paragraph(vec![Inline::text(words.clone())]), 0..0)];
    Card::small(Text::line(title), Document { blocks })
}

fn heading(title: &str) -> Block {
    let inlines = vec![Inline::text(title)];
    Block::new(BlockKind::Heading { level: 2, inlines, anchor: String::new() }, 0..0)
}

fn field(label: &str, value: &Text) -> Block {
    let value = vec![Inline::text(value.clone())];
    Block::new(BlockKind::Fields(vec![Field { label: Text::line(label), value }]), 0..0)
}
