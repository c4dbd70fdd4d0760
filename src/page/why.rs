//! Why words of a text are a link: which name, by which rule, from which file, and what to write to stop it.

use super::Context;
use super::draft::{Draft, Row};
use super::field::Fields;
use super::row::link;
use super::words::count;
use crate::document::{Document, Inline, Named, Role};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::mentions::Rule;
use crate::text::Text;

/// What there is to know of a link that made itself in the text of `briefing`.
pub fn why(context: Context<'_>, named: &Named, briefing: &Id) -> Document {
    let library = context.library;
    let mut draft = Draft::default();
    let shared = named.ids.len() > 1;
    if shared {
        let told = format!(
            "{} share this name, so it is a link to none of them for certain.",
            count(named.ids.len(), "record")
        );
        draft.paragraph(vec![Inline::role(Role::Warning, told)]);
    }
    draft
        .fields(Fields::default().text("Name", Some(&named.name)).text("Links as", Some(&named.rule)).done());
    draft.list(named.ids.iter().map(|id| record(library, id)).collect());
    draft.paragraph(vec![Inline::strong("To stop it")]);
    draft.list(remedies(library, named, briefing));
    draft.document()
}

/// The record, and where it stands.
fn record(library: &Library, id: &Id) -> Row {
    let mut row = vec![link(library, id)];
    if let Some(place) = library.place(id) {
        row.push(Inline::role(Role::Quiet, format!(" ({id} in {}, line {})", place.file, place.line)));
    }
    row
}

/// What to write so that the words are no link, or another.
fn remedies(library: &Library, named: &Named, briefing: &Id) -> Vec<Row> {
    let mut remedies = Vec::new();
    let actors = named.ids.iter().filter(|id| id.kind == Kind::Actor);
    remedies.extend(actors.map(|id| {
        vec![
            Inline::text("here only: write "),
            Inline::Code(Text::line(&format!("never_in: [{}]", briefing.slug))),
            Inline::text(format!(" in the record `{}`{}", id.slug, file(library, id))),
        ]
    }));
    remedies.extend(named.ids.iter().map(|id| everywhere(library, named, id)));
    if named.ids.len() > 1 {
        let example = named.ids.first().map(|id| format!("[{}]({id})", named.name)).unwrap_or_default();
        remedies.push(vec![
            Inline::text("to say who is meant: write a link in the text, such as "),
            Inline::Code(Text::line(&example)),
        ]);
    }
    remedies
}

fn file(library: &Library, id: &Id) -> String {
    library.place(id).map(|place| format!(" of {}", place.file)).unwrap_or_default()
}

/// What to change in the record, for every text.
fn everywhere(library: &Library, named: &Named, id: &Id) -> Row {
    let name = &named.name;
    let slug = &id.slug;
    let own = library.name(id) == Some(name);
    let told = if *named.rule == *Rule::Surname.words() {
        format!("everywhere: take `{name}` out of `weak_aliases` of `{slug}`")
    } else if own && id.kind == Kind::Actor {
        format!("everywhere: give `{slug}` a longer `name`, and put `{name}` under its `weak_aliases`")
    } else if own {
        format!("everywhere: give `{slug}` a longer name, or take it out{}", file(library, id))
    } else if id.kind == Kind::Actor {
        format!(
            "everywhere: move `{name}` of `{slug}` from `aliases` to `weak_aliases`, so that it links only where the full name stands, or to `hidden_names`, so that only search finds it"
        )
    } else {
        format!("everywhere: take `{name}` out of `aliases` of `{slug}`")
    };
    vec![Inline::text(Text::line(&told))]
}
