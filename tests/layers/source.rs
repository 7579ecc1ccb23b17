//! A source file as the names that its code uses: tests, comments and strings left out.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::iter::Peekable;
use std::path::Path;

use proc_macro2::Delimiter;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use proc_macro2::token_stream::IntoIter;

/// A module's or an item's path from the root of the crate, without `crate`.
pub(crate) type Names = Vec<String>;

/// A path that the code names.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) line: usize,
    /// As it is written.
    pub(crate) path: Names,
    /// The module in which it is written.
    inside: Names,
    /// True in a `pub use`, which shows something and uses nothing.
    pub(crate) shown: bool,
}

/// One file of `src`.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the top of the project, as `src/index/sync.rs`.
    pub(crate) file: String,
    pub(crate) text: String,
    pub(crate) module: Names,
    pub(crate) named: Vec<Named>,
    /// The names of a `pub use`, and what they stand for.
    shown: BTreeMap<String, Names>,
    /// Modules in other files that only tests have.
    test_modules: Vec<Names>,
}

impl Source {
    fn read(top: &Path, path: &Path) -> Self {
        let file = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
        let mut module: Names = file.trim_end_matches(".rs").split('/').skip(1).map(str::to_owned).collect();
        if module.last().is_some_and(|name| ["mod", "lib", "main"].contains(&name.as_str())) {
            module.pop();
        }
        let text = fs::read_to_string(path).unwrap();
        let mut source = Self {
            file,
            text,
            module: module.clone(),
            named: Vec::new(),
            shown: BTreeMap::new(),
            test_modules: Vec::new(),
        };
        let tokens: TokenStream = source.text.parse().unwrap_or_else(|error| panic!("{}: {error}", source.file));
        source.code(tokens, &module);
        source
    }

