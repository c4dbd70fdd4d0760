//! A file as it is written: its lines with their numbers, front matter and all, at the places its page gives them.

use super::draft::block;
use super::{BODY, Context, Page};
use crate::document::{Block, BlockKind, Document, Inline, Role};
use crate::id::{Id, Kind};
use crate::text::Text;

/// Lines that make a block at most: each block is laid out by itself.
const LINES: usize = 10_000;

/// The source of `id`, and the place in it to go to for a record that shares its file with others. `None` where it
/// comes from no file.
pub fn raw(context: Context<'_>, id: &Id) -> Option<(Page, Option<usize>)> {
    let library = context.library;
    let briefing = library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
    let place = library.place(id);
    let file = match briefing {
        Some(briefing) => briefing.file.clone(),
        None => place?.file.to_string(),
    };
    let mut blocks = vec![block(BlockKind::Paragraph(vec![Inline::role(Role::Quiet, Text::line(&file))]))];
    let mut wanted = None;
    match library.source(&file) {
        Ok(text) => {
            let body = briefing.map(|it| library.body(it).map_or(0, |body| body.offset));
            let lines = lines(&text, body);
            wanted = briefing.is_none().then(|| place.map_or(0, |place| place.line.saturating_sub(1)));
            wanted = wanted.and_then(|line| lines.get(line)).map(|line| line.at);
            chunks(&lines, &mut blocks);
        }
        Err(problem) => {
            blocks.push(block(BlockKind::Paragraph(vec![Inline::text(Text::line(&problem.to_string()))])));
        }
    }
    let title = library.name(id).cloned().unwrap_or_default();
    let page = Page {
        marking: briefing.map_or_else(|| library.marking.clone(), |it| it.marking.clone()),
        ..Page::new(id.clone(), title, Document { blocks })
    };
    Some((page, wanted))
}

/// A line of a file and its place.
struct Line<'a> {
    text: &'a str,
    at: usize,
}

/// The lines of a file. Those of a body that starts at byte `body` have the places they have in its page.
fn lines(text: &str, body: Option<usize>) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut all = Vec::new();
    for line in text.split_inclusive('\n') {
        let at = match body {
            Some(body) if start >= body => BODY + (start - body),
            _ => start.min(BODY - 1),
        };
        start += line.len();
        all.push(Line { text: line.trim_end_matches(['\n', '\r']), at });
    }
    all
}

/// The lines as blocks. The empty line between two blocks is one of the file's; where very many follow each other
/// without one, the next block goes on at the next number.
fn chunks(lines: &[Line<'_>], blocks: &mut Vec<Block>) {
    let empty = |nth: usize| lines.get(nth).is_none_or(|line| line.text.trim().is_empty());
    let mut first = 0;
    for nth in 0..=lines.len() {
        // an empty line at which words go on, or the end
        let ends = nth == lines.len() || nth > first && empty(nth) && !empty(nth + 1);
        if !ends && nth - first < LINES {
            continue;
        }
        let chunk = lines.get(first..nth).unwrap_or_default();
        if let Some(start) = chunk.first() {
            let text: Vec<&str> = chunk.iter().map(|line| line.text).collect();
            let end = lines.get(nth).map_or(usize::MAX, |line| line.at);
            let text = Text::new(&text.join("\n"));
            let code = BlockKind::Code { language: Text::default(), text, number: Some(first + 1) };
            blocks.push(Block::new(code, start.at..end));
        }
        first = nth + usize::from(ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_file_stands_on_its_row() {
        let text = "---\ntitle: A\n---\n\n# A\n\n\n  text\nmore\n";
        let lines = lines(text, Some(18));
        assert_eq!(
            lines.iter().map(|line| line.at).collect::<Vec<_>>(),
            [0, 4, 13, 17, BODY, BODY + 4, BODY + 5, BODY + 6, BODY + 13]
        );
        let mut blocks = Vec::new();
        chunks(&lines, &mut blocks);
        let code = |block: &Block| match &block.kind {
            BlockKind::Code { text, number, .. } => (number.unwrap(), text.to_string()),
            kind => panic!("{kind:?}"),
        };
        let blocks: Vec<(usize, String)> = blocks.iter().map(code).collect();
        let expected = [(1, "---\ntitle: A\n---"), (5, "# A\n"), (8, "  text\nmore")];
        assert_eq!(blocks, expected.map(|(number, text)| (number, text.to_owned())));
    }

    #[test]
    fn very_many_lines_are_several_blocks_and_none_of_them_is_lost() {
        let text = "x\n".repeat(LINES * 2 + 1);
        let mut blocks = Vec::new();
        chunks(&lines(&text, None), &mut blocks);
        let counted = |block: &Block| match &block.kind {
            BlockKind::Code { text, number, .. } => (number.unwrap(), text.split('\n').count()),
            kind => panic!("{kind:?}"),
        };
        let counts: Vec<(usize, usize)> = blocks.iter().map(counted).collect();
        assert_eq!(counts, [(1, LINES), (LINES + 1, LINES), (LINES * 2 + 1, 1)]);
    }
}
