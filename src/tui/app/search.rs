//! Searching: the line that is typed, the results that show meanwhile, and the way from one hit to the next.

use std::sync::Arc;

use super::overlay::{Before, Choice, Overlay, Pick, Prompt, Purpose};
use super::pick::told_apart;
use super::prompt::Line;
use super::{App, Arrival, Effect, Find, Order, Reader, Side, Spot, picker_rows};
use crate::document::{Inline, Target, plain};
use crate::id::{Address, Id, Kind};
use crate::layout::LinkAt;
use crate::page::Answers;
use crate::search::{Results, Search};
use crate::text::{Text, fold};
use crate::tui::keys::Action;
use crate::tui::panes::Focus;
use crate::tui::seeker::{Answer, Question};

/// Of the rows of a picker, so many may be hits in texts.
const TEXTS: usize = 5;
/// Words of a text that are shown before what was found in it.
const BEFORE: usize = 2;
/// Fewer letters than these stand in every text.
const SHORTEST: usize = 2;

/// Results that one goes through, and which of them is open.
pub struct Trail {
    /// The page of the results.
    query: Id,
    answers: Arc<Answers>,
    at: usize,
}

/// The words of an extract from shortly before what was found.
fn reason(extract: &[Inline]) -> Text {
    let found = extract.iter().position(|it| matches!(it, Inline::Role(..))).unwrap_or(0);
    let (before, rest) = extract.split_at(found);
    let before = plain(before);
    let mut words: Vec<&str> = before.split_whitespace().rev().take(BEFORE).collect();
    words.reverse();
    let cut = if words.len() < before.split_whitespace().count() { "…" } else { "" };
    Text::line(&format!("{cut}{} {}", words.join(" "), plain(rest)))
}