    /// Collects what some code names, in this module.
    fn code(&mut self, tokens: TokenStream, module: &Names) {
        let mut tokens = tokens.into_iter().peekable();
        let mut public = false;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    if let Some(TokenTree::Group(attribute)) = tokens.peek()
                        && is_test(&attribute.stream())
                    {
                        self.skip_item(&mut tokens, module);
                    }
                }
                TokenTree::Ident(word) if word == "pub" => {
                    tokens.next_if(
                        |next| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis),
                    );
                    public = true;
                    continue;
                }
                // not the `use<'a>` of a returned `impl`
                TokenTree::Ident(word) if word == "use" && !next_is(&mut tokens, '<') => {
                    self.uses(&mut tokens, module, &Vec::new(), public);
                }
                TokenTree::Ident(word) if word == "mod" => {
                    if let Some(TokenTree::Ident(name)) = tokens.next()
                        && let Some(TokenTree::Group(body)) = tokens.next_if(|next| matches!(next, TokenTree::Group(_)))
                    {
                        self.code(body.stream(), &joined(module, &[name.to_string()]));
                    }
                }
                TokenTree::Ident(word) => {
                    let line = word.span().start().line;
                    let mut path = vec![word.to_string()];
                    while let Some(name) = after_colons(&mut tokens) {
                        path.push(name);
                    }
                    // a single name is the file's own
                    if path.len() > 1 {
                        self.named.push(Named { line, path, inside: module.clone(), shown: false });
                    }
                }
                TokenTree::Group(group) => self.code(group.stream(), module),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            public = false;
        }
    }

    /// Reads the tree behind `use`, up to its semicolon or comma.
    fn uses(&mut self, tokens: &mut Peekable<IntoIter>, module: &Names, prefix: &Names, public: bool) {
        let mut path = prefix.clone();
        let mut line = 0;
        let mut name = None;
        let mut whole = true;
        while let Some(token) = tokens.next_if(|next| !matches!(next, TokenTree::Punct(mark) if mark.as_char() == ',' ))
        {
            match token {
                TokenTree::Ident(word) if word == "as" => name = tokens.next().map(|name| name.to_string()),
                TokenTree::Ident(word) => {
                    line = word.span().start().line;
                    // `{self}` is the module before it
                    if word != "self" || path.is_empty() {
                        path.push(word.to_string());
                    }
                }
                TokenTree::Group(group) => {
                    whole = false;
                    let mut inner = group.stream().into_iter().peekable();
                    while inner.peek().is_some() {
                        self.uses(&mut inner, module, &path, public);
                        inner.next();
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => break,
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
        if whole && !path.is_empty() {
            if public {
                let name = name.unwrap_or_else(|| path.last().unwrap().clone());
                self.shown.insert(name, path.clone());
            }
            self.named.push(Named { line, path, inside: module.clone(), shown: public });
        }
    }

    /// Passes over the attributes and the item behind a `cfg(test)`.
    fn skip_item(&mut self, tokens: &mut Peekable<IntoIter>, module: &Names) {
        let mut last: Vec<String> = Vec::new();
        // as in `#[path = "other.rs"]`
        let mut elsewhere = None;
        for token in tokens.by_ref() {
            match token {
                TokenTree::Group(group) if group.stream().to_string().starts_with("path =") => {
                    elsewhere = group.stream().to_string().split('"').nth(1).map(str::to_owned);
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
                TokenTree::Punct(mark) if mark.as_char() == ';' => {
                    if let [.., keyword, name] = last.as_slice()
                        && keyword == "mod"
                    {
                        let file = elsewhere.map(|file| file.trim_end_matches(".rs").to_owned());
                        let above = if file.is_some() { self.folder() } else { module.clone() };
                        self.test_modules.push(joined(&above, &[file.unwrap_or_else(|| name.clone())]));
                    }
                    break;
                }
                TokenTree::Ident(word) => last.push(word.to_string()),
                TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// The module whose folder the file lies in.
    fn folder(&self) -> Names {
        let folders = self.file.split('/').skip(1);
        let count = folders.clone().count().saturating_sub(1);
        folders.take(count).map(str::to_owned).collect()
    }

    /// The floor on which it stands; none for the roots of the crates.
    pub(crate) fn floor(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }
}

/// True for `cfg(test)` and for conditions in which `test` must hold.
fn is_test(attribute: &TokenStream) -> bool {
    let text: String = attribute.to_string().split_whitespace().collect();
    text == "cfg(test)" || text.starts_with("cfg(all(test,")
}

fn next_is(tokens: &mut Peekable<IntoIter>, mark: char) -> bool {
    matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == mark)
}

/// The next name when `::` stands before it.
fn after_colons(tokens: &mut Peekable<IntoIter>) -> Option<String> {
    let mut ahead = tokens.clone();
    for _ in 0..2 {
        let next = ahead.next()?;
        matches!(&next, TokenTree::Punct(mark) if mark.as_char() == ':').then_some(())?;
    }
    let TokenTree::Ident(name) = ahead.next()? else { return None };
    *tokens = ahead;
    Some(name.to_string())
}

fn joined(names: &[String], more: &[String]) -> Names {
    names.iter().chain(more).cloned().collect()
}

/// All files of `src` that are no tests.
pub(crate) struct Sources {
    pub(crate) files: Vec<Source>,
    modules: BTreeSet<Names>,
}

impl Sources {
    pub(crate) fn read(top: &Path) -> Self {
        let entries = walkdir::WalkDir::new(top.join("src")).sort_by_file_name().into_iter().map(Result::unwrap);
        let paths = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
        let mut files: Vec<Source> = paths.map(|entry| Source::read(top, entry.path())).collect();
        let tests: Vec<Names> = files.iter().flat_map(|source| source.test_modules.clone()).collect();
        files.retain(|source| !tests.iter().any(|test| source.module.starts_with(test)));
        let modules = files.iter().map(|source| source.module.clone()).collect();
        Self { files, modules }
    }

    /// The path from the root of the crate; none where it leads to another package or to a name of the file's own.
    pub(crate) fn absolute(&self, named: &Named) -> Option<Names> {
        let up = named.path.iter().take_while(|name| *name == "super").count();
        let first = named.path.first()?;
        match first.as_str() {
            "crate" => Some(named.path.get(1..)?.to_vec()),
            "self" => Some(joined(&named.inside, named.path.get(1..)?)),
            "super" => {
                let kept = named.inside.len().checked_sub(up)?;
                Some(joined(named.inside.get(..kept)?, named.path.get(up..)?))
            }
            _ => {
                let child = joined(&named.inside, &named.path);
                self.modules.contains(child.get(..=named.inside.len())?).then_some(child)
            }
        }
    }

    /// The module in which something stands, behind every `pub use`.
    pub(crate) fn home(&self, path: &[String]) -> Names {
        let mut module = Names::new();
        for (at, name) in path.iter().enumerate() {
            let child = joined(&module, std::slice::from_ref(name));
            if self.modules.contains(&child) {
                module = child;
                continue;
            }
            let source = self.files.iter().find(|source| source.module == module && source.file != "src/main.rs");
            let Some(shown) = source.and_then(|source| source.shown.get(name)) else { break };
            let named = Named { line: 0, path: shown.clone(), inside: module.clone(), shown: true };
            let rest = path.get(at + 1..).unwrap_or_default();
            if let Some(there) = self.absolute(&named).filter(|there| *there != child) {
                return self.home(&joined(&there, rest));
            }
            break;
        }
        module
    }
}
