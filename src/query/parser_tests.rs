use chrono::NaiveDate;

use super::*;

/// A Thursday.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 12).unwrap()
}

fn named() -> BTreeMap<String, String> {
    let entries = [
        ("mine", "is:open person:anna"),
        ("late", "@mine due:<today"),
        ("Review", "kafka OR outbox"),
        ("round", "x @about"),
        ("about", "@round"),
        ("wrong", "tga:x"),
        ("empty", " "),
    ];
    entries.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

fn read(text: &str) -> Result<Option<Expr>, QueryError> {
    let named = named();
    parse(text, &Context { today: today(), named: &named })
}

/// The canonical writing, which must be read back as the same.
#[track_caller]
fn case(text: &str, canonical: &str) {
    let expr = read(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
    let printed = expr.as_ref().map(ToString::to_string).unwrap_or_default();
    assert_eq!(printed, canonical, "{text}");
    assert_eq!(read(&printed), Ok(expr), "{text} as {printed}");
}

#[track_caller]
fn same(text: &str) {
    case(text, text);
}

/// What is wrong, the part of the query that is, and what to write there.
#[track_caller]
fn refused(text: &str, wrong: &str, message: &str, suggestion: Option<&str>) {
    let error = read(text).expect_err(text);
    assert_eq!((error.span.of(text), error.message.as_str()), (wrong, message), "{text}");
    assert_eq!(error.suggestion.as_deref(), suggestion, "{text}");
}

#[test]
fn words_and_operators() {
    case("", "");
    case(" \t ", "");
    case("  event   bus ", "event bus");
    same("a OR b");
    case("a|b || c", "a OR b OR c");
    case("a b OR c d", "a b OR c d");
    case("(a b) OR (c d)", "a b OR c d");
    same("a (b OR c)");
    same("a AND b c");
    case("a && b", "a AND b");
    case("a AND (b AND c)", "a AND b AND c");
    same("(a b) AND c");
    same("(a OR b) AND c");
    case("-a", "NOT a");
    case("- a", "- a");
    case("--all", "--all");
    case("a -> b", "a -> b");
    case("-(a b)", "NOT (a b)");
    case("NOT NOT a", "a");
    case("NOT -a", "a");
    case("-\"a b\" -/x/ -#t -[key]", "NOT \"a b\" NOT /x/ NOT tag:t NOT [key]");
    case("NOT(a)OR(b)", "NOT a OR b");
    case("and or not", "and or not");
    case("ORDER ANDROID NOTE", "ORDER ANDROID NOTE");
    same("edi* c*");
    same("^weekly");
    case("((((a))))", "a");
}

#[test]
fn phrases() {
    same("\"event bus\" \"one\"");
    case("“event bus” „Wort“", "\"event bus\" \"Wort\"");
    same(r#""say \"yes\" \\ no""#);
    case(r#""a\b""#, r#""a\\b""#);
    case("\"AND\" \"a(b\"", "\"AND\" \"a(b\"");
    case("5\" disk", "5\" disk");
}

#[test]
fn what_people_type_stays_a_word() {
    for word in [
        "http://x.y/z?a=b",
        "https://example.com/a_(b)",
        "12:30",
        "note:",
        "TODO:",
        r"C:\x",
        "c:/x",
        "std::path::Path",
        "path::Path",
        "text://x",
        "file:///etc/hosts",
        "localhost:8080",
        "author:fowler",
        "re:invent",
        "f(x)",
        "main()",
        "Path<T>",
        "Vec<u8>",
        "x=y",
        "a<b",
        "user@host.org",
        "@",
        "#",
        "#123",
        "C#",
        "C++",
        "R&D",
        "->",
        "don't",
        "RETAIL-23617",
        "snake_case",
        "/usr/bin",
        "/",
        "//",
        "a/b",
        "50%",
        "東京",
        "a[0]",
        "^",
        "2026-11-12",
        "i:x",
        "due::",
    ] {
        let expr = read(word).unwrap_or_else(|error| panic!("{}", error.render(word)));
        let Some(Expr::Term(Term { test: Test::Text(Text::Word(found)), span })) = expr else {
            panic!("{word}: {expr:?}")
        };
        assert_eq!((found.as_str(), span), (word, Span::new(0, word.len())));
        same(&format!("({word} OR x) y"));
    }
}

#[test]
fn regexes() {
    same(r"/a.*b/ x");
    same(r"/a b|c\/d/");
    case("/X/i", "/X/");
    same("title:/^a/ heading:/b/");
    same("/a/ OR /b/");
    refused("x /a(/", "/a(/", "this regex does not work: unclosed group", None);
    refused(
        "/a{1000}{1000}{1000}/",
        "/a{1000}{1000}{1000}/",
        "this regex does not work: it would become too big",
        None,
    );
    refused("/a.*b", "/a.*b", "this regex has no closing `/`", Some("/a.*b/"));
    refused("tag:(/a/)", "/a/", "`tag:` takes no regex: tag:project", None);
}

#[test]
fn names() {
    same("path:journal/2026 file:2026-1* path:/x/");
    case("in:meetings/ content:a body:b section:c type:d", "path:meetings/ text:a text:b heading:c kind:d");
    case("tag:#a #b/c TAG:d Tags:\"e\"", "tag:a tag:b/c tag:d tag:\"e\"");
    same("tag:year/201* tag:a*b tag:any tag:none");
    same("tag:\"none\"");
    case("person:@anna ticket:RETAIL-1 id:^x", "person:anna ticket:RETAIL-1 id:x");
    case("[[Outbox]] link:[[My Note|alias]] linked-from:index", "link:\"Outbox\" link:\"My Note\" linked-by:index");
    case("tag:(a OR b) -title:(x \"y z\")", "(tag:a OR tag:b) NOT (title:x title:\"y z\")");
    case("tag:a|b c", "(tag:a OR tag:b) c");
    case("tag:a|kind:b", "tag:a OR kind:b");
    case("tag:a | b", "tag:a OR b");
    same("title:a:b title:tag:x");
    same("title=//x");
    case("title!=x", "NOT title:x");
    case("is:Open has:tickets has:link", "is:open has:ticket has:link");
    case("status:on-hold status:todo|doing", "status:on_hold (status:todo OR status:doing)");
    case("./x path:./x", "./x path:x");
}

#[test]
fn tasks() {
    same("task:(call OR email) task:any");
    case(
        "task-todo:call task-todo:\"call anna\" task-done:/x/",
        "task-todo:(call) task-todo:(\"call anna\") task-done:(/x/)",
    );
    case("task:\"\"", "task:any");
    same("task:(is:open due:<today)");
    case("task:due:<today task:a|b -task:#x", "task:(due:<today) task:(a OR b) NOT task:(tag:x)");
    refused(
        "task: x",
        "task:",
        "`task:` needs a value right after it: task:(call anna); to search for the text, write \"task:\"",
        None,
    );
    same("priority:>=high priority:none priority:any priority:<none");
    case("prio>=High", "priority:>=high");
}

#[test]
fn dates() {
    case("due:<=+7d due<2026-12-01 due:none due:any", "due:<=+7d due:<2026-12-01 due:none due:any");
    case("due:\"next friday\" date:Last_Week", "due:next-friday date:last-week");
    case("date:2026-01..2026-03 created:2026..", "date:2026-01..2026-03 created:2026..");
    case("due:(today OR >=\"1 may\")", "due:today OR due:>=1-may");
    case("due!=today completed:2026", "NOT due:today done:2026");
    case("age:>30d age:<=\"2 weeks\" age:none", "age:>30d age:<=2w age:none");
    let Some(Expr::Seq(items)) = read("due:friday done:friday").unwrap() else { panic!() };
    let ranges: Vec<String> = items
        .iter()
        .flat_map(Expr::terms)
        .map(|term| match &term.test {
            Test::Date(_, crate::query::ast::Compare::With(_, when)) => when.range.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ranges, ["2026-11-13", "2026-11-06"], "plans lie ahead, what was done behind");
}

#[test]
fn properties() {
    same("[status] [status:Draft] [n:<5] [aliases:null]");
    case("[status:Draft OR Published]", "[status:Draft] OR [status:Published]");
    case("[status:(Draft|\"In review\")]", "[status:Draft] OR [status:\"In review\"]");
    case("[ status : in review ]", "[status:\"in review\"]");
    case("[year>=2020] [year!=2021]", "[year:>=2020] NOT [year:2021]");
    case("[on:<\"next friday\"] [url:/a]b/]", "[on:<next-friday] [url:/a]b/]");
    case("[x:1] [\"y\":<2]", "[x:1] [y:<2]");
    case("[\"my key\":x] [my key:x*]", "[my key:x] [my key:x*]");
    case("[key:\"\"] [key:] [\"x\"]", "[key:null] [key:null] [\"x\"]");
}

#[test]
fn named_queries() {
    same("@mine x");
    case("@MINE -@review", "@mine NOT @Review");
    same("@late");
    let expr = read("a @late").unwrap().unwrap();
    let places: Vec<&str> = expr.terms().iter().map(|term| term.span.of("a @late")).collect();
    assert_eq!(places, ["a", "@late", "@late", "@late"]);
    refused(
        "x @mien",
        "@mien",
        "there is no query named `@mien` in the settings; a person is person:mien",
        Some("@mine"),
    );
    refused("@anna", "@anna", "there is no query named `@anna` in the settings; a person is person:anna", None);
    refused(
        "@round",
        "@round",
        "in `@round`, which is `x @about`: in `@about`, which is `@round`: `@round` refers to itself",
        None,
    );
    refused(
        "@wrong",
        "@wrong",
        "in `@wrong`, which is `tga:x`: there is no field `tga`; to search for the text, put it in quotes",
        None,
    );
    refused("@empty", "@empty", "the query named `@empty` in the settings is empty", None);
}

#[test]
fn typos_in_fields() {
    refused("outbox tga:x", "tga", "there is no field `tga`; to search for the text, put it in quotes", Some("tag"));
    refused("Titel:x", "Titel", "there is no field `Titel`; to search for the text, put it in quotes", Some("title"));
    refused("dua<today", "dua", "there is no field `dua`; to search for the text, put it in quotes", Some("due"));
    refused(
        "author:\"martin fowler\"",
        "author",
        "there is no field `author`; a front matter entry is [author:\"…\"], and text goes in quotes",
        None,
    );
    refused(
        "line:(a b)",
        "line",
        "notes are not searched line by line: use a \"phrase\", or /one.*two/, which looks within a line",
        None,
    );
    refused("sort:age", "sort", "the order is not part of the query: use --sort", None);
}

#[test]
fn wrong_values() {
    let is = "`opne` is not one of the values of `is:`, which are open, done, overdue, draft, private, orphan, question, decision";
    refused("is:opne", "opne", is, Some("open"));
    refused(
        "status:reading",
        "reading",
        "`reading` is not one of the values of `status:`, which are todo, doing, on_hold, done, cancelled, moved, info; \
         a front matter entry is [status:reading]",
        None,
    );
    refused("due:<fryday", "fryday", "`fryday` is not a date", Some("friday"));
    refused("due:7d", "7d", "`7d` is a length, not a date: +7d is so long after today, -7d before", Some("+7d"));
    refused("done:7d", "7d", "`7d` is a length, not a date: +7d is so long after today, -7d before", Some("-7d"));
    refused(
        "due:<2026-01..2026-02",
        "2026-01..2026-02",
        "a comparison takes one date; without `<`, the query matches the whole range",
        None,
    );
    refused("age:>30", "30", "`30` is not a length of time; these are: 30d, 2w, 6m, 1y", Some("30d"));
    refused("age:30d", "30d", "older or younger than 30d? age:>30d is older, age:<30d younger", Some(">30d"));
    refused("title:<x", "x", "`title:` cannot be compared with < or >; write it like this: title:outbox", None);
    refused(
        "tag: x",
        "tag:",
        "`tag:` needs a value right after it: tag:project; to search for the text, write \"tag:\"",
        None,
    );
    refused("tag:a,b", "a,b", "a tag has no comma; one of them is tag:(a OR b), both are tag:a tag:b", None);
    refused("tag:*", "*", "`*` needs something before it: tag:project", Some("any"));
    refused("link:a*", "a*", "`link:` takes one note, not a pattern: link:outbox", None);
    refused("title:\"\"", "\"\"", "there is nothing between the quotes", None);
    refused("[n:<abc]", "abc", "`abc` is neither a number nor a date to compare with", None);
    refused("due:>=(a b)", "(", "write the comparison before each value: due:(>=a OR <b)", None);
    let soon = read("due:soon").unwrap_err();
    assert!(soon.message.starts_with("`soon` is not a date; dates are 2026-12-01, "), "{}", soon.message);
}

#[test]
fn dangling_and_unbalanced() {
    refused("a OR", "OR", "OR needs something after it; to search for the word, write \"OR\"", None);
    refused("OR a", "OR", "OR needs something before it; to search for the word, write \"OR\"", None);
    refused("a OR | b", "OR", "OR needs something after it; to search for the word, write \"OR\"", None);
    refused("AND a", "AND", "AND needs something before it; to search for the word, write \"AND\"", None);
    refused("a AND", "AND", "AND needs something after it; to search for the word, write \"AND\"", None);
    refused("a OR AND b", "AND", "AND needs something before it; to search for the word, write \"AND\"", None);
    refused("a NOT", "NOT", "NOT needs something after it; to search for the word, write \"NOT\"", None);
    refused("a -(", "(", "this parenthesis is never closed", None);
    refused("(a b", "(", "this parenthesis is never closed", None);
    refused("a)", ")", "this parenthesis closes nothing; to search for it, put it in quotes", None);
    refused("()", "()", "there is nothing between the parentheses", None);
    refused("foo(bar OR baz)", "(", "`(` is never closed; to search for it, write \"foo(bar\"", None);
    refused("a \"b c", "\"", "this quote is never closed", None);
    refused("“b c", "“", "this quote is never closed", None);
    refused("\"\"", "\"\"", "there is nothing between the quotes", None);
    refused("[status", "[", "this `[` is never closed; [name:value] asks for a front matter entry", None);
    refused("[[x", "[[", "this `[[` is never closed", None);
    let boxes = "[name] asks for a front matter entry; for boxes there are is:open, is:done, status:doing";
    refused("[x]", "[x]", boxes, None);
    refused("- [ ] a", "[ ]", boxes, None);
    let star = "`*` stands only at the end of a word: edi*; patterns are for names (path:*.md), a regex for the rest \
                (/a.*b/), and quotes for a star itself";
    for text in ["*", "a*b", "*.md", "**bold**"] {
        refused(text, text, star, None);
    }
}

#[test]
fn limits() {
    let deep = |levels| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
    assert!(read(&deep(DEEPEST)).is_ok());
    assert!(read(&deep(100_000)).is_err());
    assert!(read(&"task:".repeat(100_000)).is_err());
    assert!(read(&"title:(".repeat(100_000)).is_err());
    assert!(read(&"-".repeat(100_000)).is_ok());
    assert_eq!(
        read(&"NOT ".repeat(100_000)).unwrap_err().message,
        "NOT needs something after it; to search for the word, write \"NOT\""
    );
    assert_eq!(read(&"a ".repeat(LARGEST + 1)).unwrap_err().message, "a query has 4096 terms at most");
    // each names the one before twice: two to the fortieth terms
    let mut named = BTreeMap::from([("q0".to_owned(), "a".to_owned())]);
    for n in 1..=40 {
        named.insert(format!("q{n}"), format!("@q{0} @q{0}", n - 1));
    }
    assert!(parse("@q40", &Context { today: today(), named: &named }).is_err());
    assert!(parse("@q10", &Context { today: today(), named: &named }).is_ok());
}

#[test]
fn every_example_of_the_table_is_read() {
    for doc in crate::query::FIELDS {
        assert!(read(doc.example).is_ok(), "{}", doc.example);
        assert!(doc.example.contains(&format!("{}:", doc.name)), "{}", doc.example);
        for name in std::iter::once(&doc.name).chain(doc.aliases) {
            let value = doc.example.rsplit(&format!("{}:", doc.name)).next().unwrap();
            let field = |text: &str| read(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
            assert_eq!(field(&format!("{name}:{value}")), field(&format!("{}:{value}", doc.name)));
        }
    }
}
