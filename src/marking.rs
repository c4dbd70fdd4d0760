//! Which of several handling markings is the strictest: never guessed between two systems, then all are shown.

/// The orders known, each from the mildest on. Words of one row are equally strict.
const ORDERS: [&[&[&str]]; 2] = [
    &[&["TLP:CLEAR", "TLP:WHITE"], &["TLP:GREEN"], &["TLP:AMBER"], &["TLP:AMBER+STRICT"], &["TLP:RED"]],
    &[
        &["UNCLASSIFIED", "OFFICIAL"],
        &["CUI", "OFFICIAL-SENSITIVE", "UNCLASSIFIED//FOUO"],
        &["RESTRICTED"],
        &["CONFIDENTIAL"],
        &["SECRET"],
        &["TOP SECRET"],
    ],
];

/// Markings that let everyone read: what is not marked at all is never said to be so.
const FREE: [&str; 3] = ["TLP:CLEAR", "TLP:WHITE", "UNCLASSIFIED"];

/// The strictest of `markings`, as it was written. Those that no order compares are all shown, joined by ` // `.
/// `None` if none is marked, or if some are not and the others are free for all.
pub fn strictest<'a>(markings: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    let mut unmarked = false;
    for marking in markings {
        let Some(marking) = marking.map(str::trim).filter(|it| !it.is_empty()) else {
            unmarked = true;
            continue;
        };
        if kept.iter().any(|it| covers(it, marking)) {
            continue;
        }
        kept.retain(|it| !covers(marking, it));
        kept.push(marking);
    }
    if unmarked && kept.iter().all(|it| FREE.contains(&normal(it).as_str())) {
        return None;
    }
    (!kept.is_empty()).then(|| kept.join(" // "))
}

/// Whether what holds for `mild` holds for `strict` too.
fn covers(strict: &str, mild: &str) -> bool {
    let (strict, mild) = (normal(strict), normal(mild));
    if strict == mild {
        return true;
    }
    match (rank(&strict), rank(&mild)) {
        (Some((order, high)), Some((other, low))) => order == other && high > low,
        _ => false,
    }
}

fn normal(marking: &str) -> String {
    let words: Vec<_> = marking.split_whitespace().collect();
    words
        .join(" ")
        .to_uppercase()
        .replace("SENSITIVE:", "SENSITIVE ")
        .replace("OFFICIAL SENSITIVE", "OFFICIAL-SENSITIVE")
}

/// The order a marking belongs to, and how high it stands there. One with caveats, as `SECRET//NOFORN`, has none.
fn rank(marking: &str) -> Option<(usize, usize)> {
    ORDERS.iter().enumerate().find_map(|(order, levels)| {
        let level = levels.iter().position(|words| words.contains(&marking))?;
        Some((order, level))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_marking_stands_for_all() {
        let cases: [(&[Option<&str>], Option<&str>); 12] = [
            (&[], None),
            (&[None, None], None),
            (&[None, Some("TLP:CLEAR")], None),
            (&[None, Some("TLP:GREEN")], Some("TLP:GREEN")),
            (&[Some("TLP:AMBER"), Some("TLP:GREEN"), Some("tlp:amber")], Some("TLP:AMBER")),
            (&[Some("TLP:AMBER"), Some("TLP:AMBER+STRICT")], Some("TLP:AMBER+STRICT")),
            (&[Some("OFFICIAL-SENSITIVE"), Some("Official")], Some("OFFICIAL-SENSITIVE")),
            (&[Some("SECRET"), Some("TOP SECRET"), Some("CUI")], Some("TOP SECRET")),
            (&[Some("SECRET"), Some("TLP:RED")], Some("SECRET // TLP:RED")),
            (&[None, Some("Board only")], Some("Board only")),
            (&[Some("Board only"), Some("TLP:RED")], Some("Board only // TLP:RED")),
            (&[Some("CONFIDENTIAL//NOFORN"), Some("SECRET")], Some("CONFIDENTIAL//NOFORN // SECRET")),
        ];
        for (markings, expected) in cases {
            assert_eq!(strictest(markings.iter().copied()).as_deref(), expected, "{markings:?}");
        }
    }
}
