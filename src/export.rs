//! A page's lines to plain text: marking, width, references, pages, ASCII.
//!
//! References and ASCII change the document before it is laid out, so that nothing grows over the width
//! afterwards; marking, pages and the ASCII of drawn lines come after. Between them stand the rows of the screen.

mod aids;
mod ascii;
mod escape;
mod form;
mod indent;
mod markdown;
mod packet;
mod paginate;
mod references;
mod tree;
mod web;

use std::rc::Rc;

use crate::document::{Document, Role};
use crate::layout::{Grid, Layout, Line, wrap};
use crate::marking::strictest;
use crate::page::Page;
use crate::text::{Text, shorten, slug, width};
use references::Numbers;

pub use ascii::unwritten;
pub use escape::escaped;
pub use form::Form;
pub use markdown::markdown;
pub use tree::json;
pub use web::html;

/// What stands for a marking where there is none: never taken for "may be passed on".
pub const NO_MARKING: &str = "NO MARKING";
/// Lines of a printed page.
const PAGE: usize = 58;
/// Lines of a page in large print.
const LARGE_PAGE: usize = 36;
/// Columns in large print, which fill a sheet at about twenty points.
const LARGE: usize = 44;
/// Columns of a mail, less one for lines that must not begin as they do.
const MAIL: usize = 71;
/// Columns between the title and the number at the foot of a page.
const FOOT: usize = 4;
/// A row of a table with no more lines is not parted by the end of a page.
const WHOLE: usize = 20;
/// Lines that a marking may take, however long it is written.
const MARKING_LINES: usize = 4;

/// How a plain-text copy is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Columns, 40 to 200.
    pub width: usize,
    /// Only ASCII: bullets, lines, quotes and accents in plain letters.
    pub ascii: bool,
    /// 58 lines a page, each with marking and `Page n of m`, form feeds between.
    pub pages: bool,
    /// Safe in the body of a mail: 72 columns, no form feed, no line that a mail program reads as a sign.
    pub mail: bool,
    /// For large print: 44 columns, more room around headings, fewer lines a page.
    pub large: bool,
    pub references: References,
    /// With what helps to find one's way in the library: counts, lines, see also.
    pub whole: bool,
}

/// What becomes of the targets of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// Numbered in the text and listed at the end.
    End,
    /// In brackets where they stand.
    Inline,
    /// Left out.
    None,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 72,
            ascii: false,
            pages: false,
            mail: false,
            large: false,
            references: References::End,
            whole: false,
        }
    }
}

/// One line of the copy, and what paging must know of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    text: String,
    /// A heading starts here.
    heading: bool,
    /// Only a drawn line: it belongs to what stands above and below it.
    rule: bool,
    /// A line of a row of a table that goes on in the next.
    goes_on: bool,
    /// The head of its table, which stands again above it at the top of a page.
    head: Option<Rc<[Row]>>,
}

