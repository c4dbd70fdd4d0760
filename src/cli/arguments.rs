//! What can be typed: one table for the parser, the help, the man page and the completions.
//!
//! Help texts teach: what a command is for, then how it is used.

mod read;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  dossier                              read the library of this folder, or the one built in
  dossier briefings/                   read the library in briefings/
  dossier briefings/ actor:nvidia      the same, opened at an actor's page
  dossier letter.md                    read one Markdown file
  dossier list actors                  who is in the library
  dossier show timeline                print a page
  dossier export nvidia -o nvidia.txt  a plain-text copy to hand on

Addresses: home, briefings, actors, topics, claims, timeline, sources, glossary, problems, help,
notes; briefing:ID, actor:ID, topic:ID, claim:ID, event:ID, source:ID, term:ID, packet:ID,
folder:PATH, search:QUERY.
A bare word is looked up: an id, a name or an alias.

Without -L the library is the one DOSSIER_LIBRARY names, else the one in the configuration file
(`library: PATH` in dossier/config.yaml), else ./ if it holds an index.yaml, else ./briefings,
else ./ if a Markdown file is in it, else the one built into the program.

Exit codes: 0 fine, 1 found nothing or found problems, 2 wrong usage or unreadable library.";

/// The whole command line as typed.
#[derive(Debug, Parser)]
#[command(
    name = "dossier",
    version,
    about = "Read briefings in the terminal: Markdown files with linked actors, topics and claims",
    after_help = EXAMPLES,
    max_term_width = 100,
    override_usage = "dossier [OPTIONS] [LIBRARY] [ADDRESS]\n       dossier [OPTIONS] COMMAND …",
    subcommand_help_heading = "Commands without the reader"
)]
pub struct Arguments {
    /// A folder, one Markdown file, or `-` for standard input
    #[arg(value_name = "LIBRARY")]
    pub first: Option<OsString>,
    /// The page to open, such as `actor:nvidia`
    #[arg(value_name = "ADDRESS")]
    pub second: Option<OsString>,
    /// The reader's colours: dark, light, high-contrast or no-colour; else those used last
    #[arg(long, value_name = "NAME", hide_possible_values = true)]
    pub theme: Option<Look>,
    /// Draw the reader's lines and marks with plain ASCII characters
    #[arg(long)]
    pub ascii: bool,
    /// Leave the mouse to the terminal, for selecting text
    #[arg(long)]
    pub no_mouse: bool,
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes, before or after its word.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// The library: a folder, one Markdown file, or `-` for standard input
    #[arg(short = 'L', long, global = true, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Colour: auto (when printing to a terminal), always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub color: When,
    /// Keep nothing in the cache folder, and use nothing from there; the same as `DOSSIER_NO_CACHE=1`
    #[arg(long, global = true)]
    pub no_cache: bool,
}

/// The reader's themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Look {
    Dark,
    Light,
    HighContrast,
    NoColour,
}

/// When to write colour codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what the library holds
    List(List),
    /// Search the library: the best briefings first, with the sentence around each hit
    Search(Search),
    /// Bring the search index up to date
    Index(Index),
    /// Print a page
    Show(Show),
    /// Write pages as plain text, to hand on
    Export(Export),
    /// Tell what a record links to and what links to it, with file, line and reason
    Links(Links),
    /// Find what is wrong in the library: file, line, column and what to write instead
    Check(Check),
    /// Start a library: write a first index.yaml from the Markdown files that are there
    Init(Init),
    /// Start a briefing: a Markdown file with its front matter
    New(New),
    /// Print the JSON Schema of a file of the library, with which an editor helps to write it
    Schema(Schema),
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier list                  every briefing, newest first
  dossier list actors           every actor, by name
  dossier list briefings chips  those with `chips` in their title, id or path
  dossier list claims --json    for a script: one array, an object for each record

Every word of the query must stand in the title, a name or alias, the id or the path. Capitals and
accents do not count. A query for briefings with more than words in it is as that of
`dossier search`:
  dossier list briefings 'kind:memo after:2025-02'
