//! The language of a text, and its stop words.
//!
//! Guessed from function words: cheap, right where it matters (the choice of a stemmer), and never an error.
//! Called where notes become documents, and where queries become words.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use frostem::Algorithm;

/// Number of words of a text that are considered.
const SAMPLE: usize = 300;

/// The first private-use character that tells the tokenizer a language.
const MARKS: u32 = 0xE000;

/// A language that has a stemmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Language(Algorithm);

impl Language {
    pub(crate) const ENGLISH: Self = Self(Algorithm::English);
    pub(crate) const RUSSIAN: Self = Self(Algorithm::Russian);

    /// Reads a name or code such as `de`, `German` or `pt-BR`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let primary = name.split(['-', '_']).next().unwrap_or(name);
        match primary.to_ascii_lowercase().as_str() {
            // Bokmål and Nynorsk share the stemmer listed under `no`.
            "nb" | "nn" => Some(Self(Algorithm::Norwegian)),
            code => Algorithm::from_name(code).ok().map(Self),
        }
    }

    /// The stemmer's name, such as `english`: also the term in the index.
    pub(crate) fn name(self) -> &'static str {
        self.0.name()
    }

    pub(crate) fn algorithm(self) -> Algorithm {
        self.0
    }

    /// True for languages that are written in Cyrillic letters.
    pub(crate) fn is_cyrillic(self) -> bool {
        matches!(self.0, Algorithm::Russian | Algorithm::Ukrainian | Algorithm::Serbian)
    }

    /// True for languages in which words in Latin letters are foreign.
    pub(crate) fn is_latin(self) -> bool {
        !self.is_cyrillic()
            && !matches!(
                self.0,
                Algorithm::Arabic
                    | Algorithm::Armenian
                    | Algorithm::Greek
                    | Algorithm::Hindi
                    | Algorithm::Nepali
                    | Algorithm::Persian
                    | Algorithm::Tamil
                    | Algorithm::Yiddish
            )
    }

    /// The character that marks texts in this language in the index.
    pub(crate) fn mark(self) -> char {
        let at = Algorithm::all().iter().position(|&algorithm| algorithm == self.0).unwrap_or(0);
        u32::try_from(at).ok().and_then(|at| char::from_u32(MARKS + at)).unwrap_or('\u{E000}')
    }

    /// Removes the mark from a text.
    pub(crate) fn unmark(text: &str) -> (Self, &str) {
        let mut chars = text.chars();
        let algorithm = chars
            .next()
            .and_then(|first| u32::from(first).checked_sub(MARKS))
            .and_then(|at| usize::try_from(at).ok())
            .and_then(|at| Algorithm::all().get(at));
        match algorithm {
            Some(&algorithm) => (Self(algorithm), chars.as_str()),
            None => (Self::ENGLISH, text),
        }
    }
}

/// Function words, about twenty per language: words that texts cannot do without.
const FUNCTION_WORDS: [(Algorithm, &str); 16] = [
    (Algorithm::English, "the of and to in is that it for was with as are this be on not you have from by which or"),
    (Algorithm::German, "der die und das ist nicht den von mit sich ein eine auf für dem des im auch werden wird zu"),
    (Algorithm::French, "le la les des et est dans une un pour que qui sur pas avec par plus ce au sont vous du en"),
    (Algorithm::Spanish, "el la los las de que y en un una por con para es como se del al más está lo su"),
    (Algorithm::Italian, "il lo la gli di che e è un una per con non sono del della nel alla anche come si"),
    (Algorithm::Portuguese, "o a os as de que e do da em um uma para com não é no na dos como se por"),
    (Algorithm::Dutch, "de het een en van is dat niet op te zijn met voor die er aan ook als bij om je"),
    (Algorithm::Swedish, "och att det som en är på för av med den till inte om ett har jag kan från de"),
    (Algorithm::Danish, "og at det er en til på som for med den af ikke et har der kan fra om jeg også efter ved hvor"),
    (
        Algorithm::Norwegian,
        "og å det er en til på som for med den av ikke et har jeg kan fra om du også etter ved hvor",
    ),
    (Algorithm::Polish, "i w na z się nie do to jest że jak o co dla po od przez oraz lub są czy"),
    (Algorithm::Turkish, "ve bir bu için ile olarak da de çok daha gibi olan kadar veya her ancak ise değil en"),
    (Algorithm::Czech, "se je že na jsou jsem není nebo ale jako pro při také byl bylo aby podle který která více už"),
    (Algorithm::Hungarian, "a az és hogy nem is egy van meg ha csak mint már vagy ezt ami volt lehet ez minden"),
    (Algorithm::Romanian, "și şi în de la cu pe care nu este să din un o mai pentru sunt ca au fost sau"),
    (Algorithm::Finnish, "ja on ei se että oli ovat mutta kun niin myös joka tai jos hän ole sen kuin voi olla"),
];

