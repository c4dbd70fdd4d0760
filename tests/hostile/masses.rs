//! Too much of everything: long chains, wide webs, numbers and days that no one can mean.

use super::cases::{Case, cases};

pub fn all() -> Vec<Case> {
    let mut all = chains();
    all.extend(numbers());
    all.extend(lists());
    all.extend(names());
    all
}

/// `of` with each number up to `count`; a program that was not optimised is spared most of them.
fn each(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..if cfg!(debug_assertions) { count / 8 } else { count }).map(of).collect()
}

fn chains() -> Vec<Case> {
    cases! {
        topics_in_a_chain ["AFTER-C"], [], |at| {
            at.file("topics.yaml", each(5000, |n| format!("- {{id: t{n}, name: Topic {n}, broader: t{}}}\n", n + 1)));
            at.briefing("---\ntopics: [t0]\n---\nAFTER-C\n");
        };
        actors_in_a_chain [], [], |at| at.file("actors.yaml", each(3000, |n| format!(
            "- {{id: a{n}, name: Actor {n}, relations: [{{type: owns, to: a{}}}], memberships: [{{in: a{}}}]}}\n", n + 1, n + 2)));
        one_actor_with_all [], [], |at| at.file("actors.yaml", format!(
            "- id: hub\n  name: Hub\n  relations:\n{}{}", each(3000, |n| format!("  - {{type: owns, to: a{n}}}\n")), each(3000, |n| format!("- {{id: a{n}, name: Actor {n}}}\n"))));
        claims_that_answer_each_other [], [], |at| at.file("claims.yaml", each(2000, |n| format!(
            "- {{id: c{n}, text: Claim {n}, responses: [{{claim: c{}}}], evidence: [{{claim: c{}}}, {{source: s{n}}}]}}\n", (n + 1) % 2000, (n + 7) % 2000)));
        sources_that_lean_on_themselves [], [], |at| at.file("sources.yaml", each(2000, |n| format!(
            "- {{id: s{n}, title: Source {n}, derived_from: [s{}, s{n}], status: withdrawn}}\n", (n + 1) % 2000)));
        briefings_in_a_chain ["ALWAYS"], [], |at| (0..400).for_each(|n| at.file(
            &format!("briefings/b{n}.md"), format!("---\nsupersedes: b{}\ntabs: [{{file: b{}.md}}]\n---\n[[b{}]] ![[b{}]]\n", n + 1, n + 1, n + 1, n + 1)));
        packet_of_itself ["ALWAYS"], [], |at| at.file("index.yaml", format!(
            "packets:\n- id: p\n  title: P\n  items:\n{}", each(3000, |n| format!("  - {{briefing: good, section: s{n}, note: 'packet:p'}}\n"))));
        one_file_many_times [], ["index.yaml"], |at| at.file("index.yaml", format!("briefings:\n{}", "- {file: briefings/good.md}\n".repeat(3000)));
        files_that_are_not_there [], ["index.yaml"], |at| at.file("index.yaml", format!("briefings:\n{}", each(3000, |n| format!("- {{file: no/{n}.md}}\n"))));
    }
}

