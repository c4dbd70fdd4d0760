//! What acts, in the places where nobody looks for it: keys, names, formats of others, what is printed beside a text.

use super::cases::{ACTS, Case, cases, quoted};

/// Characters that show nothing, or not what they are.
const HIDES: &str = "\u{34f}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180e}\u{2061}\u{2063}\u{206a}\u{3164}\u{ffa0}\u{fff9}\u{fffa}\u{1d173}\
                     \u{1bca0}\u{e0001}\u{e0100}\u{fdd0}\u{fffe}\u{1fffe}\u{10ffff}";

pub fn all() -> Vec<Case> {
    let mut all = text();
    all.extend(formats());
    all.extend(records());
    all
}

fn text() -> Vec<Case> {
    cases! {
        hides ["SEEN-H", "SEEN-I"], [], |at| at.briefing(format!("# {HIDES}\n\nSEEN-H {HIDES} SEEN-I [{HIDES}]({HIDES})\n"));
        hides_in_words ["accessgranted"], [], |at| at.briefing("# t\n\nacc\u{3164}ess\u{e0061}gr\u{200b}an\u{2062}ted\n");
        names_of_what_hides ["SEEN-N"], [], |at| at.briefing(
            "SEEN-N &shy;&lrm;&rlm;&ZeroWidthSpace;&NoBreak;&InvisibleTimes;&InvisibleComma;&ApplyFunction;&zwj;&zwnj;&Tab;&NewLine;&nbsp;&#x85;&#127;&#xFFFE;&#x110000;&#xD800; x\n");
        spacing_marks ["AFTER-V"], [], |at| at.briefing(format!("क{} x{} AFTER-V\n", "\u{93e}".repeat(3000), "\u{bd7}".repeat(3000)));
        marks_of_many_sorts ["AFTER-V"], [], |at| at.briefing(format!(
            "a{} ب{} ก{} ་{} あ{} AFTER-V\n", "\u{488}".repeat(500), "\u{651}".repeat(500), "\u{e47}".repeat(500), "\u{f71}".repeat(500), "\u{3099}".repeat(500)));
        emoji_without_end ["AFTER-V"], [], |at| at.briefing(format!(
            "{} {} {} AFTER-V\n", "\u{1f468}\u{1f3fb}".repeat(800), "\u{1f3f4}\u{e0067}\u{e007f}".repeat(800), "\u{fe0f}\u{20e3}1".repeat(800)));
        ligatures_wide_as_a_line ["AFTER-V"], [], |at| at.briefing(format!("{} AFTER-V\n", "\u{fdfd}\u{12031}\u{a9c5}\u{2e3b}".repeat(300)));
        acts_in_notes_and_names ["SEEN-A"], [], |at| at.briefing(format!(
            "x[^{ACTS}] y[^a] [z][{ACTS}] [q]({ACTS} \"{ACTS}\") ![p](y.png \"{ACTS}\") <a href=\"{ACTS}\" title=\"{ACTS}\">h</a>\n\n\
             [^{ACTS}]: n\n[^a]: {ACTS}\n[{ACTS}]: http://h/{ACTS} '{ACTS}'\n\n## {ACTS} {{#{ACTS}}}\n\nSEEN-A\n"));
        acts_in_what_others_write ["SEEN-A"], [], |at| at.briefing(format!(
            "SEEN-A {{{{< ref \"{ACTS}\" >}}}} {{% include {ACTS} %}} {{{{ {ACTS} }}}} %%{ACTS}%% #{ACTS} ==a{ACTS}== ![[{ACTS}#{ACTS}|{ACTS}]] \
             @[{ACTS}] :{ACTS}: $${ACTS}$$\n\n:::{ACTS}\n{ACTS}\n:::\n\n!!! {ACTS}\n    {ACTS}\n\n$$\n{ACTS}\n$$\n\n<details><summary>{ACTS}</summary>{ACTS}</details>\n"));
        acts_in_addresses ["SEEN-A"], [], |at| at.briefing(
            "SEEN-A <http://h/\u{202e}x> <mailto:a@b\u{9b}c> http://h/%1b%5b2J www.h/\u{1b}[2J [a](http://\u{202e}h/) [b](http://a\u{7f}b@c/) [c](HTTP://H\u{feff}/)\n");
        html_that_would_run ["SEEN-H"], [], |at| at.briefing(
            "SEEN-H <script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=x> [a](javascript:alert(1)) [b](http://h/\"onmouseover=\"x) \
             [c](http://h/'><script>x</script>) `</code><script>` ![\"><script>x](y)\n\n```</pre><script>\n</code></pre><script>x</script>\n```\n\n<iframe src=//h>\n\n# \"><script>x</script>\n");
    }
}

