//! All claims by how firm they are, the contested ones first.

use super::draft::Draft;
use super::group::grouped;
use super::row::{aside, dated, link, reference};
use super::words::{capital, words};
use super::{Context, Page};
use crate::id::{Id, Kind};
use crate::library::record::Claim;
use crate::text::Text;

/// The states of the format, those that call for care first.
const STATES: [&str; 10] = [
    "disputed",
    "denied",
    "unresolved",
    "alleged",
    "reported",
    "confirmed",
    "corrected",
    "withdrawn",
    "refuted",
    "outdated",
];

pub fn claims(context: Context<'_>) -> Page {
    let mut draft = Draft::new(&Text::from(Kind::Claims.title()));
    let all: Vec<&Claim> = context.library.claims.values().collect();
    for (code, held) in grouped(&all, |it| it.status.as_ref(), &STATES) {
        let title = code.map_or_else(|| Text::from("No status"), |code| capital(&words(code)));
        draft.section(&title, held.into_iter().map(|it| row(context, it)).collect());
    }
    if all.is_empty() {
        draft.prose(Some(&Text::from("This library records no claims: they are listed in claims.yaml.")));
    }
    Page::made(context, Id::page(Kind::Claims), Text::from(Kind::Claims.title()), draft)
}

/// A claim under its status, which need not be said again.
fn row(context: Context<'_>, it: &Claim) -> super::draft::Row {
    let who = it.claimant.iter().map(|who| reference(context.library, who)).collect();
    let mut row = vec![link(context.library, &it.id)];
    row.extend(aside(vec![who, dated(it.date.as_ref())]));
    row
}