fn numbers() -> Vec<Case> {
    cases! {
        days_without_end [], [], |at| {
            let days = ["-9999-01-01", "0000-00-00", "9999-12-31", "99999999999-01-01", "0001-01-01/9999-12-31", "../..", "2025-02-30", "Y-170000000002", "2025-W01",
                "1e999", "-0", "18446744073709551616", "2025-01-01T25:61:61+99:99", "2025-13", "20XX-XX-XX", "2025~?%", "\u{662}\u{660}\u{662}\u{665}-01-01"];
            let event = |(n, day): (usize, &&str)| format!("- {{id: e{n}, title: Event {n}, date: '{day}'}}\n");
            at.file("events.yaml", days.iter().enumerate().map(event).collect::<String>());
            for (n, day) in days.iter().enumerate() {
                at.file(&format!("briefings/d{n}.md"), format!("---\ndate: '{day}'\nneeded_by: '{day}'\nreview_by: {day}\nversion: {day}\n---\nx\n"));
            }
        };
        values_of_odd_sorts [], [], |at| at.file("index.yaml", "title: 1e999999\ndescription: .nan\nmarking: 0x7fffffffffffffffffff\nlang: !!binary AAAA\n\
            likelihood_scale: -.inf\npackets: 0o777\nbriefings: ~\nx: 190:20:30\ny: 2001-12-14t21:59:43.10-05:00\nz: 999999999999999999999999999999\n");
        numbers_of_lists ["AFTER"], [], |at| at.briefing("999999999. a\n1000000000. b\n0. c\n-1. d\n\n18446744073709551615. e\n\n- [ ] t\n- [x] u\n- [?] v\n\nAFTER\n");
        many_likelihoods [], [], |at| at.file("claims.yaml", each(300, |n| format!("- {{id: c{n}, text: C, likelihood: {n}e{n}, confidence: -{n}, status: {n}, date: {n}}}\n")));
        times_of_files ["ALWAYS"], [], |at| {
            at.file("briefings/old.md", "x\n");
            at.file("briefings/new.md", "x\n");
            let set = |name: &str, time| std::fs::File::options().write(true).open(at.0.join(name)).and_then(|it| it.set_modified(time));
            let _refused = set("briefings/old.md", std::time::UNIX_EPOCH);
            let _refused = set("briefings/new.md", std::time::UNIX_EPOCH + std::time::Duration::from_secs(1 << 36));
        };
    }
}

fn lists() -> Vec<Case> {
    cases! {
        aliases_by_the_thousand ["AFTER-N"], [], |at| {
            at.file("actors.yaml", format!("- id: a\n  name: Alpha\n  aliases: [{}]\n", each(20_000, |n| format!("Name {n}, "))));
            at.briefing("Name 7 and Name 19999. AFTER-N\n");
        };
        one_name_everywhere ["AFTER-N"], [], |at| {
            at.file("actors.yaml", "- {id: a, name: Alpha}\n- {id: b, name: Beta, aliases: [Alpha]}\n");
            at.briefing(format!("{} AFTER-N\n", "Alpha met Alpha. ".repeat(5000)));
        };
        many_who_share_a_name ["AFTER-N"], [], |at| {
            at.file("actors.yaml", each(2000, |n| format!("- {{id: a{n}, name: Smith}}\n")));
            at.briefing(format!("{} AFTER-N\n", "Smith said. ".repeat(200)));
        };
        names_within_names ["AFTER-N"], [], |at| {
            at.file("actors.yaml", each(600, |n| format!("- {{id: a{n}, name: '{}'}}\n", "Long ".repeat(n % 200 + 1))));
            at.briefing(format!("{} AFTER-N\n", "Long ".repeat(5000)));
        };
        folders_by_the_thousand ["ALWAYS"], [], |at| (0..1500).for_each(|n| at.file(&format!("f{n}/g/x.md"), "x\n"));
        asks_and_points [], [], |at| at.briefing(format!(
            "---\nasks: [{}]\npoints: [{}]\nchanges: [{}]\n---\nx\n", each(800, |n| format!("{{text: a{n}, options: [y, n]}}, ")),
            each(800, |n| format!("{{text: p{n}, claims: [c{n}]}}, ")), each(800, |n| format!("{{version: {n}, note: x}}, "))));
        one_long_scalar ["AFTER-S"], [], |at| at.briefing(format!("---\nbluf: |\n{}---\nAFTER-S\n", "  line of words\n".repeat(20_000)));
        comments_without_end ["ALWAYS"], [], |at| at.file("index.yaml", format!("{}title: x\n", "# comment\n".repeat(200_000)));
        keys_by_the_thousand ["AFTER-S"], [], |at| at.briefing(format!("---\n{}---\nAFTER-S\n", each(20_000, |n| format!("k{n}: v\n"))));
        anchors_by_the_thousand [], ["index.yaml"], |at| at.file("index.yaml", each(20_000, |n| format!("k{n}: &a{n} v\n")));
        headings_of_a_million_letters ["AFTER-S"], [], |at| at.briefing(format!("# {}\n\n## {}\n\nAFTER-S\n", "h".repeat(300_000), "w ".repeat(150_000)));
        notes_nobody_marks ["AFTER-S"], [], |at| at.briefing(format!("{}\nAFTER-S\n", each(8000, |n| format!("[^n{n}]: note\n\n"))));
        tables_by_the_thousand ["AFTER-S"], [], |at| at.briefing(format!("{}AFTER-S\n", "| a | b |\n|---|---|\n| c | d |\n\n".repeat(3000)));
        a_cell_of_a_million_letters ["AFTER-S"], [], |at| at.briefing(format!("| a | b |\n|---|---|\n| {} | d |\n\nAFTER-S\n", "cell ".repeat(200_000)));
        definitions_by_the_thousand ["AFTER-S"], [], |at| at.briefing(format!("{}AFTER-S\n", "term\n: meaning\n: other\n\n".repeat(5000)));
        callouts_deep ["AFTER-S"], [], |at| at.briefing(format!("{}\n\nAFTER-S\n", each(300, |n| format!("{}[!NOTE] x\n", "> ".repeat(n + 1)))));
        shortcodes_by_the_thousand ["AFTER-S"], [], |at| at.briefing(format!("{}\n\nAFTER-S\n", "{{< a >}} {{% b %}} {{ c }} {% d %} {# e ".repeat(4000)));
        math_by_the_thousand ["AFTER-S"], [], |at| at.briefing(format!("{} AFTER-S\n", "$x$ $$y$$ \\(z\\) $ ".repeat(5000)));
    }
}

