//! Paths from the library's root, `/` between their parts. None leads out of it.

/// The folder of a file; empty for the root.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path; `other` for the root.
pub fn name<'a>(path: &'a str, other: &'a str) -> &'a str {
    match path.rsplit_once('/') {
        Some((_, name)) => name,
        None if path.is_empty() => other,
        None => path,
    }
}

/// The name of a file without its last ending.
pub fn stem(path: &str) -> &str {
    let name = name(path, "");
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The path that `written` means in `folder`; `None` if it leads out of the root.
pub fn join(folder: &str, written: &str) -> Option<String> {
    let (start, written) = match written.strip_prefix('/') {
        Some(rooted) => ("", rooted),
        None => (folder, written),
    };
    let mut path = String::with_capacity(start.len() + written.len() + 1);
    for part in start.split('/').chain(written.split('/')) {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

/// `folder` and the folders around it, the nearest first, the root last.
pub fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(folder);
    std::iter::from_fn(move || {
        let path = next?;
        next = (!path.is_empty()).then(|| self::folder(path));
        Some(path)
    })
}

/// Whether `path` is `folder` or lies in it.
pub fn within(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_joined_or_leads_out() {
        for (folder, written, path) in [
            ("", "a.md", Some("a.md")),
            ("a/b", "c.md", Some("a/b/c.md")),
            ("a/b", "../c.md", Some("a/c.md")),
            ("a/b", "./x/../c.md", Some("a/b/c.md")),
            ("a", "/c.md", Some("c.md")),
            ("a", "..", Some("")),
            ("a", "../../c.md", None),
            ("", "../c.md", None),
        ] {
            assert_eq!(join(folder, written).as_deref(), path, "{folder} {written}");
        }
    }

    #[test]
    fn upwards_ends_at_the_root() {
        assert_eq!(upwards("a/b").collect::<Vec<_>>(), ["a/b", "a", ""]);
        assert_eq!(upwards("").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn a_stem_has_no_ending() {
        for (path, name) in [("a/b.md", "b"), ("a/.md", ".md"), ("x", "x"), ("1.2 notes.md", "1.2 notes")] {
            assert_eq!(stem(path), name);
        }
    }
}
