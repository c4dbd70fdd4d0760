//! Templates in the tree: their words, or what was written; and masked text as it was before.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::builder::Builder;
use crate::document::template::{Meaning, meaning};
use crate::document::{BlockKind, Inline, Role, Target};
use crate::text::Text;

impl Builder<'_> {
    /// One template in running text.
    pub fn template(&mut self, written: &str, at: usize) {
        let Some(masked) = self.masked else { return };
        let text = |words: &str| Inline::Text { text: Text::line(words), at };
        match meaning(written, &masked.boxes) {
            Meaning::Nothing => {}
            Meaning::Picture { file, alt, caption } => {
                self.picture(file, alt, at);
                if !caption.is_empty() {
                    self.inline(Inline::Role(Role::Quiet, vec![text(&format!(" {caption}"))]), at);
                }
            }
            Meaning::Link { to, words } => {
                let shown = if words.is_empty() { to.clone() } else { words.join(". ") };
                let link = Inline::link(Target::from_written(&to), vec![text(&shown)]);
                self.inline(link, at);
            }
            Meaning::Words(words) => self.inline(Inline::Strong(vec![text(&words.join(". "))]), at),
            Meaning::Unknown => self.inline(Inline::Html(Text::line(written)), at),
        }
    }

    /// The words of a fence behind its language, in a quiet line above the code.
    pub fn info(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        let CodeBlockKind::Fenced(info) = kind else { return };
        let rest = info.trim().split_once([' ', ',']).map(|(_, rest)| rest.trim()).unwrap_or_default();
        if rest.contains(char::is_alphabetic) {
            let words = Inline::role(Role::Quiet, Text::line(rest));
            self.block(BlockKind::Paragraph(vec![words]), range.start..range.start);
        }
    }

    /// A piece of the masked text as it is in the source.
    pub fn as_written<'t>(&'t self, piece: &'t str, at: usize) -> &'t str {
        let range = at..at + piece.len();
        let Some(masked) = self.masked else { return piece };
        if masked.text.get(range.clone()) == Some(piece) {
            self.source.get(range).unwrap_or(piece)
        } else {
            piece
        }
    }

    /// A piece of the masked text that stands somewhere behind `at`, as it is in the source.
    pub fn as_written_within<'t>(&'t self, piece: &'t str, at: usize) -> &'t str {
        let masked = self.masked.filter(|_| piece.contains("{{"));
        let behind = masked.and_then(|masked| masked.text.get(at..));
        match behind.and_then(|behind| behind.find(piece)) {
            Some(offset) => self.as_written(piece, at + offset),
            None => piece,
        }
    }

    /// Inline code as it is in the source, where a template stands in it.
    pub fn unmasked_code(&self, range: &Range<usize>) -> Option<String> {
        let masked = self.masked?;
        let first = masked.found.partition_point(|it| it.end <= range.start);
        masked.found.get(first).filter(|it| it.start < range.end)?;
        Some(self.source.get(range.clone())?.trim_matches('`').replace('\n', " "))
    }

    /// A target in which a template stands, as it is in the source: a site's own address before a path goes.
    pub fn unmask_target(&self, target: &mut Target, range: &Range<usize>) {
        let Target::Path(path) = target else { return };
        if self.masked.is_none() && !path.contains("{{") {
            return;
        }
        let template = self.masked.and_then(|masked| {
            let first = masked.found.partition_point(|it| it.end <= range.start);
            self.source.get(masked.found.get(first).filter(|it| it.start < range.end)?.clone())
        });
        if template.is_some_and(finds) {
            *target = Target::Wiki(std::mem::take(path));
            return;
        }
        let written = self.as_written_within(path, range.start);
        let path = match written.split_once("}}") {
            Some((site, path)) if site.starts_with("{{") && path.starts_with('/') => path,
            _ => written,
        };
        *target = Target::from_written(path);
    }
}

/// Whether a template finds a page by its name, wherever it is.
fn finds(template: &str) -> bool {
    let name = template.trim_start_matches(['{', '<', '%', ' ', '-']).split([' ', '"']).next();
    matches!(name, Some("ref" | "relref" | "tmp" | "post_url"))
}
