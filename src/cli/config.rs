//! The settings there are, in `dossier/config.yaml` of the configuration folder: `library: PATH`, and `cache: false`.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;

use crate::cli::{Stop, tell};
use crate::library::problem::{Place, Problem};
use crate::library::yaml;
use crate::text::{Text, nearest};

/// More than any configuration needs.
const LONGEST: u64 = 64 << 10;
/// So many settings that say nothing are told.
const MOST: usize = 8;

/// What the configuration file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The library to read where none is named.
    pub library: Option<PathBuf>,
    /// Whether nothing is to be kept in the cache folder.
    pub no_cache: bool,
    /// What in it says nothing: keys that there are not, values that mean nothing.
    pub idle: Vec<Problem>,
}

/// The keys there are.
const KEYS: [&str; 2] = ["library", "cache"];
const YES: [&str; 3] = ["true", "yes", "on"];
const NO: [&str; 3] = ["false", "no", "off"];

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
    let no_cache = said("cache").is_some_and(|it| NO.contains(&it.trim()));
    let idle = parsed.node.as_ref().map(|node| idle(node, path)).unwrap_or_default();
    Ok(Config { library: said("library").map(|it| from_home(&it, home)), no_cache, idle })
}

/// What in the file says nothing, so that whoever wrote it does not count on it.
fn idle(node: &yaml::Node, path: &Path) -> Vec<Problem> {
    let file = Arc::new(Text::line(&path.to_string_lossy()));
    let yaml::Value::Map(entries) = &node.value else {
        let place = Place::new(&file, node.line, node.column);
        return vec![Problem::warning(place, "no setting is read here").help("write `library: PATH`")];
    };
    let problem = |entry: &yaml::Entry| {
        let value = entry.value.shown();
        if !KEYS.contains(&entry.key.as_str()) {
            let known = format!("known are {}", KEYS.join(" and "));
            let help =
                nearest(&entry.key, KEYS.into_iter()).map(|near| format!("did you mean `{near}`? {known}"));
            let place = Place::new(&file, entry.line, entry.column);
            let message = Text::line(&format!("no setting is called `{}`", entry.key));
            return Some(Problem::warning(place, message).help(help.unwrap_or(known)));
        }
        let wrong = entry.key == "cache" && !YES.contains(&value.trim()) && !NO.contains(&value.trim());
        let place = Place::new(&file, entry.value.line, entry.value.column);
        let message = Text::line(&format!("`cache` is neither true nor false: `{value}`"));
        wrong.then(|| Problem::warning(place, message).help("write `cache: false` to keep nothing"))
    };
    entries.iter().filter_map(problem).take(MOST).collect()
}

/// Tells what in the configuration file says nothing. What is worse about it is said by who needs it.
pub fn tell_idle() {
    for problem in config().map(|it| it.idle).unwrap_or_default() {
        tell(Text::line(&problem.to_string()));
    }
}

/// `~/briefings` as the shell would read it.
fn from_home(written: &str, home: &Path) -> PathBuf {
    match written.strip_prefix("~/") {
        Some(below) => home.join(below),
        None => home.join(written),
    }
}
