//! `hornbook build`

use std::cell::RefCell;
use std::path::Path;
use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts::Facts;
use crate::cli::path;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::WalkOptions;
use crate::disk::Written;
use crate::index::Select;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::PrivateReason;
use crate::report::graph::Graph;
use crate::report::notes::property_day;
use crate::site;
use crate::site::Site;
use crate::site::publish::Withheld;
use crate::site::theme::Theme;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Where pages go when no setting says so.
const FOLDER: &str = "public";
/// Bytes of a picture that tell its size; an EXIF block may stand before it.
const HEAD: u64 = 256 << 10;

/// Writes: the notebook as a website, into a folder of its own
///
/// Every note that is not private becomes a page that needs no script, no server and no other host. Unchanged pages are not
/// written again, and files in the folder that are not ours are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook build
  hornbook build --out public --strict
  hornbook build --base-url https://notes.example.com/")]
pub(crate) struct Args {
    /// Where to [default: `build-dir` of book.toml, else public]
    #[arg(long, value_name = "DIR", value_parser = path)]
    out: Option<PathBuf>,

    /// The address at which it will stand, for the feed and the sitemap
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Exit with 1 on broken links, missing embeds, ambiguous names and formulas that cannot be shown
    #[arg(long)]
    strict: bool,

    /// With drafts, for your own eyes
    #[arg(long)]
    drafts: bool,

    /// Show it afterwards
    #[arg(long)]
    open: bool,

    /// Leave HTML in notes as it is: for notes that are all your own
    #[arg(long)]
    trust_html: bool,

    /// Write our templates, style and script to templates/site/ as a start for your own, and build nothing
    #[arg(long, conflicts_with_all = ["strict", "open"])]
    eject_theme: bool,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    if args.eject_theme {
        return eject(context, &notebook);
    }
    let folder = folder(args, context, &notebook)?;
    let base_url = base_url(args, &notebook)?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All)?;
        let rules = disk::SiteRules::new(&notebook);
        let notes = facts.notes();
        let own = folder.strip_prefix(&notebook.root).ok().map(Path::to_owned);
        let mut all =
            disk::walk(&notebook, WalkOptions { attachments: true, no_notes: true, ..WalkOptions::default() })?
                .attachments;
        // the last build's own files are no attachments
        all.retain(|path| own.as_ref().is_none_or(|own| !Path::new(&path.to_os()).starts_with(own)));
        let attachments: Vec<NotePath> = all.iter().filter(|path| !rules.exclude(path)).cloned().collect();
        let text = |path: &NotePath| disk::read(&notebook, path).ok().map(|text| text.text);
        let head = |path: &NotePath| disk::output::head(&notebook.resolve(path).ok()?, HEAD).ok();
        let ticket_url = |key: &str| notebook.settings.ticket_url(key);
        let entries = facts.records().iter().map(|record| site::Entry {
            path: &record.path,
            parsed: &record.parsed,
            hash: record.hash,
            modified: property_day(&record.parsed.note, &["modified", "updated", "last_modified"]),
            // a list of to-dos is no page
            excluded: rules.exclude(&record.path) || record.path.is_todo_txt(),
        });
        let source = source(args, &notebook, base_url, entries.collect(), &attachments, (&text, &head, &ticket_url))?;
        let theme = Theme::new(disk::theme_files(&notebook)?).map_err(Failure::new)?;
        let graph = Graph::new(notes.clone(), &all);
        let nothing = Note::default();
        let site = Site::new(&source, &graph, theme, &nothing);
        write(&site, &notebook, &folder, context)?;
        tell_withheld(&site, &source, context);
        let faults = site.faults();
        if args.strict {
            for fault in &faults {
                let place = format!("{}:{}", context.shown(&notebook, &fault.path), fault.line);
                context.ui.line(&vec![cell(place, Role::Path), plain(format!(": {}", fault.message))]);
            }
        }
        if !faults.is_empty() && !args.strict {
            let count = words::count(faults.len(), "fault");
            context.ui.say(&format!("{count}: --strict lists them"));
        }
        if args.open {
            let home = folder.join("index.html");
            open::that_detached(&home).map_err(|error| Failure::new(format!("{}: {error}", home.display())))?;
        }
        Ok(if args.strict && !faults.is_empty() { Exit::Negative } else { Exit::Answered })
    })
}

type Readers<'a> = (
    &'a dyn Fn(&NotePath) -> Option<String>,
    &'a dyn Fn(&NotePath) -> Option<Vec<u8>>,
    &'a dyn Fn(&str) -> Option<String>,
);

