//! Which ticket a tracker's page shows, from the form of its address alone.

use crate::model::ticket::key::is_project;
use crate::model::ticket::scan::is_repository;
use crate::model::ticket::scan::number;

/// The key of the ticket: `https://jira.example.com/browse/SHOP-12` is `SHOP-12`, `https://github.com/acme/shop/issues/12`
/// is `acme/shop#12`.
pub(super) fn key(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, rest) = rest.split_once('/')?;
    let (address, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(40).collect();
    let pages = pages(host, &parts);
    // a Jira board shows one of its tickets beside it
    pages.or_else(|| {
        let chosen = query.split('&').chain(fragment.split('&')).find_map(|pair| pair.strip_prefix("selectedIssue="));
        chosen.filter(|key| is_key(key)).map(str::to_owned)
    })
}

fn pages(host: &str, parts: &[&str]) -> Option<String> {
    for (at, part) in parts.iter().enumerate() {
        let next = parts.get(at + 1).copied();
        match *part {
            // Jira; Linear and YouTrack
            "browse" | "issue" => {
                if let Some(key) = next.filter(|key| is_key(key)) {
                    return Some(key.to_owned());
                }
            }
            // GitLab on any host
            "-" => {
                let sign = match next {
                    Some("issues" | "work_items") => '#',
                    Some("merge_requests") => '!',
                    _ => continue,
                };
                return reference(parts.get(..at)?, sign, parts.get(at + 2)?);
            }
            _ => {}
        }
    }
    match parts {
        [owner, repository, "issues" | "pull" | "discussions", number, ..] if is_github(host) => {
            reference(&[owner, repository], '#', number)
        }
        _ => None,
    }
}

fn is_github(host: &str) -> bool {
    host.eq_ignore_ascii_case("github.com") || host.to_ascii_lowercase().starts_with("github.")
}

fn reference(project: &[&str], sign: char, written: &str) -> Option<String> {
    let project = project.join("/");
    let is_good = is_repository(&project) && number(written) == Some(written.len());
    is_good.then(|| format!("{project}{sign}{written}"))
}

fn is_key(text: &str) -> bool {
    text.split_once('-').is_some_and(|(project, digits)| {
        project.len() >= 2 && is_project(project) && number(digits) == Some(digits.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_trackers_name_their_ticket() {
        let cases = [
            ("https://issues.example.org/jira/browse/SMX4-581", Some("SMX4-581")),
            ("http://jira.example.com/browse/RETAIL-23617?focusedCommentId=1#c", Some("RETAIL-23617")),
            ("https://x.example.net/jira/software/projects/SHOP/boards/1?selectedIssue=SHOP-9", Some("SHOP-9")),
            ("https://linear.app/acme/issue/ENG-12/fix-login", Some("ENG-12")),
            ("https://youtrack.example.com/issue/KT-1", Some("KT-1")),
            ("https://github.com/acme/shop/issues/12#issuecomment-5", Some("acme/shop#12")),
            ("https://github.com/acme/shop/pull/13/files", Some("acme/shop#13")),
            ("https://github.example.com/acme/shop/issues/12", Some("acme/shop#12")),
            ("https://gitlab.com/group/sub/proj/-/issues/7", Some("group/sub/proj#7")),
            ("https://git.example.org/group/proj/-/merge_requests/8/diffs", Some("group/proj!8")),
            ("https://github.com/acme/shop", None),
            ("https://github.com/acme/shop/issues", None),
            ("https://example.com/acme/shop/issues/12", None),
            ("https://example.com/browse/retail-1", None),
            ("https://example.com/browse/RETAIL-1a", None),
            ("https://example.com/issue/12", None),
            ("https://example.com/UTF-8", None),
            ("https://example.com/-/issues/1", None),
            ("mailto:a@b", None),
            ("https://", None),
        ];
        for (url, want) in cases {
            assert_eq!(key(url).as_deref(), want, "{url}");
        }
    }
}
