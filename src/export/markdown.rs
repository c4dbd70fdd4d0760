//! A page as clean Markdown: what any other tool reads, with the marking on top and below.

use super::NO_MARKING;
use crate::document::{Align, Block, BlockKind, Definition, Inline, Item, Role, Table, Target, plain};
use crate::page::Page;

/// The Markdown of pages, one below the other.
pub fn markdown(pages: &[Page]) -> String {
    let mut text = String::new();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            text.push_str("\n---\n\n");
        }
        let marking = escaped(page.marking.as_deref().unwrap_or(NO_MARKING));
        let body = blocks(&page.document.blocks, false);
        text.extend(["**", &marking, "**\n\n", &body, "\n**", &marking, "**\n"]);
    }
    text
}

/// Blocks with an empty line between them, or without in a tight list.
fn blocks(blocks: &[Block], tight: bool) -> String {
    let mut text = String::new();
    for (index, it) in blocks.iter().enumerate() {
        // two lists that follow each other would be one
        let list = |at: Option<&Block>| at.is_some_and(|it| matches!(it.kind, BlockKind::List { .. }));
        let before = index.checked_sub(1).and_then(|at| blocks.get(at));
        if index > 0 && (!tight || !list(Some(it))) {
            text.push('\n');
        }
        if list(before) && list(Some(it)) {
            text.push_str("<!-- -->\n\n");
        }
        text.push_str(&block(&it.kind));
    }
    text
}

/// One block, with a line feed at its end.
fn block(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Heading { level, inlines, .. } => {
            format!("{} {}\n", "#".repeat(usize::from(*level)), one_line(inlines))
        }
        BlockKind::Paragraph(inlines) => format!("{}\n", paragraph(inlines)),
        BlockKind::List { start, tight, items } => list(*start, *tight, items),
        BlockKind::Quote(inner) => quoted(&blocks(inner, false)),
        BlockKind::Callout { kind, title, blocks: inner } => {
            let title = one_line(title);
            let title = if title.is_empty() { title } else { format!(" {title}") };
            quoted(&format!("[!{}]{title}\n{}", kind.to_uppercase(), blocks(inner, false)))
        }
        BlockKind::Code { language, text, .. } => code(language, text),
        BlockKind::Table(it) => table(it),
        BlockKind::Note { label, blocks: inner } => {
            format!("[^{label}]: {}", hanging(&blocks(inner, false), 4))
        }
        BlockKind::Definitions(all) => all.iter().map(definition).collect::<Vec<_>>().join("\n"),
        BlockKind::Rule => "---\n".to_owned(),
        BlockKind::Html(text) => format!("{}\n", escaped(text)),
        BlockKind::Fields(fields) => {
            let line =
                |label: &str, value: &[Inline]| format!("- **{}:** {}\n", escaped(label), one_line(value));
            fields.iter().map(|field| line(&field.label, &field.value)).collect()
        }
        BlockKind::Drawing { twin, .. } => blocks(twin, false),
        BlockKind::Panel { title, blocks: inner } => {
            let title = one_line(title);
            let title = if title.is_empty() { title } else { format!("**{title}**\n\n") };
            quoted(&format!("{title}{}", blocks(inner, false)))
        }
    }
}

fn list(start: Option<u64>, tight: bool, items: &[Item]) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 && !tight {
            text.push('\n');
        }
        let mark = match start {
            Some(start) => format!("{}. ", start.saturating_add(index as u64)),
            None => "- ".to_owned(),
        };
        let task = item.done.map_or("", |done| if done { "[x] " } else { "[ ] " });
        let inner = blocks(&item.blocks, tight);
        let inner = if inner.is_empty() { "\n".to_owned() } else { inner };
        let width = mark.len();
        text.push_str(&mark);
        text.push_str(task);
        text.push_str(&hanging(&inner, width));
    }
    text
}

fn definition(definition: &Definition) -> String {
    let meanings = definition.meanings.iter().map(|it| format!(": {}", hanging(&blocks(it, false), 2)));
    format!("{}\n{}", one_line(&definition.term), meanings.collect::<String>())
}

