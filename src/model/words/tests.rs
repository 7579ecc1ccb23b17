//! Names of days and months, ordinals, and what is near to a name.

use proptest::prelude::*;

use super::*;

#[test]
fn no_word_means_two_months_or_two_days() {
    for names in LANGUAGES {
        for (number, words) in (1..).zip(names.months) {
            for word in words {
                assert_eq!(month(word), Some(number), "{} {word}", names.language);
            }
        }
        for (day, words) in WEEK.into_iter().zip(names.weekdays) {
            for word in words {
                assert_eq!(weekday(word), Some(day), "{} {word}", names.language);
            }
        }
    }
}

#[track_caller]
fn case(word: &str, as_month: Option<u32>, as_day: Option<Weekday>) {
    assert_eq!((month(word), weekday(word)), (as_month, as_day), "{word}");
}

#[test]
fn dots_case_and_accents_do_not_matter() {
    case("Sept.", Some(9), None);
    case("FÉVR.", Some(2), None);
    case("fevr", Some(2), None);
    case("Fe\u{301}vrier", Some(2), None);
    case("marz", Some(3), None);
    case("MÄRZ", Some(3), None);
    case("aout", Some(8), None);
    case("TERCA-FEIRA", None, Some(Weekday::Tue));
    case("miercoles", None, Some(Weekday::Wed));
    case("Do.", None, Some(Weekday::Thu));
}

#[test]
fn look_alikes_are_whole_words_only() {
    case("mar", Some(3), Some(Weekday::Tue));
    case("may", Some(5), None);
    case("maybe", None, None);
    case("sun", None, Some(Weekday::Sun));
    case("sunny", None, None);
    case("ma", None, None);
    case("march!", None, None);
    case("mon..", None, None);
    case("", None, None);
    case(".", None, None);
    case("decimal", None, None);
    case("第", None, None);
}

#[track_caller]
fn ordinals(word: &str, day: Option<u32>) {
    assert_eq!(day_of_month(word), day, "{word}");
}

#[test]
fn days_of_a_month() {
    ordinals("1st", Some(1));
    ordinals("22ND", Some(22));
    ordinals("11th", Some(11));
    ordinals("31.", Some(31));
    ordinals("1er", Some(1));
    ordinals("1º", Some(1));
    ordinals("07", Some(7));
    ordinals("0", None);
    ordinals("32", None);
    ordinals("11st", None);
    ordinals("2er", None);
    ordinals("5.0", None);
    ordinals("123", None);
    ordinals("th", None);
}

#[test]
fn near_words() {
    assert_eq!(nearest("tga", ["kind", "tag"]), Some("tag"));
    assert_eq!(nearest("staus", ["start", "status"]), Some("status"));
    assert_eq!(nearest("if", ["is"]), None);
    assert_eq!(nearest("http", ["path", "tag"]), None);
    assert_eq!(nearest(&"a".repeat(199), ["a".repeat(198).as_str()]), None);
}

#[test]
fn folding_keeps_the_marks_of_other_scripts() {
    assert_eq!(
        fold("Straße ÉCOLE Łódź Æther Ǣ Ǿ Ørsted İ ΛΌΓΟΣ ёлка"),
        "strasse ecole lodz aether ae o orsted i λογοσ елка"
    );
    assert_eq!(fold("が하ไม้हिन्दी"), "が하ไม้हिन्दी");
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in ".*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
