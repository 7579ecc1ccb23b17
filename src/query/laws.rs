//! Laws of the query language: parsing is total, and what is printed parses to the same query.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::model::Priority;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::Status;
use crate::model::calendar::DateRange;
use crate::model::calendar::Length;
use crate::model::calendar::Unit;
use crate::query::Context;
use crate::query::Query;
use crate::query::QueryError;
use crate::query::ast::Compare;
use crate::query::ast::Expr;
use crate::query::ast::Has;
use crate::query::ast::Is;
use crate::query::ast::Literal;
use crate::query::ast::Match;
use crate::query::ast::Named;
use crate::query::ast::Op;
use crate::query::ast::PropertyTest;
use crate::query::ast::TaskState;
use crate::query::ast::Term;
use crate::query::ast::Test;
use crate::query::ast::Text;
use crate::query::ast::When;
use crate::query::fields::Field;
use crate::query::matches::tests;
use crate::query::matches_note;
use crate::query::matches_task;
use crate::query::pattern::Pattern;
use crate::query::value::LEVELS;

fn read(text: &str) -> Result<Query, QueryError> {
    let named = BTreeMap::from([("mine".to_owned(), "is:open kafka".to_owned())]);
    Query::parse(text, &Context { today: NaiveDate::from_ymd_opt(2026, 11, 12).unwrap(), named: &named })
}

fn term(test: Test) -> Expr {
    Expr::Term(Term { span: Span::default(), test })
}

fn op() -> impl Strategy<Value = Op> {
    prop::sample::select(vec![Op::Equal, Op::Less, Op::LessOrEqual, Op::Greater, Op::GreaterOrEqual])
}

fn unequal() -> impl Strategy<Value = Op> {
    op().prop_filter("equal", |op| *op != Op::Equal)
}

/// Words that are not a field, sign or keyword.
fn word() -> impl Strategy<Value = String> {
    "[a-zäß0-9東][a-z0-9./+#@'&-]{0,6}"
        .prop_filter("a keyword", |word| !matches!(word.as_str(), "any" | "none" | "null"))
}

fn phrase() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,12}", "[\"\\\\ a(|)]{0,8}"].prop_map(|text| format!("{text}x"))
}

fn regex() -> impl Strategy<Value = Text> {
    "[a-z .]{1,4}(\\\\/|\\|)?[a-z]+".prop_map(|source| Text::Regex(Pattern::new(&source).unwrap()))
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![word().prop_map(Text::Word), word().prop_map(Text::Prefix), phrase().prop_map(Text::Phrase), regex(),]
}

fn name() -> impl Strategy<Value = Text> {
    let glob = (word(), word()).prop_map(|(a, b)| Text::Glob(format!("{a}*{b}")));
    prop_oneof![word().prop_map(Text::Word), word().prop_map(Text::Prefix), glob]
}

fn compare<T: std::fmt::Debug + Clone + 'static>(
    op: impl Strategy<Value = Op> + 'static,
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Compare<T>> {
    prop_oneof![Just(Compare::Any), Just(Compare::None), (op, value).prop_map(|(op, value)| Compare::With(op, value)),]
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (1900..3000, 1u32..=365).prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day).unwrap())
}

fn when() -> impl Strategy<Value = When> {
    day().prop_map(|day| When { text: day.to_string(), range: DateRange::day(day) })
}

fn property() -> impl Strategy<Value = PropertyTest> {
    let number = (unequal(), -99..99i32).prop_map(|(op, number)| {
        PropertyTest::Compare(op, Literal { text: number.to_string(), number: Some(number.into()), date: None })
    });
    prop_oneof![Just(PropertyTest::Exists), Just(PropertyTest::Null), text().prop_map(PropertyTest::Text), number,]
}

