//! Verbs for reading, watching and listening with their forms, and what people write around them, in seven languages.
//!
//! The forms are built from stems and endings once, and join the phrases of [`super::words`]: whoever adds a verb adds one
//! entry, and its infinitive, participles and the words for something begun follow.

/// The meaning of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Core {
    /// `read`, `watched`: it was read.
    Read,
    /// `finished`, `done`: also used for work.
    Finish,
    /// `started`: also used for work.
    Start,
    /// `reading`.
    Reading,
    /// `half way`: also used for work.
    UnderWay,
    /// `to read`, `unread`.
    ToRead,
    /// `lezen`, `watch`: to be read behind a word for a wish, and on its own where it is no English noun.
    Infinitive,
    /// `later`: also used for work.
    Later,
    /// `abandoned`, `gave up`: also used for work.
    Drop,
    /// `did not finish`.
    DropReading,
}

/// Verbs that are formed alike: prefixes, the infinitive, the participle, and its endings.
struct Verbs {
    prefixes: &'static str,
    infinitive: &'static str,
    done: &'static str,
    endings: &'static [&'static str],
}

const NONE: &[&str] = &[""];
const FRENCH: &[&str] = &["", "e", "s", "es"];
const SPANISH: &[&str] = &["o", "a", "os", "as"];
const ITALIAN: &[&str] = &["o", "a", "i", "e"];

const fn verbs(
    prefixes: &'static str,
    infinitive: &'static str,
    done: &'static str,
    endings: &'static [&'static str],
) -> Verbs {
    Verbs { prefixes, infinitive, done, endings }
}

/// Without accents, as words are compared.
const VERBS: &[Verbs] = &[
    // English: the infinitives count behind `to`, `want to` only
    verbs("", "watch", "watched", NONE),
    verbs("re", "watch", "watched", NONE),
    verbs("", "skim", "skimmed", NONE),
    verbs("", "listen", "listened", NONE),
    verbs("", "peruse", "perused", NONE),
    verbs("", "study", "studied", NONE),
    verbs("", "look at", "looked through", NONE),
    verbs("", "look through", "leafed through", NONE),
    verbs("", "look into", "paged through", NONE),
    verbs("", "have a look at", "read through", NONE),
    verbs("", "read up on", "read all of", NONE),
    verbs("", "get to", "read up to the end", NONE),
    verbs("", "devour", "devoured", NONE),
    // German
    verbs(" durch fertig aus quer nach zuende", "lesen", "gelesen", NONE),
    verbs(" an durch nach", "schauen", "geschaut", NONE),
    verbs(" an durch", "sehen", "gesehen", NONE),
    verbs(" an durch", "horen", "gehort", NONE),
    verbs("durch", "arbeiten", "gearbeitet", NONE),
    verbs("durch", "blattern", "geblattert", NONE),
    verbs("durch", "gehen", "gegangen", NONE),
    verbs("", "uberfliegen", "uberflogen", NONE),
    verbs("rein", "schauen", "geschaut", NONE),
    // Dutch
    verbs(" uit door na her", "lezen", "gelezen", NONE),
    verbs(" na af uit", "kijken", "gekeken", NONE),
    verbs("be", "kijken", "keken", NONE),
    verbs(" af uit", "luisteren", "geluisterd", NONE),
    verbs("be", "luisteren", "luisterd", NONE),
    verbs("door", "nemen", "genomen", NONE),
    // French
    verbs(" re", "lire", "lu", FRENCH),
    verbs("", "parcourir", "parcouru", FRENCH),
    verbs("", "ecouter", "ecoute", FRENCH),
    verbs("", "visionner", "visionne", FRENCH),
    verbs("", "feuilleter", "feuillete", FRENCH),
    verbs("", "creuser", "creuse", FRENCH),
    verbs("", "finir de lire", "fini de lire", NONE),
    // Spanish
    verbs(" re", "leer", "leid", SPANISH),
    verbs("", "hojear", "hojead", SPANISH),
    verbs("", "escuchar", "escuchad", SPANISH),
    // Portuguese
    verbs(" re", "ler", "lid", SPANISH),
    verbs("", "folhear", "folhead", SPANISH),
    verbs("", "assistir", "assistid", SPANISH),
    verbs("", "ouvir", "ouvid", SPANISH),
    // Italian
    verbs(" ri", "leggere", "lett", ITALIAN),
    verbs(" ri", "guardare", "guardat", ITALIAN),
    verbs(" ri", "ascoltare", "ascoltat", ITALIAN),
    verbs("", "sfogliare", "sfogliat", ITALIAN),
    verbs("", "divorare", "divorat", ITALIAN),
    verbs("", "vedere", "vist", ITALIAN),
];

