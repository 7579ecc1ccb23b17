//! `hornbook build`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::global::path;
use crate::cli::here;
use crate::session::Session;
use crate::session::SiteBuild;
use crate::session::SiteRequest;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Writes: the notebook as a website, into a folder of its own
///
/// Every note that is not private becomes a page that needs no script, no server and no other host. Unchanged pages are not
/// written again, and files in the folder that are not ours are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook build
  hornbook build --out public --strict
  hornbook build --clean
  hornbook build --base-url https://notes.example.com/")]
pub(crate) struct Args {
    /// The folder to write [default: `build-dir` of book.toml, else public]
    #[arg(long, value_name = "DIR", value_parser = path)]
    out: Option<PathBuf>,

    /// The address at which it will be published, for the feed and the sitemap
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Exit with 1 on broken links, missing embeds, ambiguous names and formulas that cannot be shown
    #[arg(long)]
    strict: bool,

    /// Include drafts, for your own eyes
    #[arg(long)]
    drafts: bool,

    /// Open it in the browser afterwards
    #[arg(long)]
    open: bool,

    /// List files left in the folder by an earlier build, and ask whether to remove them
    #[arg(long)]
    clean: bool,

    /// Leave HTML in notes as it is: for notes that are all your own
    #[arg(long)]
    trust_html: bool,

    /// Write our templates, style and script to templates/site/ as a start for your own, and build nothing
    #[arg(long, conflicts_with_all = ["strict", "open", "clean"])]
    eject_theme: bool,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    if args.eject_theme {
        return eject(context);
    }
    let session = context.session()?;
    let request = SiteRequest {
        folder: args.out.as_ref().map(|out| context.cwd.join(out)),
        base_url: args.base_url.clone(),
        drafts: args.drafts,
        trust_html: args.trust_html,
    };
    let build = session.site(&request, &mut context.ui.progress("Building pages"))?;
    say(&build, context);
    let is_clean = args.clean && clean(&build, &session, context)?;
    if args.strict {
        list_faults(&build, &session, context);
    } else if !build.faults.is_empty() {
        let count = words::count(build.faults.len(), "fault");
        context.ui.say(&format!("{count}: --strict lists them"));
    }
    if args.open {
        let home = build.folder.join("index.html");
        open::that_detached(&home).map_err(|error| Failure::new(format!("{}: {error}", home.display())))?;
    }
    let has_faults = args.strict && !build.faults.is_empty();
    let has_left = !build.left.is_empty() && !is_clean;
    if has_left {
        tell_left(&build, context);
    }
    Ok(if has_faults || has_left { Exit::Negative } else { Exit::Answered })
}

/// Lists files that an earlier build may have left, and removes them after confirmation.
fn clean(build: &SiteBuild, session: &Session, context: &Context) -> Result<bool, Failure> {
    if build.left.is_empty() {
        return Ok(true);
    }
    let shown = here::relative(&build.folder, &context.cwd);
    for address in &build.left {
        context.ui.warn(&format!("of an earlier build: {}", shown.join(address).display()));
    }
    let question = format!("Remove {}?", words::count(build.left.len(), "file"));
    let is_meant = context.ui.ask(&question)?;
    if is_meant {
        let gone = session.remove_left(build)?;
        context.ui.say(&format!("{} removed", words::count(gone, "file")));
    }
    Ok(is_meant)
}

/// Warns about files that an earlier build may have left: they may include pages of notes that are private now.
fn tell_left(build: &SiteBuild, context: &Context) {
    let some: Vec<&str> = build.left.iter().take(5).map(String::as_str).collect();
    let more = if build.left.len() > some.len() { ", …" } else { "" };
    context.ui.warn(&format!(
        "{} of an earlier build may tell what is private now, and nothing on this computer proves that Hornbook wrote them: {}{more}",
        words::count(build.left.len(), "file"),
        some.join(", ")
    ));
    context.ui.hint(
        "`hornbook build --clean` lists them and asks whether to remove them; do not publish the folder with them",
    );
}

/// Says what was written, and which notes are unexpectedly not published.
fn say(build: &SiteBuild, context: &Context) {
    let shown = here::relative(&build.folder, &context.cwd);
    let notes = words::count(build.published, "note");
    let mut line = format!("{notes} in {}: {} written, {} unchanged", shown.display(), build.written, build.unchanged);
    if build.removed > 0 {
        line.push_str(&format!(", {} removed", build.removed));
    }
    context.ui.say(&line);
    if build.withheld > 0 {
        context.ui.say(&format!("{} not published", words::count(build.withheld, "note")));
    }
    for path in &build.unreadable {
        context.ui.warn(&format!("{path} is not published: its front matter cannot be read and may say so"));
    }
}

/// `path:line: message`
fn list_faults(build: &SiteBuild, session: &Session, context: &mut Context) {
    for fault in &build.faults {
        let place = format!("{}:{}", context.shown(session.notebook(), &fault.path), fault.line);
        context.ui.line(&vec![cell(place, Role::Path), plain(format!(": {}", fault.message))]);
    }
}

fn eject(context: &mut Context) -> Outcome {
    let (folder, written) = context.quiet_session()?.eject_theme()?;
    let shown = here::relative(&folder, &context.cwd);
    for name in &written {
        context.ui.line(&vec![plain(format!("wrote {}", shown.join(name).display()))]);
    }
    if written.is_empty() {
        context.ui.say(&format!("{} already has all of them: nothing was written", shown.display()));
    }
    Ok(Exit::Answered)
}
