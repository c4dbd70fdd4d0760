//! Turns the public files on the United States Congress into an `actors.yaml`, on standard output.
//!
//! ```text
//! cargo run --example congress -- legislators-current.yaml committees-current.yaml committee-membership-current.yaml
//! ```
//!
//! The files are those of <https://github.com/unitedstates/congress-legislators>. The second and third may be left
//! out. `docs/congress.md` explains for people what is made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::sync::Arc;

use dossier::library::yaml::{Node, Value, parse};
use dossier::text::{Text, slug};

/// What becomes one record.
struct Actor {
    id: String,
    name: String,
    kind: &'static str,
    classification: &'static str,
    aliases: Vec<String>,
    weak: Option<String>,
    summary: String,
    memberships: Vec<Membership>,
}

/// A seat in a chamber or a committee.
struct Membership {
    organization: String,
    role: String,
    start: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let people =
        paths.first().ok_or("name legislators-current.yaml, and if you like the committees' files")?;
    let people = read(people)?;
    let committees = paths.get(1).map(|path| read(path)).transpose()?;
    let seats = paths.get(2).map(|path| read(path)).transpose()?;
    print(&actors(&people, committees.as_ref(), seats.as_ref()))?;
    Ok(())
}

/// The `actors.yaml` of the people, their committees and their seats in them.
pub fn actors(people: &Node, committees: Option<&Node>, seats: Option<&Node>) -> String {
    let bodies = committees.map(bodies).unwrap_or_default();
    let mut seats = seats.map(|seats| seats_of(seats, &bodies)).unwrap_or_default();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut actors = chambers();
    actors.extend(bodies.into_values());
    actors.extend(items(people).iter().map(|person| legislator(person, &mut seats, &mut ids)));
    yaml(&actors)
}

fn read(path: &str) -> Result<Node, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    values(&text, path)
}

/// What `text`, that of the file `path`, holds.
pub fn values(text: &str, path: &str) -> Result<Node, Box<dyn Error>> {
    let parsed = parse(text, &Arc::new(Text::line(path)), 1);
    if let Some(problem) = parsed.problems.first() {
        return Err(problem.to_string().into());
    }
    parsed.node.ok_or_else(|| format!("{path}: there is nothing in it").into())
}

fn print(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    std::io::stdout().lock().write_all(text.as_bytes())
}

fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => &[],
    }
}

/// The text at a path of keys: `at(person, &["name", "first"])`.
fn at<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    let found = path.iter().try_fold(node, |node, key| node.at(key))?;
    match &found.value {
        Value::Text { text, .. } => Some(text.trim()),
        _ => None,
    }
}

/// The Senate and the House, of which every legislator is a member.
fn chambers() -> Vec<Actor> {
    [
        ("us-senate", "United States Senate", ["US Senate", "U.S. Senate"]),
        (
            "us-house",
            "United States House of Representatives",
            ["US House of Representatives", "U.S. House of Representatives"],
        ),
    ]
    .into_iter()
    .map(|(id, name, aliases)| Actor {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: "public-body",
        classification: "chamber",
        aliases: aliases.map(str::to_owned).to_vec(),
        weak: None,
        summary: "A chamber of the United States Congress".to_owned(),
        memberships: Vec::new(),
    })
    .collect()
}

/// The committees by the code that the list of their members uses.
fn bodies(committees: &Node) -> BTreeMap<String, Actor> {
    let committee = |node: &Node| {
        let name = at(node, &["name"])?.to_owned();
        let summary = at(node, &["jurisdiction"]).and_then(|text| text.split_inclusive(". ").next());
        let actor = Actor {
            id: slug(&name),
            aliases: committee_names(&name),
            kind: "committee",
            classification: "committee of Congress",
            weak: None,
            summary: summary.unwrap_or_default().trim().trim_end_matches('.').to_owned(),
            memberships: Vec::new(),
            name,
        };
        Some((at(node, &["thomas_id"])?.to_owned(), actor))
    };
    items(committees).iter().filter_map(committee).collect()
}

/// The other names of a committee: `House Committee on Agriculture` is the `House Agriculture Committee`.
///
/// Only select committees are known by their initials, and only four letters or more are told from words.
fn committee_names(name: &str) -> Vec<String> {
    let mut names = Vec::new();
    for chamber in ["House", "Senate"] {
        let field = name.strip_prefix(chamber).and_then(|rest| rest.strip_prefix(" Committee on "));
        let field = field.map(|field| field.strip_prefix("the ").unwrap_or(field));
        names.extend(field.map(|field| format!("{chamber} {field} Committee")));
    }
    let initials: String =
        name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    if name.contains("Select Committee") && initials.len() >= 4 {
        names.push(initials);
    }
    names
}

