//! A question that was found, the text below it, and the resulting state. Called by [`crate::parse::questions`].

use crate::model::Question;
use crate::model::QuestionForm;
use crate::model::QuestionReason;
use crate::model::QuestionState;
use crate::model::Span;
use crate::parse::asking::Asked;
use crate::parse::asking::Reply;

/// A question whose answer has not been looked for yet.
pub(crate) struct Found {
    pub(crate) asked: Asked,
    pub(crate) text: String,
    /// Its words.
    pub(crate) span: Span,
    pub(crate) line: usize,
    /// The last line of its words.
    pub(crate) last_line: usize,
    pub(crate) form: QuestionForm,
    /// The text after `A:`, with its line.
    pub(crate) labelled: Option<(Reply, usize)>,
}

/// The text below a question, sorted by its value as an answer.
#[derive(Default)]
pub(crate) struct Answers {
    pub(crate) words: Option<usize>,
    pub(crate) points: usize,
    pub(crate) link: Option<usize>,
    pub(crate) doubt: Option<usize>,
    pub(crate) label: Option<usize>,
    pub(crate) closed: Option<usize>,
    /// Its box marks it as dropped.
    pub(crate) dropped: bool,
}

impl Answers {
    pub(crate) fn say(&mut self, reply: Reply, line: usize) {
        let slot = match reply {
            Reply::Words => &mut self.words,
            Reply::Link => &mut self.link,
            Reply::Doubt => &mut self.doubt,
        };
        slot.get_or_insert(line);
    }

    pub(crate) fn point(&mut self, reply: Reply, line: usize) {
        self.points += usize::from(reply == Reply::Words);
        self.say(reply, line);
    }

    pub(crate) fn label(&mut self, reply: Reply, line: usize) {
        match reply {
            Reply::Words => self.label = Some(line),
            reply => self.say(reply, line),
        }
    }

    fn best(&self) -> (QuestionReason, Option<usize>) {
        let of = |line: Option<usize>, reason| line.map(|line| (reason, Some(line)));
        of(self.label, QuestionReason::Label)
            .or_else(|| of(self.words, QuestionReason::Below))
            .or_else(|| of(self.closed, QuestionReason::Closed))
            .or_else(|| of(self.link, QuestionReason::OnlyLink))
            .or_else(|| of(self.doubt, QuestionReason::OnlyDoubt))
            .unwrap_or((QuestionReason::NoAnswer, None))
    }
}

/// The question, with the best of its answers.
pub(crate) fn question(found: &Found, mut answers: Answers, section: Option<usize>) -> Question {
    if let Some((reply, line)) = found.labelled {
        answers.label(reply, line);
    }
    let (why, answer_line) = match (&found.asked, answers.best()) {
        (_, best) if best.0 == QuestionReason::Closed => best,
        (_, best) if answers.dropped && best.0.state() != QuestionState::Answered => (QuestionReason::Dropped, None),
        // the text below is about the words before the brackets
        (Asked::InBrackets(_), _) => (QuestionReason::InBrackets, None),
        (Asked::Beside(Reply::Words), _) => (QuestionReason::Beside, Some(found.line)),
        (_, best) if best.0.state() == QuestionState::Answered => best,
        (Asked::Beside(Reply::Link), _) => (QuestionReason::OnlyLink, Some(found.line)),
        (Asked::Beside(Reply::Doubt), _) => (QuestionReason::OnlyDoubt, Some(found.line)),
        (Asked::NoMark, _) => (QuestionReason::NoMark, None),
        (Asked::Mark, best) => best,
    };
    Question {
        line: found.line,
        span: found.span,
        text: found.text.clone(),
        form: found.form,
        state: why.state(),
        why,
        section,
        answer_line,
        points: if why == QuestionReason::Below { answers.points } else { 0 },
    }
}
