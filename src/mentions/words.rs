//! Words that decide whether a name is one: titles, openers of sentences, everyday words.
//!
//! English first, with the commonest of other languages. None of them names anybody: they stand beside names.

/// Words separated by white space, in small letters.
pub struct Words(&'static str);

impl Words {
    /// Whether `word` is one of them, whatever its case.
    pub fn hold(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.0.split_ascii_whitespace().any(|it| it == word)
    }
}

/// Words that stand, with an apostrophe, before a name without being a part of it: `l’Iran`, `dell’India`.
pub const ELISIONS: Words = Words(
    "l d j m n s t c qu jusqu lorsqu puisqu quoiqu entr presqu all dall dell nell sull un quest quell dov
     com",
);

/// Short words that a line in capitals writes like an acronym.
pub const SHOUTED: Words = Words(
    "us it who am is as or in on at an he me we be do go if no so to up all any can may aid ice cap nice
     act arm and the for not one our out own era ban set see say now new old top war ear rag has was are
     but how why get put off two ten year un une la le les et est du des en au aux sur par son sa ses der
     die das den dem ein es er sie im um zu wir bis el los las una del al por con ha",
);

/// Of those, the words that never begin a clause: there, they are names.
pub const OBJECTS: Words = Words("us me");

/// Words before a surname that name an office, not another person's given name.
pub const HONORIFICS: Words = Words(
    "mr mrs ms mx miss dr prof professor sir lord lady dame sen senator rep representative congressman
     congresswoman delegate chair chairman chairwoman chairperson speaker leader whip secretary minister
     president chancellor commissioner director governor gov mayor general gen admiral colonel captain
     ambassador judge justice member founder nominee candidate adviser advisor deputy vice former chief
     officer executive head premier prime king queen prince princess pope spokesman spokeswoman
     spokesperson republican democrat democratic billionaire investor entrepreneur herr frau präsident
     präsidentin kanzler kanzlerin ministerin monsieur madame mme mlle m ministre président présidente
     señor señora presidente signor signora",
);

/// Words that begin a sentence without being a name, and the names of days.
pub const OPENERS: Words = Words(
    "a an the and but or nor so yet if as at by for from in of on to with when while where what who why
     how that this these those then there here after before since until because although though both did
     does do has had have is was were are can could might should would according asked like unlike today
     yesterday later earlier again also only even once instead meanwhile however points note see against
     about now still thus hence each every some many most all no not never perhaps maybe than either
     neither per via under over through during within without between among beyond despite except unless
     whether which whose whom said says i monday tuesday wednesday thursday friday saturday sunday und
     aber oder der die das den dem für von mit bei nach laut le la les el et mais ou selon pour chez avec
     y pero según",
);

/// Months, which are no given names after a preposition: `In June Wang left`.
pub const MONTHS: Words =
    Words("january february march april may june july august september october november december");

/// Words after a surname that make the name of a thing, not of another person.
pub const THINGS: Words = Words(
    "act administration amendment avenue building cabinet campaign center centre committee corp county
     doctrine family foundation group hall inc institute letter memo organization organisation plan
     report school street team tower university white",
);

/// Before these, a weak alias with a comma after it is a place: `in Warren, Michigan`.
pub const PLACES: Words = Words("in near from at outside around");

/// Between a capitalised word and a weak alias, these make one longer name: `Code for America`.
pub const JOINTS: Words = Words("to of for de du des da do di del von van");

/// Before these, a person's surname is a person's no more: `the Hill`. `the Wang letter` still is.
pub const ARTICLES: Words = Words("the a an our this each every der die das le la");

/// After an article and a surname, these show that the surname was the noun: `the Hill by`.
pub const AFTER_NOUN: Words =
    Words("by in at on for with to from of is was has as and or that who which will but about");

/// Words that are surnames too: where a sentence begins, they are plain words unless a verb shows a person.
pub const PLAIN: Words = Words(
    "bank banks bean bear bell berry best black bond brooks brown bush case chambers chase church close
     cloud cook cotton cross day dean early field fields fine fisher flood flowers foster fox frost
     golden good grace graves gray green grey guest hand hands hill hills holder hope house hunt judge
     justice keen key keys king knight lake law little long love major may meadows mills moon moss noble
     page park parks pastor pool pope power powers price quick rich rivers rose rounds rush sacks sage
     sessions sharp short small snow son spring stern stone street strong summers swift temple walls
     waters weeks west white winter wise wolf wood woods young",
);

/// After a surname that is a word too, these show a person or a body.
pub const VERBS: Words = Words(
    "said says asked asks told tells wrote writes voted votes argued argues added replied noted warned
     warns urged urges introduced introduces declined answered announced agreed spoke ruled joined chairs
     chaired himself herself",
);
