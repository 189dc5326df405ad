//! A static template says on paper what the portal's own preview of it says.

use crate::main_job::{bureau, ready_client, request};
use desk::Clock;
use desk::contract::{FurnisherSearch, PostalLines, PrepareLetters, RecipientChoice, RecipientParty};
use desk_tests::{Office, StoppedClock, portal, signed_in_and_synced, synced};
use domain::{ClientId, TemplateKind};
use futures::TryStreamExt;
use jiff::Timestamp;
use portal_api::auth::LoginRequest;
use portal_api::snippets::SnippetRequest;
use portal_api::templates::{CreateTemplateRequest, GetTemplatePreviewQuery, ListTemplatesQuery, NewTemplateContent};
use portal_api::{Config, Portal, Row};
use practice_portal::Running;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// What a company's own template may hold: attributes, a snippet with a variant by state, entities, `[[`, a list, a table.
const OWN: &str = "<p>To whom it may concern, on [Date]:</p><p>My name is <b>[ClientName]</b> ([First Name] for short), \
    born on [DateOfBirth], of [ClientAddress]. The last four digits are [SSNLast4].</p><p>[Rights of this state]</p>\
    <ul><li>Tom &amp; Sons &lt;collections&gt;</li><li>caf\u{e9} &mdash; r\u{e9}sum\u{e9}</li></ul>\
    <table><tr><td>State</td><td>[ClientState]</td></tr></table><p>Write [[brackets] as they are. Signed: [AgentName]</p>";

async fn api(portal: &Running) -> Portal {
    let given = portal.credentials();
    let api = Portal::new(&Config::new(portal.base_url().as_str(), given.api_key.into()).unwrap(), None).unwrap();
    api.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();
    api
}

/// The lines of HTML as a reader sees them, without white space: how it is broken into lines is the page's own matter.
fn lines(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap();
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !["b", "strong", "i", "em", "u", "s", "span", "a", "sub", "sup"].contains(&name.as_str()) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    for (entity, is) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&mdash;", "\u{2014}"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, is);
    }
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(crate) async fn text_of(pdf: &[u8]) -> String {
    let mut reader =
        Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    reader.stdin.take().unwrap().write_all(pdf).await.unwrap();
    bare(&String::from_utf8(reader.wait_with_output().await.unwrap().stdout).unwrap())
}

#[tokio::test]
async fn a_static_template_says_what_the_portals_preview_says() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    // Both write the date: the portal's day becomes the desk's.
    portal.put_clock_wrong(StoppedClock.now() - Timestamp::now());
    let api = api(&portal).await;
    let (client, items) = ready_client(&desk).await;
    for (state, says) in [(None, "Every state has rights."), (Some(&client.state), "This state has more.")] {
        let snippet = SnippetRequest {
            content: Some(format!("{says} [FirstName] has them.")),
            is_state_related: Some(state.is_some()),
            name: Some("Rights of this state".into()),
            state_code: state.cloned(),
        };
        api.create_snippet(&snippet).await.unwrap();
    }
    let own = CreateTemplateRequest {
        contents: Some(vec![NewTemplateContent::new(OWN.to_owned())]),
        is_dispute: Some(true),
        name: Some("Our own".into()),
        r#type: Some(TemplateKind::Static),
        category_id: None,
    };
    api.create_template(&own).await.unwrap();
    desk.session_sign_in(desk_tests::sign_in(&portal)).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);

    let search = FurnisherSearch { query: String::new(), limit: 1 };
    let address =
        PostalLines { street: "1 Main St".into(), city: "Dover".into(), state: "DE".into(), zip: "19901".into() };
    let furnisher_id = desk.furnisher_search(search).await.unwrap().remove(0).id;
    let furnisher = RecipientParty::Furnisher { furnisher_id, address: Some(address) };
    let query = ListTemplatesQuery { r#type: Some(TemplateKind::Static), ..ListTemplatesQuery::default() };
    let rows: Vec<_> = api.list_templates(&query).rows().try_collect().await.unwrap();
    let templates = rows.into_iter().map(|row| match row {
        Row::Read(template) => template,
        Row::Parked { .. } => panic!("every template can be read"),
    });
    let mut compared = 0;
    for template in templates.filter(|template| template.is_dispute == Some(true)) {
        let id = template.id.unwrap();
        let asked = GetTemplatePreviewQuery { client_id: Some(ClientId(client.id.parse().unwrap())) };
        let preview = api.get_template_preview(id, &asked).await.unwrap().preview_content.clone().unwrap();
        // What only a furnisher's letter fills, a bureau's refuses.
        let to = match preview.contains("[Furnisher") {
            true => RecipientChoice { party: furnisher.clone(), item_ids: Some(vec![items[0].id.clone()]) },
            false => bureau(items[0].bureau.unwrap()),
        };
        let ask = request(&desk, &client, &items, vec![to]).await;
        let done = desk.letter_prepare(PrepareLetters { template_id: id.to_string(), ..ask }).await.unwrap();
        assert!(done.problems.is_empty(), "{:?}: {:?}", template.name, done.problems);
        let letter = text_of(&desk.letter_pdf(&done.letters[0].id).await.unwrap()).await;
        let mut from = 0;
        // What a preview leaves in its brackets, the letter fills: the recipient and its items.
        for line in lines(&preview).iter().filter(|line| !line.contains('[') || line.contains("[brackets]")) {
            let at = letter[from..].find(line.as_str());
            let at = at
                .unwrap_or_else(|| panic!("{:?}: {line} is not in what follows of {}", template.name, &letter[from..]));
            from += at + line.len();
            compared += 1;
        }
    }
    assert!(compared > 12, "{compared} lines were compared");
}
