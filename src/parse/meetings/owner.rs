//! Who is to do a point: `@Ida`, `Ida: …`, `(Ida)`, `[owner:: Ida]`, `ACTION Ida: …`, `TODO(Ida) …`.

use std::collections::BTreeMap;

use crate::model::Meeting;
use crate::model::meeting::PointKind;
use crate::model::words::fold;
use crate::parse::blocks;
use crate::parse::fields;
use crate::parse::meetings::marker::marker;
use crate::parse::meetings::names::BESIDE;
use crate::parse::meetings::names::DOES;
use crate::parse::meetings::names::clean;
use crate::parse::meetings::names::is_plausible;
use crate::parse::meetings::names::of_page;
use crate::parse::meetings::names::pieces;
use crate::parse::meetings::names::somebody;
use crate::parse::meetings::parts;
use crate::parse::meetings::people::Known;

/// The owner of a point. `is_action`: an owner is expected there.
pub(super) fn of(text: &str, known: &Known, is_action: bool) -> Option<String> {
    written(text, known, is_action).and_then(somebody)
}

fn written(text: &str, known: &Known, is_action: bool) -> Option<String> {
    if let Some(owner) = field(text) {
        return Some(owner);
    }
    if let Some((name, behind)) = marker(text) {
        if !name.is_empty() {
            return Some(clean(name));
        }
        let named = first(behind, known, true).or_else(|| leading(behind, known)).or_else(|| last(behind, known, true));
        return named.map(|name| clean(&name));
    }
    let text = text.trim_start_matches("~~").trim_start_matches(['→', ' ']);
    first(text, known, is_action).or_else(|| last(text, known, is_action)).map(|name| clean(&name))
}

/// `[owner:: Ida]`, `(assignee:: Ida)`
fn field(text: &str) -> Option<String> {
    ["owner::", "assignee::", "assigned::", "who::", "responsible::"].iter().find_map(|key| {
        let at = text.find(key)?;
        let before = text.get(..at)?.chars().next_back();
        let rest = text.get(at + key.len()..)?;
        let end = match before {
            Some('[') => rest.find(']')?,
            Some('(') => rest.find(')')?,
            None | Some(' ') => rest.len(),
            Some(_) => return None,
        };
        let name = clean(rest.get(..end)?);
        (!name.is_empty() && name.chars().count() < 60).then_some(name)
    })
}

/// The owner at the beginning of a text.
fn first(text: &str, known: &Known, is_action: bool) -> Option<String> {
    let bold = text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    if let Some((name, _)) = bold.filter(|(name, _)| is_action && known.has(name)) {
        return Some(name.to_owned());
    }
    let text = text.trim_start_matches(['*', '_', ' ']);
    if let Some(rest) = text.strip_prefix('@') {
        let name = handle(rest);
        if name.is_empty() || !(is_action || known.has(name)) {
            return None;
        }
        // `@Ida @Wim write it`, `@Ida and @Wim: …`
        let mut names = vec![name];
        let mut rest = rest.get(name.len()..).unwrap_or("");
        while let Some(name) = next_handle(rest) {
            names.push(name);
            rest = rest.get(rest.find('@').map_or(rest.len(), |at| at + 1 + name.len())..).unwrap_or("");
        }
        return Some(names.join(" & "));
    }
    if let Some((page, behind)) = text.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
        let name = of_page(page);
        let does = behind.trim_start_matches(['*', '_']).starts_with(':') || does(behind);
        return (known.has(name) || (is_action && does && is_plausible(name))).then(|| name.to_owned());
    }
    if let Some((name, _)) = text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        return (known.has(name) || (is_action && is_plausible(name))).then(|| name.to_owned());
    }
    if let Some((name, _)) = text.split_once(':').filter(|(name, _)| name.len() < 60) {
        let name = name.trim_matches(['*', '_', ' ']);
        let all: Vec<&str> = pieces(name);
        if !all.is_empty()
            && (all.iter().all(|one| known.has(one)) || (is_action && all.iter().all(|one| is_plausible(one))))
        {
            return Some(name.to_owned());
        }
    }
    let does = |behind: &str| DOES.contains(&fold(behind).as_str()) || matches!(behind, "-" | "–" | "—" | "->" | "→");
    known_at_front(text, known).find(|(_, behind)| does(behind)).map(|(name, _)| name)
}

