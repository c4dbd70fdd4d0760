//! Plain English words that are also people's and companies' names: alone they must not link by themselves.

/// In order, for looking up.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "act", "adobe", "agency", "amazon", "apple", "arm", "army", "baker", "bank", "banks", "bell",
    "bill", "bishop", "black", "board", "bond", "brown", "bureau", "bush", "business", "butler",
    "call", "camp", "can", "capital", "carter", "case", "chair", "chamber", "chance", "chase",
    "church", "circle", "city", "claim", "clay", "climate", "close", "cloud", "coal", "code",
    "cole", "commerce", "commission", "committee", "company", "cook", "core", "council", "county",
    "court", "cross", "data", "day", "defence", "defense", "delta", "department", "drew", "east",
    "edge", "energy", "field", "fish", "focus", "force", "ford", "forest", "fort", "foundation",
    "fox", "frank", "freeman", "fund", "gap", "gold", "good", "grace", "grant", "gray", "green",
    "ground", "group", "hall", "hand", "hardy", "hawk", "help", "hill", "holder", "home", "hope",
    "house", "hunt", "hunter", "index", "institute", "intelligence", "job", "joy", "justice",
    "king", "knight", "lab", "labor", "labour", "lake", "lane", "law", "leader", "line", "long",
    "love", "major", "mark", "market", "marshall", "mason", "may", "media", "meta", "miller",
    "mills", "minister", "ministry", "moon", "moore", "more", "national", "nature", "navy", "new",
    "north", "oak", "office", "oracle", "page", "paper", "park", "peace", "penny", "pierce", "pope",
    "post", "power", "press", "price", "prime", "prince", "progress", "public", "rand", "reed",
    "report", "rice", "rich", "river", "road", "rose", "rush", "sage", "scale", "school", "science",
    "scout", "secretary", "security", "senate", "service", "shell", "short", "signal", "slack",
    "small", "smith", "snow", "son", "south", "speaker", "spring", "square", "stark", "state",
    "stone", "street", "strong", "summer", "summit", "sun", "target", "tech", "technology", "the",
    "time", "times", "trade", "treasury", "trump", "trust", "turkey", "twitter", "union", "unit",
    "visa", "walker", "wall", "ward", "water", "west", "white", "will", "wise", "wolf", "wood",
    "word", "work", "world", "young",
];

/// Whether `word`, in lower case, is one of them.
pub fn is_common(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_order() {
        let unsorted: Vec<_> = WORDS.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
        assert!(unsorted.is_empty(), "{unsorted:?}");
    }
}
