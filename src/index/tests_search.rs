//! What is found, in which order, and why.
//!
//! Over 400 lines because all tests share the short ways to write queries and answers.

use proptest::prelude::*;

use crate::index::Answer;
use crate::index::Field;
use crate::index::Filter;
use crate::index::RankWord;
use crate::index::SearchOptions;
use crate::index::SearchQuery;
use crate::index::Sort;
use crate::index::fixture::Book;
use crate::index::folder;
use crate::index::tests_sync::text;
use crate::model::NotePath;

/// Plain words; `edi*` is open at its end.
fn words(text: &str) -> SearchQuery {
    let word = |word: &str| match word.strip_suffix('*') {
        Some(text) => RankWord { text: text.to_owned(), prefix: true, phrase: false },
        None => RankWord { text: word.to_owned(), ..RankWord::default() },
    };
    SearchQuery { words: text.split_whitespace().map(word).collect(), filter: None }
}

fn only(node: Filter) -> SearchQuery {
    SearchQuery { words: Vec::new(), filter: Some(node) }
}

fn word(text: &str) -> Filter {
    Filter::Word { text: text.to_owned(), prefix: false }
}

fn phrase(text: &str) -> Filter {
    Filter::Phrase(text.to_owned())
}

fn field(field: Field, value: &str) -> Filter {
    Filter::Field { field, value: value.to_owned() }
}

fn notes(paths: &[&str]) -> Filter {
    Filter::Paths(paths.iter().map(|path| NotePath::from(*path)).collect())
}

fn not(node: Filter) -> Filter {
    Filter::Not(Box::new(node))
}

fn search(book: &Book, query: &SearchQuery) -> Answer {
    let options = SearchOptions { explain: true, ..SearchOptions::default() };
    book.with(|library| library.search(query, &options).unwrap())
}