/// English words that are common in questions but irrelevant to the answer.
const ENGLISH_STOPS: &str = "a about above after again against all also am an and any are as at be because been before being below \
    between both but by can could did do does doing down during each few for from further get had has have having he her here hers \
    him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our ours out over own \
    s same she should so some such t than that the their theirs them then there these they this those through to too under until up \
    us very was we were what when where which while who whom whose why will with would you your yours";

/// For each function word the languages that use it, as bits in the order of the table.
static TABLE: LazyLock<HashMap<&'static str, u16, RandomState>> = LazyLock::new(|| {
    let mut table = HashMap::default();
    for (at, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *table.entry(word).or_insert(0) |= 1_u16 << at;
        }
    }
    table
});

/// Guesses the language from the first words of a text; `None` without any evidence.
pub(crate) fn guess(text: &str) -> Option<Language> {
    let mut counts = [0_usize; FUNCTION_WORDS.len()];
    let (mut words, mut cyrillic) = (0_usize, 0_usize);
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(SAMPLE) {
        words += 1;
        if word.chars().next().is_some_and(is_cyrillic) {
            cyrillic += 1;
            continue;
        }
        // Function words are shorter, and lowercasing every long word would be the most expensive step here.
        if word.len() > 12 {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        if let Some(&languages) = TABLE.get(lower.as_str()) {
            for (at, count) in counts.iter_mut().enumerate() {
                *count += usize::from(languages >> at & 1);
            }
        }
    }
    if cyrillic * 3 > words {
        return Some(Language::RUSSIAN);
    }
    // On a tie the earlier one: English before the others.
    let (at, &best) = counts.iter().enumerate().rev().max_by_key(|&(_, count)| count)?;
    let (algorithm, _) = FUNCTION_WORDS.get(at)?;
    (best >= 3 && best * 20 >= words).then_some(Language(*algorithm))
}

/// The tag for a language that is not known, though its letters say which ones it is not.
const UNDETERMINED: &str = "und";

/// The language tag of a text, such as `de`; `und` where most letters are of a script that no language known here uses alone,
/// and `None` without any evidence.
#[must_use]
pub fn language_tag(text: &str) -> Option<&'static str> {
    by_script(text).or_else(|| by_words(text))
}

fn by_words(text: &str) -> Option<&'static str> {
    match guess(text)?.0 {
        Algorithm::English => Some("en"),
        Algorithm::German => Some("de"),
        Algorithm::French => Some("fr"),
        Algorithm::Spanish => Some("es"),
        Algorithm::Italian => Some("it"),
        Algorithm::Portuguese => Some("pt"),
        Algorithm::Dutch => Some("nl"),
        Algorithm::Swedish => Some("sv"),
        Algorithm::Danish => Some("da"),
        Algorithm::Norwegian => Some("no"),
        Algorithm::Polish => Some("pl"),
        Algorithm::Turkish => Some("tr"),
        Algorithm::Czech => Some("cs"),
        Algorithm::Hungarian => Some("hu"),
        Algorithm::Romanian => Some("ro"),
        Algorithm::Finnish => Some("fi"),
        // Cyrillic letters of other languages
        Algorithm::Russian if !text.contains(['і', 'ї', 'є', 'ґ', 'ў', 'ј', 'љ', 'њ', 'ђ', 'ћ', 'ѓ', 'ќ', 'ѕ']) => {
            Some("ru")
        }
        Algorithm::Russian if text.contains(['ї', 'є', 'ґ']) && !text.contains(['ы', 'э', 'ё', 'ў']) => {
            Some("uk")
        }
        Algorithm::Russian => Some(UNDETERMINED),
        _ => None,
    }
}

/// The language of a text in a script that only one language uses.
fn by_script(text: &str) -> Option<&'static str> {
    const TAGS: [&str; 6] = ["ja", "ko", "zh", "he", "el", "th"];
    let mut counts = [0_usize; TAGS.len()];
    let (mut letters, mut others, mut vietnamese) = (0, 0, 0);
    for letter in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE * 6) {
        letters += 1;
        let script = match letter {
            '\u{3040}'..='\u{30FF}' => 0,
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => 1,
            '\u{3400}'..='\u{9FFF}' => 2,
            '\u{591}'..='\u{5F4}' => 3,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => 4,
            '\u{E00}'..='\u{E7F}' => 5,
            'ơ' | 'ư' | '\u{1EA0}'..='\u{1EF9}' => {
                vietnamese += 1;
                continue;
            }
            // Arabic, Indian and further scripts, each of several languages
            '\u{530}'..='\u{58F}' | '\u{600}'..='\u{1DFF}' | '\u{2C00}'..='\u{2E7F}' | '\u{A000}'..='\u{ABFF}' => {
                others += 1;
                continue;
            }
            _ => continue,
        };
        if let Some(count) = counts.get_mut(script) {
            *count += 1;
        }
    }
    let [kana, _, chinese, ..] = counts;
    // Japanese mixes its own letters with Chinese ones
    if kana > 0 && (kana + chinese) * 2 > letters && kana * 10 > chinese {
        return Some("ja");
    }
    if vietnamese * 12 > letters {
        return Some("vi");
    }
    if others * 2 > letters {
        return Some(UNDETERMINED);
    }
    let at = counts.iter().position(|&count| count > 0 && count * 2 > letters)?;
    TAGS.get(at).copied()
}

