//! Memberships and relations that cannot be: with oneself, or ended before they began.

use crate::date::Date;
use crate::library::Library;
use crate::library::problem::{Place, Problem};
use crate::library::record::{Actor, Ref};

pub fn check(library: &Library) -> Vec<Problem> {
    library.actors.values().flat_map(of).collect()
}

fn of(actor: &Actor) -> Vec<Problem> {
    let members =
        actor.memberships.iter().map(|it| (&it.organization, it.start_date.as_ref(), it.end_date.as_ref()));
    let relations = actor.relations.iter().map(|it| (&it.to, it.start_date.as_ref(), it.end_date.as_ref()));
    let mut problems = Vec::new();
    for (other, start, end) in members.chain(relations) {
        problems.extend(with_itself(actor, other));
        problems.extend(backward(&other.place, start, end));
    }
    problems.extend(actor.parent.iter().filter_map(|parent| with_itself(actor, parent)));
    problems
}

fn with_itself(actor: &Actor, other: &Ref) -> Option<Problem> {
    (other.id.as_deref() == Some(&actor.id)).then(|| {
        let message = format!("{} is related to itself", actor.id);
        Problem::warning(other.place.clone(), message).help("name the other actor")
    })
}

fn backward(place: &Place, start: Option<&Date>, end: Option<&Date>) -> Option<Problem> {
    let (start, end) = (start?, end?);
    (start.earliest? > end.latest?).then(|| {
        let message = format!("it ends ({end}) before it begins ({start})");
        Problem::warning(place.clone(), message).help("swap or correct `start_date` and `end_date`")
    })
}
