//! The settings there are, in `dossier/config.yaml` of the configuration folder: `library: PATH`, and `cache: false`.

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

/// What the configuration file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The library to read where none is named.
    pub library: Option<PathBuf>,
    /// Whether nothing is to be kept in the cache folder.
    pub no_cache: bool,
}

/// Reads the configuration file, if there is one.
pub fn config() -> Result<Config, Stop> {
    let Ok(folders) = etcetera::choose_base_strategy() else { return Ok(Config::default()) };
    read(&folders.config_dir().join("dossier").join("config.yaml"), folders.home_dir())
}

fn read(path: &Path, home: &Path) -> Result<Config, Stop> {
    let fail = |what: &str| Stop::usage(Text::line(&format!("{}: {what}", path.display())));
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Config::default()),
        file => file.map_err(|error| fail(&error.to_string()))?,
    };
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).map_err(|error| fail(&error.to_string()))?;
    let parsed = yaml::parse(&text, &Arc::new(Text::line(&path.to_string_lossy())), 1);
    if let Some(problem) = parsed.problems.first() {
        return Err(Stop::usage(problem.to_string()));
    }
    let said = |key| parsed.node.as_ref().and_then(|it| it.at(key)).map(yaml::Node::shown);
    let no_cache = said("cache").is_some_and(|it| matches!(it.trim(), "false" | "no" | "off"));
    Ok(Config { library: said("library").map(|it| from_home(&it, home)), no_cache })
}

/// `~/briefings` as the shell would read it.
fn from_home(written: &str, home: &Path) -> PathBuf {
    match written.strip_prefix("~/") {
        Some(below) => home.join(below),
        None => home.join(written),
    }
}
