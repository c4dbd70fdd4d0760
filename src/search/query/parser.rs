//! Lexemes to a tree, by a stack of open brackets of bounded height: no line can exhaust anything.

use std::ops::Range;

use super::item::Reader;
use super::lexer::{Kind, Lexeme, Lexer};
use super::{Complaint, DEPTH, LONGEST, Node, Query, TERMS};
use crate::date::Day;
use crate::text::clean;

/// What stands inside one pair of brackets, so far.
#[derive(Default)]
struct Group {
    /// All must match; of each, any alternative.
    parts: Vec<Vec<Node>>,
    /// `OR` was read, and what follows joins the last part.
    or: Option<Range<usize>>,
    /// `-` was read, and what follows must not match.
    not: bool,
    /// Where its bracket stands.
    open: Range<usize>,
}

struct Parser {
    reader: Reader,
    /// Never empty: the line itself, then the brackets open now.
    groups: Vec<Group>,
    /// Brackets beyond the allowed depth, which are ignored with their ends.
    ignored: usize,
    terms: usize,
    typing: bool,
}

pub(super) fn parse(line: &str, today: Day, typing: bool) -> (Query, Vec<Complaint>) {
    let line = line.trim_end_matches('\n');
    let start = line.get(..line.floor_char_boundary(LONGEST)).unwrap_or_default();
    let cleaned = clean(start);
    let reader = Reader { today, typing: false, complaints: Vec::new() };
    let mut parser = Parser { reader, groups: vec![Group::default()], ignored: 0, terms: 0, typing };
    if start.len() < line.len() {
        let help = format!("its first {LONGEST} bytes are searched");
        parser.reader.complain(&(0..cleaned.len()), "the query is too long", help);
    }
    let mut lexer = Lexer::new(&cleaned).peekable();
    while let Some(lexeme) = lexer.next() {
        let last = typing && lexer.peek().is_none() && lexeme.range.end == cleaned.len();
        parser.push(lexeme, last);
    }
    let tree = parser.finish(&cleaned);
    (Query { tree }, parser.reader.complaints)
}

impl Parser {
    fn push(&mut self, Lexeme { kind, range }: Lexeme<'_>, last: bool) {
        match kind {
            Kind::Open => self.open(range),
            Kind::Close => self.close(&range),
            Kind::Or => self.or(range),
            Kind::And => {}
            Kind::Not => self.group().not = true,
            Kind::Item(item) => {
                if self.terms == TERMS {
                    let help = format!("the first {TERMS} are searched");
                    self.reader.complain(&range, "the query has too many words", help);
                    return;
                }
                self.reader.typing = last;
                if let Some(node) = self.reader.read(&item, &range) {
                    self.terms += 1;
                    self.add(node);
                } else {
                    self.group().not = false;
                }
            }
        }
    }

    /// The innermost open brackets.
    fn group(&mut self) -> &mut Group {
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn open(&mut self, range: Range<usize>) {
        if self.groups.len() > DEPTH {
            self.ignored += 1;
            let help = format!("those deeper than {DEPTH} are ignored");
            self.reader.complain(&range, "there are too many brackets inside each other", help);
            return;
        }
        self.groups.push(Group { open: range, ..Group::default() });
    }

    fn close(&mut self, range: &Range<usize>) {
        if self.ignored > 0 {
            self.ignored -= 1;
        } else if self.groups.len() > 1 {
            self.end_group();
        } else {
            self.reader.complain(range, "`)` closes nothing", "write ( before it, or leave it out");
        }
    }

    fn or(&mut self, range: Range<usize>) {
        let group = self.group();
        if group.parts.is_empty() || group.or.is_some() {
            self.reader.complain(
                &range,
                "`OR` needs a word on both sides",
                "write a OR b; \"OR\" in quotation marks is the word",
            );
        } else {
            group.or = Some(range);
        }
    }

    /// Takes the innermost brackets away and puts what they mean into the next.
    fn end_group(&mut self) {
        self.end_or();
        if let Some(group) = self.groups.pop()
            && !group.parts.is_empty()
        {
            self.add(group.node());
        } else {
            self.group().not = false;
        }
    }

    fn end_or(&mut self) {
        if let Some(range) = self.group().or.take() {
            self.reader.complain(
                &range,
                "`OR` needs a word on both sides",
                "write a OR b; \"OR\" in quotation marks is the word",
            );
        }
    }

    fn add(&mut self, node: Node) {
        let group = self.group();
        let node = if std::mem::take(&mut group.not) { Node::negated(node) } else { node };
        match (group.or.take(), group.parts.last_mut()) {
            (Some(_), Some(part)) => part.push(node),
            _ => group.parts.push(vec![node]),
        }
    }

    fn finish(&mut self, line: &str) -> Node {
        while self.groups.len() > 1 {
            let open = self.group().open.clone();
            if !self.typing {
                self.reader.complain(&open, "`(` is not closed", "write ) where it ends");
            }
            self.end_group();
        }
        if self.typing {
            self.group().or = None;
        }
        self.end_or();
        let group = std::mem::take(self.group());
        if group.parts.is_empty() && !self.typing && self.reader.complaints.is_empty() {
            let help = "write a word, a \"phrase\" or a field such as actor:wang";
            self.reader.complain(&(0..line.len()), "there is nothing to search for", help);
        }
        group.node()
    }
}

impl Group {
    fn node(self) -> Node {
        Node::all(self.parts.into_iter().map(Node::any).collect())
    }
}
