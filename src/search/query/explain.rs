//! A query told in plain words, one condition a line, what belongs together indented.

use super::{Ending, Field, Node, Span, State, Words, item};
use crate::text::Text;

/// The conditions of `tree`, from the outside in.
pub(super) fn lines(tree: &Node) -> Vec<Text> {
    let mut told = Vec::new();
    match tree {
        Node::All(parts) if parts.is_empty() => told.push(Text::from("everything")),
        Node::All(parts) => group(parts, "and ", 0, &mut told),
        Node::Any(parts) => group(parts, "or ", 0, &mut told),
        part => tell(part, "", 0, &mut told),
    }
    told
}

fn tell(node: &Node, lead: &str, indent: usize, told: &mut Vec<Text>) {
    let line = |words: &str| Text::new(&format!("{:indent$}{lead}{words}", ""));
    match node {
        Node::All(parts) => {
            told.push(line("all of these:"));
            group(parts, "and ", indent + 4, told);
        }
        Node::Any(parts) => {
            told.push(line("one of these:"));
            group(parts, "or ", indent + 4, told);
        }
        Node::Not(part) => tell(part, &format!("{lead}not "), indent, told),
        part => told.push(line(&condition(part))),
    }
}

fn group(parts: &[Node], between: &str, indent: usize, told: &mut Vec<Text>) {
    for (nth, part) in parts.iter().enumerate() {
        tell(part, if nth == 0 { "" } else { between }, indent, told);
    }
}

fn condition(leaf: &Node) -> String {
    match leaf {
        Node::Words(words) => form(words),
        Node::In(field, words) => within(*field, words),
        Node::Date(span) => dated(*span),
        Node::Is(State::Unread) => "not read yet".to_owned(),
        Node::Is(State::Starred) => "starred".to_owned(),
        Node::Is(State::Changed) => "changed since it was read".to_owned(),
        Node::HasAsk => "asking for a decision".to_owned(),
        Node::HasNote => "with a note of yours".to_owned(),
        Node::All(_) | Node::Any(_) | Node::Not(_) => leaf.to_string(),
    }
}

/// The words and how they may vary.
fn form(words: &Words) -> String {
    let text = &words.text;
    let several = text.contains(char::is_whitespace);
    match words.ending {
        Ending::Prefix | Ending::Typing if several => format!("words that begin with “{text}”"),
        Ending::Prefix => format!("a word that begins with “{text}”"),
        Ending::Typing => format!("the word “{text}” or one that begins with it"),
        Ending::Typo => match item::edits(text) {
            1 => format!("a word like “{text}”, one letter off at most"),
            _ => format!("a word like “{text}”, two letters off at most"),
        },
        Ending::Whole if words.quoted && several => format!("exactly the words “{text}”"),
        Ending::Whole if words.quoted => format!("exactly the word “{text}”"),
        Ending::Whole if text.chars().any(char::is_uppercase) => format!("the word “{text}”"),
        Ending::Whole => format!("the word “{text}” in any form"),
    }
}

fn within(field: Field, words: &Words) -> String {
    let text = &words.text;
    let name = match words.ending {
        Ending::Whole => format!("“{text}”"),
        Ending::Prefix => format!("something that begins with “{text}”"),
        Ending::Typing => format!("“{text}” or something that begins so"),
        Ending::Typo => format!("something like “{text}”"),
    };
    match field {
        Field::Actor => format!("about, by, to or mentioning an actor named {name}"),
        Field::From => format!("written by {name}"),
        Field::Topic => format!("about or mentioning a topic named {name}"),
        Field::Kind => format!("of the kind {name}"),
        Field::Folder => format!("in the folder {name} or below it"),
        Field::Title => format!("titled with {name}"),
        Field::Status => format!("with the status {name}"),
        Field::Marking => format!("marked {name}"),
        Field::Claim => format!("with a claim on {name}"),
    }
}

fn dated(span: Span) -> String {
    match (span.from, span.to) {
        (Some(from), Some(to)) if from == to => format!("dated {from}"),
        (Some(from), Some(to)) => format!("dated {from} to {to}"),
        (Some(from), None) => format!("dated {from} or later"),
        (None, Some(to)) => format!("dated {to} or earlier"),
        (None, None) => "of any date".to_owned(),
    }
}
