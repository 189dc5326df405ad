//! What templates resolve to, by table.

use super::*;
use domain::{SnippetId, TemplateId};

fn template(kind: TemplateKind, blocks: &[(&str, &str)]) -> Template {
    Template {
        id: TemplateId(1),
        name: "Test".into(),
        kind,
        is_dispute: true,
        category: None,
        contents: blocks
            .iter()
            .map(|(section, html)| TemplateContent {
                section: (!section.is_empty()).then(|| (*section).to_owned()),
                html: (*html).to_owned(),
                version: None,
            })
            .collect(),
    }
}

fn snippet(name: &str, state: Option<&str>, html: &str) -> Snippet {
    Snippet { id: SnippetId(1), name: name.into(), html: html.into(), state: state.map(Into::into) }
}

fn variables() -> Variables {
    let mut variables = Variables::new();
    variables.insert("First Name", "José <b>& Sons</b>");
    variables.insert("Tricky", "{a|b} [Name] [[x");
    variables.insert("Empty", "  ");
    variables.insert_optional("Maybe", "");
    variables.insert("Both", "from the variable");
    variables
}

fn snippets() -> Vec<Snippet> {
    vec![
        snippet("Both", None, "from the snippet"),
        snippet("Law", None, "federal law"),
        snippet("Law", Some("CA"), "California law for [First_Name]"),
        snippet("TexasOnly", Some("Texas"), "Texas"),
        snippet("Outer", None, "<i>[Inner]</i>"),
        snippet("Inner", None, "inner [law]"),
        snippet("Loop A", None, "[Loop B]"),
        snippet("Loop B", None, "[LoopA]"),
        snippet("Wordy", None, "one\n\ntwo"),
        snippet("Bomb0", None, &"[Bomb1]".repeat(40)),
        snippet("Bomb1", None, &"[Bomb2]".repeat(40)),
        snippet("Bomb2", None, &"[Bomb3]".repeat(40)),
        snippet("Bomb3", None, &"[Bomb4]".repeat(40)),
        snippet("Bomb4", None, ""),
    ]
}

fn resolve_with(template: &Template, state: Option<&str>, seed: u64) -> Result<Resolved, LetterError> {
    let (snippets, variables) = (snippets(), variables());
    resolve(
        template,
        Filling {
            snippets: &snippets,
            state,
            variables: &variables,
            seed,
            items: &[],
            proof: false,
            layout: Layout::Letter,
        },
    )
}

/// The pieces as one string, with markers for what is not text.
fn shown(resolved: &Resolved) -> String {
    resolved
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.as_str(),
            Piece::Items => "⟨items⟩",
            Piece::Signature => "⟨signature⟩",
            Piece::EndOfBlock => "¶",
        })
        .collect()
}

fn check(html: &str, expected: &str) {
    let resolved = resolve_with(&template(TemplateKind::Static, &[("", html)]), Some("CA"), 1).unwrap();
    assert_eq!(shown(&resolved), format!("{expected}¶⟨items⟩⟨signature⟩"), "{html}");
}

#[test]
fn shortcodes_are_filled() {
    for (html, expected) in [
        ("Dear [FirstName]", "Dear José &lt;b&gt;&amp; Sons&lt;/b&gt;"),
        ("[ first-name ]", "José &lt;b&gt;&amp; Sons&lt;/b&gt;"),
        ("[Both]", "from the variable"),
        ("[Maybe]!", "!"),
        ("[Tricky]", "{a|b} [Name] [[x"),
        ("[Outer]", "<i>inner California law for José &lt;b&gt;&amp; Sons&lt;/b&gt;</i>"),
        ("[[sic] [[[Both]]", "[sic] [from the variable]"),
        ("<p>[Wordy]</p>", "<p>one<p>two</p>"),
        ("{a|b}", "{a|b}"),
    ] {
        check(html, expected);
    }
}

#[test]
fn a_snippet_follows_the_clients_state() {
    let law = |state| shown(&resolve_with(&template(TemplateKind::Static, &[("", "[Law]")]), state, 1).unwrap());
    assert!(law(Some("California")).starts_with("California law"));
    assert!(law(Some("TX")).starts_with("federal law"));
    assert!(law(None).starts_with("federal law"));
}

