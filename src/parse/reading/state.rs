//! The state of a link in a list: the rules, in order of priority.

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::Task;
use crate::model::reading::ReadingWhy;
use crate::parse::reading::above::Above;
use crate::parse::reading::boxes::of_box;
use crate::parse::reading::clause;
use crate::parse::reading::entry::State;
use crate::parse::reading::kind;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::own;
use crate::parse::reading::own::Own;
use crate::parse::reading::own::Where;
use crate::parse::reading::remarks::Remark;
use crate::parse::reading::work;
use crate::parse::reading::work::Around;
use crate::parse::reading::work::Intention;
use crate::parse::reading::work::count;

/// What is known about a link when its state is worked out.
pub(super) struct Case<'c> {
    pub(super) link: &'c Link,
    /// What a sign beside it means according to the note.
    pub(super) legend: Option<(ReadingState, char)>,
    pub(super) own: &'c Own,
    /// The words about this one of several links.
    pub(super) near: Option<Own>,
    pub(super) above: &'c Above,
    pub(super) task: Option<&'c Task>,
    pub(super) dated: bool,
    /// Dated, or in a log: words in the past tell of what the writer did.
    pub(super) tells: bool,
    /// It belongs to a meeting: the text below it is what was said there.
    pub(super) in_meeting: bool,
    pub(super) kind: ReadingKind,
    pub(super) struck: bool,
    /// The remarks below it, without boxes, links and names over links.
    pub(super) remarks: &'c [Remark],
    /// One of these is short and judges, in a note that keeps what is read or to read.
    pub(super) judged: bool,
    /// In a note or section of talks, or of links that were read.
    pub(super) keeps: bool,
    /// The number of remarks below it.
    pub(super) remark_count: usize,
    /// The item is about several things.
    pub(super) several: bool,
    pub(super) people: &'c [String],
}

