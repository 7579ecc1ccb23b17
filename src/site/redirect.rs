//! Pages at old addresses that lead to new ones: `[output.html.redirect]`.

use std::collections::BTreeSet;

use crate::model::link::has_scheme;
use crate::site::Site;
use crate::site::output::Sink;
use crate::site::text::escaped;
use crate::site::text::outside;
use crate::site::url;

/// Gives `sink` a page for each old address. `files`: the site's own. Passed over: what is no address of a page, stands
/// where something else does, or leads to nothing.
pub(crate) fn add<E>(site: &Site<'_>, files: &BTreeSet<String>, sink: Sink<'_, E>) -> Result<(), E> {
    if site.source.redirect.is_empty() {
        return Ok(());
    }
    let notes = site.places.pages.iter().flatten();
    let there: BTreeSet<String> = files.iter().chain(notes).cloned().collect();
    // on some systems case does not tell names apart
    let mut taken: BTreeSet<String> = there.iter().map(|address| address.to_lowercase()).collect();
    for (old, new) in &site.source.redirect {
        let address = old.trim_start_matches('/');
        if !is_page(address) || in_the_way(&address.to_lowercase(), &taken) {
            continue;
        }
        let Some(target) = target(address, new, &there) else { continue };
        taken.insert(address.to_lowercase());
        sink(address, &|| Ok(moved(&site.source.language, &target).into_bytes()))?;
    }
    Ok(())
}

fn moved(language: &str, target: &str) -> String {
    let (language, target) = (escaped(language), escaped(target));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>Moved</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={target}\">\n<link rel=\"canonical\" href=\"{target}\">\n\
         <p>This page has moved: <a href=\"{target}\">{target}</a></p>\n</html>\n"
    )
}

/// True for a file's way from the site's top that any system takes.
fn is_page(address: &str) -> bool {
    let good = |part: &str| !part.starts_with('.') && !part.is_empty() && part.len() < 200;
    address.ends_with(".html")
        && !address.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
        && address.split('/').all(good)
}

/// True when a file has this address, or one of them would have to be a folder.
fn in_the_way(address: &str, taken: &BTreeSet<String>) -> bool {
    let below = format!("{address}/");
    address.match_indices('/').any(|(at, _)| taken.contains(address.get(..at).unwrap_or("")))
        || taken.contains(address)
        || taken.range(below.clone()..).next().is_some_and(|next| next.starts_with(&below))
}

/// Where a page at `from` leads: another site, or a page that exists.
fn target(from: &str, new: &str, there: &BTreeSet<String>) -> Option<String> {
    if has_scheme(new) || new.starts_with("//") {
        return outside(new);
    }
    let (path, anchor) = new.split_once('#').map_or((new, None), |(path, anchor)| (path, Some(anchor)));
    let folder = if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let to = crate::report::file_name::join(folder, path).ok()?;
    let to = crate::model::link::percent_decode(&to);
    let anchor = anchor.map_or_else(String::new, |anchor| url::fragment(&crate::model::link::percent_decode(anchor)));
    there.contains(&to).then(|| format!("{}{anchor}", url::relative(from, &to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_old_addresses_lead() {
        let there = BTreeSet::from(["a/b c.html".to_owned(), "index.html".to_owned()]);
        let to = |from: &str, new: &str| target(from, new, &there);
        assert_eq!(to("a/old.html", "b%20c.html#x y").as_deref(), Some("b%20c.html#x%20y"));
        assert_eq!(to("a/old.html", "/index.html").as_deref(), Some("../index.html"));
        assert_eq!(to("old.html", "https://e.example/").as_deref(), Some("https://e.example/"));
        for bad in
            ["javascript:x", "java\tscript:x", "\u{1}javascript:x", "../../index.html", "gone.html", "", "/\\e.example"]
        {
            assert_eq!(to("a/old.html", bad), None, "{bad}");
        }
    }

    #[test]
    fn old_addresses_that_cannot_be() {
        let taken = BTreeSet::from(["a.html".to_owned(), "b.html/c.html".to_owned()]);
        for bad in ["a.html", "a.html/x.html", "b.html"] {
            assert!(in_the_way(bad, &taken), "{bad}");
        }
        assert!(!in_the_way("b.html/d.html", &taken) && !in_the_way("a.html-x.html", &taken));
        for bad in ["", ".html", "../x.html", "a/./x.html", "a//x.html", "x.js", "a\n.html", "a\\b.html", "c:x.html"] {
            assert!(!is_page(bad), "{bad}");
        }
        assert!(is_page("a/b c.html"));
    }
}
