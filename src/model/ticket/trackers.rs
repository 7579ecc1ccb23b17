//! The trackers of a notebook, as its settings name them: which words are tickets, and the addresses of their pages.

use std::collections::BTreeSet;

use regex::Regex;
use regex::RegexBuilder;

use crate::model::Span;
use crate::model::ticket::address;
use crate::model::ticket::key::is_project_byte;
use crate::model::ticket::key::split;
use crate::model::ticket::scan;

/// In bytes; patterns are not tried on longer lines, where every pattern is slow.
const LONGEST_LINE: usize = 4_000;

/// Maximum size of a compiled pattern, in bytes.
const PATTERN_SIZE: usize = 1 << 20;

/// Prefixes of numbers that are not projects, however often they look like one.
const NO_PROJECTS: &[&str] = &[
    "ABC", "ACM", "ADR", "AES", "AGPL", "AK", "AMD", "ANSI", "API", "APSL", "ARM", "ASCII", "AVX", "B2B", "BASE",
    "BERT", "BIP", "BM", "BS", "BSD", "CAT", "CC", "CCC", "CD", "CDDL", "CEST", "CET", "CIFAR", "CLIP", "CNN", "COVID",
    "CP", "CPU", "CRC", "CS", "CSE", "CVE", "CVPR", "CWE", "DALLE", "DDR", "DEC", "DES", "DIN", "DSM", "EC2", "ECMA",
    "EIP", "EN", "EP", "EPL", "ERC", "EST", "EUC", "EUPL", "EXAMPLE", "FIPS", "FIXME", "FM", "FP", "FY", "GDDR", "GEN",
    "GHSA", "GLIBC", "GMT", "GPL", "GPT", "GPU", "HDMI", "HEP", "HIV", "HSK", "HTTP", "HTTPS", "IA", "IBM", "ICD",
    "ICLR", "ICML", "IEC", "IEEE", "IPV", "IRC", "ISBN", "ISIN", "ISO", "ISSN", "ITU", "JDK", "JEP", "JIS", "JLPT",
    "JPEG", "JSR", "KOI8", "LGPL", "LISP", "LLM", "LTO", "MD", "MIL", "MIPS", "MIT", "MNIST", "MP", "MPEG", "MPL",
    "MS", "NASA", "NATO", "NDA", "NEP", "NIST", "NLTK", "OAUTH", "OP", "OS", "OSI", "OTP", "PAGE", "PCI", "PDF", "PDP",
    "PEP", "PIC", "PKCS", "PMC", "POSIX", "PR", "PROJ", "PS", "PSR", "PST", "PT", "Q1", "Q2", "Q3", "Q4", "RAID",
    "RESNET", "RFC", "RIPEMD", "RJ", "RNN", "RS", "RSA", "S3", "SAE", "SARS", "SHA", "SHA3", "SM", "SOC", "SPDX",
    "SQL", "SSE", "SSL", "T5", "TCP", "TICKET", "TLS", "TOC", "TODO", "TR", "TS", "UCS", "UN", "US", "USB", "USD",
    "UTC", "UTF", "VGG", "VIC", "WASM", "WCAG", "WIN", "WPA", "WTF", "X11", "X86", "XBOX", "XXX", "YOLO", "YYYY",
    "ZIP",
];

/// A tracker, as configured in a table `[[preprocessor.hornbook.tickets]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tracker {
    /// Projects: `SHOP` for `SHOP-123`.
    pub keys: Vec<String>,
    /// An additional regular expression for tickets.
    pub pattern: Option<String>,
    /// `owner/repo` on GitHub, or its address: what `#12` and `GH-12` mean.
    pub github: Option<String>,
    /// `group/project` on GitLab, or its address: what `#12` and `!12` mean.
    pub gitlab: Option<String>,
    /// The address of a ticket's page, with `{num}` and perhaps `{key}`; `{0}` to `{9}` are the groups of the pattern.
    pub url: Option<String>,
}

/// The trackers of a notebook, ready to search text with.
#[derive(Debug, Clone, Default)]
pub struct Trackers {
    trackers: Vec<Tracker>,
    projects: BTreeSet<String>,
    patterns: Vec<(Regex, Option<String>)>,
    forges: Vec<Forge>,
}

impl PartialEq for Trackers {
    fn eq(&self, other: &Self) -> bool {
        self.trackers == other.trackers
    }
}

impl Eq for Trackers {}