/// The known names of one or two words at the beginning of a text, and the text after each.
fn known_at_front<'t>(text: &'t str, known: &Known) -> impl Iterator<Item = (String, &'t str)> {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let names = [2, 1].into_iter().filter_map(move |count| {
        let name = words.get(..count)?.join(" ");
        Some((name.trim_matches(['*', '_', ',']).to_owned(), *words.get(count)?))
    });
    names.filter(|(name, _)| known.has(name))
}

/// The known person at the beginning of the words after `AI:`: `AI: Ida send the figures`.
fn leading(text: &str, known: &Known) -> Option<String> {
    known_at_front(text, known).next().map(|(name, _)| name)
}

/// The name of a mention, after its `@`.
fn handle(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
    rest.get(..end).unwrap_or("").trim_end_matches(['.', '-', '_'])
}

/// The next mention in a text, after just a comma or a word such as `and`.
fn next_handle(text: &str) -> Option<&str> {
    let (between, rest) = text.split_once('@')?;
    let between = fold(between.trim().trim_matches(','));
    let joins = matches!(between.as_str(), "" | "," | "&" | "/" | "+" | "and" | "und" | "et" | "y" | "e");
    (joins && text.starts_with([' ', ',', '&', '/', '+'])).then(|| handle(rest)).filter(|name| !name.is_empty())
}

/// True after a name that is to do something: `to send it`, not `to be sent`.
pub(super) fn does(behind: &str) -> bool {
    let mut words = behind.split_whitespace();
    words.next().is_some_and(|word| DOES.contains(&fold(word).as_str()))
        && words.next().is_some_and(|word| word != "be")
}

/// The owner at the end of a text.
fn last(text: &str, known: &Known, is_action: bool) -> Option<String> {
    let bare = without_fields(text);
    let mut text = bare.trim_end_matches(['*', '_', ' ', '.', '~']);
    // `(Ida) (Mon)`: the owner and the due day
    while let Some((before, inner)) = parts::bracket(text)
        && parts::is_day(before, inner)
    {
        text = before;
    }
    let lower = text.to_lowercase();
    for label in
        ["assigned to:", "assigned to", "owner:", "responsible:", "assignee:", "verantwortlich:", "responsable:"]
    {
        if let Some(at) = lower.rfind(label)
            && let Some(name) = text.get(at + label.len()..)
            && is_plausible(clean(name).as_str())
        {
            return Some(name.trim().to_owned());
        }
    }
    if let Some(inner) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inner)| inner) {
        let name = inner.split([',', ';', ':']).next().unwrap_or(inner).trim();
        let is_one =
            |name: &&str| (name.starts_with('@') && is_action) || known.has(name) || (is_action && is_plausible(name));
        // `(Ida, Wim)` names two; `(Ida, by Friday)` one
        let all: Vec<&str> = pieces(inner);
        if all.len() > 1 && all.iter().all(&is_one) {
            return Some(all.iter().map(|one| one.trim_start_matches('@')).collect::<Vec<_>>().join(" & "));
        }
        let all: Vec<&str> = pieces(name);
        if !all.is_empty() && all.iter().all(is_one) {
            return Some(all.iter().map(|one| one.trim_start_matches('@')).collect::<Vec<_>>().join(" & "));
        }
    }
    // `write the docs, Ida`: only known people
    if let Some((before, name)) = text.rsplit_once(", ").filter(|(before, _)| !before.is_empty()) {
        let name = name.trim_start_matches('@');
        let beside = before.split_whitespace().next_back().unwrap_or("");
        // a list of people also ends with a name
        let listed = known.has(beside) || BESIDE.contains(&fold(beside).as_str());
        if known.has(name) && is_action && !listed && name.split_whitespace().count() < 3 {
            return Some(name.to_owned());
        }
    }
    let (before, word) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let previous = before.split_whitespace().next_back().unwrap_or("");
    let beside = BESIDE.contains(&fold(previous.trim_matches([',', '.'])).as_str());
    if let Some(name) = word.strip_prefix('@').filter(|_| !before.is_empty() && !beside) {
        if !(known.has(name) || is_action) {
            return None;
        }
        // `write it @Ida @Wim`
        let mut names = vec![name.trim_end_matches([',', ':'])];
        let mut rest = before;
        while let Some((before, word)) = rest.trim_end_matches([',', ' ', '&', '/']).rsplit_once(char::is_whitespace) {
            let Some(name) = word.strip_prefix('@').filter(|_| !before.trim().is_empty()) else { break };
            let beside = before.split_whitespace().next_back().unwrap_or("");
            if BESIDE.contains(&fold(beside).as_str()) {
                return None;
            }
            names.insert(0, name.trim_end_matches([',', ':']));
            rest = before;
        }
        return Some(names.join(" & "));
    }
    let ends = ["-", "–", "—", "->", "→"];
    let tail: Vec<&str> = text.split_whitespace().collect();
    let at = tail.iter().rposition(|word| ends.contains(word)).filter(|at| *at > 0 && tail.len() - at <= 5)?;
    let name = tail.get(at + 1..)?.join(" ");
    let all = pieces(&name);
    let known = !all.is_empty() && all.iter().all(|one| known.has(one));
    known.then(|| name.split_whitespace().map(|word| word.trim_start_matches('@')).collect::<Vec<_>>().join(" "))
}

