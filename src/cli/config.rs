//! The one setting there is: `library: PATH` in `dossier/config.yaml` of the configuration folder.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;

use crate::cli::Stop;
use crate::library::yaml;
use crate::text::Text;

/// More than any configuration needs.
const LONGEST: u64 = 64 << 10;

/// The library that the configuration file names, if there is such a file and it names one.
pub fn library() -> Result<Option<PathBuf>, Stop> {
    let Ok(folders) = etcetera::choose_base_strategy() else { return Ok(None) };
    read(&folders.config_dir().join("dossier").join("config.yaml"), folders.home_dir())
}

fn read(path: &Path, home: &Path) -> Result<Option<PathBuf>, Stop> {
    let fail = |what: &str| Stop::usage(Text::line(&format!("{}: {what}", path.display())));
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file.map_err(|error| fail(&error.to_string()))?,
    };
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).map_err(|error| fail(&error.to_string()))?;
    let parsed = yaml::parse(&text, &Arc::new(Text::line(&path.to_string_lossy())), 1);
    if let Some(problem) = parsed.problems.first() {
        return Err(Stop::usage(problem.to_string()));
    }
    Ok(parsed.node.as_ref().and_then(|it| it.at("library")).map(|it| from_home(&it.shown(), home)))
}

/// `~/briefings` as the shell would read it.
fn from_home(written: &str, home: &Path) -> PathBuf {
    match written.strip_prefix("~/") {
        Some(below) => home.join(below),
        None => home.join(written),
    }
}