/// A repository whose name can be omitted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Forge {
    /// `https://github.com/`
    site: String,
    /// `owner/repo`
    repository: String,
    is_gitlab: bool,
}

/// A ticket found in a line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketMatch {
    /// In bytes of the line.
    pub span: Span,
    /// The ticket's canonical key.
    pub key: String,
}

impl Trackers {
    /// Prepares the settings. An invalid pattern finds nothing: the settings were checked before.
    #[must_use]
    pub fn new(trackers: Vec<Tracker>) -> Self {
        let projects = trackers.iter().flat_map(|tracker| tracker.keys.iter().cloned()).collect();
        let compiled = |tracker: &Tracker| {
            let pattern = compile(tracker.pattern.as_ref()?).ok()?;
            Some((pattern, tracker.url.clone()))
        };
        let forges = |tracker: &Tracker| {
            let github = tracker.github.as_ref().and_then(|written| Forge::new(written, false));
            [github, tracker.gitlab.as_ref().and_then(|written| Forge::new(written, true))]
        };
        Self {
            projects,
            patterns: trackers.iter().filter_map(compiled).collect(),
            forges: trackers.iter().flat_map(forges).flatten().collect(),
            trackers,
        }
    }

    /// The trackers, in the order of the settings.
    #[must_use]
    pub fn all(&self) -> &[Tracker] {
        &self.trackers
    }

    /// True when the settings name this project.
    #[must_use]
    pub fn knows(&self, project: &str) -> bool {
        self.projects.contains(project) || self.forges.iter().any(|forge| forge.repository == project)
    }