fn source<'a>(
    args: &Args,
    notebook: &Notebook,
    base_url: Option<String>,
    notes: Vec<site::Entry<'a>>,
    attachments: &'a [NotePath],
    (text, head, ticket_url): Readers<'a>,
) -> Result<site::Source<'a>, Failure> {
    let book = &notebook.settings.book;
    let extras = |key: &str, names: &[String]| {
        disk::extra_files(notebook, names).map_err(|(name, error)| {
            Failure::new(format!("book.toml: `{key}` names {name}, which cannot be read: {error}"))
                .hint("such files lie below the folder of book.toml and have at most 32 MiB")
        })
    };
    let styles = extras("additional-css", &book.additional_css)?;
    let scripts = extras("additional-js", &book.additional_js)?;
    let name = notebook.base.file_name().map_or_else(|| "Notes".to_owned(), |name| name.to_string_lossy().into_owned());
    let language = book.language.clone().or_else(|| notebook.settings.language.clone());
    let language = language.unwrap_or_else(|| "en".to_owned());
    // mdBook takes the direction from the language, too
    let direction = book.text_direction.as_deref().filter(|direction| matches!(*direction, "ltr" | "rtl"));
    let by_language = site::direction::of_language(&language);
    let below = notebook.root.strip_prefix(&notebook.base).unwrap_or(Path::new(""));
    let prefix = below.to_string_lossy();
    Ok(site::Source {
        notes,
        attachments,
        title: book.title.clone().unwrap_or(name),
        description: book.description.clone().unwrap_or_default(),
        authors: book.authors.clone(),
        direction: direction.unwrap_or(by_language).to_owned(),
        language,
        base_url,
        edit_url: book.edit_url_template.clone(),
        edit_prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
        repository: book.git_repository_url.clone(),
        cname: book.cname.clone(),
        summary: disk::summary(notebook),
        redirect: book.redirect.clone(),
        default_theme: book.default_theme.clone(),
        styles,
        scripts,
        not_found: Some(NotePath::from(book.input_404.as_deref().unwrap_or("404.md"))),
        drafts: args.drafts,
        trust_html: args.trust_html,
        hard_line_breaks: notebook
            .settings
            .hard_line_breaks
            .unwrap_or_else(|| disk::obsidian::hard_line_breaks(notebook)),
        remote_media: notebook.settings.remote_media,
        language_of: &crate::index::language_tag,
        ticket_url,
        text,
        head,
    })
}

/// Writes what the site makes.
fn write(site: &Site<'_>, notebook: &Notebook, folder: &Path, context: &mut Context) -> Result<(), Failure> {
    let trouble =
        |address: &str, error: std::io::Error| Failure::new(format!("{}: {error}", folder.join(address).display()));
    let record = context.state_folder().join("sites").join(crate::session::folder_name(folder));
    let output = disk::Output::open(folder, &record).map_err(|error| trouble("", error))?;
    if let Some(why) = not_for_pages(folder, output.is_first()) {
        let message = format!("{} {why}: the site wants a folder of its own", folder.display());
        return Err(Failure::new(message).hint("`--out DIR` says where to"));
    }
    let output = RefCell::new(output);
    let (mut changed, mut same, mut in_the_way) = (0, 0, Vec::new());
    let mut count = |address: String, written: Written| match written {
        Written::Changed => changed += 1,
        Written::Same => same += 1,
        Written::InTheWay => in_the_way.push(address),
    };
    let mut sink = |file: site::Output| {
        let mut output = output.borrow_mut();
        let (address, written) = match file {
            site::Output::Same { address, .. } => {
                output.keep(&address);
                (address, Ok(Written::Same))
            }
            site::Output::File { address, key, bytes } => {
                let written = output.write(&address, key, &bytes);
                (address, written)
            }
            site::Output::Copy { address, from } => {
                let written = notebook.resolve(&from).and_then(|from| output.copy(&address, &from));
                (address, written)
            }
        };
        match written {
            Ok(written) => {
                count(address, written);
                Ok(())
            }
            Err(error) => Err(trouble(&address, error)),
        }
    };
    let mut progress = context.ui.progress("Building pages");
    let fresh = |address: &str, key: u64| output.borrow().is_fresh(address, key);
    site.build::<Failure>(&fresh, &mut sink, &mut progress)?;
    let finished = output.into_inner().finish().map_err(|error| trouble("", error))?;
    if !in_the_way.is_empty() {
        let shown: Vec<&str> = in_the_way.iter().take(5).map(String::as_str).collect();
        let count = words::count(in_the_way.len(), "file");
        let message = format!("{}: {count} of somebody else's in the way: {}", folder.display(), shown.join(", "));
        return Err(Failure::new(message).hint("nothing was overwritten; `--out DIR` builds elsewhere"));
    }
    let shown = crate::cli::here::relative(folder, &context.cwd);
    let mut line = format!(
        "{} in {}: {changed} written, {same} unchanged",
        words::count(site.published(), "note"),
        shown.display()
    );
    if finished.removed > 0 {
        line.push_str(&format!(", {} removed", finished.removed));
    }
    context.ui.say(&line);
    if !finished.left.is_empty() {
        let some: Vec<&str> = finished.left.iter().take(5).map(String::as_str).collect();
        context.ui.warn(&format!(
            "{} of an earlier build left in place, since nothing on this computer proves that Hornbook wrote them: {}; \
             remove what you do not want to publish",
            words::count(finished.left.len(), "file"),
            some.join(", ")
        ));
    }
    Ok(())
}

