//! The cases: what each library holds, what must be readable of it, what `check` must say.

use std::fs;
use std::path::Path;

/// In files outside every library.
pub const SECRET: &str = "SECRET-OUTSIDE";

/// Everything that acts on a terminal or hides, between two words.
pub const ACTS: &str = "SEEN-A \u{1b}]52;c;QUJD\u{7}\u{1b}[2J\u{9b}31m\u{9d}0;t\u{9c}\u{90}q\u{1b}\\\u{8}\u{7f}\r\
    \u{202e}gnp\u{2066}\u{200f}\u{61c}\u{e0041}\u{200b}\u{feff}\u{2028}\u{fff9} SEEN-B";

/// One hostile library.
pub struct Case {
    pub name: &'static str,
    pub make: fn(&Place<'_>),
    /// Must be readable somewhere.
    pub shows: &'static [&'static str],
    /// Must stand in what `check` says.
    pub says: &'static [&'static str],
}

/// The folder of a library.
pub struct Place<'a>(pub &'a Path);

impl Place<'_> {
    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("below the library")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub fn briefing(&self, body: impl AsRef<[u8]>) {
        self.file("briefings/hostile.md", body);
    }

    #[cfg(unix)]
    fn link(&self, path: &str, target: &str) {
        std::os::unix::fs::symlink(target, self.0.join(path)).expect("a link");
    }
}

/// Every string of a record, in JSON's escapes, which are YAML's.
pub fn quoted(text: &str) -> String {
    let escape = |c: char| {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        units.map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat()
    };
    // A pair of surrogates is no character in YAML.
    let one = |c: char| if u32::from(c) > 0xffff { format!("\\U{:08x}", u32::from(c)) } else { escape(c) };
    format!("\"{}\"", text.chars().map(one).collect::<String>())
}

macro_rules! cases {
    ($($name:ident $shows:expr, $says:expr, |$at:ident| $make:expr;)*) => {
        vec![$(Case { name: stringify!($name), make: |$at| { $make; }, shows: &$shows, says: &$says }),*]
    };
}
pub(crate) use cases;

pub fn all() -> Vec<Case> {
    let mut all = text();
    all.extend(values());
    all.extend(markdown());
    all.extend(yaml());
    all.extend(super::places::all());
    all.extend(super::masses::all());
    all.extend(super::long::all());
    #[cfg(unix)]
    all.extend(files());
    all
}