/// Phrases that no verb gives, by language.
const PHRASES: &[(Core, &str)] = &[
    // English
    (
        Core::ToRead,
        "on pile, on the pile, on my pile, on to read pile, on my to read pile, on backlog, on my backlog, in my backlog, to take along, to go through, still to go, \
         not touched, did not touch, didn't touch, untouched, unopened, not opened, haven't touched, saved for, for the train, for the plane, for the flight, for the ferry, \
         for the holidays, for holidays, for the bus, for the commute, next on my list, next on the list, still in the queue, in my queue, on my queue, \
         want to get to, haven't got to, haven't gotten to, not got to, didn't get to, didn't get round to, didn't get around to, yet to start, not begun, still want to, still want",
    ),
    (
        Core::Later,
        "parked, later, some day, one day, some other time, another time, another day, spater, fur spater, irgendwann, voor later, ooit, straks, plus tard, \
         pour plus tard, pour apres, un jour, luego, para luego, mas tarde, para mas tarde, para despues, algun dia, depois, para depois, pra depois, mais tarde, para mais tarde, \
         pra mais tarde, algum dia, dopo, per dopo, piu tardi, per piu tardi, un giorno, demnachst, bei gelegenheit, furs wochenende, fur die bahn, \
         fur den urlaub, pour le train, pour les vacances, pour ce week end, voor het weekend, voor in de trein, per il weekend, per il treno, \
         para el finde, para el fin de semana, para el tren, para o fim de semana",
    ),
    (
        Core::Finish,
        "worked through, went through, gone through, caught up on, caught up with, did this one, did that one, all done, over and done, done with it, wrapped up, \
         ist durch, bin durch, damit durch, abgehakt, geschafft, klaar, afgerond, voltooid, finito, finita, finiti, finite, completato, completata, \
         acabe, termine, ho finito, ho terminato, terminato, terminata",
    ),
    (
        Core::Start,
        "begonnen in, begonnen aan, begonnen met, gestart, bezig, bezig in, bezig met, ben bezig, nog bezig, iniziato, iniziata, cominciato, cominciata, \
         ho iniziato, ho cominciato, entame, entamee, j'ai commence, j'ai entame, angelesen, reingelesen, angefangen mit, started on, getting into, stuck in, stuck at",
    ),
    (
        Core::Reading,
        "aan het lezen, lees nu, ben aan het lezen, ik lees, lees ik nu, sto leggendo, leggendo, in lettura, estoy leyendo, sigo leyendo, estou lendo, lese noch, \
         bin gerade dabei, half read, half watched, in the midst of, got as far as, made it as far as, up to chapter, up to ch, am on chapter, reading it now, \
         still on it, still at it, on it now, going through, am going through, not through yet, not done yet, noch nicht durch, noch nicht fertig, nog niet uit, pas encore fini, \
         pas fini, aun no lo termino, ainda nao terminei, non ancora finito, mittendrin",
    ),
    (
        Core::UnderWay,
        "a meio, vou a meio, voy a la mitad, sono a meta, halverwege, halfweg, a meta, a meta strada, a mi chemin, in corso, a mitad, em leitura",
    ),
    (
        Core::Drop,
        "ungelesen geloscht, deleted unread, returned unread, not happening, fell asleep, ausgemacht, abgeschaltet, weggeklickt, zugeklappt, nicht mehr relevant, nicht mehr notig, uninteressant, \
         ja nao interessa, nao interessa, ya no interesa, no interesa, ya no me interesa, plus d'actualite, niet meer relevant, niet meer nodig, non interessa piu, \
         skipping, dropping, ditched, ditching, tossed, tossing, shelved, shelving, scrapped, chucked, quit, canned, killed, parking this, \
         never mind, nevermind, forget it, forget this, scratch that, no thanks, hard pass, passed on, given up on, not needed, no longer needed, struck, \
         put aside, set aside, put down, binned, \
         gestrichen, doch nicht, weggelegt, vergiss es, hat sich erledigt, lass ich, lasse ich, lass ich sein, ubersprungen, brauche ich nicht mehr, \
         laat maar, afgehaakt, opgegeven, overgeslagen, geschrapt, weggelegd, toch niet, niks voor mij, niet voor mij, \
         laisse tomber, on oublie, tant pis, pas la peine, j'arrete, arrete, saute, mis de cote, sans interet, pas pour moi, \
         lo dejo, lo deje, olvidalo, no merece la pena, saltado, deixa pra la, esquece, pulei, nao vale a pena, nao e para mim, \
         lasciato, lasciata, lasciato perdere, lascio perdere, lascia perdere, lascia stare, abbandonato, abbandonata, mollato, mollata, scartato, scartata, saltata, \
         non fa per me, non vale la pena, saltato, saltati",
    ),
    (
        Core::Read,
        "li o, li a, li os, li as, li um, li uma, li finalmente, li este, li esta, li tudo, li isto, vi o video, vi a palestra, je viens de lire, \
         venu a bout, zu ende gebracht, read to the end, read from cover to cover, read cover to cover",
    ),
    (
        Core::DropReading,
        "given up reading, nicht weitergelesen, nicht zu ende gelesen, niet uitgelezen, niet afgelezen, pas termine, no lo termine",
    ),
];

/// All phrases of this file.
pub(super) fn phrases() -> Vec<(Core, String)> {
    let mut all: Vec<(Core, String)> = Vec::new();
    for verb in VERBS {
        for prefix in verb.prefixes.split(' ') {
            let infinitive = format!("{prefix}{}", verb.infinitive);
            // `durchzulesen`
            if !prefix.is_empty() && verb.infinitive.ends_with('n') {
                all.push((Core::Infinitive, format!("{prefix}zu{}", verb.infinitive)));
            }
            all.push((Core::Infinitive, infinitive));
            all.extend(verb.endings.iter().map(|ending| (Core::Read, format!("{prefix}{}{ending}", verb.done))));
        }
    }
    let split = |(core, all): &(Core, &'static str)| -> Vec<(Core, String)> {
        all.split(", ").map(|phrase| (*core, phrase.to_owned())).collect()
    };
    all.extend(PHRASES.iter().flat_map(split));
    all
}