/// How many notes stayed at home, and why where it may surprise.
fn tell_withheld(site: &Site<'_>, source: &site::Source<'_>, context: &Context) {
    let withheld = site.withheld();
    if !withheld.is_empty() {
        context.ui.say(&format!("{} not published", words::count(withheld.len(), "note")));
    }
    for (index, _) in withheld.iter().filter(|(_, why)| *why == Withheld::Private(PrivateReason::Unreadable)) {
        if let Some(entry) = source.notes.get(*index) {
            let path = entry.path;
            context.ui.warn(&format!("{path} is not published: its front matter cannot be read and may say so"));
        }
    }
}

/// The folder to build in, absolute. It must not be one that holds the notes.
fn folder(args: &Args, context: &Context, notebook: &Notebook) -> Result<PathBuf, Failure> {
    let configured = notebook.settings.book.build_dir.as_deref().unwrap_or(FOLDER);
    let folder = match &args.out {
        Some(out) => context.cwd.join(out),
        None => notebook.base.join(configured),
    };
    let mut clean = PathBuf::new();
    for part in folder.components() {
        match part {
            std::path::Component::ParentDir => {
                clean.pop();
            }
            std::path::Component::CurDir => {}
            part => clean.push(part),
        }
    }
    let real = real(&clean);
    if notebook.root.starts_with(&real) || notebook.base.starts_with(&real) {
        let message = format!("{} holds the notes: the site wants a folder of its own", clean.display());
        return Err(Failure::new(message).hint("`--out DIR` says where to"));
    }
    if args.out.is_none() && !real.starts_with(&notebook.base) {
        let message = format!("`build-dir` of book.toml leads out of the notebook: {}", clean.display());
        return Err(Failure::new(message).hint("`--out DIR` says where to"));
    }
    Ok(real)
}

/// Why a folder is not one for pages: it holds a repository, or notes. All of it is looked at the first time only.
fn not_for_pages(folder: &Path, first: bool) -> Option<&'static str> {
    if folder.join(".git").symlink_metadata().is_ok() {
        return Some("holds a repository (.git)");
    }
    disk::holds_notes(folder, if first { usize::MAX } else { 1 }).then_some("holds notes")
}

/// A path with the links in it resolved, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, real)) = there else { return path.to_owned() };
    path.strip_prefix(above).map_or_else(
        |_| path.to_owned(),
        |rest| if rest.as_os_str().is_empty() { real.clone() } else { real.join(rest) },
    )
}

/// The site's address with a final `/`.
fn base_url(args: &Args, notebook: &Notebook) -> Result<Option<String>, Failure> {
    let site_url = notebook.settings.book.site_url.clone().filter(|url| url.contains("://"));
    let Some(url) = args.base_url.clone().or(site_url) else { return Ok(None) };
    let odd = |c: char| c.is_control() || c.is_whitespace() || "\"'<>\\^`{|}?#".contains(c);
    if (!url.starts_with("https://") && !url.starts_with("http://")) || url.contains(odd) {
        return Err(Failure::new(format!(
            "`{url}` is no address of a site: it begins with https:// or http://, and nothing stands behind its path"
        )));
    }
    Ok(Some(format!("{}/", url.trim_end_matches('/'))))
}

fn eject(context: &mut Context, notebook: &Notebook) -> Outcome {
    let (folder, written) = disk::write_theme(notebook, &site::theme::FILES)?;
    let shown = crate::cli::here::relative(&folder, &context.cwd);
    for name in &written {
        context.ui.line(&vec![plain(format!("wrote {}", shown.join(name).display()))]);
    }
    if written.is_empty() {
        context.ui.say(&format!("{} has all of them already: nothing is written", shown.display()));
    }
    Ok(Exit::Answered)
}