/// Front matter and folders as other programs write them.
fn formats() -> Vec<Case> {
    cases! {
        toml_acts ["AFTER-T"], [], |at| at.briefing(format!(
            "+++\ntitle = {0}\ndate = {0}\ntags = [{0}]\n[params]\n{0} = {0}\n+++\nAFTER-T\n", quoted(ACTS)));
        toml_deep ["AFTER-T"], ["hostile.md"], |at| at.briefing(format!("+++\na = {}{}\n+++\nAFTER-T\n", "[".repeat(5000), "]".repeat(5000)));
        toml_tables ["AFTER-T"], [], |at| at.briefing(format!("+++\n{}+++\nAFTER-T\n", (0..3000).map(|n| format!("[a{}]\nb = 1\n", ".x".repeat(n % 60))).collect::<Vec<_>>().concat()));
        toml_is_none ["AFTER-T"], ["hostile.md"], |at| at.briefing("+++\n\u{1b}[31m = = \"\n+++\nAFTER-T\n");
        toml_open ["AFTER-T"], [], |at| at.briefing("+++\ntitle = 'x'\n\nAFTER-T\n");
        json_front_matter ["AFTER-T"], [], |at| at.briefing(format!("{{\n\"title\": {}\n}}\n\nAFTER-T\n", quoted(ACTS)));
        title_lines ["AFTER-T"], [], |at| at.briefing(format!("Title: {ACTS}\nDate: {ACTS}\n\nAFTER-T\n"));
        upper_case_files ["AFTER-U"], [], |at| { at.file("briefings/UPPER.MD", "# U\n\nAFTER-U\n"); at.file("INDEX.YAML", "title: x\n"); at.file("Actors.YML", "- {id: a, name: A}\n"); };
        other_endings ["ALWAYS"], [], |at| {
            for name in ["a.markdown", "b.mdown", "c.txt", "d.html", "e.mdx", "f.md~", "g.md.bak", ".h.md", "i.MD.swp", "j.md.exe"] {
                at.file(&format!("briefings/{name}"), format!("# {name}\n\n{ACTS}\n"));
            }
        };
        vault ["ALWAYS"], [], |at| {
            at.file(".obsidian/app.json", quoted(ACTS));
            at.file("briefings/daily.md", format!("---\naliases: [{0}]\ntags: [{0}]\ncssclass: {0}\n---\n[[daily|{ACTS}]] ![[daily#^{ACTS}]] {ACTS} ^{ACTS}\n", quoted(ACTS)));
            at.file("_index.md", format!("---\ntitle: {}\n---\n{ACTS}\n", quoted(ACTS)));
        };
    }
}

/// What records and folders hold.
fn records() -> Vec<Case> {
    cases! {
        acts_in_keys [], [], |at| {
            let one = format!("- id: x\n  name: n\n  {0}: {0}\n  relations: [{{{0}: {0}, type: {0}, to: {0}}}]\n", quoted(ACTS));
            at.file("actors.yaml", one);
            at.file("index.yaml", format!("{0}: {{{0}: [{0}]}}\nbriefings: [{{file: briefings/good.md, {0}: {0}}}]\n", quoted(ACTS)));
        };
        acts_in_the_good_one ["SEEN-A"], [], |at| at.file("index.yaml", format!(
            "title: {0}\nbriefings:\n- file: briefings/good.md\n  title: {0}\n  bluf: {0}\n  tags: [{0}]\n  summary: {0}\n  sources: [{{title: {0}, url: {0}}}]\n\
             \x20 claims: [{{text: {0}, by: {0}}}]\nsources: {0}\nactors: {0}\nfolders: {{{0}: {0}}}\n", quoted(ACTS)));
        acts_in_links_of_records ["SEEN-A"], [], |at| {
            at.file("claims.yaml", format!("- {{id: c, text: {0}, claimant: {0}, responses: [{{by: {0}, text: {0}}}], evidence: [{{source: {0}, note: {0}, grade: {0}}}], variants: [{0}]}}\n", quoted(ACTS)));
            at.file("sources.yaml", format!("- {{id: s, title: {0}, url: 'http://h/\u{200b}x', archived: 'javascript:x', publisher: {0}, withdrawn: {0}}}\n", quoted(ACTS)));
            at.file("events.yaml", format!("- {{id: e, title: {0}, date: '2025-01-01', place: {0}, participants: [{0}], outcome: {0}}}\n", quoted(ACTS)));
        };
        acts_in_a_packet ["SEEN-A"], [], |at| at.file("index.yaml", format!(
            "packets:\n- {{id: {0}, title: {0}, items: [{{briefing: {0}}}]}}\n- {{id: p, title: {0}, for: {0}, needed_by: {0}, items: [{{briefing: good, section: {0}, note: {0}}}, {0}]}}\n", quoted(ACTS)));
        acts_in_markings [], [], |at| {
            at.file("index.yaml", format!("marking: {}\n", quoted(ACTS)));
            at.briefing(format!("---\nmarking: {}\n---\nx\n", quoted(&format!("TLP:RED{}", "\n".repeat(50)))));
        };
        ids_like_pages [], [], |at| {
            at.file("actors.yaml", "- {id: home, name: Home}\n- {id: 'actor:x', name: X}\n- {id: '#', name: Hash}\n- {id: 'a#b', name: AB}\n- {id: '..', name: Dots}\n- {id: '-', name: Dash}\n- {id: '--json', name: Option}\n- {id: '', name: Empty}\n");
            for name in ["home", "problems", "notes", "search", "help", "a#b", "a?b", "a%20b", "a:b", "-", "a b", "a-b", "A-B"] {
                at.file(&format!("briefings/{name}.md"), format!("# {name}\n\nx\n"));
            }
        };
        forms_of_one_name [], [], |at| {
            at.file("briefings/caf\u{e9}.md", "# one\n\nx\n");
            at.file("briefings/cafe\u{301}.md", "# two\n\nx\n");
            at.file("briefings/CAF\u{c9}.md", "# three\n\nx\n");
            at.file("actors.yaml", "- {id: 'caf\u{e9}', name: 'Caf\u{e9}'}\n- {id: 'cafe\u{301}', name: 'Cafe\u{301}'}\n");
        };
        folder_names_that_act ["SEEN-F"], [], |at| at.file("briefings/a\u{1b}]0;t\u{7}\u{202e}b/c\u{9b}d/x.md", "SEEN-F\n");
    }
}
