//! What tells records apart that are called the same: their folder, kind or date, else their file or id.
//!
//! The names of the library know already which titles are shared, so one of its own costs a look and no memory.

use std::sync::Arc;

use super::{Library, paths};
use crate::date::Date;
use crate::id::{Id, Kind};
use crate::text::{Text, fold};

/// Of more records of one name no two are compared: the file or the id tells them all.
const FEW: usize = 16;

/// What may tell two records of one title apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// That it no longer holds; of what holds, nothing.
    Status,
    Folder,
    Kind,
    Date,
    /// The file, or the id of what is no file.
    File,
}

/// In the order of what says most to a reader.
const MARKS: [Mark; 5] = [Mark::Status, Mark::Folder, Mark::Kind, Mark::Date, Mark::File];

impl Library {
    /// What tells the record from others of its kind and title, beyond what is `shown` of it anyway; `None` if
    /// nothing need be said.
    pub fn apart(&self, id: &Id, shown: &[Mark]) -> Option<Text> {
        if id.kind == Kind::Folder {
            return id.slug.contains('/').then(|| Text::line(&id.slug));
        }
        let title = fold(self.name(id)?.trim());
        let same = self.names.get(&title)?;
        if same.len() < 2 {
            return None;
        }
        if same.len() > FEW {
            return self.mark(id, Mark::File, shown);
        }
        let twin = |other: &Arc<Id>| {
            other.kind == id.kind
                && **other != *id
                && self.name(other).is_some_and(|name| fold(name.trim()) == title)
        };
        let twins: Vec<&Id> = same.iter().filter(|other| twin(other)).map(|other| &**other).collect();
        let tells = |mark: &Mark| {
            let own = self.mark(id, *mark, &[]);
            own.is_some() && twins.iter().all(|twin| self.mark(twin, *mark, &[]) != own)
        };
        if twins.is_empty() || shown.iter().any(tells) {
            return None;
        }
        let mut told = MARKS.iter().filter(|mark| tells(mark)).filter_map(|mark| self.mark(id, *mark, shown));
        told.find(|told| !told.is_empty())
    }

    fn mark(&self, id: &Id, mark: Mark, shown: &[Mark]) -> Option<Text> {
        let slug = id.slug.as_str();
        let briefing = self.briefings.get(slug).filter(|_| id.kind == Kind::Briefing);
        match mark {
            Mark::Status => briefing.map(|it| Text::line(it.past().unwrap_or_default())),
            Mark::Folder => briefing.map(|it| Text::line(&it.folder)).filter(|folder| !folder.is_empty()),
            Mark::Kind => match id.kind {
                Kind::Actor => self.actors.get(slug).and_then(|it| it.kind.clone()),
                Kind::Source => self.sources.get(slug).and_then(|it| it.publisher.clone()),
                _ => None,
            },
            Mark::Date => self.date(id).map(|date| date.written.clone()),
            Mark::File => Some(match briefing {
                Some(it) if shown.contains(&Mark::Folder) => {
                    Text::line(it.file.get(paths::folder(&it.file).len()..)?.trim_start_matches('/'))
                }
                Some(it) => Text::line(&it.file),
                None => Text::line(slug),
            }),
        }
    }

    /// The date of a record, if its kind has one.
    pub fn date(&self, id: &Id) -> Option<&Date> {
        let slug = id.slug.as_str();
        match id.kind {
            Kind::Briefing => self.briefings.get(slug).and_then(|it| it.date.as_ref()),
            Kind::Event => self.events.get(slug).and_then(|it| it.date.as_ref()),
            Kind::Claim => self.claims.get(slug).and_then(|it| it.date.as_ref()),
            Kind::Source => self.sources.get(slug).and_then(|it| it.date.as_ref()),
            Kind::Packet => self.packets.get(slug).and_then(|it| it.needed_by.as_ref()),
            _ => None,
        }
    }
}
