//! Files that a page shows: what kind they are, and how large a picture is, so that the page does not jump.

/// How a browser shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `<img>`
    Picture,
    /// `<audio>`
    Sound,
    /// `<video>`
    Film,
    /// A link.
    Other,
}

/// Extensions of files that may be on a site. What a browser would run (HTML, scripts) is not among them.
const OTHERS: [&str; 37] = [
    // what a film says
    "vtt",
    "pdf",
    "txt",
    "csv",
    "tsv",
    "json",
    "yaml",
    "yml",
    "toml",
    "zip",
    "gz",
    "xz",
    "7z",
    "tar",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "odt",
    "ods",
    "odp",
    "epub",
    "ics",
    "bib",
    "tex",
    "ipynb",
    "canvas",
    "drawio",
    "excalidraw",
    "log",
    "sql",
    "rs",
    "py",
    "diff",
    "patch",
];

fn extension(address: &str) -> String {
    address.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase()
}

/// How a browser shows the file at an address.
pub(crate) fn kind(address: &str) -> Kind {
    match extension(address).as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp" | "ico" => Kind::Picture,
        "mp3" | "wav" | "ogg" | "oga" | "m4a" | "flac" | "opus" => Kind::Sound,
        "mp4" | "webm" | "ogv" | "mov" | "m4v" => Kind::Film,
        _ => Kind::Other,
    }
}

/// True when a file may be on a site.
pub(crate) fn allowed(address: &str) -> bool {
    kind(address) != Kind::Other || OTHERS.contains(&extension(address).as_str())
}

/// The part of a file that a link names, with its `#`: `#page=2` of a PDF, `#t=10` of a film. Empty for anything else.
pub(crate) fn part(target: &str) -> &str {
    let Some((_, part)) = target.split_once('#') else { return "" };
    let plain = |c: char| c.is_ascii_alphanumeric() || "=&.,:_-".contains(c);
    let named = part.contains('=') && part.len() <= 60 && part.chars().all(plain);
    if named { target.get(target.len() - part.len() - 1..).unwrap_or("") } else { "" }
}

/// True for an address that a browser fetches by itself.
pub(crate) fn is_of_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or("");
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// What a reader calls the file at another host's address: its name, else the host.
pub(crate) fn name_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest).trim_start_matches('/');
    let path = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    let (host, last) =
        path.split_once('/').map_or((path, ""), |(host, _)| (host, path.rsplit('/').next().unwrap_or("")));
    let name = crate::model::link::percent_decode(last);
    let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    if name.trim().is_empty() { host.to_owned() } else { name }
}

/// An SVG is a picture within `<img>` only: opened by itself, its scripts would run.
pub(crate) fn is_svg(address: &str) -> bool {
    extension(address) == "svg"
}

/// Pixels that a column of text is wide at most.
const COLUMN: u32 = 740;

/// `300` or `300x200`
pub(crate) fn size(written: &str) -> Option<(u32, Option<u32>)> {
    let number = |digits: &str| {
        let fits = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten().filter(|n| *n > 0)
    };
    match written.trim().split_once('x') {
        Some((width, height)) => Some((number(width)?, Some(number(height)?))),
        None => Some((number(written.trim())?, None)),
    }
}

/// Width and height to write, from what the note asks for and what the file is.
pub(crate) fn fit(wanted: Option<(u32, Option<u32>)>, real: Option<(u32, u32)>) -> (Option<u32>, Option<u32>) {
    match (wanted, real) {
        (Some((width, Some(height))), _) => (Some(width), Some(height)),
        (Some((width, None)), Some((real_width, real_height))) if real_width > 0 => {
            let height = u64::from(width) * u64::from(real_height) / u64::from(real_width);
            (Some(width), u32::try_from(height).ok().filter(|height| *height > 0))
        }
        (Some((width, None)), _) => (Some(width), None),
        (None, Some((width, height))) => (Some(width), Some(height)),
        (None, None) => (None, None),
    }
}

