//! A page as a browser's parser sees it: its elements in the order of their making, and what is wrong with it.

use std::borrow::Cow;
use std::cell::Cell;
use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::ExpandedName;
use html5ever::ParseOpts;
use html5ever::QualName;
use html5ever::tendril::StrTendril;
use html5ever::tendril::TendrilSink as _;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::ElementFlags;
use html5ever::tree_builder::NodeOrText;
use html5ever::tree_builder::QuirksMode;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::tree_builder::TreeSink;

/// An element without its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) line: u64,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A parsed page.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) elements: Vec<Element>,
    /// Of the parser, with their lines.
    pub(crate) errors: Vec<String>,
}

impl Document {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let tree_builder =
            TreeBuilderOpts { exact_errors: true, scripting_enabled: false, ..TreeBuilderOpts::default() };
        let tokenizer = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
        let sink = html5ever::parse_document(Sink::default(), ParseOpts { tokenizer, tree_builder });
        let sink = sink.one(String::from_utf8(bytes.to_vec()).unwrap().as_str());
        let elements = sink.elements.into_inner().into_iter().map(|boxed| boxed.1.clone()).collect();
        Self { elements, errors: sink.errors.into_inner() }
    }
}

/// Keeps elements; where they stand is not asked. Names are kept for ever: the parser wants to borrow them.
#[derive(Default)]
struct Sink {
    elements: RefCell<Vec<(&'static QualName, Element)>>,
    errors: RefCell<Vec<String>>,
    line: Cell<u64>,
}

/// What is no element.
const OTHER: usize = usize::MAX;

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.errors.borrow_mut().push(format!("line {}: {message}", self.line.get()));
    }

    fn get_document(&self) -> usize {
        OTHER
    }

    fn elem_name(&self, target: &usize) -> ExpandedName<'_> {
        let name: &'static QualName = self.elements.borrow()[*target].0;
        name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        let attribute = |attribute: Attribute| {
            let prefix = attribute.name.prefix.map_or_else(String::new, |prefix| format!("{prefix}:"));
            (format!("{prefix}{}", attribute.name.local), attribute.value.to_string())
        };
        let element = Element {
            name: name.local.to_string(),
            attributes: attributes.into_iter().map(attribute).collect(),
            line: self.line.get(),
        };
        let mut elements = self.elements.borrow_mut();
        elements.push((Box::leak(Box::new(name)), element));
        elements.len() - 1
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        OTHER
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        OTHER
    }

    fn append(&self, _: &usize, _: NodeOrText<usize>) {}

    fn append_based_on_parent_node(&self, _: &usize, _: &usize, _: NodeOrText<usize>) {}

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, _: &usize) -> usize {
        OTHER
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, _: &usize, _: NodeOrText<usize>) {}

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        // a second `<body onload>` gives the first one its attributes
        let mut elements = self.elements.borrow_mut();
        let own = &mut elements[*target].1.attributes;
        for attribute in attributes {
            let name = attribute.name.local.to_string();
            if own.iter().all(|(known, _)| *known != name) {
                own.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, _: &usize) {}

    fn reparent_children(&self, _: &usize, _: &usize) {}

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }
}

#[test]
fn mistakes_are_seen() {
    let page = |body: &str| Document::parse(format!("<!doctype html><title>x</title><p>{body}</p>").as_bytes());
    assert_eq!(page("<b id=x>a</b>").errors, Vec::<String>::new());
    for bad in
        ["</main>", "<b>a", "<a href=x><a href=y></a></a>", "<b id=x id=y></b>", "\u{1}", "<p></p></div>", "&#1;"]
    {
        assert!(!page(bad).errors.is_empty(), "{bad}");
    }
    let made = page("<svg><a xlink:href=\"x\"/></svg><body onload=x>");
    assert!(made.elements.iter().any(|element| element.get("xlink:href").is_some()), "{:?}", made.elements);
    assert!(made.elements.iter().any(|element| element.get("onload").is_some()), "{:?}", made.elements);
}