fn leaf() -> impl Strategy<Value = Expr> {
    let presence =
        |text: BoxedStrategy<Text>| prop_oneof![Just(Match::Any), Just(Match::None), text.prop_map(Match::Text)];
    let fields = |fields: &[Field]| prop::sample::select(fields.to_vec());
    let length =
        (1..9999u32, prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year]))
            .prop_map(|(count, unit)| Length { count, unit });
    let priority = prop::sample::select(LEVELS.to_vec());
    let named = Just(Expr::Named(Named {
        name: "mine".to_owned(),
        span: Span::default(),
        expr: Box::new(read("is:open kafka").unwrap().expr.unwrap()),
    }));
    let test = prop_oneof![
        4 => text().prop_map(Test::Text),
        1 => "[a-zä][a-z.]{0,5}".prop_map(|start| Test::Text(Text::Start(start))),
        2 => (fields(&[Field::Title, Field::Text]), text()).prop_map(|(field, text)| Test::In(field, Match::Text(text))),
        1 => presence(text().boxed()).prop_map(|value| Test::In(Field::Heading, value)),
        2 => (fields(&[Field::Path, Field::File]), name()).prop_map(|(field, text)| Test::In(field, Match::Text(text))),
        2 => (fields(&[Field::Kind, Field::Person, Field::Owner, Field::Series, Field::Ticket, Field::Id]), presence(name().boxed()))
            .prop_map(|(field, value)| Test::In(field, value)),
        1 => (fields(&[Field::Link, Field::LinkedBy]), presence(word().prop_map(Text::Word).boxed()))
            .prop_map(|(field, value)| Test::In(field, value)),
        1 => presence("[a-z][a-z/]{0,4}[a-z]".prop_map(Text::Word).boxed()).prop_map(|value| Test::In(Field::Tag, value)),
        1 => prop::sample::select(Is::ALL.to_vec()).prop_map(Test::Is),
        1 => prop::sample::select(Has::ALL.to_vec()).prop_map(Test::Has),
        1 => prop::sample::select(Status::ALL.to_vec()).prop_map(Test::Status),
        1 => prop::sample::select(ReadingState::ALL.to_vec()).prop_map(Test::State),
        1 => name().prop_map(|text| Test::In(Field::Host, Match::Text(text))),
        1 => compare(op(), priority).prop_map(|test| match test {
            // `priority:none` is not a comparison
            Compare::With(Op::Equal, None::<Priority>) => Test::Priority(Compare::None),
            other => Test::Priority(other),
        }),
        1 => (fields(&[Field::Due, Field::Scheduled, Field::Start, Field::Done, Field::Created, Field::Modified, Field::Date]),
              compare(op(), when())).prop_map(|(field, test)| Test::Date(field, test)),
        1 => compare(unequal(), length).prop_map(Test::Age),
        2 => ("[a-z\"\\]\\\\: (-]{0,5}[a-z]", property()).prop_map(|(key, test)| Test::Property(key.trim().to_owned(), test)),
    ];
    prop_oneof![9 => test.prop_map(term), 1 => named]
}

fn expr() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let items = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            inner.clone().prop_map(Expr::not),
            items().prop_map(|items| Expr::and(items).unwrap()),
            items().prop_map(|items| Expr::seq(items).unwrap()),
            items().prop_map(|items| Expr::or(items).unwrap()),
            (prop::sample::select(vec![TaskState::Any, TaskState::Open, TaskState::Done]), inner.clone())
                .prop_map(|(state, query)| term(Test::Task(state, Some(Box::new(query))))),
        ]
    })
}

/// Texts that look like queries.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b*",
        "AND",
        "OR",
        "NOT",
        "-",
        "(",
        ")",
        "\"",
        "“",
        "|",
        "[",
        "]",
        "[[",
        "]]",
        "/",
        "\\",
        ":",
        "::",
        "<",
        ">=",
        "=",
        "!=",
        "#",
        "#t",
        "@",
        "@mine",
        "^",
        "tag:",
        "title:",
        "due:",
        "due",
        "task:",
        "priority:",
        "age:",
        "path:",
        "is:",
        "open",
        "none",
        "any",
        "null",
        "friday",
        "+7d",
        "2026",
        "..",
        "30d",
        "high",
        "x:",
        " ",
        " ",
        "  ",
        "é",
        "東",
        "\t",
        "\n",
        "*",
        ",",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[track_caller]
fn read_or_explained(text: &str) {
    match read(text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(read(&printed), Ok(query.clone()), "{text:?} as {printed:?}");
            for term in query.expr.iter().flat_map(Expr::terms) {
                assert!(
                    text.get(term.span.start..term.span.end).is_some_and(|part| !part.is_empty()),
                    "{text:?} {term:?}"
                );
            }
        }
        Err(error) => {
            assert!(text.get(error.span.start..error.span.end).is_some(), "{text:?} {error:?}");
            assert!(error.render(text).contains('^'));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_or_explained(text in "\\PC{0,30}") {
        read_or_explained(&text);
    }

    #[test]
    fn any_query_like_text_is_read_or_explained(text in pieces()) {
        read_or_explained(&text);
    }

    #[test]
    fn what_is_printed_is_read_back(expr in expr()) {
        let query = Query { expr: Some(expr) };
        let printed = query.to_string();
        prop_assert_eq!(read(&printed).map_err(|error| error.render(&printed)), Ok(query), "{}", printed);
    }

    /// A search finds at least what the same query filters, and requires no more than its strict part.
    #[test]
    fn a_search_finds_what_a_list_finds(expr in expr()) {
        let query = Query { expr: Some(expr) };
        let ranked = query.ranked();
        let note = tests::note();
        tests::with_world(&note, |facts, world| {
            let holds = |query: &Query| matches_note(query, facts, world);
            let has = |text: &Text| holds(&Query { expr: Some(term(Test::Text(text.clone()))) });
            let listed = holds(&query);
            let strict = holds(&Query { expr: ranked.filter.clone() });
            let loose = !ranked.words.iter().any(|word| word.loose) || ranked.words.iter().any(|word| has(word.text));
            prop_assert!(!listed || (strict && loose), "{} {:?}", query, ranked);

            let all = query.clone().with_all_words();
            prop_assert_eq!(listed, holds(&all), "{} {}", query, all);
            prop_assert_eq!(!listed, holds(&Query { expr: query.expr.clone().map(Expr::not) }), "{}", query);
            for task in &note.tasks {
                let found = matches_task(&query, task, facts, world);
                prop_assert_eq!(found, matches_task(&all, task, facts, world), "{}", query);
            }
            Ok(())
        })?;
    }
}