#[test]
fn every_fault_is_named_with_its_place_at_once() {
    let template = template(
        TemplateKind::Smart,
        &[("opening", "[Nobody] [Empty]"), ("body", "[TexasOnly] [sic] [open [Nobody]"), ("closing", "[Nobody]")],
    );
    let error = resolve_with(&template, Some("CA"), 1).unwrap_err();
    let message = error.to_string();
    let LetterError::Shortcodes(faults) = error else { panic!("{message}") };
    let found: Vec<_> = faults.iter().map(|fault| (fault.name.as_str(), fault.kind.clone())).collect();
    assert_eq!(
        found,
        [
            ("Nobody", FaultKind::Unknown),
            ("Empty", FaultKind::EmptyVariable),
            ("TexasOnly", FaultKind::NoStateVariant),
            ("sic", FaultKind::Unknown),
            ("open [Nobody]", FaultKind::Unclosed),
            ("Nobody", FaultKind::Unknown),
            ("Nobody", FaultKind::Unknown),
        ]
    );
    assert_eq!(faults[0].place, Place::Block { number: 1, section: Some("opening".into()) });
    assert_eq!(faults[6].place, Place::Block { number: 3, section: Some("closing".into()) });
    assert!(message.contains("write [[sic] if"), "{message}");
    assert!(message.contains("fill in the field Empty"), "{message}");
}

#[test]
fn a_shortcode_of_other_letters_is_told_apart_from_one_that_does_not_exist() {
    for (code, told) in [
        ("SSNLast4", "in letters to bureaus only"),
        ("SSN__c", "in letters to bureaus only"),
        ("Bureau Name", "in letters to bureaus only"),
        ("FurnisherName", "in letters to furnishers only"),
        ("FaxPages", "on fax cover pages only"),
        ("CompanyName", "an administrator sets it"),
        ("Nobody", "neither a variable nor a snippet"),
    ] {
        let template = template(TemplateKind::Static, &[("", &format!("[{code}]"))]);
        let message = resolve_with(&template, None, 1).unwrap_err().to_string();
        assert!(message.contains(told) && message.contains(code), "{message}");
    }
}

#[test]
fn a_fault_inside_a_snippet_names_the_snippet() {
    let snippets = [snippet("Greeting", None, "[Gone]")];
    let template = template(TemplateKind::Static, &[("", "[Greeting]")]);
    let filling = Filling {
        snippets: &snippets,
        state: None,
        variables: &Variables::new(),
        seed: 1,
        items: &[],
        proof: false,
        layout: Layout::Letter,
    };
    let Err(LetterError::Shortcodes(faults)) = resolve(&template, filling) else { panic!() };
    assert_eq!(faults[0].place, Place::Snippet { name: "Greeting".into() });
}

#[test]
fn snippets_that_contain_each_other_are_a_cycle() {
    let error = resolve_with(&template(TemplateKind::Static, &[("", "[Loop_A]")]), None, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "snippets contain each other without end: Loop A → Loop B → Loop A. Take one of them out of the other"
    );
}

#[test]
fn work_and_text_are_bounded() {
    let bomb = template(TemplateKind::Static, &[("", "[Bomb0]")]);
    assert!(matches!(resolve_with(&bomb, None, 1), Err(LetterError::TooLong { .. })));
    let long = template(TemplateKind::Static, &[("", &"x".repeat(MAX_TEXT + 1))]);
    assert!(matches!(resolve_with(&long, None, 1), Err(LetterError::TooLong { .. })));
    let deep = template(TemplateKind::Smart, &[("body", &"{".repeat(100_000))]);
    assert!(matches!(resolve_with(&deep, None, 1), Err(LetterError::TooDeep { .. })));
    let open = template(TemplateKind::Smart, &[("body", "{a|b")]);
    assert!(matches!(resolve_with(&open, None, 1), Err(LetterError::UnclosedChoice { .. })));
}

#[test]
fn texts_that_are_not_letters_are_refused() {
    let sms = template(TemplateKind::Sms, &[("", "Hi")]);
    assert!(resolve_with(&sms, None, 1).unwrap_err().to_string().contains("sms"));
    let empty = template(TemplateKind::Static, &[("", " ")]);
    assert!(matches!(resolve_with(&empty, None, 1), Err(LetterError::EmptyTemplate)));
}

#[test]
fn a_smart_template_reads_its_sections_in_order() {
    let template =
        template(TemplateKind::Smart, &[("Closing", "bye"), ("p.s.", "ps"), ("body", "text"), ("opening", "hello")]);
    assert_eq!(shown(&resolve_with(&template, None, 1).unwrap()), "hello¶text¶⟨items⟩bye¶⟨signature⟩ps¶");
}

#[test]
fn blocks_go_where_the_template_says() {
    let template = template(
        TemplateKind::Smart,
        &[("opening", "[Items Table]"), ("body", "text [Signature] more [NegativeItems]"), ("closing", "bye")],
    );
    let resolved = resolve_with(&template, None, 1).unwrap();
    assert_eq!(shown(&resolved), "⟨items⟩¶text ⟨signature⟩ more ¶bye¶");
    assert!(resolved.findings.contains(&Finding::Repeated("NegativeItems".into())));
}