/// The state of a link, and the reason: the first rule that applies.
pub(super) fn state(case: &Case<'_>) -> State {
    let Case { own, above, .. } = case;
    let boxed = case.task.and_then(|task| of_box(task.status));
    let closed =
        boxed.filter(|state| matches!(state, ReadingState::Read | ReadingState::Dropped | ReadingState::Reading));
    if let Some(state) = closed.filter(|_| case.struck) {
        return State::new(state, ReadingWhy::Box);
    }
    if case.struck {
        return State::new(ReadingState::Dropped, ReadingWhy::Struck);
    }
    let is_work = kind::is_work(&case.link.target);
    // `TODO renew the pass URL` is a plan as well
    let (keyword, lead) = own.without_keyword();
    let in_to_do = (case.task.is_some() || keyword.is_some()) && !above.is_for_reading() && !above.below_link;
    let around = Around { in_to_do, people: case.people };
    match work::intention(lead, around) {
        // `start the course`, `finish the book` are about reading
        Some(Intention::Other(words))
            if matches!(
                case.kind,
                ReadingKind::Course
                    | ReadingKind::Book
                    | ReadingKind::Video
                    | ReadingKind::Paper
                    | ReadingKind::Podcast
            ) && matches!(words.as_str(), "start" | "finish" | "complete" | "buy" | "try") => {}
        // `finish [Looms](URL)`
        Some(Intention::Other(words))
            if matches!(words.as_str(), "finish" | "start")
                && count(&own.lead) == 1
                && case.link.kind != LinkKind::Autolink
                && !is_work =>
        {
            return State::new(closed.unwrap_or(ReadingState::ToRead), ReadingWhy::Word(words));
        }
        // `[ ] finish reading URL`
        Some(Intention::Other(words)) if words == "finish" && !is_work && work::finishes_reading(lead) => {
            return State::new(closed.unwrap_or(ReadingState::Reading), ReadingWhy::Word(words));
        }
        Some(Intention::Other(words)) => return State::new(ReadingState::Reference, ReadingWhy::Intention(words)),
        Some(Intention::Look(words)) => {
            let state = closed.map(|state| State::new(state, ReadingWhy::Box));
            return state.unwrap_or_else(|| State::new(ReadingState::ToLookAt, ReadingWhy::Word(words)));
        }
        None if is_work && work::begins_with_review(&own.lead) => {
            let first = own.lead.split_whitespace().next().unwrap_or("").to_owned();
            return State::new(ReadingState::Reference, ReadingWhy::Intention(first));
        }
        None => {}
    }
    let is_told = work::is_foreign_work(&own.lead) || own.is_sentence() && count(&own.lead) > 14;
    if in_to_do && boxed.is_some() && is_told {
        return State::new(ReadingState::Reference, ReadingWhy::Sentence);
    }
    if in_to_do {
        // `[x] paid URL` is work; so is a change, a ticket or a shop without any words
        let is_done = closed.is_some() || keyword == Some("DONE");
        if let Some(work) = Some(lead).filter(|_| is_done).and_then(work::done_work) {
            return State::new(ReadingState::Reference, ReadingWhy::Intention(work.to_owned()));
        }
        if above.group.last().is_some_and(|name| labels::is_errands(name)) {
            return State::new(ReadingState::Reference, ReadingWhy::Nothing);
        }
        let bare = case.link.kind == LinkKind::Autolink && count(&own.lead) + count(&own.tail) == 0;
        if bare && (is_work || kind::is_shop(&case.link.target) && case.kind != ReadingKind::Book) {
            return State::new(ReadingState::Reference, ReadingWhy::Nothing);
        }
    }
    if let Some(state) = boxed {
        return State::new(state, ReadingWhy::Box);
    }
    if let Some((state, sign)) = case.legend {
        return State::new(state, ReadingWhy::Word(sign.to_string()));
    }
    if let Some(word) = own.later() {
        return State::new(ReadingState::ToRead, ReadingWhy::Word(word));
    }
    if let Some(word) = own.participle() {
        return State::new(ReadingState::Read, ReadingWhy::Word(word));
    }
    let sentence = own.is_sentence();
    let to_do =
        above.definite.as_ref().filter(|(label, _)| matches!(label, Label::ToRead | Label::ToLookAt | Label::Reading));
    let in_list = above.is_for_reading();
    let was_read = above.definite.as_ref().is_some_and(|(label, _)| *label == Label::Read);
    let place = Where { dated: case.tells && to_do.is_none(), in_list, parts: in_list && !was_read };
    // a link inside a remark is only mentioned, even under `read recently`
    let told = own.lead.chars().filter(|&c| labels::is_sign(c)).count() > 8;
    let in_remark =
        above.below_link && !above.labelled && (sentence || told || count(&own.lead) + count(&own.tail) > 4);
    // and what the remark says is about the link above
    let of_other = in_remark && count(&own.lead) > 4 && !own.lead.trim_end().ends_with([':', '-', '–', '—', '→']);
    let noted = clause::Place {
        dated: place.dated,
        noted: true,
        is_work,
        made_for_it: kind::is_made_for_it(case.kind),
        people: case.people,
    };
    let told = |own: &Own| clause::said(&own.lead, &own.tail, noted);
    let near = case.near.as_ref().and_then(|near| near.word(place).or_else(|| told(near)));
    // `URL begun, switched off after ten minutes`
    let known = own.word(place).map(|word| match word.state {
        ReadingState::Reading if !case.several => {
            told(own).filter(|later| later.state == ReadingState::Dropped).unwrap_or(word)
        }
        _ => word,
    });
    let word = near.or(known).or_else(|| told(own).filter(|_| !case.several && !in_remark));
    if let Some(word) = word.filter(|_| !of_other)
        // `MR URL à relire`
        && !(is_work && matches!(word.word.as_str(), "relire" | "à relire" | "releer" | "reler" | "rileggere" | "nakijken"))
        && !(is_work && (word.generic || word.state == ReadingState::Reading))
        // `read through the comments on URL`
        && !(is_work && word.state == ReadingState::Read && count(&own.lead) > 1)
    {
        return State { state: word.state, why: ReadingWhy::Word(word.word), day: word.day };
    }
    if let Some(word) = own::in_title(&case.link.text).filter(|_| !sentence) {
        return State { state: word.state, why: ReadingWhy::Word(word.word), day: word.day };
    }
    let below = case.remarks.iter().find_map(|remark| match remark {
        Remark::Says(word) => Some(word),
        _ => None,
    });
    if let Some(word) = below.filter(|_| !sentence && !case.several && !is_work) {
        return State { state: word.state, why: ReadingWhy::Word(word.word.clone()), day: word.day };
    }
    // what somebody judged is read, also among sources
    let is_apart = |label: &Label| matches!(label, Label::Reference | Label::List);
    if case.judged
        && above.definite.as_ref().is_none_or(|(label, _)| is_apart(label))
        && own.is_link_only()
        && !case.several
        && !is_work
        && !case.in_meeting
        && case.kind != ReadingKind::Repository
    {
        return State::new(ReadingState::Read, ReadingWhy::Remarks(case.remark_count));
    }
    if let Some((label, name)) = &above.definite
        && !in_remark
        && (*label != Label::Read || !sentence || own.is_citation() || own.is_named_thing())
        && !(above.below_box && case.task.is_none())
    {
        let other = if *label == Label::List { ReadingState::Unsorted } else { ReadingState::Reference };
        return State::new(label.state().unwrap_or(other), ReadingWhy::Section(name.clone()));
    }
    if !sentence && !case.several && !is_work && is_verdict(case) {
        return State::new(ReadingState::Read, ReadingWhy::Remarks(case.remark_count));
    }
    if sentence || in_remark || is_work || above.below_box && case.task.is_none() {
        let why = if is_work && !sentence { ReadingWhy::Nothing } else { ReadingWhy::Sentence };
        return State::new(ReadingState::Reference, why);
    }
    match &above.list {
        Some(list) => State::new(ReadingState::Unsorted, ReadingWhy::List(list.clone())),
        None => State::new(ReadingState::Reference, ReadingWhy::Nothing),
    }
}

/// True if the text below a link shows that somebody read it.
///
/// In a reading list any remark does. In a diary it does if the item is just the link, or something made for reading or
/// watching; next to other words, and in meetings, only a judgement counts: anything else may be about those words.
fn is_verdict(case: &Case<'_>) -> bool {
    let judged = case.remarks.contains(&Remark::Verdict);
    let told = judged || case.remarks.contains(&Remark::Summary);
    let said = told || case.remarks.contains(&Remark::Text);
    let quoted = case.remarks.contains(&Remark::Quote);
    if case.above.list.is_some() {
        return said || quoted;
    }
    if case.keeps
        && (told || quoted)
        && case.own.is_link_only()
        && case.kind != ReadingKind::Repository
        && !case.in_meeting
    {
        return true;
    }
    if !case.dated || case.kind == ReadingKind::Repository || case.own.is_deed() {
        return false;
    }
    let made_for_it = kind::is_made_for_it(case.kind);
    judged || (said && !case.in_meeting && (case.own.is_link_only() || made_for_it))
}