/// A text without fields, tags at its end, and block id.
fn without_fields(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for field in fields::find(text, &|_| false) {
        out.push_str(text.get(at..field.start).unwrap_or(""));
        at = field.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    if let Some((start, _)) = blocks::mark(&out) {
        out.truncate(start);
    }
    let mut text = out.trim_end();
    while let Some((before, _)) = text.rsplit_once(' ').filter(|(_, word)| word.starts_with('#') && word.len() > 1) {
        text = before.trim_end();
    }
    text.to_owned()
}

/// Drops owners that only look like one. A label in front of a single action counts only if it is a known name: `Relay: …`
/// once in a note is not a person. What occurs twice is.
pub(super) fn settle(meetings: &mut [Meeting], known: &Known) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let actions =
        || meetings.iter().flat_map(|meeting| &meeting.points).filter(|point| point.kind != PointKind::Decision);
    for owner in actions().filter_map(|point| point.owner.as_ref()) {
        *times.entry(fold(owner)).or_default() += 1;
    }
    let is_label = |text: &str, owner: &str| {
        text.trim_start_matches('~').split_once(':').is_some_and(|(label, _)| clean(label) == owner)
    };
    let is_real = |owner: &str| {
        let pieces = pieces(owner);
        pieces.iter().any(|one| known.has(one)) || times.get(&fold(owner)).is_some_and(|times| *times > 1)
    };
    let lone: Vec<(usize, usize)> = meetings
        .iter()
        .enumerate()
        .flat_map(|(at, meeting)| meeting.points.iter().enumerate().map(move |(nth, point)| (at, nth, point)))
        .filter(|(_, _, point)| {
            point.owner.as_ref().is_some_and(|owner| {
                // if other names are known, an unknown label is a topic
                is_label(&point.text, owner) && !is_real(owner) && !known.is_empty()
            })
        })
        .map(|(at, nth, _)| (at, nth))
        .collect();
    for (at, nth) in lone {
        if let Some(point) = meetings.get_mut(at).and_then(|meeting| meeting.points.get_mut(nth)) {
            point.owner = None;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    pub(in crate::parse::meetings) fn owners(item: &str, wanted: Option<&str>) {
        let text = format!("---\nattendees: [Ida Berg, Wim]\n---\n# Team meeting 2026-11-19\n\n## Actions\n\n{item}\n");
        let note = parse::parse(&NotePath::from("a.md"), &text, &parse::Options::default()).note;
        let point = note.meetings[0].points.first();
        assert_eq!(point.and_then(|point| point.owner.as_deref()), wanted, "{item}");
    }

    #[test]
    fn owners_in_every_way() {
        owners("- [ ] @Noor say who is on it 📅 2026-11-26", Some("Noor"));
        owners("- [ ] Ida: answer on the budget", Some("Ida"));
        owners("- AI: Ida send the figures", Some("Ida"));
        owners("- AI: send the figures", None);
        owners("- AP Ida: send the figures", Some("Ida"));
        owners("- A.I. Ida: send the figures", Some("Ida"));
        owners("- → Ida: send the figures", Some("Ida"));
        for joined in ["Ida/Wim", "Ida / Wim", "Ida, Wim", "Ida und Wim", "Ida and Wim", "@Ida & @Wim", "Ida & Wim"] {
            owners(&format!("- [ ] {joined}: send the figures"), Some("Ida & Wim"));
        }
        owners("- **Wim**: answer on the budget", Some("Wim"));
        owners("- [ ] answer on the budget (Noor)", Some("Noor"));
        owners("- [ ] answer on the budget (Noor, by Friday) #x", Some("Noor"));
        owners("- answer on the budget (Noor) (Mon)", Some("Noor"));
        owners("- answer on the budget (Noor) (Mi) #x", Some("Noor"));
        owners("- [ ] answer on the budget (Noor) (12 Nov)", Some("Noor"));
        owners("- answer on the budget (Mon)", None);
        owners("- answer on the budget (Sam)", Some("Sam"));
        owners("- [ ] answer [owner:: Noor Vos] [due:: 2026-11-26]", Some("Noor Vos"));
        owners("- ACTION Noor: answer", Some("Noor"));
        owners("- ACTION: Ida to answer", Some("Ida"));
        owners("- AI: @noor answers", Some("noor"));
        owners("- AI(Noor): answer", Some("Noor"));
        owners("- TODO(Noor) answer", Some("Noor"));
        owners("- DOTO Ida: ask finance", Some("Ida"));
        owners("- Wim to answer until Friday", Some("Wim"));
        owners("- [[people/Ida Berg|Ida]] to answer", Some("Ida"));
        owners("- answer on the budget @wim", Some("wim"));
        owners("- answer on the budget - Wim", Some("Wim"));
        owners("- Ida & Wim: answer", Some("Ida & Wim"));
        owners("- Action 1 - Assigned to: Noor", Some("Noor"));
        owners("| Action | Owner |\n|---|---|\n| answer | Noor |", Some("Noor"));
        owners("| Action | Owner |\n|---|---|\n| answer | Noor / Wim |", Some("Noor / Wim"));
        owners("- [ ] @Noor @Wim answer", Some("Noor & Wim"));
        owners("- [ ] @Noor, @Wim and @Ida: answer", Some("Noor & Wim & Ida"));
        owners("- [ ] answer on the budget @Noor @Wim", Some("Noor & Wim"));
        owners("- Wim / Ida: answer", Some("Wim & Ida"));
        owners("- answer (Noor / Wim)", Some("Noor & Wim"));
        owners("- answer (@Noor, @Wim)", Some("Noor & Wim"));
        owners("- answer on the budget, Wim", Some("Wim"));
        owners("- answer on the budget - Wim / Ida", Some("Wim & Ida"));
        owners("- answer on the budget – Wim & Ida", Some("Wim & Ida"));
        owners("- **Wim** answers on the budget", Some("Wim"));
        owners("- AP: Dana will answer\n- [Dana] answer", Some("Dana"));
        owners("- AP: Dana answer\n- [Dana] answer", Some("Dana"));
        owners("- [[people/Ida Berg]]: answer", Some("Ida Berg"));
        owners("- answer [owner:: [[people/Noor Vos]]]", Some("Noor Vos"));
        owners("| Action | Owner |\n|---|---|\n| answer | [[Noor Vos\\|Noor]] |", Some("Noor"));
    }

    #[test]
    fn what_is_no_owner() {
        owners("- [ ] read it, with @Noor", None);
        owners("- Docs: write them", None);
        owners("- Relay: measure it", None);
        owners("- answer on the budget (draft)", None);
        owners("- TODO answer", None);
        owners("- AP: Send the figures\n- AP: Send the plan", None);
        owners("- AP: Relay to be measured", None);
        owners("- HTTP: answer", None);
        owners("- [ ] answer (tbc)", None);
        owners("- [ ] answer (TBC)", None);
        owners("- [ ] TBC: answer", None);
        owners("- [ ] answer [owner:: tbd]", None);
        owners("- [ ] @tbc answer", None);
        owners("- [ ] answer Ida, Wim", None);
        owners("| Action | Owner |\n|---|---|\n| answer | tbc |", None);
        owners("| Action | Owner |\n|---|---|\n| answer | Unassigned |", None);
    }
}