impl Row {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// The plain-text copy of one page, or of several as a packet with its contents and the strictest marking.
pub fn text(pages: &[Page], options: &Options) -> String {
    match pages {
        [] => String::new(),
        [page] => {
            let mut numbers = Numbers::new(std::slice::from_ref(page));
            let mut rows = body(page, options, &mut numbers);
            rows.extend(numbers.list(options));
            assemble(&page.title, vec![rows], page.marking.as_deref(), options)
        }
        pages => packet("Reading packet", pages, options),
    }
}

/// The plain-text copy of several pages under a title: contents, then each, then the references of all.
pub fn packet(title: &str, pages: &[Page], options: &Options) -> String {
    let marking = strictest(pages.iter().map(|page| page.marking.as_deref()));
    let mut numbers = Numbers::new(pages);
    let mut parts: Vec<_> = pages.iter().map(|page| body(page, options, &mut numbers)).collect();
    if let Some(last) = parts.last_mut() {
        last.extend(numbers.list(options));
    }
    let contents = packet::contents(title, pages, &parts, marking.as_deref(), options);
    parts.insert(0, contents);
    assemble(title, parts, marking.as_deref(), options)
}

/// A safe name to propose for the file of the copy.
pub fn file_name(page: &Page) -> String {
    let mut name = slug(&page.id.slug);
    if name.is_empty() {
        page.id.kind.word().clone_into(&mut name);
    }
    let short: String = name.chars().take(80).collect();
    let device = matches!(short.as_str(), "con" | "prn" | "aux" | "nul")
        || (short.len() == 4 && (short.starts_with("com") || short.starts_with("lpt")));
    if device { format!("{}-{short}.txt", page.id.kind.word()) } else { format!("{short}.txt") }
}

fn columns(options: &Options) -> usize {
    let most = if options.mail { MAIL } else { 200 };
    let width = if options.large { options.width.min(LARGE) } else { options.width };
    width.clamp(40, most)
}

fn page_lines(options: &Options) -> usize {
    if options.large { LARGE_PAGE } else { PAGE }
}

/// The rows of one page: those of the screen at the same width.
fn body(page: &Page, options: &Options, numbers: &mut Numbers) -> Vec<Row> {
    let mut document = Document::clone(&page.document);
    document.in_words();
    numbers.write(&mut document, page.body.as_ref(), options);
    if options.ascii {
        ascii::document(&mut document);
    }
    // the lines of a page take more room than its words: those of a part go before the next is laid out
    let rows = Layout::parts(&document, columns(options)).flat_map(|part| rows(&part, options)).collect();
    if options.large { spaced(rows) } else { rows }
}

/// Rows with a second empty one before each heading.
fn spaced(rows: Vec<Row>) -> Vec<Row> {
    let more = |row: &Row| usize::from(row.heading);
    rows.into_iter().flat_map(|row| std::iter::repeat_n(Row::default(), more(&row)).chain([row])).collect()
}

fn rows(layout: &Layout, options: &Options) -> Vec<Row> {
    let mut rows: Vec<Row> = layout
        .lines
        .iter()
        .map(|line| Row { rule: line.is_rule(), ..Row::new(plain(line.text(), options)) })
        .collect();
    for heading in &layout.headings {
        if let Some(row) = rows.get_mut(heading.row) {
            row.heading = true;
        }
    }
    for grid in &layout.grids {
        table(grid, &mut rows);
    }
    underlined(layout, rows)
}

/// Rows with a line below each heading that has none: on the screen deeper ones are told by their weight alone, which
/// plain text has not.
fn underlined(layout: &Layout, rows: Vec<Row>) -> Vec<Row> {
    let mut headings = layout.headings.iter().filter(|it| it.level > 2).peekable();
    let mut all = Vec::with_capacity(rows.len());
    let mut open: Option<(u8, usize)> = None;
    for (nth, (row, line)) in rows.into_iter().zip(&layout.lines).enumerate() {
        open = headings.next_if(|it| it.row == nth).map(|it| (it.level, 0)).or(open);
        all.push(row);
        let Some((level, widest)) = open else { continue };
        let widest = widest.max(line.columns());
        let is_next = headings.peek().is_some_and(|it| it.row == nth + 1);
        let goes_on = layout.lines.get(nth + 1).is_some_and(|it| heads(it, level)) && !is_next;
        open = goes_on.then_some((level, widest));
        if !goes_on {
            all.push(underline(line, level, widest));
        }
    }
    all
}

/// The line below a heading of that level whose last line this is: what stands before its words stays free, or goes on
/// where it is the edge of a quote.
fn underline(last: &Line, level: u8, widest: usize) -> Row {
    let edge: String =
        last.spans().take_while(|it| it.face.role != Role::Heading(level)).map(|it| it.text).collect();
    let free = width(&edge);
    let edge = if edge.chars().all(|c| c == '│' || c == ' ') { edge } else { " ".repeat(free) };
    let sign = if level == 3 { "~" } else { "^" };
    Row { rule: true, ..Row::new(edge + &sign.repeat(widest.saturating_sub(free))) }
}

/// Whether a line is one of a heading of that level.
fn heads(line: &Line, level: u8) -> bool {
    line.spans().any(|span| span.face.role == Role::Heading(level))
}

/// Says of the lines of a table what belongs together, and what stands above them on each page.
fn table(grid: &Grid, rows: &mut [Row]) {
    let head: Rc<[Row]> = rows.get(grid.head.clone()).unwrap_or_default().into();
    let ends = grid.rows.iter().skip(1).copied().chain([grid.end]);
    for (start, end) in grid.rows.iter().copied().zip(ends) {
        let lines = rows.get_mut(start..end).unwrap_or_default();
        let shown = lines.iter().rposition(|row| !row.text.trim().is_empty()).map_or(0, |last| last + 1);
        for (nth, row) in lines.iter_mut().take(shown).enumerate() {
            row.goes_on = nth + 1 < shown && shown <= WHOLE;
            row.head = Some(Rc::clone(&head)).filter(|head| !head.is_empty());
        }
    }
}

/// A line as it is written: no-break spaces have done their work.
fn plain(line: &str, options: &Options) -> String {
    let line = line.replace('\u{a0}', " ");
    if options.ascii { ascii::text(&line) } else { line }
}

fn centred(text: &str, columns: usize) -> String {
    let left = columns.saturating_sub(width(text)) / 2;
    format!("{}{text}", " ".repeat(left))
}

/// The marking as it stands on top and at the foot.
fn banner(marking: Option<&str>, options: &Options) -> Vec<String> {
    let written = plain(marking.unwrap_or(NO_MARKING), options).replace('\n', " ");
    let lines = wrap(&written, columns(options), columns(options));
    let shown = lines.into_iter().filter_map(|line| written.get(line)).filter(|line| !line.is_empty());
    shown.take(MARKING_LINES).map(|line| centred(line, columns(options))).collect()
}

/// Parts between their markings: one below the other, or each from a new page on.
fn assemble(title: &str, parts: Vec<Vec<Row>>, marking: Option<&str>, options: &Options) -> String {
    let banner = banner(marking, options);
    let paged = options.pages && !options.mail;
    let lines =
        if paged { self::paged(title, &parts, &banner, options) } else { running(parts, &banner, options) };
    let mut copy = String::new();
    for line in lines {
        if options.mail && is_sign(&line) {
            copy.push(' ');
        }
        copy.push_str(line.trim_end_matches(' '));
        copy.push('\n');
    }
    copy
}

/// Whether a mail program would take a line for something else than text: the start of another mail, its end, a
/// quotation.
fn is_sign(line: &str) -> bool {
    line.starts_with("From ") || line.starts_with(['>', '.']) || line.trim_end() == "--"
}

fn running(parts: Vec<Vec<Row>>, banner: &[String], options: &Options) -> Vec<String> {
    let mut lines = banner.to_vec();
    for (index, part) in parts.into_iter().enumerate() {
        lines.push(String::new());
        if index > 0 {
            lines.push(plain(&"═".repeat(columns(options)), options));
            lines.push(String::new());
        }
        lines.extend(part.into_iter().map(|row| row.text));
    }
    lines.push(String::new());
    lines.extend_from_slice(banner);
    lines
}

/// The last line of a page: what it is a page of, and which, so that a loose sheet finds its place.
fn foot(title: &str, number: &str, options: &Options) -> String {
    let room = columns(options).saturating_sub(number.len() + FOOT);
    let title = plain(&shorten(&plain(&Text::line(title), options), room), options);
    format!("{title}{}{number}", " ".repeat(columns(options).saturating_sub(width(&title) + number.len())))
}

/// Lines of a page that are left for text.
fn capacity(banner: usize, options: &Options) -> usize {
    page_lines(options) - 2 * banner - 3
}

fn paged(title: &str, parts: &[Vec<Row>], banner: &[String], options: &Options) -> Vec<String> {
    let capacity = capacity(banner.len(), options);
    let pages: Vec<_> = parts.iter().flat_map(|part| paginate::pages(part, capacity)).collect();
    let mut lines = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let top = lines.len();
        lines.extend_from_slice(banner);
        lines.push(String::new());
        lines.extend(page.iter().map(|row| row.text.clone()));
        lines.resize(top + page_lines(options) - banner.len() - 1, String::new());
        lines.push(foot(title, &format!("Page {} of {}", index + 1, pages.len()), options));
        lines.extend_from_slice(banner);
        if let Some(first) = lines.get_mut(top).filter(|_| index > 0) {
            first.insert(0, '\u{c}');
        }
    }
    lines
}
