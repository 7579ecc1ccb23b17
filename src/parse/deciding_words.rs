//! The words of decisions and decision records, in five languages. All are folded ([`crate::model::words::fold`]). Called by
//! [`crate::parse::deciding`].

use crate::model::DecisionStatus;

/// Labels before a colon that introduce a decision, folded.
pub(crate) const LABELS: &[&str] = &[
    "decision",
    "decided",
    "entscheidung",
    "entschieden",
    "beschluss",
    "beschlossen",
    "decide",
    "decidido",
    "decisao",
    "decisione",
    "besloten",
    "besluit",
    "decisions",
];

/// Of these, the nouns, folded: in bold they are labels without a colon.
pub(crate) const NOUNS: &[&str] = &["decision", "entscheidung", "beschluss", "decisao", "decisione", "besluit"];

/// Labels that only a colon makes, folded: `Decision made: use it`.
pub(crate) const WITH_COLON: &[&str] =
    &["decision made", "decision taken", "decision reached", "decisions made", "decisions taken", "decision prise"];

/// Labels that count only if the decision follows on the same line, folded: alone they name a part of a meeting.
pub(crate) const WITH_WORDS: &[&str] = &[
    "agreed",
    "resolved",
    "settled",
    "vereinbart",
    "abgemacht",
    "convenu",
    "acordado",
    "resuelto",
    "resolvido",
    "combinado",
];

/// Words that introduce a sentence, folded.
pub(crate) const OPENINGS: &[&str] = &[
    "so",
    "then",
    "and",
    "and so",
    "and then",
    "but",
    "also",
    "finally",
    "eventually",
    "ultimately",
    "therefore",
    "today",
    "yesterday",
    "afterwards",
    "in the end",
    "at the end",
    "at last",
    "for now",
    "instead",
    "ok",
    "okay",
    "am ende",
    "schliesslich",
    "letztlich",
    "dann",
    "heute",
    "gestern",
    "daher",
    "deshalb",
    "finalement",
    "enfin",
    "donc",
    "alors",
    "a la fin",
    "aujourd'hui",
    "al final",
    "finalmente",
    "entonces",
    "asi que",
    "por fin",
    "hoy",
    "no fim",
    "no final",
    "entao",
    "hoje",
];

/// First words of a clause before a comma, folded: `After a long talk, we …`
pub(crate) const CLAUSES: &[&str] = &[
    "after",
    "during",
    "following",
    "given",
    "since",
    "because",
    "as",
    "due",
    "nach",
    "wegen",
    "apres",
    "suite",
    "tras",
    "despues",
    "depois",
    "apos",
];

/// Adverbs inside `we … decided`, folded; they change nothing.
pub(crate) const ADVERBS: &[&str] = &[
    "finally",
    "then",
    "also",
    "eventually",
    "ultimately",
    "jointly",
    "now",
    "just",
    "unanimously",
    "therefore",
    "both",
    "together",
    "instead",
    "quickly",
    "again",
    "finalement",
    "donc",
    "aussi",
    "ensemble",
];

/// `… and I`, and its equivalent in one word, folded.
pub(crate) const WITH_ME: &[([&str; 2], &str)] =
    &[(["and", "i"], "we"), (["und", "ich"], "wir"), (["et", "moi"], "nous")];

/// Qualifiers before such a label, folded; they change nothing.
pub(crate) const QUALIFIERS: &[&str] =
    &["final ", "key ", "team ", "our ", "the ", "group ", "joint ", "main ", "new ", "endgultige "];

/// Headings of lists of decisions, folded.
pub(crate) const LISTS: &[&str] = &[
    "decisions",
    "decisions made",
    "decisions taken",
    "decided",
    "key decisions",
    "entscheidungen",
    "beschlusse",
    "entschieden",
    "beschlossen",
    "besluiten",
    "besloten",
    "decisiones",
    "decisoes",
    "decidido",
    "decision",
    "final decision",
    "final decisions",
    "our decision",
    "our decisions",
    "what we decided",
    "decisions reached",
    "decisions and agreements",
    "entscheidung",
    "beschluss",
];

/// Headings over the decision in a record, folded.
pub(crate) const OUTCOMES: &[&str] =
    &["decision", "decision outcome", "the decision", "entscheidung", "beschluss", "decision prise", "decisao"];

