//! Claims: who says what, how firm it is, and what answers it.

use super::named;
use crate::id::{Id, Kind};
use crate::library::fields::Fields;
use crate::library::problem::Place;
use crate::library::record::{Claim, Evidence, RelatedClaim, Response, StatusChange, Variant};
use crate::text::Text;

const STATUSES: [&str; 10] = [
    "alleged",
    "reported",
    "confirmed",
    "disputed",
    "denied",
    "corrected",
    "withdrawn",
    "refuted",
    "outdated",
    "unresolved",
];
const POSITIONS: [&str; 5] = ["confirms", "supports", "disputes", "denies", "declines"];
const STANCES: [&str; 3] = ["supports", "contradicts", "context"];
const RELATIONS: [&str; 4] = ["asserts", "contradicts", "narrows", "updates"];

pub fn claim(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Claim> {
    let (slug, text) = named(fields, place, "claim", "text")?;
    Some(Claim {
        id: Id::new(Kind::Claim, slug),
        place: place.clone(),
        text: Text::line(&text),
        claimant: fields.reference("claimant"),
        date: fields.date(&["date"]),
        quote: fields.text(&["quote"]),
        hedge: fields.line("hedge"),
        about: fields.refs(&["about"]),
        status: fields.word("status", &STATUSES),
        status_as_of: fields.date(&["status_as_of"]),
        status_history: fields.each("status_history", "status", status_change),
        responses: fields.each("responses", "", response),
        evidence: fields.each("evidence", "source", evidence),
        variants: fields.each("variants", "text", variant),
        related: fields.each("related", "claim", related),
        would_settle: fields.text(&["would_settle"]),
        extra: fields.extra(),
    })
}

fn status_change(fields: &mut Fields<'_, '_>, place: &Place) -> Option<StatusChange> {
    Some(StatusChange {
        status: fields.required("status", place, |fields, key| fields.word(key, &STATUSES))?,
        date: fields.date(&["date"]),
        reason: fields.text(&["reason"]),
        sources: fields.refs(&["sources"]),
    })
}

fn response(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Response> {
    Some(Response {
        actor: fields.required("actor", place, Fields::reference)?,
        date: fields.date(&["date"]),
        position: fields.word("position", &POSITIONS).unwrap_or_default(),
        gist: fields.text(&["gist"]),
        source: fields.reference("source"),
    })
}

fn evidence(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Evidence> {
    Some(Evidence {
        source: fields.required("source", place, Fields::reference)?,
        stance: fields.word("stance", &STANCES).unwrap_or_else(|| Text::line("context")),
        credibility: credibility(fields),
        note: fields.text(&["note"]),
    })
}

/// 1 (confirmed) to 6 (cannot be judged), as the Admiralty code has it.
fn credibility(fields: &mut Fields<'_, '_>) -> Option<u8> {
    let found = fields.find(&["credibility"])?;
    let grade = found.entry.value.shown().parse().ok().filter(|grade| (1..=6).contains(grade));
    if grade.is_none() {
        fields.warn(
            found.place(),
            "`credibility` is no grade",
            "write 1 (confirmed) to 6 (cannot be judged)",
        );
    }
    grade
}

fn variant(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Variant> {
    let text = fields.required("text", place, |fields, key| fields.text(&[key]))?;
    Some(Variant { text, source: fields.reference("source"), drift: fields.text(&["drift"]) })
}

fn related(fields: &mut Fields<'_, '_>, place: &Place) -> Option<RelatedClaim> {
    Some(RelatedClaim {
        claim: fields.required("claim", place, Fields::reference)?,
        relation: fields.word("relation", &RELATIONS).unwrap_or_else(|| Text::line("asserts")),
    })
}