    /// The tickets in a line of text, in order, not overlapping.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<TicketMatch> {
        let mut found = Vec::new();
        if !self.projects.is_empty() || !self.forges.is_empty() {
            found.extend(scan::keys(text).filter_map(|key| self.of_key(text, key)));
            let named = scan::work_items(text).filter(|item| self.projects.contains(item.project.of(text)));
            found.extend(named.map(|item| TicketMatch { span: item.span, key: item.span.of(text).replace('#', "-") }));
        }
        if !self.forges.is_empty() {
            found.extend(scan::references(text).filter_map(|key| self.of_reference(text, key)));
        }
        if text.len() <= LONGEST_LINE {
            for (pattern, _) in &self.patterns {
                let matches = pattern.find_iter(text).filter(|found| !found.is_empty());
                found.extend(matches.map(|found| TicketMatch {
                    span: Span::new(found.start(), found.end()),
                    key: found.as_str().to_owned(),
                }));
            }
        }
        found.sort_by_key(|sighting| (sighting.span.start, std::cmp::Reverse(sighting.span.end)));
        let mut end = 0;
        found.retain(|sighting| {
            let is_free = sighting.span.start >= end;
            if is_free {
                end = sighting.span.end;
            }
            is_free
        });
        found
    }

    fn of_key(&self, text: &str, key: scan::Key) -> Option<TicketMatch> {
        let project = key.project.of(text);
        if self.projects.contains(project) {
            return Some(TicketMatch { span: key.span, key: key.span.of(text).to_owned() });
        }
        let github = self.forges.iter().find(|forge| !forge.is_gitlab && project == "GH")?;
        let number = key.span.of(text).rsplit('-').next()?;
        Some(TicketMatch { span: key.span, key: format!("{}#{number}", github.repository) })
    }

    fn of_reference(&self, text: &str, key: scan::Key) -> Option<TicketMatch> {
        let sign = Span::new(key.project.end, key.span.end).of(text);
        let is_request = sign.starts_with('!');
        let forge = self.forges.iter().find(|forge| forge.is_gitlab || !is_request)?;
        let written = key.project.of(text);
        if written.is_empty() {
            let before = text.get(..key.span.start).unwrap_or("").trim_end();
            // `background: #123`
            let is_color = ["color:", "colour:", "color", "colour", "background:", "border:"];
            let ends_with = |word: &&str| {
                let end = before.len().checked_sub(word.len()).and_then(|at| before.as_bytes().get(at..));
                end.is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
            };
            // the line may be long, with many references
            if is_color.iter().any(ends_with) {
                return None;
            }
            return Some(TicketMatch { span: key.span, key: format!("{}{sign}", forge.repository) });
        }
        Some(TicketMatch { span: key.span, key: self.spelt(&format!("{written}{sign}")) })
    }

    /// A key in the spelling of the settings: GitHub and GitLab ignore case.
    fn spelt(&self, key: &str) -> String {
        let (project, _) = split(key);
        match self.forges.iter().find(|forge| forge.repository.eq_ignore_ascii_case(project)) {
            Some(forge) => format!("{}{}", forge.repository, key.get(project.len()..).unwrap_or("")),
            None => key.to_owned(),
        }
    }

    /// Look-alikes: what has the form of a ticket of an unknown project, except known non-tickets such as `UTF-8`.
    #[must_use]
    pub fn look_alikes(&self, text: &str) -> Vec<TicketMatch> {
        let unknown = scan::keys(text).filter(|key| {
            let project = key.project.of(text);
            let is_github = project == "GH" && self.forges.iter().any(|forge| !forge.is_gitlab);
            let is_known = is_github || self.projects.contains(project);
            project.len() >= 2 && !is_known && !NO_PROJECTS.contains(&project)
        });
        unknown.map(|key| TicketMatch { span: key.span, key: key.span.of(text).to_owned() }).collect()
    }

    /// The ticket whose page has this address: from the settings, else from its form.
    #[must_use]
    pub fn of_url(&self, url: &str) -> Option<String> {
        if !url.starts_with("http") {
            return None;
        }
        let by_settings = self.trackers.iter().filter(|tracker| !tracker.keys.is_empty()).find_map(|tracker| {
            let template = tracker.url.as_ref()?;
            tracker.keys.iter().find_map(|key| {
                let (before, behind) = template.split_once("{num}")?;
                let rest = url.strip_prefix(before.replace("{key}", key).as_str())?;
                let digits = scan::number(rest)?;
                let left = rest.get(digits..)?.strip_prefix(behind.replace("{key}", key).as_str())?;
                let is_whole = left.is_empty() || left.starts_with(['/', '?', '#', '&']);
                is_whole.then(|| format!("{key}-{}", rest.get(..digits).unwrap_or("")))
            })
        });
        by_settings.or_else(|| Some(self.spelt(&address::key(url)?)))
    }

    /// The address of a ticket's page, if its tracker has one.
    #[must_use]
    pub fn url(&self, key: &str) -> Option<String> {
        if let Some((project, number)) = key.rsplit_once('-')
            && project.bytes().all(is_project_byte)
            && self.projects.contains(project)
        {
            // a list of projects may leave the address to a separate table
            let own = self.trackers.iter().filter(|tracker| tracker.keys.iter().any(|known| known == project));
            let url = own.filter_map(|tracker| tracker.url.as_ref()).next()?;
            return Some(url.replace("{key}", project).replace("{num}", number));
        }
        for (pattern, url) in &self.patterns {
            let groups = pattern.captures(key).filter(|groups| groups.get_match().as_str() == key);
            if let (Some(groups), Some(url)) = (groups, url) {
                let mut url = url.clone();
                for group in 0..10 {
                    url = url.replace(&format!("{{{group}}}"), groups.get(group).map_or("", |found| found.as_str()));
                }
                return Some(url);
            }
        }
        let at = key.rfind(['#', '!'])?;
        let (project, number) = (key.get(..at)?, key.get(at + 1..)?);
        // GitHub has no `!12`
        let is_request = key.get(at..=at) == Some("!");
        let own = self.forges.iter().find(|forge| forge.repository == project && (forge.is_gitlab || !is_request));
        let forge = own.or_else(|| self.forges.first()).filter(|_| scan::is_repository(project))?;
        let site = &forge.site;
        Some(match (forge.is_gitlab, key.get(at..=at)?) {
            // GitHub redirects from issues to pull requests by itself
            (false, _) => format!("{site}{project}/issues/{number}"),
            (true, "!") => format!("{site}{project}/-/merge_requests/{number}"),
            (true, _) => format!("{site}{project}/-/issues/{number}"),
        })
    }
}

impl Forge {
    /// `acme/shop`, or `https://github.example.com/acme/shop`.
    fn new(written: &str, is_gitlab: bool) -> Option<Self> {
        let written = written.trim_end_matches('/');
        let (site, repository) = match written.find("://") {
            Some(at) => {
                let slash = at + 3 + written.get(at + 3..)?.find('/')?;
                (written.get(..=slash)?.to_owned(), written.get(slash + 1..)?)
            }
            None if is_gitlab => ("https://gitlab.com/".to_owned(), written),
            None => ("https://github.com/".to_owned(), written),
        };
        scan::is_repository(repository).then(|| Self { site, repository: repository.to_owned(), is_gitlab })
    }
}