Exits with 1 when nothing is found.")]
pub struct List {
    /// briefings (when left out), actors, topics, claims, events, sources, glossary or packets
    #[arg(value_name = "KIND", default_value = "briefings", hide_default_value = true)]
    pub kind: String,
    /// Words that must stand in the title, a name, the id or the path; of briefings also a query as `search` has
    /// it, with fields, dates and quotation marks
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Print one JSON array
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier search actor:nvidia                    all that is about Nvidia or names it
  dossier search 'export controls -smuggling'    both words, and not the third
  dossier search '\"export controls\" after:2025'  these words in this order, from 2025 on
  dossier search 'licen* kind:explainer' --limit 5
  dossier search wang --json

A query that leaves words out stands in quotes, so that -smuggling is not taken for an option.
To a pipe each hit is a line, PATH:LINE: TEXT (PATH: TEXT if it stands above the text). Words, fields and dates are explained in
docs/search.md. Exits with 1 when nothing is found.")]
pub struct Search {
    /// Words, "exact words", -without, a OR b, chip*, wang~, actor:, topic:, kind:, after: and so on
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// How many to show, at least 1
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = limit)]
    pub limit: usize,
    /// Print one JSON array
    #[arg(long)]
    pub json: bool,
    /// Tell how the query is understood, and search nothing
    #[arg(long)]
    pub explain: bool,
    /// Look at every file first, to find also what was written to in place in the last ten minutes
    #[arg(long)]
    pub fresh: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The index is kept in the platform's cache folder and can be deleted at any time.
