//! A letter's text in an editor's hands: what it is given, and what becomes of what it gives back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use letters::{Attached, Draft, LetterError, Press, SetLetter, Wording};
use support::{Case, files, templates};

/// The letter with its text changed by `change`.
fn changed(case: &Case, change: impl FnOnce(&str) -> String) -> Result<SetLetter, LetterError> {
    let mut press = Press::new().unwrap();
    let made = press.wording(&case.draft()).unwrap();
    let text = change(&made);
    press.set(&Draft { wording: Some(Wording { text: &text, made: &made }), ..case.draft() })
}

#[test]
fn a_wording_that_nobody_changed_sets_the_same_letter() {
    for (name, case) in templates::all() {
        let set = case.set().unwrap();
        let again = changed(&case, str::to_owned).unwrap();
        assert_eq!(again.text, set.text, "{name}");
        assert!(again.pdf == set.pdf, "{name}: the same words, other bytes");
    }
}

#[test]
fn a_changed_word_is_the_only_thing_that_changes() {
    let case = Case::saying("<p>Dear Equifax,</p><p>Please <b>delete</b> these accounts.</p>");
    let set = changed(&case, |made| made.replace("Please", "Kindly &amp; soon")).unwrap();
    assert_eq!(set.text, case.set().unwrap().text.replace("Please", "Kindly & soon"));
}

#[test]
fn what_is_given_to_an_editor_holds_nothing_hostile() {
    let case = Case::saying(
        "<p onclick=alert(1)>Hi <a href='javascript:alert(2)'>there</a><script>alert(3)</script></p><iframe src=x></iframe>\
         <p style='background-image:url(http://evil)'>&lt;b&gt;</p>",
    );
    let made = Press::new().unwrap().wording(&case.draft()).unwrap();
    for word in ["alert", "script", "onclick", "href", "iframe", "url", "evil"] {
        assert!(!made.contains(word), "{word} in {made}");
    }
    assert!(made.starts_with("<p>Hi there</p><p>&lt;b&gt;</p>"), "{made}");
}

#[test]
fn what_an_editor_gives_back_is_as_hostile_as_a_template() {
    let case = Case::saying("<p>Hello</p>");
    let set = changed(&case, |made| format!("{made}<script>alert(1)</script><marquee>now</marquee>")).unwrap();
    assert!(set.text.ends_with("now") && !set.text.contains("alert"), "{}", set.text);
    assert!(!set.findings.is_empty());
}

#[test]
fn choices_and_brackets_are_printed_as_they_are_written() {
    let case = Case::saying("<p>Hello</p>");
    let set = changed(&case, |made| made.replace("Hello", "{one|two} [sic] [[")).unwrap();
    assert!(set.text.contains("{one|two} [sic] [["), "{}", set.text);
}

#[test]
fn a_shortcode_is_refused_because_it_would_be_printed() {
    let case = Case::saying("<p>Hello</p>");
    for shortcode in ["[ClientName]", "[client_name]", "[<b>Client</b>Name]", "[EachItem]x[/EachItem]", "[ItemsTable]"]
    {
        let refused = changed(&case, |made| made.replace("Hello", shortcode)).unwrap_err();
        assert!(matches!(refused, LetterError::Shortcodes(_)), "{shortcode}");
        assert!(refused.to_string().contains("in the letter's text is not filled in"), "{refused}");
    }
}

#[test]
fn the_items_and_the_signature_cannot_be_lost() {
    let case = Case::new("Maria Lopez");
    for (part, named) in
        [("<letter-items></letter-items>", "disputed items"), ("<letter-signature></letter-signature>", "signature")]
    {
        for instead in [String::new(), part.repeat(2), format!("<ul><li>{part}</li></ul>")] {
            let refused = changed(&case, |made| {
                assert!(made.contains(part), "{made}");
                made.replace(part, &instead)
            })
            .unwrap_err();
            assert!(matches!(refused, LetterError::Lost { .. }), "{instead}");
            assert!(refused.to_string().contains(named), "{refused}");
        }
    }
}

#[test]
fn pictures_come_back_as_the_template_named_them() {
    let case = Case::saying("<p>Above</p><img src='attachment:12' alt='A &quot;seal&quot;' width=90><p>Below</p>");
    let bytes = files::png(40, 20);
    let images = [Attached { id: "12", bytes: &bytes }];
    let mut press = Press::new().unwrap();
    let draft = Draft { images: &images, ..case.draft() };
    let made = press.wording(&draft).unwrap();
    assert!(made.contains("src=\"attachment:12\""), "{made}");
    let set = press.set(&draft).unwrap();
    let again = press.set(&Draft { wording: Some(Wording { text: &made, made: &made }), ..draft }).unwrap();
    assert!(again.pdf == set.pdf);
}

#[test]
fn a_text_without_end_is_refused() {
    let case = Case::saying("<p>Hello</p>");
    let refused = changed(&case, |made| format!("{made}<p>{}</p>", "long ".repeat(300_000))).unwrap_err();
    assert!(matches!(refused, LetterError::TooLong { .. }), "{refused}");
}