/// True for `owner/repo` or the address of one.
#[must_use]
pub(crate) fn is_repository(written: &str) -> bool {
    let scheme = written.split_once("://").map_or("https", |(scheme, _)| scheme);
    matches!(scheme, "https" | "http") && Forge::new(written, false).is_some()
}

/// Compiles a pattern from the settings.
///
/// # Errors
///
/// When it is not a valid regular expression, or too large.
pub(crate) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).dfa_size_limit(PATTERN_SIZE).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trackers() -> Trackers {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let one = Tracker {
            keys: texts(&["RETAIL", "TOMO"]),
            url: Some("https://jira.example.com/browse/{key}-{num}".to_owned()),
            ..Tracker::default()
        };
        let old = Tracker {
            keys: texts(&["OLD"]),
            url: Some("https://bugs.example.com/show?id={num}".to_owned()),
            ..Tracker::default()
        };
        let incidents = Tracker {
            pattern: Some(r"\bincident (\d{4,})\b".to_owned()),
            url: Some("https://status.example.com/{1}".to_owned()),
            ..Tracker::default()
        };
        let shop = Tracker { github: Some("Acme/shop".to_owned()), ..Tracker::default() };
        Trackers::new(vec![one, old, incidents, shop])
    }

    #[track_caller]
    fn found(text: &str, want: &[&str]) {
        assert_eq!(trackers().find(text).into_iter().map(|found| found.key).collect::<Vec<_>>(), want, "{text}");
    }

    #[test]
    fn only_what_the_settings_name_is_found() {
        found("TOMO-2 RETAIL-23617-fix-login, UTF-8 SHOP-1", &["TOMO-2", "RETAIL-23617"]);
        found("after incident 4711, incident 12", &["incident 4711"]);
        found(
            "see #12 and GH-13, acme/shop#14, octo.org/x#15 !16",
            &["Acme/shop#12", "Acme/shop#13", "Acme/shop#14", "octo.org/x#15"],
        );
        found("# of tomatoes, color: #123, the colour #123, x#1", &[]);
        assert_eq!(Trackers::default().find("RETAIL-1 #12 incident 4711"), []);
    }

    #[test]
    fn keys_have_addresses() {
        let cases = [
            ("RETAIL-1", Some("https://jira.example.com/browse/RETAIL-1")),
            ("OLD-7", Some("https://bugs.example.com/show?id=7")),
            ("incident 4711", Some("https://status.example.com/4711")),
            ("Acme/shop#12", Some("https://github.com/Acme/shop/issues/12")),
            ("octo/x#15", Some("https://github.com/octo/x/issues/15")),
            ("UTF-8", None),
            ("#12", None),
        ];
        for (key, want) in cases {
            assert_eq!(trackers().url(key).as_deref(), want, "{key}");
        }
        let gitlab = Tracker { gitlab: Some("https://git.example.org/a/b".to_owned()), ..Tracker::default() };
        let gitlab = Trackers::new(vec![gitlab]);
        assert_eq!(gitlab.url("a/b!3").as_deref(), Some("https://git.example.org/a/b/-/merge_requests/3"));
        assert_eq!(gitlab.find("!3 and #4").len(), 2);
    }

    #[test]
    fn addresses_have_keys() {
        let cases = [
            ("https://bugs.example.com/show?id=7", Some("OLD-7")),
            ("https://bugs.example.com/show?id=7&x=1", Some("OLD-7")),
            ("https://bugs.example.com/show?id=7x", None),
            ("https://github.com/acme/Shop/issues/3", Some("Acme/shop#3")),
            ("https://issues.example.org/browse/SMX4-581", Some("SMX4-581")),
        ];
        for (url, want) in cases {
            assert_eq!(trackers().of_url(url).as_deref(), want, "{url}");
        }
    }

    #[test]
    fn what_is_no_project_is_not_even_a_candidate() {
        let found = |text: &str| trackers().look_alikes(text).into_iter().map(|found| found.key).collect::<Vec<_>>();
        assert_eq!(found("SHOP-1 RETAIL-1 GH-1 UTF-8 RS-485 GPT-4 COVID-19 ISO-8601 SHA-256 A-1"), ["SHOP-1"]);
        assert!(NO_PROJECTS.is_sorted());
    }
}
