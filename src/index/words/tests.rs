//! How texts become words.

use proptest::prelude::*;

use super::*;

fn said(text: &str, language: &str) -> Vec<String> {
    let mut out = Vec::new();
    let language = Language::from_name(language).unwrap();
    Stems::default().each(text, language, &mut |token| out.push(format!("{}{}", token.position, token.term)));
    out
}

#[track_caller]
fn case(text: &str, expected: &str) {
    assert_eq!(said(text, "en").join(" "), expected);
}

#[test]
fn words_are_lowered_folded_and_stemmed() {
    case("Running the Relays, 3 times!", "0run 1the 2relay 33 4time");
    case("Straße", "0strass");
    case("v2 x86", "0v2 1x86");
    case("don't", "0don 1t");
    case("§ 5 and 🎉 party", "0§ 05 1and 2🎉 2parti");
    case("out\u{ad}box\u{ad} x \u{ad}", "0outbox 1x");
}

#[test]
fn accents_do_not_matter() {
    let both = |a: &str, b: &str, language| {
        let (a, b) = (said(a, language), said(b, language));
        assert!(a.iter().any(|term| b.contains(term)), "{a:?} {b:?}");
    };
    both("résumé", "resume", "en");
    both("Zürich", "zurich", "de");
    both("informações", "informacoes", "pt");
    both("książkami", "ksiazkami", "pl");
    both("cafe\u{301}", "café", "fr");
    both("ёлка", "елка", "ru");
    both("ＡＰＩ", "api", "en");
}

#[test]
fn inflected_forms_meet() {
    let one = |a: &str, b: &str, language| {
        let (a, b) = (said(a, language), said(b, language));
        assert!(a.iter().any(|term| b.contains(term)), "{a:?} {b:?}");
    };
    one("informação", "informações", "pt");
    one("Häuser", "Haus", "de");
    one("сообщение", "сообщения", "ru");
    one("сообщение", "сообщения", "en");
    one("deployments", "deployment", "ru");
}

#[test]
fn identifiers_stand_whole_and_in_parts() {
    case("clientHold", "0clienthold 1client 2hold");
    case("client_hold", "0clienthold 1client 2hold");
    case("HTTPServer", "0httpserver 1http 2server");
    case("_private_ x", "0privat 1x");
    case("RETAIL-23617", "0retail 123617");
    case("McDonald", "0mcdonald 1mc 2donald");
    case("Étude", "0etud");
}

#[test]
fn scripts_without_blanks_become_pairs() {
    case("東京都", "0東京 1京都 2都");
    case("猫", "0猫");
    case("API設計", "0api 1設計 2計");
    case("ฝนตก", "0ฝน 1นต 2ตก 3ก");
}

#[test]
fn too_long_to_be_a_word() {
    let key = "a".repeat(LONGEST + 1);
    case(&format!("{key} end"), "1end");
}

proptest! {
    #[test]
    fn every_token_lies_in_the_text(text in "\\PC{0,60}") {
        let mut last = 0;
        Stems::default().each(&text, Language::ENGLISH, &mut |token| {
            assert!(text.get(token.start..token.end).is_some_and(|bytes| !bytes.is_empty()));
            assert!(!token.term.is_empty());
            assert!(token.position >= last);
            last = token.position;
        });
    }
}