/// The paths found without their extension, the best first.
fn paths(answer: &Answer) -> String {
    answer.hits.iter().map(|hit| hit.path.stem()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn case(book: &Book, query: &SearchQuery, expected: &str) {
    assert_eq!(paths(&search(book, query)), expected, "{query:?}");
}

/// What the highlights of the first snippet cover.
fn marked(answer: &Answer) -> Vec<String> {
    let hit = &answer.hits[0].sections[0];
    let chars: Vec<char> = hit.text.chars().collect();
    hit.highlights.iter().map(|&(from, to)| chars[from..to].iter().collect()).collect()
}

#[test]
fn a_title_beats_a_heading_beats_a_mention() {
    let book = Book::new(&[
        ("mention.md", "# Queues\n\nSomething of an outbox here, among other words of a longer text.\n"),
        ("heading.md", "# Queues\n\n## The outbox\n\nSomething here, among other words of a longer text.\n"),
        ("title.md", "# Outbox\n\nSomething here, among other words of a longer text.\n"),
        ("none.md", "# Queues\n\nNothing.\n"),
    ]);
    case(&book, &words("outbox"), "title heading mention");
}

#[test]
fn names_find_their_note() {
    let book = Book::new(&[
        ("Callouts.md", "## Change the look\n\nSomething.\n"),
        ("style.md", "# Style\n\n## Other\n\nWe like callouts and callouts, and a recipe.\n"),
        ("git-ignore.md", "# Files to leave out\n\ntext\n"),
        ("git.md", "# Git\n\nText about it.\n"),
        ("rare.md", "---\naliases: [Poisson law, Spezialität]\n---\n# Rare events\n\nWords about counting.\n"),
        ("laws.md", "# Laws\n\nThe poisson law is here, as a Spezialität.\n"),
    ]);
    let first = |query: &str| search(&book, &words(query)).hits[0].path.stem().to_owned();
    for (query, note) in [
        ("callouts", "Callouts"),
        ("callout", "Callouts"),
        ("git ignore", "git-ignore"),
        ("git-ignore", "git-ignore"),
        ("git", "git"),
        ("files to leave out", "git-ignore"),
        ("poisson law", "rare"),
        ("spezialitat", "rare"),
        ("change the look", "Callouts"),
    ] {
        assert_eq!(first(query), note, "{query}");
    }
    // What is in the front matter is found, and not shown.
    let answer = search(&book, &words("poisson"));
    let rare = answer.hits.iter().find(|hit| hit.path.stem() == "rare").unwrap();
    assert_eq!((rare.sections[0].line, rare.sections[0].text.as_str()), (2, "Words about counting."));
}

#[test]
fn all_words_in_one_place_beat_one_word_in_many() {
    let book = Book::new(&[
        ("mode.md", "# Restricted mode\n\nThe mode keeps plugins off.\n\n## Leave the mode\n\nTurn the mode off.\n"),
        ("editing.md", "# Editing\n\n## Keys\n\nThere is a vim mode in the editor.\n"),
    ]);
    case(&book, &words("vim mode"), "editing mode");
    for one in [
        ("Mode.md", "# Mode\n\nThe mode is on.\n"),
        ("mode.md", "The mode is on.\n"),
        ("Vim.md", "# Vim\n\nVim it is.\n"),
    ] {
        let both = ("Editing.md", "# Editing\n\n## Keys\n\nThere is a vim mode in the editor.\n");
        let others = ["a", "b", "c", "d", "e", "f", "g", "h"]
            .map(|name| (format!("{name}.md"), format!("# {name}\n\nSome text of it.\n")));
        let others = others.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let few = Book::new(&[one, both]);
        let many = Book::new(&[one, both].into_iter().chain(others).collect::<Vec<_>>());
        for book in [few, many] {
            case(&book, &words("vim mode"), &format!("Editing {}", one.0.trim_end_matches(".md")));
        }
    }
}

#[test]
fn a_section_is_shown_for_its_own_words() {
    let book = Book::new(&[("a.md", "# Nginx\n\n## Install\n\nnginx goes in here.\n\n## Memory\n\nfree -m\n")]);
    for query in [words("nginx"), only(phrase("nginx"))] {
        let lines: Vec<usize> = search(&book, &query).hits[0].sections.iter().map(|section| section.line).collect();
        assert_eq!(lines, [1, 5]);
    }
    // Where nothing else says the words, the best section stands for the note.
    let book = Book::new(&[("Nginx.md", "## Memory\n\nfree -m\n\n## More\n\nmore\n")]);
    assert_eq!(search(&book, &words("nginx")).hits[0].sections.len(), 1);
}

#[test]
fn signs_point_at_themselves() {
    let text = "# N\n\nDon't worry, I can't say more.\n\nThe AT&T bill came.\n\nTake 1 egg or 2 eggs.\n\nThen 1/2 a cup.\n\n\
        The C language, and users of it.\n\nLook in C:\\Users for it.\n\nMore of § 242 🎉.\n";
    let book = Book::new(&[("n.md", text), ("o.md", "nothing of it\n")]);
    for (query, line, mark) in
        [("AT&T", 5, "AT&T"), ("1/2", 9, "1/2"), ("C:\\Users", 13, "C:\\Users"), ("§", 15, "§"), ("🎉", 15, "🎉")]
    {
        for wanted in [words(query), only(phrase(query))] {
            let answer = search(&book, &wanted);
            assert_eq!((paths(&answer).as_str(), answer.hits[0].sections[0].line), ("n", line), "{query}");
            assert_eq!(marked(&answer), [mark], "{query}");
        }
    }
}

#[test]
fn vowel_points_do_not_matter() {
    for (with, without) in [("תִּקּוּן", "תקון"), ("كُتَّاب", "كتاب")] {
        for (text, query) in [(with, without), (without, with)] {
            let book = Book::new(&[("n.md", &format!("{text} one\n")), ("o.md", "other\n")]);
            case(&book, &words(query), "n");
            case(&book, &only(word(query)), "n");
        }
    }
}

#[test]
fn a_short_word_is_never_mended_into_another() {
    let text = "There are cats here, as everywhere; three horses, a plane, trials and the house. Concurrency!\n";
    let book = Book::new(&[("c.md", text)]);
    for typed in ["agree", "agreed", "tree", "house's", "hose", "mouse", "plant", "care", "form", "hear", "tare"] {
        let answer = search(&book, &words(typed));
        assert_eq!(answer.corrected, [], "{typed}");
    }
    for (typed, meant) in
        [("concurency", "concurrency"), ("hosue", "house"), ("horrses", "horses"), ("trails", "trials")]
    {
        let corrected = search(&book, &words(typed)).corrected;
        assert_eq!(corrected, [(typed.to_owned(), meant.to_owned())]);
    }
}

#[test]
fn the_hit_is_the_section() {
    let book = Book::new(&[(
        "a.md",
        "# Events\n\nIntro.\n\n## Outbox\n\nThe ü **relay** reads\nthe table.\n\n### Order\n\nOne relay a key.\n\n## Saga\n\nNo.\n",
    )]);
    let answer = search(&book, &words("relay table"));
    let hit = &answer.hits[0];
    assert_eq!(hit.sections.len(), 2);
    let first = &hit.sections[0];
    assert_eq!((first.line, first.column, first.title.as_str()), (7, 9, "Events"));
    assert_eq!(first.heading, ["Events", "Outbox"]);
    assert_eq!(first.text, "The ü relay reads the table.");
    assert_eq!(marked(&answer), ["relay", "table"]);
    assert_eq!(hit.sections[1].heading, ["Events", "Outbox", "Order"]);
    assert_eq!((hit.sections[1].line, hit.sections[1].column), (12, 5));
    assert!(hit.score > first.score && first.score > hit.sections[1].score);
    let reasons = first.explain.as_ref().unwrap();
    let sum: f64 = reasons.iter().map(|reason| reason.score).sum();
    assert!((sum - first.score).abs() < 1e-9, "{reasons:?}");
    assert_eq!(answer.all_words, 1);
}

#[test]
fn a_word_in_the_heading_points_there_and_shows_the_text() {
    let book = Book::new(&[("a.md", "# Events\n\n## Outbox\n\nIt reads the table.\n")]);
    let answer = search(&book, &words("outbox"));
    let hit = &answer.hits[0].sections[0];
    assert_eq!((hit.line, hit.column, hit.text.as_str()), (3, 4, "It reads the table."));
}

#[test]
fn forms_accents_case_and_beginnings() {
    let book = Book::new(&[
        ("a.md", "Deploying the résumé service\n"),
        ("b.md", "An editor for edits\n"),
        ("c.md", "Straße und Häuser, aber nicht die anderen Dinge, und das ist gut so für uns\n"),
    ]);
    case(&book, &words("DEPLOYMENT deployed"), "a");
    case(&book, &words("resume"), "a");
    case(&book, &words("RÉSUMÉ"), "a");
    case(&book, &words("edit*"), "b");
    case(&book, &words("edi"), "b");
    case(&book, &words("strasse"), "c");
    case(&book, &words("haus"), "c");
    case(&book, &words("hauser"), "c");
    case(&book, &words("zebra"), "");
    case(&book, &words(""), "");
}

#[test]
fn a_word_that_occurs_nowhere_is_replaced_and_said() {
    let book =
        Book::new(&[("a.md", "Eventual consistency\n"), ("b.md", "A saga of events\n"), ("c.md", "retail 23617\n")]);
    let answer = search(&book, &words("evnetual saga"));
    assert_eq!(answer.corrected, [("evnetual".to_owned(), "eventual".to_owned())]);
    assert_eq!(answer.hits.len(), 2);
    assert_eq!(search(&book, &words("consistncy")).corrected, [("consistncy".to_owned(), "consistency".to_owned())]);
    assert_eq!(search(&book, &words("evetually")).corrected, [("evetually".to_owned(), "eventual".to_owned())]);
    // Too short, a number, or a beginning of something: taken as typed.
    case(&book, &words("sgaa"), "b");
    case(&book, &words("sga"), "");
    case(&book, &words("23618"), "");
    assert_eq!(search(&book, &words("consist")).corrected, []);
    assert_eq!(search(&book, &only(word("evnetual"))).corrected.len(), 1);
    assert_eq!(search(&book, &only(phrase("evnetual"))).hits.len(), 0);
}

#[test]
fn phrases_and_keys() {
    let book = Book::new(&[
        ("a.md", "The ticket RETAIL-23617 is open\n"),
        ("b.md", "retail shops and 23617 things\n"),
        ("c.md", "event driven design\n"),
        ("d.md", "a driven event\n"),
    ]);
    case(&book, &words("RETAIL-23617"), "a");
    case(&book, &only(phrase("retail 23617")), "a");
    case(&book, &words("event-driven"), "c d");
    case(&book, &only(phrase("Events Driven")), "c");
    case(&book, &only(phrase("driven event")), "d");
    let loose = |text: &str| RankWord { text: text.to_owned(), phrase: true, ..RankWord::default() };
    case(&book, &SearchQuery { words: vec![loose("retail 23617"), loose("driven event")], filter: None }, "a d");
    case(&book, &SearchQuery { words: vec![loose("shops tickets")], filter: None }, "");
    // A phrase that occurs nowhere is taken word by word.
    assert_eq!(search(&book, &words("shops-tickets")).hits.len(), 2);
    assert_eq!(search(&book, &words("23617")).hits.len(), 2);
    case(&book, &words("RETAIL-236*"), "a");
}

#[test]
fn identifiers_are_found_whole_and_in_parts() {
    let book = Book::new(&[
        ("a.md", "call clientHold first\n"),
        ("b.md", "call client_hold first\n"),
        ("c.md", "the client may hold\n"),
    ]);
    case(&book, &words("clienthold"), "a b");
    case(&book, &words("clientHold"), "a b");
    case(&book, &only(phrase("client hold")), "a b");
    case(&book, &words("client"), "c a b");
    assert_eq!(marked(&search(&book, &words("hold"))), ["hold"]);
    case(&book, &words("clientHo*"), "a b");
}

#[test]
fn scripts_without_blanks() {
    let book = Book::new(&[
        ("ja.md", "東京都は日本の首都です。猫がいます。\n"),
        ("th.md", "วันนี้ฝนตกหนักมาก\n"),
        ("ko.md", "데이터베이스 설계\n"),
        ("en.md", "nothing\n"),
    ]);
    case(&book, &words("東京"), "ja");
    case(&book, &words("首都"), "ja");
    case(&book, &words("猫"), "ja");
    case(&book, &words("す"), "ja");
    case(&book, &words("ฝนตก"), "th");
    case(&book, &words("베이스"), "ko");
    case(&book, &only(phrase("日本の首都")), "ja");
    case(&book, &only(phrase("日本都")), "");
    assert_eq!(marked(&search(&book, &words("東京都"))), ["東京都"]);
}

#[test]
fn conditions() {
    let book = Book::new(&[
        ("work/a.md", "---\nkind: meeting\n---\n# Outbox\n\nrelay\n\n## Kafka\n\nbroker #work/retail\n"),
        ("work/b.md", "# Outbox\n\nrelay and broker\n"),
        ("home/c.md", "# Garden\n\nbroker #home\n\n- [ ] water\n"),
    ]);
    case(&book, &only(Filter::And(vec![word("outbox"), word("kafka")])), "a");
    // Together in a note is enough, and its sections with one of the words are shown.
    case(&book, &only(Filter::And(vec![word("relay"), word("broker")])), "b a");
    // `NOT` is about the note: no section of it may have the word.
    case(&book, &only(Filter::And(vec![word("outbox"), not(word("kafka"))])), "b");
    case(&book, &only(Filter::And(vec![word("relay"), not(word("broker"))])), "");
    case(&book, &only(Filter::Or(vec![word("garden"), word("kafka")])), "c a");
    case(&book, &only(not(word("relay"))), "c");
    case(&book, &only(Filter::All), "c a b");
    case(&book, &only(field(Field::Title, "outboxes")), "a b");
    case(&book, &only(field(Field::Heading, "kafka")), "a");
    case(&book, &only(notes(&["work/b.md", "x.md"])), "b");
    // Words choose among what a condition allows.
    let both = SearchQuery { filter: Some(notes(&["home/c.md"])), ..words("broker relay") };
    case(&book, &both, "c");
    let excluded = SearchQuery { filter: Some(not(notes(&["home/c.md"]))), ..words("broker") };
    case(&book, &excluded, "a b");
}

#[test]
fn a_condition_that_is_too_deep_is_no_trouble() {
    let book = Book::new(&[("a.md", "relay")]);
    let deep = |levels| (0..levels).fold(word("relay"), |node, _| Filter::And(vec![node]));
    case(&book, &only(deep(20)), "a");
    case(&book, &only(deep(300)), "");
}

#[test]
fn a_note_that_changed_since_is_shown_as_it_is() {
    let mut book = Book::new(&[("a.md", "# Relay\n\nold relay\n")]);
    let stamp = book.notes()[0].stamp;
    // The same stamp, so that the index does not know.
    book.put_at("a.md", "new first line\n\n# Relay\n\nnew relay text\n", stamp);
    let answer = search(&book, &words("relay"));
    let hit = &answer.hits[0].sections[0];
    assert!(hit.text.starts_with("new"), "{hit:?}");
    book.put_at("a.md", "", stamp);
    assert_eq!(search(&book, &words("relay")).hits[0].sections[0].text, "");
}

#[test]
fn orders() {
    let mut book = Book::new(&[("b.md", "relay relay"), ("c.md", "relay"), ("a.md", "a relay among more")]);
    book.put("c.md", "relay");
    let sorted = |sort| {
        let options = SearchOptions { sort, limit: 2, ..SearchOptions::default() };
        book.with(|library| paths(&library.search(&words("relay"), &options).unwrap()))
    };
    assert_eq!(sorted(Sort::Score), "b c");
    assert_eq!(sorted(Sort::Path), "a b");
    assert_eq!(sorted(Sort::Modified), "c a");
    assert_eq!(sorted(Sort::Date), "a b");
}

#[test]
fn words_near_one_another_and_stop_words() {
    let book = Book::new(&[
        ("far.md", "order of things, and much later on comes the word guarantee\n"),
        ("near.md", "guarantee of things, and much later comes the order guarantee\n"),
        ("what.md", "what is the of\n"),
    ]);
    let answer = search(&book, &words("what is the order guarantee"));
    assert_eq!(paths(&answer), "near far");
    assert!(answer.hits[0].sections[0].explain.iter().flatten().any(|reason| reason.word == "order … guarantee"));
    case(&book, &words("what is"), "what");
}

#[test]
fn who_answers_from_memory_answers_the_same() {
    let mut book = Book::new(&[("a.md", "relay and saga"), ("b.md", "relay"), ("c.md", "saga")]);
    book.notes();
    book.put("b.md", "saga and saga relay");
    book.put("d.md", "# Saga\n\nrelay");
    book.remove("c.md");
    let query = words("saga relay");
    let fresh = book.fresh(|library| library.search(&query, &SearchOptions::default()).unwrap());
    let turn = folder::take_turn(book.cache.path()).unwrap().unwrap();
    let overlay = book.with(|library| library.search(&query, &SearchOptions::default()).unwrap());
    drop(turn);
    assert_eq!(overlay, fresh);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Whatever was written, deleted and merged before: the whole answer, scores included, is that of a new index.
    #[test]
    fn no_answer_depends_on_the_history(
        edits in proptest::collection::vec((0..15_u8, proptest::option::weighted(0.8, 0..20_u8)), 1..40),
        query in "(relay|saga|outbox|kafka|orders|ledgre|le) (saga|the|relay|kaf) ?(order|table)?",
    ) {
        let mut book = Book::new(&[]);
        for (at, &(name, content)) in edits.iter().enumerate() {
            match content {
                Some(n) => book.put(&format!("{name}.md"), &text(n)),
                None => book.remove(&format!("{name}.md")),
            }
            if at % 3 == 0 {
                book.notes();
            }
        }
        let query = words(&query);
        let options = SearchOptions { explain: true, limit: 100, ..SearchOptions::default() };
        let grown = book.with(|library| library.search(&query, &options).unwrap());
        let fresh = book.fresh(|library| library.search(&query, &options).unwrap());
        prop_assert_eq!(grown, fresh);
    }

    #[test]
    fn no_query_is_trouble(query in "\\PC{0,30}", wanted in "\\PC{0,20}") {
        let book = Book::new(&[("a.md", "# Relay\n\nthe saga 東京\n")]);
        let node = Filter::Or(vec![word(&wanted), phrase(&wanted), field(Field::Title, &wanted), field(Field::Heading, &wanted)]);
        search(&book, &SearchQuery { filter: Some(node), ..words(&query) });
    }
}

#[test]
fn a_name_beside_another_title_is_a_text_like_any_other() {
    let book = Book::new(&[
        ("Kubernetes.md", "# Different heading\n\nzzz\n"),
        ("GraphQLNotes.md", "# Another one\n\nyyy\n"),
        ("dead letter.md", "# Queues\n\nxxx\n\n## More\n\nwww\n"),
        ("other.md", "# Other\n\nThis letter is not dead.\n"),
    ]);
    for (query, note) in [
        (words("kubernetes"), "Kubernetes"),
        (words("kube"), "Kubernetes"),
        (words("kuberntes"), "Kubernetes"),
        (only(phrase("kubernetes")), "Kubernetes"),
        (words("graphql"), "GraphQLNotes"),
        (only(phrase("dead letter")), "dead letter"),
        (only(word("Kubernetes")), "Kubernetes"),
    ] {
        case(&book, &query, note);
    }
    case(&book, &words("dead letter"), "dead letter other");
}

#[test]
fn where_a_query_stands_as_typed_is_its_place() {
    let text = "# T\n\n1 2 go\n\nat t x, a C, net, 127 0 0 1, O Reilly, my var, 50, 3 D, etc hosts, dry run, 10 30\n\n\
        1/2 AT&T C++ C# .NET 127.0.0.1 O\u{2019}Reilly my_var 50% 3-D /etc/hosts --dry-run 10:30\n";
    let book = Book::new(&[("t.md", text), ("o.md", "nothing of it\n")]);
    for query in ["1/2", "AT&T", "C++", "C#", ".NET", "127.0.0.1", "O'Reilly", "my_var", "50%", "3-D"] {
        assert_eq!(search(&book, &words(query)).hits[0].sections[0].line, 7, "{query}");
    }
    for query in ["1/2", "/etc/hosts", "--dry-run", "10:30", "C++"] {
        assert_eq!(search(&book, &only(phrase(query))).hits[0].sections[0].line, 7, "{query}");
    }
    // in the heading, though its letter is in the text
    let book = Book::new(&[("t.md", "# T\n\n## C++\n\nA c in it.\n")]);
    assert_eq!(search(&book, &words("C++")).hits[0].sections[0].line, 3);
}

#[test]
fn signs_that_are_no_words_are_nowhere_alone() {
    let book = Book::new(&[("t.md", "a := b\n"), ("o.md", "rust\n")]);
    for signs in [":=", "->", "?", "$$"] {
        case(&book, &only(phrase(signs)), "");
        case(&book, &only(word(signs)), "");
        case(&book, &words(signs), "");
        case(&book, &only(Filter::And(vec![phrase(signs), word("?")])), "");
        // beside words they are no condition
        case(&book, &only(Filter::And(vec![phrase(signs), word("rust")])), "o");
        case(&book, &SearchQuery { filter: Some(phrase(signs)), ..words("rust") }, "o");
        case(&book, &only(Filter::Or(vec![phrase(signs), word("rust")])), "o");
        case(&book, &only(Filter::And(vec![not(phrase(signs)), word("rust")])), "o");
    }
}

#[test]
fn decomposed_letters_are_those_they_show() {
    use unicode_normalization::UnicodeNormalization as _;
    let apart = |text: &str| text.nfd().collect::<String>();
    for text in ["한국어", "ガイド", "がく", "Café", "Việt"] {
        for (written, typed) in [(apart(text), text.to_owned()), (text.to_owned(), apart(text))] {
            let name = format!("{written}.md");
            let book = Book::new(&[("o.md", "nothing\n"), (name.as_str(), "# Other\n\nx\n")]);
            case(&book, &words(&typed), &written);
            case(&book, &only(phrase(&typed)), &written);
            let note = format!("# N\n\nabout {written} and more\n");
            let book = Book::new(&[("o.md", "nothing\n"), ("n.md", note.as_str())]);
            let answer = search(&book, &words(&typed));
            assert_eq!((paths(&answer), marked(&answer)), ("n".to_owned(), vec![written]), "{text}");
        }
    }
}

#[test]
fn slips_in_letters_that_stems_lose_are_mended() {
    let book = Book::new(&[
        ("a.md", "# All\n\nAbout reference here, a calendar, definitely more.\n"),
        ("o.md", "# Other\n\nNothing of it in this one.\n"),
    ]);
    for typed in ["refrence", "referense", "calender", "definately", "calendra"] {
        case(&book, &words(typed), "a");
    }
    for other in ["refund", "cylinder"] {
        case(&book, &words(other), "");
    }
}