/// True for a picture of which a page shows less than there is: it is wider than a column, or asked for smaller.
pub(crate) fn is_larger(shown: Option<u32>, real: Option<(u32, u32)>) -> bool {
    real.is_some_and(|(width, _)| width > shown.unwrap_or(width).min(COLUMN) * 6 / 5)
}

/// Width and height of a picture from its first bytes.
pub(crate) fn measure(bytes: &[u8]) -> Option<(u32, u32)> {
    let found = match imagesize::blob_size(bytes) {
        Ok(size) => Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)),
        Err(_) => svg(bytes),
    };
    found.filter(|&(width, height)| (1..=50_000).contains(&width) && (1..=50_000).contains(&height))
}

/// The size that an SVG gives itself, else that of its view box.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(bytes);
    let (_, rest) = text.split_once("<svg")?;
    let (tag, _) = rest.split_once('>')?;
    let attribute = |name: &str| {
        tag.match_indices(name).find_map(|(at, _)| {
            let before = tag.get(..at)?.chars().next_back()?;
            let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|c| before.is_whitespace() && "\"'".contains(*c))?;
            value.get(1..)?.split(quote).next()
        })
    };
    let pixels = |value: &str| {
        let value = value.trim().trim_end_matches("px").parse::<f64>().ok()?;
        // within the bounds of `measure`, so that nothing is lost
        (1.0..=50_000.0).contains(&value).then(|| value.round().to_string().parse::<u32>().ok()).flatten()
    };
    let own = attribute("width").and_then(pixels).zip(attribute("height").and_then(pixels));
    own.or_else(|| {
        let view = attribute("viewBox")?;
        let mut sides = view.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()).skip(2);
        Some((pixels(sides.next()?)?, pixels(sides.next()?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_digits_only() {
        assert_eq!(size("300"), Some((300, None)));
        assert_eq!(size("300x20"), Some((300, Some(20))));
        for bad in ["", "0", "x", "3 0", "-1", "300x", "1e3", "999999", "300x20x1"] {
            assert_eq!(size(bad), None, "{bad}");
        }
        assert_eq!(fit(Some((100, None)), Some((200, 50))), (Some(100), Some(25)));
    }

    #[test]
    fn what_a_page_makes_smaller_is_larger() {
        let real = Some((1_000, 500));
        assert!(is_larger(None, real) && is_larger(Some(300), real) && is_larger(Some(300), Some((400, 9))));
        assert!(
            !is_larger(None, Some((800, 9))) && !is_larger(Some(300), Some((300, 9))) && !is_larger(Some(300), None)
        );
    }

    #[test]
    fn files_are_measured() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x03";
        assert_eq!(measure(png), Some((258, 3)));
        assert_eq!(measure(b"GIF89a\x05\0\x06\0\0\0\0"), Some((5, 6)));
        assert_eq!(measure(b"\xff\xd8\xff\xe0\0\x02\xff\xc0\0\x0b\x08\0\x07\0\x09"), Some((9, 7)));
        assert_eq!(measure(b"\xff\xd8\xff\xe0"), None);
        assert_eq!(measure(b"words"), None);
        let svg =
            |tag: &str| measure(format!("<?xml version='1.0'?>\n<svg xmlns=\"x\" {tag}><path/></svg>").as_bytes());
        assert_eq!(svg("width=\"20px\" height='9.6' viewBox=\"0 0 1 1\""), Some((20, 10)));
        assert_eq!(svg("stroke-width=\"3\" viewBox=\"0,0 600 240\""), Some((600, 240)));
        assert_eq!(svg("width=\"100%\" height=\"NaN\" viewBox=\"0 0 1\""), None);
        assert_eq!(svg("width="), None);
    }

    #[test]
    fn what_runs_stays_at_home() {
        assert!(allowed("a.png") && allowed("b.pdf"));
        for bad in ["a.html", "a.js", "a.xhtml", "a.htm", "a", "a.exe", "a.xml"] {
            assert!(!allowed(bad), "{bad}");
        }
    }
}