`dossier search` brings it up to date by itself; this does it beforehand.")]
pub struct Index {
    /// Make it anew
    #[arg(long)]
    pub rebuild: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier links nvidia                     who names Nvidia, where, and by which rule
  dossier links briefing:wang-open-letter  what a briefing names and links to, and what links to it
  dossier links nvidia --json              for a script
  dossier links --json                     every link of every text, one object a line

`declared` stands in YAML, `written` is a link in the text, `mentioned` is a name in the text that
links by itself. Exits with 1 when there are no links.")]
pub struct Links {
    /// An address or a name; every text when left out
    #[arg(value_name = "ADDRESS")]
    pub address: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier show nvidia                     the page of that name
  dossier show briefing:wang-open-letter  a briefing, as the reader shows it
  dossier show wang-open-letter#sources   only that section
  dossier show timeline --width 100
  dossier show deepseek-chip-claim --wide | less -S   its tables whole
  dossier show letter.md                  one Markdown file, without a library
  cat letter.md | dossier show -")]
pub struct Show {
    /// An address, a name, or a Markdown file; the first page when left out
    #[arg(value_name = "ADDRESS")]
    pub address: Option<String>,
    /// Columns, 12 to 500; else the terminal's, at most 88, or 80 without a terminal
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(12..=500))]
    pub width: Option<u16>,
    /// Tables, code and source as wide as the terminal, or whole for `less -S`; text stays in its columns
    #[arg(long, conflicts_with = "json")]
    pub wide: bool,
    /// No colour and no bold, as with --color never
    #[arg(long)]
    pub plain: bool,
    /// Print the file it comes from as it is written, with the numbers of its lines
    #[arg(long, conflicts_with = "json")]
    pub source: bool,
    /// Print the record as JSON, with what it links to and what links to it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier export wang-open-letter -o letter.txt
  dossier export actor:nvidia timeline --pages -o nvidia.txt   two pages, one packet to print
  dossier export nvidia --ascii --refs none | mail -s Nvidia desk@example.org

The same pages give the same bytes. The handling marking stands first and last; with several
pages, the strictest of their markings stands on all. A file that exists is never overwritten
without --force, and it is written whole or not at all.")]
pub struct Export {
    /// Addresses, names, or one Markdown file; several make a packet with a list of contents
    #[arg(value_name = "ADDRESS", required = true)]
    pub addresses: Vec<String>,
    /// The file to write; without it the text goes to standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Columns, 40 to 200; 72 when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=200))]
    pub width: Option<u16>,
    /// Only plain ASCII characters
    #[arg(long)]
    pub ascii: bool,
    /// Pages of 58 lines, each with the marking and its number, form feeds between
    #[arg(long)]
    pub pages: bool,
    /// Safe in the body of a mail: 72 columns, no page ends, no line that a mail program misreads
    #[arg(long, conflicts_with = "pages")]
    pub mail: bool,
    /// For large print: 44 columns and more room
    #[arg(long, conflicts_with = "width")]
    pub large: bool,
    /// What to write; what the options above ask for is for plain text
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: Form,
    /// Where the targets of links go in plain text: listed at the end (when left out), in the text, or nowhere
    #[arg(long, value_name = "WHERE")]
    pub refs: Option<Refs>,
    /// With what helps to find one's way in the library: how often and in which line a name stands, see also
    #[arg(long)]
    pub whole: bool,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub force: bool,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Plain text, ready to print or paste
    Text,
    /// Markdown that any other tool reads
    Markdown,
    /// One HTML file without scripts
    Html,
    /// The document as a tree, for programs
    Json,
}

/// What becomes of the targets of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Refs {
    End,
    Inline,
    None,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier check                  the library of this folder
  dossier check briefings --strict
  dossier check --json           [{severity, file, line, column, message, help}]

Exits with 1 when there is an error, with --strict also when there is a warning.
FILE:LINE:COL is what editors and build logs jump to.")]
pub struct Check {
    /// The library, as with -L; else that of this folder
    #[arg(value_name = "DIR", conflicts_with = "library")]
    pub folder: Option<PathBuf>,
    /// Warnings count as failures
    #[arg(long)]
    pub strict: bool,
    /// Print one JSON array
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier init              in this folder
  dossier init ~/briefings

Reads the Markdown files of the folder, changes none of them, and writes one index.yaml that
names them, with the title and date each shows in comments; past the first hundred they need no naming.
An index.yaml that exists is never overwritten.")]
pub struct Init {
    /// The folder, else this one
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier new \"Chip export licences\"
  dossier new meeting-note \"Call with the Commerce Department\"
  dossier new action-memo \"Respond to the consultation\" -L ~/briefings

Kinds that have a template of their own: meeting-note, action-memo. Any other word is kept as the
briefing's kind. The file is named after the title and written into the library's folder (-L and
so on), else into this one. A file that exists is never overwritten.")]
pub struct New {
    /// What kind of briefing (left out: info-memo), then its title
    #[arg(value_name = "[KIND] TITLE", required = true, num_args = 1..)]
    pub words: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier schema actors > actors.schema.json
  dossier schema index > index.schema.json

Editors that know YAML (by yaml-language-server, as VS Code, Neovim and Emacs do) then complete keys
and words, tell what each is for and underline what is wrong, if the first line of actors.yaml is
  # yaml-language-server: $schema=actors.schema.json")]
pub struct Schema {
    /// The file that is to be written
    #[arg(value_name = "FILE")]
    pub file: Described,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// index.yaml, of the library or of a folder
    Index,
    /// What stands between two lines of `---` at the start of a Markdown file
    FrontMatter,
    Actors,
    Topics,
    Claims,
    Events,
    Sources,
    Glossary,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier completions bash > ~/.local/share/bash-completion/completions/dossier
  dossier completions zsh > ~/.zfunc/_dossier
  dossier completions fish > ~/.config/fish/completions/dossier.fish")]
pub struct Completions {
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dossier man | man -l -
  dossier man export > ~/.local/share/man/man1/dossier-export.1")]
pub struct Man {
    /// The command to describe; left out, the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// A number of results: none at all would tell nothing from nothing found.
fn limit(typed: &str) -> Result<usize, String> {
    match typed.parse() {
        Ok(0) => Err("none would be shown; write at least 1".to_owned()),
        Ok(limit) => Ok(limit),
        Err(_) => Err("not a number; write one such as 20".to_owned()),
    }
}

impl Command {
    /// Whether it prints what a library holds.
    pub fn reads(&self) -> bool {
        matches!(
            self,
            Self::List(_)
                | Self::Search(_)
                | Self::Show(_)
                | Self::Export(_)
                | Self::Links(_)
                | Self::Check(_)
        )
    }
}