#[test]
fn the_seed_alone_decides_every_choice() {
    let template = template(
        TemplateKind::Smart,
        &[
            ("opening", "{Hi|Hello|{Dear|Good {day|morning}}} [Both]"),
            ("body", "one"),
            ("body", "two"),
            ("body", "three"),
        ],
    );
    let mut outcomes = BTreeMap::new();
    for seed in 0..600 {
        let once = shown(&resolve_with(&template, None, seed).unwrap());
        assert_eq!(once, shown(&resolve_with(&template, None, seed).unwrap()));
        *outcomes.entry(once).or_insert(0) += 1;
    }
    let openings = ["Hi", "Hello", "Dear", "Good day", "Good morning"];
    for opening in openings {
        for body in ["one", "two", "three"] {
            let text = format!("{opening} from the variable¶{body}¶⟨items⟩⟨signature⟩");
            let times = outcomes.remove(&text).unwrap_or(0);
            assert!(times >= 5, "{text} came up {times} times");
        }
    }
    assert!(outcomes.is_empty(), "{outcomes:?}");
}

#[test]
fn a_seed_keeps_its_choices_for_ever() {
    // Letters are made again from their stored seed: these outcomes must not change.
    let mut seed = Seed(42);
    let drawn: Vec<usize> = (0..12).map(|_| seed.below(10)).collect();
    assert_eq!(drawn, [7, 1, 2, 3, 0, 8, 2, 8, 3, 6, 2, 4]);
}

#[test]
fn editors_learn_which_shortcodes_a_template_names() {
    let template = template(
        TemplateKind::Smart,
        &[("opening", "[First Name] {[A]|[b]} [[not]"), ("closing", "[first_name] [Signature]")],
    );
    assert_eq!(shortcodes_in(&template).unwrap(), ["First Name", "A", "b", "Signature"]);
}

fn with_items(html: &str, items: &[DisputedItem], proof: bool) -> Result<Resolved, LetterError> {
    let (snippets, variables) = (snippets(), variables());
    let filling = Filling {
        snippets: &snippets,
        state: None,
        variables: &variables,
        seed: 1,
        items,
        proof,
        layout: Layout::Letter,
    };
    resolve(&template(TemplateKind::Static, &[("", html)]), filling)
}

fn items() -> Vec<DisputedItem> {
    [("A", 5), ("B", 6)]
        .map(|(creditor, day)| DisputedItem {
            creditor: creditor.into(),
            account_number: "****1".into(),
            reason: "Not mine".into(),
            date: Some(jiff::civil::date(2024, 3, day)),
            ..DisputedItem::default()
        })
        .into()
}

#[test]
fn a_loop_is_repeated_for_each_item_and_stands_for_the_table() {
    let html = "[EachItem]<p>[ItemNumber] [item creditor] [ItemDate: D MMM] [ItemCode]</p>[/EachItem]";
    let shown = shown(&with_items(html, &items(), false).unwrap());
    assert_eq!(shown, "<p>1 A 5 Mar </p><p>2 B 6 Mar </p>¶⟨signature⟩");
}

#[test]
fn an_items_shortcode_needs_to_know_which_item() {
    let kind = |html: &str, items: &[DisputedItem]| match with_items(html, items, false) {
        Err(LetterError::Shortcodes(faults)) => Some(faults[0].kind.clone()),
        _ => None,
    };
    assert_eq!(kind("[ItemCreditor]", &items()), Some(FaultKind::OutsideLoop));
    assert_eq!(kind("[ItemCreditor]", &items()[..1]), None);
    assert_eq!(kind("[EachItem]x", &items()), Some(FaultKind::UnmatchedLoop));
    assert_eq!(kind("[ItemReason: upper]", &items()[..1]), Some(FaultKind::Format));
    assert_eq!(kind("[Both: short]", &items()), Some(FaultKind::Format));
    let nameless = [DisputedItem::default()];
    assert_eq!(kind("[ItemCreditor]", &nameless), Some(FaultKind::EmptyVariable));
}

#[test]
fn a_proof_shows_what_is_missing_where_it_is_missing() {
    let resolved = with_items("Dear [Nobody], [Empty] [FirstName]", &[], true).unwrap();
    assert!(shown(&resolved).contains("[Nobody]</span>, <span"), "{}", shown(&resolved));
    let kinds: Vec<_> = resolved.findings.iter().map(|finding| matches!(finding, Finding::Unfilled(_))).collect();
    assert_eq!(kinds, [true, true]);
}