/// Code between fences longer than any in it.
fn code(language: &str, text: &str) -> String {
    let longest =
        text.lines().map(|line| line.trim_start().bytes().take_while(|byte| *byte == b'`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

fn table(table: &Table) -> String {
    let count = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
    let row = |cells: &[Vec<Inline>]| {
        let cell =
            |at: usize| cells.get(at).map(|cell| one_line(cell).replace('|', "\\|")).unwrap_or_default();
        format!("| {} |\n", (0..count).map(cell).collect::<Vec<_>>().join(" | "))
    };
    let align = |at: usize| match table.aligns.get(at) {
        Some(Align::Right) => "--:",
        Some(Align::Center) => ":-:",
        _ => "---",
    };
    let line = format!("| {} |\n", (0..count).map(align).collect::<Vec<_>>().join(" | "));
    row(&table.head) + &line + &table.rows.iter().map(|it| row(it)).collect::<String>()
}

/// Lines behind a mark: those after the first stand under the text.
fn hanging(text: &str, columns: usize) -> String {
    let before = " ".repeat(columns);
    let line = |(index, line): (usize, &str)| match (index, line.is_empty()) {
        (0, _) | (_, true) => format!("{line}\n"),
        _ => format!("{before}{line}\n"),
    };
    text.lines().enumerate().map(line).collect()
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { ">\n".to_owned() } else { format!("> {line}\n") }).collect()
}

fn one_line(inlines: &[Inline]) -> String {
    let text = running(inlines);
    text.replace("\\\n", "<br>").replace('\n', " ").trim().to_owned()
}

/// Running text whose lines begin no block by accident.
fn paragraph(inlines: &[Inline]) -> String {
    let text = running(inlines);
    let lines: Vec<String> = text.trim().lines().map(|line| guarded(line.trim_start())).collect();
    lines.join("\n")
}

fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
    if numbered {
        let (number, rest) = line.split_at_checked(digits).unwrap_or((line, ""));
        format!("{number}\\{rest}")
    } else if line.starts_with(['#', '>', '+', '-', '=', '~', ':', '|']) {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

fn running(inlines: &[Inline]) -> String {
    inlines.iter().map(written).collect()
}

fn written(inline: &Inline) -> String {
    match inline {
        Inline::Text { text: words, .. } | Inline::Html(words) => escaped(words),
        Inline::Code(code) => span(code),
        Inline::Math(math) => math.to_string(),
        Inline::Emphasis(inner) => stressed("*", inner),
        Inline::Strong(inner) | Inline::Role(Role::Marking | Role::Warning, inner) => stressed("**", inner),
        Inline::Struck(inner) => stressed("~~", inner),
        Inline::Role(_, inner) => running(inner),
        Inline::Link { target, inlines } => link(target, inlines),
        Inline::Picture { target, alt } => match destination(target) {
            Some(to) => format!("![{}]({to})", escaped(alt)),
            None => escaped(&format!("[Picture: {alt}]")),
        },
        Inline::NoteMark(label) => format!("[^{label}]"),
        Inline::Break => "\\\n".to_owned(),
        Inline::SoftBreak => "\n".to_owned(),
        Inline::Seam { hyphen } => if *hyphen { "&shy;" } else { "" }.to_owned(),
    }
}

/// Links of the library lose their markup: they lead nowhere elsewhere.
fn link(target: &Target, inlines: &[Inline]) -> String {
    let words = running(inlines);
    match target {
        Target::Web(address) if plain(inlines) == **address => format!("<{address}>"),
        Target::Web(_) | Target::Heading(_) => match destination(target) {
            Some(to) => format!("[{words}]({to})"),
            None => words,
        },
        _ => words,
    }
}

fn destination(target: &Target) -> Option<String> {
    let written = match target {
        Target::Web(address) => address.to_string(),
        Target::Heading(anchor) => format!("#{anchor}"),
        Target::Path(path) => crate::text::Text::line(path).into_string(),
        _ => return None,
    };
    let safe = written.replace(' ', "%20").replace('<', "%3C").replace('>', "%3E");
    Some(if safe.contains(['(', ')']) { format!("<{safe}>") } else { safe })
}

/// Marks around words, white space kept outside of them.
fn stressed(mark: &str, inner: &[Inline]) -> String {
    let text = running(inner);
    let words = text.trim();
    if words.is_empty() {
        return text;
    }
    let (before, after) = text.split_once(words).unwrap_or_default();
    format!("{before}{mark}{words}{mark}{after}")
}

fn span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// Words with what Markdown would read as a mark kept as it is.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    let mut before = ' ';
    for (at, c) in words.char_indices() {
        let after = words.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let inside = before.is_alphanumeric() && after.is_alphanumeric();
        let mark = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '$' => true,
            '_' => !inside,
            '~' => after == '~' || before == '~',
            '&' => after.is_alphanumeric() || after == '#',
            _ => false,
        };
        if mark {
            safe.push('\\');
        }
        safe.push(c);
        before = c;
    }
    safe
}