/// What acts, in every place of a text.
fn text() -> Vec<Case> {
    cases! {
        acts_in_a_body ["SEEN-A", "SEEN-B"], ["hostile.md:3: warning: 15 characters"], |at| at.briefing(format!("# t\n\n{ACTS}\n"));
        acts_in_every_block ["SEEN-A", "SEEN-B"], [], |at| at.briefing(format!(
            "# {ACTS}\n\n- {ACTS}\n\n> {ACTS}\n\n| {ACTS} | b |\n|---|---|\n| {ACTS} | c |\n\n```{ACTS}\n{ACTS}\n```\n\n\
             <div>{ACTS}</div>\n\n`{ACTS}` **{ACTS}** [{ACTS}](x.md) ![{ACTS}](y.png) [[{ACTS}]] [^n] ${ACTS}$\n\n\
             [^n]: {ACTS}\n\n{ACTS}\n: {ACTS}\n\n> [!{ACTS}]\n> {ACTS}\n"));
        references ["BEFORE-R", "AFTER-R"], [], |at| at.briefing(
            "BEFORE-R &#27;[31m &#x1b;]0;t&#7; &#x9b;31m &#8238;x&#8236; &#0; &#xfeff; &#xe0041; &#x200b; &NewLine; AFTER-R\n");
        split_over_events ["AFTER-E"], [], |at| at.briefing("\u{1b}**[31m** *\u{1b}*[2J `\u{1b}`]0;t`\u{7}` &#27;<b>[6n</b> AFTER-E\n");
        percent_encoded ["AFTER-P"], [], |at| at.briefing(
            "[a](%1b]52;c;QUJD%07.md) [b](x%0a%0d%9b.md) [c](http://h/%1b[2J) ![d](%1b%5d.png) [[%1b]] AFTER-P\n");
        overlong ["AFTER-O"], [], |at| at.briefing(b"\xc0\x9b[31m \xe0\x80\x9b \xf0\x80\x80\x9b \xc1\x9b \xf8\x88\x80\x80\x9b AFTER-O\n");
        lone_surrogates ["AFTER-S"], [], |at| at.briefing(b"\xed\xa0\x80\xed\xb0\x80 \xed\xae\x80 AFTER-S\n");
        marks_over_spans ["AFTER-M"], [], |at| at.briefing(format!("Z{} AFTER-M\n", "*\u{301}*".repeat(300)));
        marks_over_references ["AFTER-M"], [], |at| at.briefing(format!("Z{} AFTER-M\n", "&#x301;".repeat(300)));
        marks_over_lines ["AFTER-M"], [], |at| at.briefing(format!("Z{} AFTER-M\n", "\u{301}\n".repeat(300)));
        joiners ["AFTER-J"], [], |at| at.briefing(format!("{} {} AFTER-J\n", "\u{1f468}\u{200d}".repeat(2000), "\u{200d}".repeat(2000)));
        prepended ["AFTER-Q"], [], |at| at.briefing(format!("{} {} AFTER-Q\n", "\u{600}".repeat(2000), "\u{1f1e6}".repeat(2000)));
        hangul ["AFTER-H"], [], |at| at.briefing(format!("{}{} AFTER-H\n", "\u{1100}".repeat(500), "\u{1161}".repeat(500)));
        wide_and_narrow ["AFTER-W"], [], |at| at.briefing(format!("{} {} AFTER-W\n", "漢".repeat(5000), "\u{fdfd}".repeat(200)));
        real_scripts ["می\u{200c}خواهم", "שלום", "漢字", "ශ්\u{200d}රී"], [], |at| at.briefing("می\u{200c}خواهم שלום 漢字 ශ්\u{200d}රී\n");
        line_ends ["one", "five"], [], |at| at.briefing("# t\r\rone\rtwo\u{2028}three\u{b}four\u{c}five\r");
        not_text [], ["not"], |at| at.briefing((0..=255_u8).cycle().take(100_000).collect::<Vec<u8>>());
        utf_16 [], ["not UTF-8"], |at| at.briefing("\u{feff}# t\n\nx\n".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    }
}

/// What acts, in every value and name.
fn values() -> Vec<Case> {
    cases! {
        acts_in_front_matter ["SEEN-A"], [], |at| at.briefing(format!(
            "---\nid: {0}\ntitle: {0}\nkind: {0}\ndate: {0}\nstatus: {0}\nbluf: {0}\nfrom: {0}\nto: [{0}]\nmarking: {0}\n\
             actors: [{0}]\ntopics: [{0}]\nclaims: [{0}]\nevents: [{0}]\nsources: [{0}]\npriority: {0}\nlang: {0}\n\
             supersedes: {0}\nversion: {0}\nasks: [{{text: {0}, options: [{0}], recommended: {0}}}]\n\
             changes: [{{version: {0}, note: {0}}}]\npoints: [{{text: {0}, use: {0}}}]\n\
             tabs: [{{label: {0}, title: {0}, file: {0}}}]\n{0}: {0}\n---\nx\n", quoted(ACTS)));
        acts_in_registries ["SEEN-A"], [], |at| {
            let one = |keys: &str| {
                let fields: Vec<String> = keys.split(' ').map(|key| format!("  {key}: {}\n", quoted(ACTS))).collect();
                let fields = fields.concat();
                format!("- id: x\n{fields}  {}: {}\n", quoted(ACTS), quoted(ACTS))
            };
            at.file("actors.yaml", one("name kind aliases hidden_names summary country links stances relations memberships classification party"));
            at.file("topics.yaml", one("name label aliases broader related notation definition summary"));
            at.file("claims.yaml", one("text claimant verdict status likelihood confidence date sources responses evidence"));
            at.file("events.yaml", one("title name date kind status participants place topics sources summary"));
            at.file("sources.yaml", one("title publisher creator date url kind reliability credibility archived"));
            at.file("glossary.yaml", one("term expansion definition aliases"));
            at.file("index.yaml", format!("title: {0}\ndescription: {0}\nmarking: {0}\nlang: {0}\nlikelihood_scale: {0}\n\
                packets: [{{id: p, title: {0}, for: {0}, needed_by: {0}, items: [{{briefing: {0}, section: {0}, note: {0}}}]}}]\n", quoted(ACTS)));
        };
        acts_as_ids ["SEEN"], [], |at| at.file("actors.yaml", format!("- id: {0}\n  name: SEEN\n- id: ../../x\n  name: Up\n- id: \"a b/c:d#e\"\n  name: Odd\n", quoted(ACTS)));
        unknown_words [], [], |at| at.file("index.yaml", format!("briefings:\n- file: {}\n- file: 'no such'\n", quoted(ACTS)));
        endless_title ["AFTER-L"], [], |at| at.briefing(format!("---\ntitle: {}\n---\nAFTER-L\n", "long ".repeat(50_000)));
        endless_word ["AFTER-L"], [], |at| at.briefing(format!("---\ntitle: {}\n---\nAFTER-L\n", "l".repeat(200_000)));
        many_tags ["AFTER-T"], [], |at| at.briefing(format!("---\ntopics: [{}]\n---\nAFTER-T\n", (0..5000).map(|n| format!("t{n}")).collect::<Vec<_>>().join(", ")));
        names_of_nothing ["AFTER-N"], [], |at| {
            at.file("actors.yaml", "- {id: a, name: ''}\n- {id: b, name: ' '}\n- {id: c, name: '.', aliases: ['(', '*', 'a', '', '\\', '.*']}\n");
            at.briefing("a ( * . \\ AFTER-N\n");
        };
        names_like_patterns ["AFTER-N"], [], |at| {
            at.file("actors.yaml", format!("- {{id: a, name: '{}'}}\n- {{id: b, name: '(a+)+$'}}\n", "a".repeat(5000)));
            at.briefing(format!("{}! AFTER-N\n", "a".repeat(5000)));
        };
        topics_in_a_circle ["AFTER-C"], [], |at| {
            at.file("topics.yaml", "- {id: a, name: Alpha, broader: b}\n- {id: b, name: Beta, broader: a}\n- {id: c, name: Gamma, broader: c}\n");
            at.briefing("---\ntopics: [a, b, c]\n---\nAFTER-C\n");
        };
        actors_in_a_circle [], [], |at| at.file("actors.yaml",
            "- {id: a, name: Alpha, relations: [{type: owns, to: b}]}\n- {id: b, name: Beta, relations: [{type: owns, to: a}, {type: owns, to: b}]}\n");
        supersedes_itself ["AFTER-C"], [], |at| {
            at.briefing("---\nsupersedes: [hostile, other]\ntabs: [{title: x, file: hostile.md}]\n---\nAFTER-C [[hostile]] ![[hostile]]\n");
            at.file("briefings/other.md", "---\nsupersedes: hostile\n---\nx\n");
        };
    }
}

/// Markdown that asks too much.
fn markdown() -> Vec<Case> {
    cases! {
        quotes_deep ["AFTER"], [], |at| at.briefing(format!("{} deep\n\nAFTER\n", ">".repeat(20_000)));
        lists_deep ["AFTER"], [], |at| at.briefing(format!("{}x\n\nAFTER\n", "- ".repeat(5000)));
        lists_and_quotes_deep ["AFTER"], [], |at| at.briefing(format!("{}x\n\nAFTER\n", "- > 1. ".repeat(2000)));
        emphasis_deep ["AFTER"], [], |at| at.briefing(format!("{}x{}\n\nAFTER\n", "*a **b ".repeat(5000), "** *".repeat(5000)));
        links_deep ["AFTER"], [], |at| at.briefing(format!("{}x{}\n\nAFTER\n", "[".repeat(20_000), "](y)".repeat(20_000)));
        pictures_deep ["AFTER"], [], |at| at.briefing(format!("{}x{}\n\nAFTER\n", "![".repeat(10_000), "](y)".repeat(10_000)));
        backticks ["AFTER"], [], |at| at.briefing(format!("{}\n\nAFTER\n", (1..700).map(|n| "`".repeat(n) + "x").collect::<String>()));
        html_storm ["AFTER"], [], |at| at.briefing(format!("a {}\n\nAFTER\n", "<!-- <a <!".repeat(10_000)));
        reference_storm ["AFTER"], [], |at| at.briefing(format!("{}\n{}\nAFTER\n", "[a] ".repeat(10_000), "[a]: x\n".repeat(10_000)));
        notes_in_a_circle ["AFTER"], [], |at| at.briefing("x[^a]\n\n[^a]: y[^b] [^a]\n[^b]: z[^a]\n\nAFTER\n");
        notes_by_the_thousand ["AFTER"], [], |at| at.briefing(format!("{}\n\nAFTER\n",
            (0..3000).map(|n| format!("x[^{n}]\n\n[^{n}]: y\n\n")).collect::<Vec<_>>().concat()));
        headings_by_the_thousand ["AFTER"], [], |at| at.briefing("# same\n\n".repeat(5000) + "AFTER\n");
        table_wide ["AFTER"], [], |at| at.briefing(format!("|{}\n|{}\n|{}\n\nAFTER\n", "c|".repeat(3000), "-|".repeat(3000), "x|".repeat(3000)));
        table_long ["AFTER"], [], |at| at.briefing(format!("|a|b|\n|-|-|\n{}\nAFTER\n", "|x|y|\n".repeat(20_000)));
        table_ragged ["AFTER"], [], |at| at.briefing(format!("|a|\n|-|\n{}\nAFTER\n", "x|".repeat(5000)));
        entities ["AFTER"], [], |at| at.briefing(format!("{} AFTER\n", "&amp;&#1;&CounterClockwiseContourIntegral;".repeat(5000)));
        addresses ["AFTER"], [], |at| at.briefing(format!("{}\n\nAFTER\n", "http://a.b/c?d=e&f, www.x. a@b.c ".repeat(3000)));
        wiki_storm ["AFTER"], [], |at| at.briefing(format!("{}\n\nAFTER\n", "[[ [[a|b]] ]] ![[c]] [[".repeat(3000)));
        never_closed ["BEFORE"], [], |at| at.briefing("BEFORE\n\n~~~\n<!--\n[^x]: \n$$\n| a\n> [!\n[[");
        one_long_line ["END-OF-LINE"], [], |at| at.briefing("x".repeat(1_000_000) + " " + &"word ".repeat(100_000) + "END-OF-LINE\n");
        blank_lines ["AFTER"], [], |at| at.briefing("\n".repeat(300_000) + "AFTER\n");
        links_outside ["AFTER"], [], |at| at.briefing(
            "[a](../../outside/secret.md) [b](/etc/passwd) [c](..%2f..%2foutside/secret.md) [d](file:///etc/passwd) \
             ![e](../../outside/secret.md) [[../../outside/secret]] ![[/etc/passwd]] [f](\\\\host\\share) [g](//host/x) [h](....//....//outside) AFTER\n");
        schemes ["AFTER"], [], |at| at.briefing("[a](javascript:x) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](vbscript:x) [e](ms-msdt:/id) [f](--help) <x-evil:y> AFTER\n");
    }
}

/// YAML that asks too much, or is none.
fn yaml() -> Vec<Case> {
    cases! {
        index_deep [], ["index.yaml"], |at| at.file("index.yaml", format!("a: {}{}\n", "[".repeat(50_000), "]".repeat(50_000)));
        index_deep_maps [], ["index.yaml"], |at| at.file("index.yaml", format!("{}x\n", "{a: ".repeat(50_000)));
        index_deep_blocks [], ["index.yaml"], |at| at.file("index.yaml", (0..500).map(|n| " ".repeat(n) + "a:\n").collect::<String>());
        index_dashes [], ["index.yaml"], |at| at.file("index.yaml", "- ".repeat(20_000) + "x\n");
        index_of_aliases [], ["index.yaml"], |at| at.file("index.yaml", format!("a: &a [x]\n{}", (0..5000).map(|n| format!("k{n}: *a\n")).collect::<Vec<_>>().concat()));
        index_merges [], ["index.yaml"], |at| at.file("index.yaml", "base: &b {title: x}\n<<: *b\n<<: [*b, *b]\n");
        index_tags [], [], |at| at.file("index.yaml", "title: !!python/object/apply:os.system ['echo x']\ndescription: !<tag:x> y\n");
        index_is_binary [], ["index.yaml"], |at| at.file("index.yaml", (0..=255_u8).cycle().take(5000).collect::<Vec<u8>>());
        index_utf_16 [], ["index.yaml"], |at| at.file("index.yaml", "title: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        index_nul [], ["index.yaml"], |at| at.file("index.yaml", "title: a\0b\n");
        index_documents [], ["index.yaml"], |at| at.file("index.yaml", "---\ntitle: x\n".repeat(5000));
        index_duplicates [], ["index.yaml"], |at| at.file("index.yaml", "title: x\n".repeat(5000));
        index_is_a_word [], ["index.yaml"], |at| at.file("index.yaml", "just words\n");
        index_unclosed [], ["index.yaml"], |at| at.file("index.yaml", "title: \"never closed\nbriefings:\n- file: briefings/good.md\n");
        index_keys [], ["index.yaml"], |at| at.file("index.yaml", "? [a, b]\n: c\n? {d: e}\n: f\n1: 2\n~: x\n: y\n");
        index_long_key [], ["index.yaml"], |at| at.file("index.yaml", format!("{}: x\n", "k".repeat(100_000)));
        registry_is_a_map [], ["actors.yaml"], |at| at.file("actors.yaml", "a: 1\nb: 2\n");
        registry_of_anything [], ["actors.yaml"], |at| at.file("actors.yaml", "- 1\n- x\n- [y]\n- {}\n- {id: 5}\n- {id: [a]}\n- {id: {a: b}, name: [c]}\n- ~\n");
        front_matter_open ["AFTER"], ["hostile.md:1"], |at| at.briefing("---\ntitle: x\n\nAFTER\n");
        front_matter_huge ["AFTER"], ["hostile.md"], |at| at.briefing(format!("---\n{}---\nAFTER\n", "a: b\n".repeat(400_000)));
        front_matter_many [], [], |at| (0..200).for_each(|n| at.file(&format!("briefings/b{n}.md"), format!("---\nx: {}\n---\n", "[".repeat(3000))));
        front_matter_twice ["AFTER"], [], |at| at.briefing("---\ntitle: x\n---\n---\ntitle: y\n---\nAFTER\n");
    }
}

/// Files that are not what they seem.
#[cfg(unix)]
fn files() -> Vec<Case> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    cases! {
        link_out [], ["leads out"], |at| at.link("briefings/l.md", "../../outside/secret.md");
        link_absolute [], ["leads out"], |at| at.link("briefings/l.md", "/etc/passwd");
        link_folder_out [], [], |at| { at.link("dir", "../outside"); at.file("index.yaml", "briefings: [{file: dir/secret.md}]\n"); };
        link_index_out [], ["index.yaml"], |at| at.link("index.yaml", "../outside/secret.yaml");
        link_registry_out [], ["actors.yaml"], |at| at.link("actors.yaml", "../outside/secret.yaml");
        link_by_links [], ["leads out"], |at| { at.link("briefings/a", ".."); at.link("briefings/l.md", "a/../outside/secret.md"); };
        link_circle [], ["briefings/a.md"], |at| { at.link("briefings/a.md", "b.md"); at.link("briefings/b.md", "a.md"); };
        link_to_itself [], [], |at| { at.link("briefings/self", "."); at.link("up", ".."); };
        link_to_proc [], ["leads out"], |at| { at.link("briefings/p.md", "/proc/self/environ"); at.link("briefings/z.md", "/dev/zero"); };
        sibling_of_the_same_start [], [], |at| {
            let beside = at.0.with_file_name("library-secret");
            fs::create_dir(&beside).expect("a folder");
            fs::write(beside.join("s.md"), SECRET).expect("a file");
            at.link("briefings/l.md", "../../library-secret/s.md");
            at.file("index.yaml", "briefings: [{file: ../library-secret/s.md}]\n");
        };
        paths_out [], ["index.yaml"], |at| at.file("index.yaml",
            "briefings: [{file: ../outside/secret.md}, {file: /etc/passwd}, {file: 'briefings/../../outside/secret.md'}, {file: '..%2foutside%2fsecret.md'}, {file: '\\\\..\\\\outside\\\\secret.md'}, {file: 'briefings'}, {file: '.'}, {file: '~/x.md'}]\n");
        pipe [], ["pipe"], |at| pipe(&at.0.join("briefings/p.md"));
        pipe_as_index [], ["index.yaml"], |at| pipe(&at.0.join("index.yaml"));
        socket [], ["socket"], |at| {
            // A socket's name must be short.
            let socket = std::env::temp_dir().join(format!("dossier-{}.sock", std::process::id()));
            let _gone = fs::remove_file(&socket);
            drop(std::os::unix::net::UnixListener::bind(&socket).expect("a socket"));
            fs::rename(&socket, at.0.join("briefings/s.md")).expect("moved");
        };
        folder_as_file [], [], |at| { fs::create_dir(at.0.join("briefings/x.md")).expect("a folder"); fs::create_dir(at.0.join("index.yaml")).expect("a folder"); };
        unreadable [], [], |at| {
            at.file("briefings/u.md", "x");
            fs::set_permissions(at.0.join("briefings/u.md"), fs::Permissions::from_mode(0o0)).expect("changed");
        };
        names_that_act [], ["not UTF-8"], |at| {
            for name in [&b"a\x1b]0;pwn\x07b.md"[..], b"new\nline.md", b"caf\xe9\x9b31m.md", b"--help.md", b"x\xe2\x80\xaedm.exe.md", b" .md", b"..md"] {
                fs::write(at.0.join("briefings").join(OsStr::from_bytes(name)), "# n\n\nx\n").expect("a file");
            }
        };
        names_long ["LONG-NAME"], [], |at| at.file(&format!("briefings/{}.md", "n".repeat(250)), "LONG-NAME\n");
        folders_deep [], ["folders deep"], |at| at.file(&format!("{}x.md", "d/".repeat(150)), "x\n");
        sparse [], ["longer than"], |at| {
            let file = fs::File::create(at.0.join("briefings/huge.md")).expect("a file");
            file.set_len(10 << 30).expect("sparse");
        };
        sparse_index [], ["index.yaml"], |at| fs::File::create(at.0.join("index.yaml")).expect("a file").set_len(10 << 30).expect("sparse");
    }
}

#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}