/// The seats of each person, by the code of the Biographical Directory; subcommittees are left out.
fn seats_of(seats: &Node, bodies: &BTreeMap<String, Actor>) -> BTreeMap<String, Vec<Membership>> {
    let mut of: BTreeMap<String, Vec<Membership>> = BTreeMap::new();
    let Value::Map(entries) = &seats.value else { return of };
    for entry in entries {
        let Some(body) = bodies.get(&entry.key) else { continue };
        for seat in items(&entry.value) {
            let Some(person) = at(seat, &["bioguide"]) else { continue };
            let role = at(seat, &["title"]).unwrap_or("Member").to_owned();
            let membership = Membership { organization: body.id.clone(), role, start: None };
            of.entry(person.to_owned()).or_default().push(membership);
        }
    }
    of
}

fn legislator(
    person: &Node,
    seats: &mut BTreeMap<String, Vec<Membership>>,
    ids: &mut BTreeSet<String>,
) -> Actor {
    let name = |key: &str| at(person, &["name", key]);
    let (first, last) = (name("first").unwrap_or_default(), name("last").unwrap_or_default());
    let full = name("official_full").map_or_else(|| format!("{first} {last}"), str::to_owned);
    let code = at(person, &["id", "bioguide"]).unwrap_or_default();
    let mut id = slug(&full);
    if !ids.insert(id.clone()) {
        id = format!("{id}-{}", slug(code));
    }
    let term = person.at("terms").map(items).and_then(<[Node]>::last);
    let said = |key: &str| term.and_then(|term| at(term, &[key])).unwrap_or_default();
    let senator = said("type") == "sen";
    let (chamber, role) = if senator { ("us-senate", "Senator") } else { ("us-house", "Representative") };
    let start = term.and_then(|term| at(term, &["start"])).map(str::to_owned);
    let mut memberships = vec![Membership { organization: chamber.to_owned(), role: role.to_owned(), start }];
    memberships.extend(seats.remove(code).unwrap_or_default());
    Actor {
        id,
        aliases: variants(person, &full),
        name: full,
        kind: "person",
        classification: "legislator",
        weak: (!last.is_empty()).then(|| last.to_owned()),
        summary: format!("{role} from {}, {}", said("state"), said("party")),
        memberships,
    }
}

/// Every way in which a full name is written: with the first name or the nickname, with or without what stands
/// between and after. Each is first and last at least, so none is a word of everyday language.
fn variants(person: &Node, full: &str) -> Vec<String> {
    let name = |key: &str| at(person, &["name", key]).filter(|it| !it.is_empty());
    let mut names = BTreeSet::new();
    let Some(last) = name("last") else { return Vec::new() };
    for given in [name("first"), name("nickname")].into_iter().flatten() {
        let mut forms = vec![format!("{given} {last}")];
        forms.extend(name("middle").map(|middle| format!("{given} {middle} {last}")));
        for form in forms {
            if let Some(suffix) = name("suffix") {
                names.insert(format!("{form} {suffix}"));
                names.insert(format!("{form}, {suffix}"));
            }
            names.insert(form);
        }
    }
    names.remove(full);
    names.into_iter().collect()
}

fn yaml(actors: &[Actor]) -> String {
    let mut out = String::from("# Made from the files of unitedstates/congress-legislators.\nactors:\n");
    for actor in actors {
        push(&mut out, "  - id", &actor.id);
        push(&mut out, "    name", &actor.name);
        push(&mut out, "    kind", actor.kind);
        push(&mut out, "    classification", actor.classification);
        list(&mut out, "    aliases", &actor.aliases);
        list(&mut out, "    weak_aliases", actor.weak.as_slice());
        push(&mut out, "    summary", &actor.summary);
        push(&mut out, "    country", "US");
        if !actor.memberships.is_empty() {
            out.push_str("    memberships:\n");
        }
        for it in &actor.memberships {
            push(&mut out, "      - organization", &it.organization);
            push(&mut out, "        role", &it.role);
            push(&mut out, "        start_date", it.start.as_deref().unwrap_or_default());
        }
    }
    out
}

/// One line; nothing where there is no value.
fn push(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "{key}: {}", quoted(value));
    }
}

fn list(out: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let values: Vec<_> = values.iter().map(|it| quoted(it)).collect();
        let _ = writeln!(out, "{key}: [{}]", values.join(", "));
    }
}

/// A string of JSON is one of YAML too.
fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}
