//! Scores are those of tantivy.

use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::*;
use crate::index::Library;
use crate::index::fixture::Book;

#[test]
fn a_word_scores_as_tantivy_scores_it() {
    let texts = ["relay", "relay relay saga", "saga and more words of no weight here", "a relay among words"];
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{n}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts).collect();
    Book::new(&files).with(|library: &Library| {
        let query_term = QueryTerm::word("relay", vec!["relay".into()]);
        let compared = library.read(|snapshot| {
            let ranking = Ranking::new(snapshot, &[(query_term.clone(), 1)], &[0], None, "")?;
            let scores = ranking.scores(0, &snapshot.segments[0]);
            let term = Term::from_field_text(MatchedIn::Anywhere.field(), "relay");
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            let found = snapshot.searcher().search(&query, &TopDocs::with_limit(10).order_by_score())?;
            Ok(found.into_iter().map(|(score, at)| (f64::from(score), scores.score(at.doc_id))).collect::<Vec<_>>())
        });
        let compared = compared.unwrap();
        assert_eq!(compared.len(), 3);
        for (theirs, ours) in compared {
            assert!((theirs - ours).abs() < 1e-5, "{theirs} {ours}");
        }
    });
}