/// Names that stand in every word of a text, that all share, or that are as long as a book.
fn names() -> Vec<Case> {
    cases! {
        a_name_in_every_word ["AFTER-N"], [], |at| {
            at.file("actors.yaml", "- {id: x, name: Alpha Beta}\n- {id: y, name: Alpha Gamma Delta Epsilon Zeta Eta Theta}\n");
            at.briefing(format!("{} AFTER-N\n", each(200_000, |_| "Alpha Beta ".to_owned())));
        };
        an_alias_of_a_million_letters ["AFTER-N"], [], |at| {
            at.file("actors.yaml", format!("- {{id: x, name: a, aliases: [the, '', ' ', '{}', '{}']}}\n", "m".repeat(1_000_000), "Word ".repeat(100_000)));
            at.briefing(format!("{} AFTER-N\n", each(100_000, |_| "a the Word . ".to_owned())));
        };
        people_by_the_thousand ["AFTER-N"], [], |at| {
            at.file("actors.yaml", each(100_000, |n| format!("- {{id: a{n}, name: Person N{n}}}\n")));
            at.briefing(format!("{} AFTER-N\n", each(100_000, |n| format!("Person N{n} "))));
        };
        a_surname_of_thousands ["AFTER-N"], [], |at| {
            at.file("actors.yaml", each(20_000, |n| format!("- {{id: a{n}, name: John{n} Smith, kind: person, weak_aliases: [Smith]}}\n")));
            at.briefing(format!("John5 Smith. {} AFTER-N\n", each(100_000, |_| "Smith said. ".to_owned())));
        };
        a_name_of_thousands ["AFTER-N"], [], |at| {
            at.file("actors.yaml", each(20_000, |n| format!("- {{id: a{n}, name: Smith}}\n")));
            at.briefing(format!("---\nactors: [{}]\n---\n{} AFTER-N\n", each(8_000, |_| "Smith, ".to_owned()), each(100_000, |_| "Smith said. ".to_owned())));
        };
        acronyms_without_end ["AFTER-N"], [], |at| {
            let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
            at.file("glossary.yaml", "- {term: x, definition: y}\n");
            at.briefing(format!("{} AFTER-N\n", each(150_000, |n| format!("{}{}{}{} ", letter(n), letter(n / 26), letter(n / 676), letter(n / 17_576)))));
        };
        files_of_one_name ["AFTER-N"], [], |at| {
            for n in 0..if cfg!(debug_assertions) { 600 } else { 6000 } {
                at.file(&format!("n/{n}/readme.md"), format!("# Readme\n\n[[readme]] [[{}/readme]] [x](../nowhere/README.md)\n", n + 1));
            }
            at.briefing(format!("{} AFTER-N\n", each(30_000, |n| format!("[[readme]] [[{n}/readme]] [[x/readme]] [y](no/README.md) "))));
        };
    }
}