impl App {
    /// Opens the line for a query. What is open now comes back when it is closed without one.
    pub(super) fn ask_search(&mut self) {
        if self.held.is_none() {
            return;
        }
        self.remember();
        let (reader, late) = (self.reader.clone(), self.late.take());
        let before = Before { reader, focus: self.focus, late, nth: None, typed: String::new() };
        self.focus = Focus::Page;
        let purpose = Purpose::Search(Box::new(before));
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::default() }));
        self.seek();
    }

    /// Asks for what is typed now.
    pub(super) fn seek(&mut self) {
        let Some(Overlay::Prompt(Prompt { purpose: Purpose::Search(_), line })) = &self.overlay else {
            return;
        };
        let question = Question::Page(line.text().to_owned());
        let answer = self.desk().and_then(|desk| self.seeker.ask(desk, question));
        if let Some(answer) = answer {
            self.answered(answer);
        }
    }

    /// Takes an answer, if what it answers is still asked.
    pub(super) fn answered(&mut self, answer: Answer) {
        match answer {
            Answer::Page(page) => {
                if let Some(Overlay::Prompt(Prompt { purpose: Purpose::Search(_), .. })) = &self.overlay {
                    self.mend();
                    self.enter_page(*page, Side::Page);
                }
            }
            Answer::Hits(line, results) => self.pick_texts(&line, &results),
        }
    }

    /// Takes the index, open or brought up to the library.
    pub(super) fn searchable(&mut self, search: Search) -> Vec<Effect> {
        self.search = Some(search);
        self.indexing = None;
        match &self.overlay {
            Some(Overlay::Prompt(Prompt { purpose: Purpose::Search(_), .. })) => self.seek(),
            Some(_) => {}
            None => {
                let Some(page) = self.reader.as_ref().map(|it| &it.page) else { return Vec::new() };
                if page.id.kind == Kind::Search && page.answers.is_none() {
                    let address = Address::from(page.id.clone());
                    return self.show(&address.id.clone(), Side::Page, Arrival::At(address));
                }
                if page.id.kind == Kind::Search {
                    self.stale = true;
                }
            }
        }
        Vec::new()
    }

    /// Has an index that turned out to be damaged made anew.
    pub(super) fn mend(&self) {
        if let (Some(held), Some(true)) = (&self.held, self.search.as_ref().map(Search::is_damaged)) {
            self.seeker.index(held);
        }
    }

    /// A key in the line that neither ends nor changes it.
    pub(super) fn act_query(&mut self, order: Order) {
        let asked: Vec<Text> = self.reading.asked_lately().into_iter().cloned().collect();
        let Some(Overlay::Prompt(Prompt { purpose: Purpose::Search(before), line })) = &mut self.overlay
        else {
            return;
        };
        if let Action::PageDown | Action::PageUp = order.action {
            if let Some(reader) = &mut self.reader {
                super::act::travel(&mut reader.sheet, order);
            }
            return;
        }
        let next = match (before.nth, order.action) {
            (None, Action::LineUp) => Some(0),
            (Some(nth), Action::LineUp) => Some((nth + 1).min(asked.len().saturating_sub(1))),
            (nth, _) => nth.and_then(|nth| nth.checked_sub(1)),
        };
        if before.nth.is_none() {
            line.text().clone_into(&mut before.typed);
        }
        let query = next.map(|nth| asked.get(nth).map(Text::as_str));
        if query == Some(None) || next == before.nth {
            return;
        }
        *line = Line::new(query.flatten().unwrap_or(&before.typed));
        before.nth = next;
        self.seek();
    }

    /// Closes the line with its query: the results are a page to be gone back from.
    pub(super) fn searched(&mut self, before: Before, line: &str) -> Vec<Effect> {
        let id = Id::search(line);
        if let Some(reader) = before.reader.filter(|reader| reader.page.id != id) {
            self.forward.clear();
            self.come_from(reader.visit());
        }
        self.focus = Focus::Page;
        self.show(&id, Side::Page, Arrival::At(id.clone().into()))
    }

    /// Closes the line without a query: what was open before is open again.
    pub(super) fn unsearched(&mut self, before: Before) {
        (self.reader, self.focus, self.late) = (before.reader, before.focus, None);
        if let (Some(arrival), Some(reader)) = (before.late, &self.reader) {
            let (id, side) = (reader.page.id.clone(), reader.side);
            self.show(&id, side, arrival);
        }
    }

    /// Opens a link of a page of results: at its place, what was looked for marked.
    pub(super) fn open_result(&mut self, address: &Address) -> Vec<Effect> {
        let page = self.reader.as_ref().map(|reader| &reader.page);
        let found = page.and_then(|page| Some((page.id.clone(), page.answers.clone()?)));
        let nth = |answers: &Answers| answers.hits.iter().position(|hit| hit.id == address.id);
        match found.and_then(|(query, answers)| Some((query, nth(&answers)?, answers))) {
            Some((query, at, answers)) => self.open_hit(Trail { query, answers, at }, address),
            None => self.open(address),
        }
    }

    fn open_hit(&mut self, trail: Trail, address: &Address) -> Vec<Effect> {
        self.push();
        self.overlay = None;
        self.focus = Focus::Page;
        self.trail = Some(trail);
        self.show(&address.id, Side::Page, Arrival::Hit(address.clone()))
    }

    /// Marks in the open page what was looked for, and goes to the first of it at or after the place.
    pub(super) fn land(&mut self, at: Option<usize>) {
        let (Some(trail), Some(reader)) = (&self.trail, &mut self.reader) else {
            return;
        };
        let mut find = Find::marked(&trail.answers.marks, &reader.sheet);
        reader.sheet.go_to(Spot { at: at.unwrap_or(0), rows: 0 });
        find.start(&mut reader.sheet);
        reader.find = (!find.is_empty()).then_some(find);
    }

    /// The number of the result that is open, and of how many.
    pub fn on_trail(&self) -> Option<(usize, usize)> {
        let (trail, reader) = (self.trail.as_ref()?, self.reader.as_ref()?);
        let open = trail.answers.hits.get(trail.at)?;
        let marked = reader.find.as_ref().is_none_or(|find| find.marks.is_some());
        (marked && reader.side == Side::Page && open.id == reader.page.id)
            .then_some((trail.at + 1, trail.answers.hits.len()))
    }

    /// Goes on from the last match of one result to the first of the next, or back. `None` where there is more on
    /// this page, or no result is open.
    pub(super) fn step_trail(&mut self, forward: bool) -> Option<Vec<Effect>> {
        let find = self.reader.as_ref()?.find.as_ref();
        let end = find.is_none_or(|find| match find.current {
            Some(hit) if forward => hit + 1 == find.len(),
            Some(hit) => hit == 0,
            None => true,
        });
        let (number, of) = self.on_trail().filter(|_| end)?;
        if number == if forward { of } else { 1 } {
            let which = if forward { "last" } else { "first" };
            self.tell(&format!("this is the {which} of {of} results; Backspace goes back to them"));
            return Some(Vec::new());
        }
        self.remember();
        let trail = self.trail.as_mut()?;
        trail.at = if forward { trail.at + 1 } else { trail.at - 1 };
        let next = trail.answers.hits.get(trail.at)?.clone();
        // Back leads to the results, where the one that was seen last is selected.
        if let Some(visit) = self.back.last_mut().filter(|visit| visit.id == trail.query) {
            visit.link = Some((LinkAt::default(), Target::Page(next.clone())));
        }
        Some(self.show(&next.id, Side::Page, Arrival::Hit(next.clone())))
    }

    /// Selects the next result of a page of them. Says whether it is one.
    pub(super) fn step_result(&mut self, forward: bool) -> bool {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.page.answers.is_some()) else {
            return false;
        };
        let Reader { page, sheet, .. } = reader;
        let hits = page.answers.iter().flat_map(|it| &it.hits);
        let like = |hit: &Address| sheet.like(&Target::Page(hit.clone()), LinkAt::default());
        let links: Vec<LinkAt> = hits.filter_map(like).collect();
        let mut links = links.into_iter();
        let next = match sheet.link {
            Some(link) if forward => links.find(|it| *it > link),
            Some(link) => links.take_while(|it| *it < link).last(),
            None => links.next(),
        };
        if let Some(link) = next {
            self.focus = Focus::Page;
            sheet.select(link);
        }
        true
    }

    /// Asks for a name to keep the query under, or forgets one that was kept.
    pub(super) fn keep_search(&mut self, id: &Id) -> Vec<Effect> {
        if id.slug.is_empty() {
            self.tell("type a query first; S opens its line");
            return Vec::new();
        }
        let kept = self.reading.searches.iter().find(|(_, query)| **query == *id.slug);
        if let Some(name) = kept.map(|(name, _)| name.clone()) {
            self.reading.searches.remove(&name);
            self.tell(&format!("the search {name} is no longer kept"));
            return vec![self.state()];
        }
        let purpose = Purpose::Keep(id.clone());
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::new(&id.slug) }));
        Vec::new()
    }

    /// Keeps a query under the name that was typed.
    pub(super) fn kept_search(&mut self, id: Id, line: &Line) -> Vec<Effect> {
        let name = Text::line(line.text());
        if name.is_empty() {
            return Vec::new();
        }
        if self.reading.searches.get(&name).is_some_and(|other| **other != *id.slug) {
            self.tell(&format!("another search is called {name}; choose another name"));
            let line = line.clone();
            self.overlay = Some(Overlay::Prompt(Prompt { purpose: Purpose::Keep(id), line }));
            return Vec::new();
        }
        self.tell(&format!("kept as {name}; S, o and : list it"));
        self.reading.searches.insert(name, Text::line(&id.slug));
        vec![self.state()]
    }

    /// The kept searches with every word of `typed` in their names.
    pub(super) fn kept_picks(&self, typed: &str) -> Vec<Pick> {
        let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
        let has = |name: &Text| {
            let name = fold(name);
            words.iter().all(|word| name.contains(word.as_str()))
        };
        let pick = |(name, query): (&Text, &Text)| Pick {
            label: name.clone(),
            detail: Text::line(&format!("search: {query}")),
            via: None,
            positions: Vec::new(),
            choice: Choice::Page(Id::search(query).into()),
        };
        self.reading.searches.iter().filter(|(name, _)| has(name)).map(pick).collect()
    }

    /// Asks for what the texts hold of what is typed to go to.
    pub(super) fn seek_texts(&mut self, typed: &str) {
        if typed.trim().chars().count() < SHORTEST || self.search.is_none() {
            return;
        }
        // Of the best some will stand among the names already.
        let question = Question::Hits(typed.to_owned(), 3 * TEXTS);
        let answer = self.desk().and_then(|desk| self.seeker.ask(desk, question));
        if let Some(answer) = answer {
            self.answered(answer);
        }
    }

    /// Puts hits in texts below the best names, as far up as shows them.
    fn pick_texts(&mut self, line: &str, results: &Results) {
        let rows = picker_rows(&self.panes);
        let (Some(Overlay::Picker(picker)), Some(held)) = (&mut self.overlay, &self.held) else {
            return;
        };
        if !picker.finder || picker.line.text() != line {
            return;
        }
        let ascii = self.options.ascii;
        let answers = Answers::from(results);
        let named: Vec<&Id> = picker.rows.iter().take(rows).filter_map(|pick| pick.choice.id()).collect();
        let hits = results.hits.iter().zip(&answers.hits).filter(|(hit, _)| !named.contains(&&hit.id));
        let most = TEXTS.min(rows / 3);
        let picks: Vec<Pick> = hits
            .take(most)
            .map(|(hit, address)| Pick {
                label: hit.title.clone(),
                detail: told_apart(held, &hit.id, "text", ascii),
                via: hit.extracts.first().map(|it| reason(&it.words)),
                positions: Vec::new(),
                choice: Choice::Hit(address.clone()),
            })
            .collect();
        let at = picker.rows.len().min(rows.saturating_sub(picks.len()));
        if picker.selected >= at && !picker.rows.is_empty() {
            picker.selected += picks.len();
        }
        picker.rows.splice(at..at, picks);
        picker.found = Some(Arc::new(answers));
    }

    /// Opens a hit in a text that was chosen among names.
    pub(super) fn open_pick(
        &mut self,
        line: &str,
        found: Option<Arc<Answers>>,
        address: &Address,
    ) -> Vec<Effect> {
        let nth = |answers: &Arc<Answers>| answers.hits.iter().position(|hit| hit == address);
        match found.and_then(|answers| Some((nth(&answers)?, answers))) {
            Some((at, answers)) => self.open_hit(Trail { query: Id::search(line), answers, at }, address),
            None => self.open(address),
        }
    }

    /// Selects the first result, where one comes to a page of them; its query was asked now.
    pub(super) fn first_result(&mut self) -> Vec<Effect> {
        let Some(reader) = self.reader.as_mut().filter(|it| it.page.id.kind == Kind::Search) else {
            return Vec::new();
        };
        reader.sheet.select_first();
        if reader.page.answers.is_none() {
            return Vec::new();
        }
        self.reading.ask(&reader.page.id.slug);
        vec![self.state()]
    }
}