/// True for a lower-case stop word in one of these languages.
pub(crate) fn is_stop(word: &str, languages: &[Language]) -> bool {
    static ENGLISH: LazyLock<Vec<&'static str>> = LazyLock::new(|| ENGLISH_STOPS.split_whitespace().collect());
    languages.iter().any(|language| {
        if *language == Language::ENGLISH {
            return ENGLISH.binary_search(&word).is_ok();
        }
        let at = FUNCTION_WORDS.iter().position(|(algorithm, _)| *algorithm == language.0);
        at.is_some_and(|at| TABLE.get(word).is_some_and(|languages| languages >> at & 1 == 1))
    })
}

/// True if so many of the notes are in a language that its stop words are ignored in queries.
pub(crate) const fn gives_stop_words(count: u64, notes: u64) -> bool {
    count > 0 && count * 3 >= notes
}

/// All stop words of some languages, sorted.
pub(crate) fn stop_words(languages: &[Language]) -> Vec<&'static str> {
    let words = languages.iter().flat_map(|language| {
        let listed =
            FUNCTION_WORDS.iter().find(|(algorithm, _)| *algorithm == language.0).map_or("", |(_, words)| *words);
        if *language == Language::ENGLISH { ENGLISH_STOPS } else { listed }.split_whitespace()
    });
    let mut words: Vec<&'static str> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// True for letters of the Cyrillic script.
pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{2DE0}'..='\u{2DFF}' | '\u{A640}'..='\u{A69F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(guess(text).map(Language::name), expected, "{text}");
    }

    #[test]
    fn the_language_of_a_sentence() {
        case("The relay reads the table in order and publishes each row to the broker.", Some("english"));
        case(
            "Der Dienst schreibt die Nachricht in die Tabelle, und das Ereignis wird später gesendet.",
            Some("german"),
        );
        case("Le service écrit le message dans la table, et les événements sont envoyés plus tard.", Some("french"));
        case("El servicio guarda el mensaje en la tabla y los eventos se envían más tarde.", Some("spanish"));
        case("Usługa zapisuje wiadomość w tabeli i nie wysyła jej od razu, to jest ważne dla nas.", Some("polish"));
        case("Сервис записывает сообщение в таблицу, а события отправляются позже.", Some("russian"));
        case("kubectl apply -f broker.yaml", None);
        case("", None);
    }

    #[test]
    fn the_tag_of_a_text() {
        for (text, tag) in [
            ("The relay reads the table in order and publishes each row to the broker.", Some("en")),
            ("Vi har ikke brug for det, og jeg kan se af listen, at det også er en del af efteråret.", Some("da")),
            ("Vi har inte tid med det här, och jag kan se av listan att det är en del av hösten.", Some("sv")),
            ("Dnes je venku zima, ale už se těším na jaro, které není daleko, jako každý rok pro nás.", Some("cs")),
            ("Ma az időjárás nem jó, és az eső is esik, de ez csak egy nap, hogy már vége van.", Some("hu")),
            ("Astăzi nu este soare și nu sunt acasă, pentru că am fost la lucru cu ei în oraș.", Some("ro")),
            ("Tänään on kylmä, mutta se ei ole niin paha kuin eilen, ja hän voi olla ulkona.", Some("fi")),
            ("Hôm nay trời lạnh và chúng tôi không thể đi ra ngoài được.", Some("vi")),
            ("Сьогодні холодно, але це не так погано, як її вчора, і він може бути надворі.", Some("uk")),
            ("Сегодня холодно, но это не так плохо, как вчера, и он может быть на улице.", Some("ru")),
            ("Денес е студено, но тоа не е лошо, а ѓаволот ќе дојде.", Some("und")),
            ("اليوم الجو بارد ولكن ليس سيئا", Some("und")),
            ("امروز هوا سرد است ولی بد نیست", Some("und")),
            ("आज ठंड है लेकिन बुरा नहीं है", Some("und")),
            ("今日は寒い", Some("ja")),
            ("kubectl apply -f broker.yaml", None),
        ] {
            assert_eq!(language_tag(text), tag, "{text}");
        }
    }

    #[test]
    fn marks_come_back() {
        for name in ["de", "english", "pt-BR", "nb", "uk"] {
            let language = Language::from_name(name).unwrap();
            let text = format!("{}word", language.mark());
            assert_eq!(Language::unmark(&text), (language, "word"));
        }
        assert_eq!(Language::unmark("plain"), (Language::ENGLISH, "plain"));
        assert_eq!(Language::from_name("zh"), None);
    }

    #[test]
    fn stop_words_are_sorted_and_found() {
        let words: Vec<&str> = ENGLISH_STOPS.split_whitespace().collect();
        assert!(words.is_sorted());
        assert!(is_stop("which", &[Language::ENGLISH]));
        assert!(!is_stop("und", &[Language::ENGLISH]));
        assert!(is_stop("und", &[Language::from_name("de").unwrap()]));
    }
}