/// Beginnings of sentences that state a decision, folded.
pub(crate) const SENTENCES: &[&str] = &[
    "we decided",
    "settled on",
    "we've decided",
    "we have decided",
    "decided to",
    "decided that",
    "decided on",
    "decided against",
    "decision was",
    "the decision was",
    "the decision is",
    "decision is to",
    "it was decided",
    "the team decided",
    "team decided",
    "the group decided",
    "the board decided",
    "the committee decided",
    "everyone decided",
    "we all decided",
    "we agreed to",
    "we agreed that",
    "we agreed on",
    "we agreed not to",
    "we all agreed to",
    "we all agreed that",
    "we all agreed on",
    "we have agreed to",
    "we have agreed that",
    "we have agreed on",
    "we've agreed to",
    "we've agreed that",
    "we've agreed on",
    "it was agreed",
    "agreed to",
    "agreed that",
    "agreed on",
    "agreed not to",
    "everyone agreed to",
    "everyone agreed that",
    "everyone agreed on",
    "all agreed to",
    "all agreed that",
    "all agreed on",
    "team agreed to",
    "team agreed that",
    "team agreed on",
    "the team agreed to",
    "the team agreed that",
    "the team agreed on",
    "the group agreed to",
    "the group agreed that",
    "the board agreed to",
    "the board agreed that",
    "we chose",
    "we have chosen",
    "we've chosen",
    "we opted for",
    "we opted to",
    "we settled on",
    "we are going with",
    "we're going with",
    "we will go with",
    "we'll go with",
    // German
    "wir haben uns geeinigt",
    "wir einigten uns",
    "wir haben vereinbart",
    "es wurde vereinbart",
    "das team hat entschieden",
    "das team hat beschlossen",
    "wir einigen uns auf",
    "wir einigen uns darauf",
    "wir entscheiden uns fur",
    "wir entscheiden uns gegen",
    "wir beschliessen",
    "wir vereinbaren",
    "wir haben entschieden",
    "wir haben beschlossen",
    "wir haben uns entschieden",
    "es wurde entschieden",
    "es wurde beschlossen",
    "die entscheidung ist",
    "die entscheidung war",
    // French
    "nous avons decide",
    "on a decide",
    "nous decidons de",
    "nous decidons d'",
    "nous decidons que",
    "nous convenons de",
    "nous optons pour",
    "on decide de",
    "il a ete decide",
    "nous avons convenu",
    "on a convenu",
    "nous sommes convenus",
    "il a ete convenu",
    "la decision est",
    "la decision etait",
    // Spanish and Portuguese
    "hemos decidido",
    "decidimos",
    "se decide",
    "se acuerda",
    "se decidio",
    "se ha decidido",
    "hemos acordado",
    "acordamos",
    "se acordo",
    "se ha acordado",
    "foi acordado",
    "ficou acordado",
    "ficou combinado",
    "combinamos",
    "resolvemos",
    "la decision es",
    "la decision fue",
    "foi decidido",
    "ficou decidido",
    "a decisao foi",
];

/// Words before a status that negate it, folded.
pub(crate) const DENIALS: &[&str] = &["not", "nicht", "pas", "non", "no", "nao"];

/// Words before or after a status that mean "not yet", folded.
pub(crate) const YETS: &[&str] = &["yet", "noch", "encore", "aun", "todavia", "ainda", "to"];

/// Other words that may precede a status, folded.
pub(crate) const BEFORE_STATUS: &[&str] =
    &["status", "is", "was", "be", "been", "has", "currently", "now", "ist", "wurde"];

/// Words for each status of a decision, folded.
pub(crate) const STATUSES: &[(DecisionStatus, &[&str])] = &[
    (
        DecisionStatus::Superseded,
        &[
            "superseded",
            "supersede",
            "replaced",
            "ersetzt",
            "abgelost",
            "remplace",
            "remplacee",
            "reemplazada",
            "sustituida",
            "substituida",
        ],
    ),
    (DecisionStatus::Deprecated, &["deprecated", "obsolete", "retired", "amended", "veraltet", "obsolete", "obsoleta"]),
    (
        DecisionStatus::Rejected,
        &["rejected", "declined", "refused", "abgelehnt", "verworfen", "rejete", "rejetee", "rechazada", "rejeitada"],
    ),
    (
        DecisionStatus::Accepted,
        &[
            "accepted",
            "approved",
            "decided",
            "adopted",
            "implemented",
            "done",
            "active",
            "akzeptiert",
            "angenommen",
            "beschlossen",
            "accepte",
            "acceptee",
            "aceptada",
            "aceita",
            "aprobada",
            "aprovada",
        ],
    ),
    (
        DecisionStatus::Proposed,
        &[
            "proposed",
            "proposal",
            "draft",
            "pending",
            "open",
            "rfc",
            "vorgeschlagen",
            "entwurf",
            "propose",
            "proposee",
            "propuesta",
            "proposta",
            "borrador",
            "rascunho",
            "brouillon",
        ],
    ),
];
