//! Praise that needs no label: quoted, signed and dated, in words that nobody uses for a book.

use crate::model::words::fold;
use crate::parse::endorsements::author::OPENING;
use crate::parse::endorsements::author::author;

/// Words of thanks or praise to the reader.
const CLEAR: &str = "thank you, thanks for, thanks!, many thanks, you saved, you helped, your help, your work on, your support, \
                     pleasure to work with you, pleasure working with you, good to have you, kudos to you, danke dir, danke fur, \
                     vielen dank, du hast, deine hilfe, deine arbeit, merci pour, merci beaucoup, grace a toi, ton aide, gracias por, \
                     muchas gracias, tu ayuda, obrigado por, obrigada por, sua ajuda, tua ajuda";

/// Beginnings of praise.
const OPENS: &str = "great work, great job, good work, good job, nice work, nice job, well done, excellent work, fantastic work, \
                     fantastic job, amazing work, amazing job, brilliant work, awesome work, awesome job, kudos, gute arbeit, \
                     tolle arbeit, super arbeit, starke arbeit, gut gemacht, bravo, beau travail, excellent travail, bon travail, \
                     buen trabajo, gran trabajo, excelente trabajo, bom trabalho, otimo trabalho, excelente trabalho, parabens";

/// True for what is praise wherever it stands: quoted, signed with a name and a day, and with words of thanks or praise to the
/// reader. What an author of a book says is not.
pub(super) fn is_clear(words: &str) -> bool {
    if !words.starts_with(OPENING) {
        return false;
    }
    let Some((signed, said)) = author(words) else { return false };
    let said = fold(said.trim_start_matches(OPENING));
    let has = CLEAR.split(", ").any(|phrase| said.contains(phrase));
    let opens = OPENS.split(", ").any(|phrase| said.starts_with(phrase));
    signed.date.is_some() && signed.by.split_whitespace().count() <= 3 && (has || opens)
}
