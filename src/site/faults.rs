//! What is wrong with published notes: what `--strict` does not let pass.

use crate::report::resolve::Remark;
use crate::report::resolve::Target;
use crate::site::Site;
use crate::site::output::Fault;

impl Site<'_> {
    /// What is wrong with published notes: broken links, missing embeds, ambiguous names and, after a build, formulas that
    /// cannot be shown. Links to notes that are not published are no fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, entry) in self.source.notes.iter().enumerate() {
            if self.places.page(index).is_none() {
                continue;
            }
            for (link, resolved) in entry.parsed.note.links.iter().zip(self.graph.outgoing(index)) {
                let shown = if link.is_wiki() { format!("[[{}]]", link.target) } else { link.target.clone() };
                let mut say = |message: String| {
                    faults.push(Fault { path: entry.path.clone(), line: link.line, message });
                };
                let what = if crate::report::resolve::is_embed(link) { "embed" } else { "link" };
                match &resolved.target {
                    Target::Missing => say(format!("broken {what}: {shown} leads to nothing")),
                    Target::Outside => say(format!("broken {what}: {shown} leads out of the notes folder")),
                    Target::Note { note, .. } if self.places.page(*note).is_none() => continue,
                    Target::Attachment(path) if self.places.file(path).is_none() => {
                        say(format!("{what}: {shown} is a file that is not put on a site"));
                    }
                    Target::External | Target::Note { .. } | Target::Attachment(_) => {}
                }
                for remark in &resolved.remarks {
                    match remark {
                        Remark::Ambiguous { some, .. } => {
                            let paths: Vec<String> = some.iter().map(ToString::to_string).collect();
                            say(format!("ambiguous name: {shown} may be {}", paths.join(" or ")));
                        }
                        Remark::NoHeading(heading) => {
                            say(format!("broken {what}: {shown}: there is no heading `{heading}`"));
                        }
                        Remark::NoBlock(block) => say(format!("broken {what}: {shown}: there is no block `^{block}`")),
                        Remark::ByTitle | Remark::OtherCase => {}
                    }
                }
            }
        }
        for (index, line, message) in self.found.borrow().iter() {
            if let Some(entry) = self.source.notes.get(*index) {
                faults.push(Fault { path: entry.path.clone(), line: *line, message: message.clone() });
            }
        }
        faults.sort();
        faults
    }
}
