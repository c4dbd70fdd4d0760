//! How words of many scripts are cut and wanted.

use proptest::prelude::*;

use super::*;

/// The tokens of `text`, those of one position joined by `|`, stems as `~stem`.
fn cut(text: &str) -> String {
    let mut shown = String::new();
    let mut cutter = Cutter::default();
    let mut tokens = cutter.cut(text);
    let mut last = None;
    while let Some(token) = tokens.advance() {
        if let Some(last) = last {
            shown.push(if last == token.position { '|' } else { ' ' });
        }
        last = Some(token.position);
        shown.push_str(&token.text.replace(STEM, "~"));
    }
    shown
}

fn forms(text: &str, exact: bool) -> Vec<String> {
    let join = |it: Wanted| it.forms.join("|").replace(STEM, "~");
    wanted(text, exact).into_iter().map(join).collect()
}

#[test]
fn a_text_is_cut_into_folded_words_and_stems() {
    for (text, tokens) in [
        ("Export controls on chips", "export controls|~control on chips|~chip"),
        ("Controls of Chips", "controls of chips"),
        ("Présidence ÉTAT Erdoğan", "presidence etat erdogan"),
        ("straße Søren Łukasz œuvre", "strasse soren lukasz oeuvre"),
        ("China's US’s states' plan", "china us states|~state plan"),
        ("re-export", "re|reexport export"),
        ("China-based", "china|chinabased based|~base"),
        ("AT&T R&D", "at|att t r|rd d"),
        ("don't O’Brien l'Europe", "don|dont t o|obrien brien l|leurope europe"),
        ("H100s GB200 GPUs 5.5 GPT-4.5", "h100s|~h100 gb200 gpus|~gpu 5.5 gpt|gpt4.5 4.5"),
        ("50,000 and 1,234.5, then 7.", "50,000|50000 and 1,234.5|1234.5 then 7"),
        ("U.S. and U.S.A., U.S.-China", "us and usa us china"),
        ("2024–2025 a/b c:d", "2024 2025 a b c d"),
        ("end.Next example.com", "end|endnext next example|~exampl|examplecom com"),
        ("tag_name", "tag|tagname name"),
        ("习近平", "习|习近 近|近平 平"),
        ("AI芯片 H100", "ai 芯|芯片 片 h100"),
        ("東京スカイ", "東|東京 京|京ス ス|スカ カ|カイ イ"),
        ("الإنسان العربيّة", "الانسان العربية"),
        ("Путин её", "путин ее"),
        ("ＡＩ ﬁne", "ai fine"),
        ("می\u{200c}خواهم", "میخواهم"),
        ("क\u{94d}ष", "कष"),
        ("a-b-c-d-e-f-g", "a|abcdef b c d e f g"),
        ("-- '' ... 😀 ", ""),
        ("", ""),
    ] {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn a_word_is_wanted_in_the_forms_its_spelling_allows() {
    for (text, exact, wanted) in [
        ("controls", false, vec!["controls|control|~control"]),
        ("control", false, vec!["control|~control"]),
        ("controls", true, vec!["controls"]),
        ("Apple", false, vec!["apple"]),
        ("H100", false, vec!["h100|~h100"]),
        ("GPUs", false, vec!["gpus|gpu|~gpu"]),
        ("export-controlled", false, vec!["export|~export", "controlled|control|~control"]),
        ("习近平", false, vec!["习近", "近平"]),
        ("芯", false, vec!["芯"]),
        ("AI芯片组", false, vec!["ai|~ai", "芯片", "片组"]),
        ("50,000", false, vec!["50,000"]),
        ("…", false, vec![]),
    ] {
        assert_eq!(forms(text, exact), wanted, "{text}");
    }
}

#[test]
fn ranges_are_those_of_the_words_as_written() {
    let text = "«Erdoğan's» re-export, 芯片";
    let mut cutter = Cutter::default();
    let mut tokens = cutter.cut(text);
    let mut words = Vec::new();
    while let Some(token) = tokens.advance() {
        words.push(text.get(token.range.clone()).unwrap());
    }
    assert_eq!(words, ["Erdoğan", "re", "re-export", "export", "芯", "芯片", "片"]);
}

#[test]
fn a_long_word_is_cut_alike_in_texts_and_queries() {
    let long = "é".repeat(500);
    assert_eq!(wanted(&long, false)[0].word, cut(&long));
    assert!(cut(&long).len() <= LONGEST);
}

#[test]
fn a_cutter_cuts_the_next_text_afresh() {
    let mut cutter = Cutter::default();
    let mut tokens = cutter.cut("first controls");
    while tokens.advance().is_some() {}
    let mut again = cutter.cut("controls of chips");
    assert_eq!(again.advance().map(|it| (it.text.clone(), it.position)), Some(("controls".into(), 0)));
}

#[test]
fn breaks_keep_phrases_apart_and_sections_have_a_token() {
    let mut cutter = Cutter::default();
    let mut tokens = cutter.cut("one two\u{1e}three\u{1d}four");
    let mut found = Vec::new();
    while let Some(token) = tokens.advance() {
        found.push((token.text.clone(), token.position));
    }
    let expected = [("one", 0), ("two", 1), ("three", 3), (SECTION, 5), ("four", 6)];
    assert_eq!(found, expected.map(|(text, at)| (text.to_owned(), at)));
}

proptest! {
    #[test]
    fn tokens_stand_in_order_inside_the_text(text in "[a-zA-Z0-9 .,'’&_\\-éß芯片\u{200d}\u{301}กำ한]{0,60}") {
        let mut cutter = Cutter::default();
        let mut tokens = cutter.cut(&text);
        let mut position = 0;
        while let Some(token) = tokens.advance() {
            prop_assert!(text.get(token.range.clone()).is_some_and(|it| !it.is_empty()));
            prop_assert!(token.position >= position && token.position <= position + 1 || position == 0);
            prop_assert!(!token.text.is_empty() && token.text.len() <= LONGEST);
            position = token.position;
        }
    }

    #[test]
    fn what_a_text_says_is_wanted_in_a_form_that_its_index_holds(text in "[a-zA-Z0-9 .,'’&_\\-éß芯片]{0,60}") {
        let mut cutter = Cutter::default();
        let mut tokens = cutter.cut(&text);
        let mut indexed = std::collections::BTreeSet::new();
        while let Some(token) = tokens.advance() {
            indexed.insert(token.text.clone());
        }
        for wanted in wanted(&text, false) {
            prop_assert!(wanted.forms.iter().any(|form| indexed.contains(form)), "{:?}", wanted);
        }
    }
}
