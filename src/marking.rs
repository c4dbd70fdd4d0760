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

/// How many markings that no order compares are shown; of more it is said that there are.
const SHOWN: usize = 12;

/// A marking as it was written, and as it is compared.
struct Marking<'a> {
    written: &'a str,
    normal: String,
}

/// The strictest of `markings`, as it was written. Those that no order compares are shown beside each other, joined by
/// ` // `. `None` if none is marked, or if some are not and the others are free for all.
pub fn strictest<'a>(markings: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let mut kept: Vec<Marking> = Vec::new();
    let (mut unmarked, mut others) = (false, false);
    for marking in markings {
        let Some(written) = marking.map(str::trim).filter(|it| !it.is_empty()) else {
            unmarked = true;
            continue;
        };
        if kept.iter().any(|it| it.written == written) {
            continue;
        }
        let marking = Marking { written, normal: normal(written) };
        if kept.iter().any(|it| it.covers(&marking)) {
            continue;
        }
        kept.retain(|it| !marking.covers(it));
        // one that has its place in an order is always told
        if kept.len() < SHOWN || rank(&marking.normal).is_some() {
            kept.push(marking);
        } else {
            others = true;
        }
    }
    if unmarked && kept.iter().all(|it| FREE.contains(&it.normal.as_str())) {
        return None;
    }
    let mut shown: Vec<String> = kept.iter().map(|it| it.written.to_owned()).collect();
    if others {
        shown.push("other markings".to_owned());
    }
    (!shown.is_empty()).then(|| shown.join(" // "))
}

impl Marking<'_> {
    /// Whether what holds for `mild` holds for this too.
    fn covers(&self, mild: &Self) -> bool {
        if self.normal == mild.normal {
            return true;
        }
        match (rank(&self.normal), rank(&mild.normal)) {
            (Some((order, high)), Some((other, low))) => order == other && high > low,
            _ => false,
        }
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

    #[test]
    fn of_a_flood_of_markings_some_are_told_and_the_known_ones_always() {
        let flood: Vec<String> = (0..1_000).map(|nth| format!("Circle {nth} only")).collect();
        let all = flood.iter().map(String::as_str).chain(["TLP:GREEN", "TLP:RED"]);
        let told = strictest(all.map(Some)).unwrap();
        assert!(
            told.starts_with("Circle 0 only // ") && told.ends_with("TLP:RED // other markings"),
            "{told}"
        );
        assert_eq!(told.split(" // ").count(), SHOWN + 2);
    }
}
