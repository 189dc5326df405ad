//! Everything that hangs on one client, drawn from the seed and the client's number alone: client 7 is the same person
//! with the same accounts whether there are ten clients or ten thousand.

use super::{
    accounts::{Account, plus_days},
    holdings::Holdings,
    items::{Item, Owner},
    people::{self, Name},
    places,
};
use crate::{
    dice::Dice,
    records::Record,
    resources::{record, users},
};
use jiff::civil::Date;
use serde_json::{Value, json};

/// A client with what belongs to it. References between the parts are places in the lists here.
#[derive(Debug)]
pub(crate) struct Household {
    /// The client.
    pub(crate) client: Record,
    /// One per bureau.
    pub(crate) reports: Vec<Record>,
    /// Items, each with the place of its report.
    pub(crate) items: Vec<(usize, Item)>,
    /// Agreements.
    pub(crate) agreements: Vec<Record>,
    /// Documents, each with its file.
    pub(crate) documents: Vec<(Record, Record)>,
    /// Notes.
    pub(crate) notes: Vec<Record>,
    /// Correspondence, each with the place of the item it is about.
    pub(crate) correspondences: Vec<(Option<usize>, Record)>,
    /// What was bought, wanted, to be done and pulled.
    pub(crate) holdings: Holdings,
}

const BUREAUS: [&str; 3] = ["equifax", "experian", "transunion"];

impl Household {
    /// The household of this client, dated relative to the day.
    pub(crate) fn draw(seed: u64, client_id: i64, as_of: Date) -> Household {
        let mut dice = Dice::new(seed, client_id.unsigned_abs());
        let dice = &mut dice;
        let name = people::name(dice);
        // A few signed within the last three days and may still cancel.
        let enrolled = plus_days(as_of, -if dice.chance(3) { dice.between(0, 2) } else { dice.between(9, 900) });
        let owner = Owner {
            client_id,
            client_key: format!("{}-{}-{}", hexadecimal(dice, 8), hexadecimal(dice, 4), hexadecimal(dice, 12)),
            internal_client_key: format!("IC{}", dice.digits(8)),
            report_id: format!("RPT_{}", dice.digits(8)),
        };
        let (reports, items) = credit(dice, as_of, enrolled, &owner);
        Household {
            client: client(dice, as_of, enrolled, &name, &owner),
            agreements: agreements(dice, enrolled, client_id),
            documents: documents(dice, enrolled, client_id),
            notes: notes(dice, as_of, enrolled, client_id),
            correspondences: correspondences(dice, as_of, enrolled, client_id, &items),
            holdings: Holdings::draw(seed, &owner, as_of, enrolled, &reports),
            reports,
            items,
        }
    }
}

fn client(dice: &mut Dice, as_of: Date, enrolled: Date, name: &Name, owner: &Owner) -> Record {
    let place = places::place(dice);
    let born = plus_days(as_of, -(dice.between(21, 79) * 365 + dice.between(0, 364)));
    let domain = dice.pick(&["example.com", "example.net", "example.org"]);
    let (first, last) = (name.plain.0.to_lowercase(), name.plain.1.to_lowercase());
    let email = format!("{first}.{last}{}@{domain}", owner.client_id);
    let mut phone = || format!("({}) 555-01{}", place.area_code, dice.digits(2));
    let (mobile, home) = (phone(), phone());
    let has_home_phone = dice.chance(40);
    let mut attributes = record(json!({
        "Id": format!("003{}", salesforce(dice, 12)),
        "FirstName": name.first,
        "MiddleName": name.middle.clone().unwrap_or_default(),
        "LastName": name.last,
        "Email": email,
        "D_O_B__c": born,
        "MailingStreet": places::street(dice),
        "MailingCity": place.city,
        "MailingState": place.state,
        "MailingPostalCode": place.zip,
        "Phone": if has_home_phone { home.clone() } else { mobile.clone() },
        "MobilePhone": mobile,
        "Name_Latin__c": format!("{} {}", name.plain.0, name.plain.1),
        "Enrollment_Date__c": enrolled,
        "Preferred_Language__c": dice.pick_weighted(&[(80, "English"), (20, "Spanish")]),
    }));
    if has_home_phone {
        attributes.insert("HomePhone".into(), home.into());
    }
    record(json!({
        "client_key": owner.client_key,
        "salesforce_id": dice.between(10_000_000, 99_999_999),
        "joint_customer_sf_id": dice.chance(8).then(|| format!("003{}", salesforce(dice, 12))),
        "email": email,
        "mobile_phone": mobile.replace(['(', ')', ' ', '-'], ""),
        "ssn": social_security_number(dice),
        "attributes": attributes,
    }))
}

/// A number that was never issued: area 900 to 999 with a group that no tax number has, or area 000, whose leading
/// zeros the integer on the wire loses.
fn social_security_number(dice: &mut Dice) -> i64 {
    let (area, group) =
        if dice.chance(15) { (0, dice.between(0, 99)) } else { (dice.between(900, 999), dice.between(1, 49)) };
    area * 1_000_000 + group * 10_000 + dice.between(1, 9_999)
}

fn credit(dice: &mut Dice, as_of: Date, enrolled: Date, owner: &Owner) -> (Vec<Record>, Vec<(usize, Item)>) {
    let pulled = instant(plus_days(as_of, -dice.between(1, 20)), dice);
    let ordered = instant(enrolled, dice).min(pulled.clone());
    let reports = BUREAUS
        .iter()
        .map(|bureau| {
            record(json!({
                "client_id": owner.client_id,
                "bureau": bureau,
                "created_at": ordered,
                "updated_at": pulled,
            }))
        })
        .collect();
    let wanted = usize::try_from(dice.between(3, 15)).unwrap_or(3);
    let mut items: Vec<(usize, Item)> = Vec::new();
    for number in 1.. {
        if items.len() >= wanted {
            break;
        }
        let account = Account::draw(dice, as_of, users::WRITERS);
        let on = usize::try_from(dice.pick_weighted(&[(30, 1), (35, 2), (35, 3_u64)])).unwrap_or(1);
        let start = usize::try_from(dice.below(3)).unwrap_or(0);
        for step in 0..on.min(wanted - items.len()) {
            let bureau = (start + step) % BUREAUS.len();
            let mut item = account.reported(dice, bureau, as_of, owner);
            item.account = Some(number);
            items.push((bureau, item));
        }
    }
    (reports, items)
}

fn agreements(dice: &mut Dice, enrolled: Date, client_id: i64) -> Vec<Record> {
    let is_signed = dice.chance(85);
    if !is_signed && dice.chance(40) {
        return Vec::new();
    }
    let made = instant(enrolled, dice);
    vec![record(json!({
        "client_id": client_id,
        "name": "Credit repair services agreement",
        "type": "service_agreement",
        "agreement_signed": is_signed.then(|| made.clone()),
        "attachment_id": null,
        "author_id": dice.between(1, users::WRITERS),
        "created_at": made,
        "updated_at": made,
    }))]
}

fn documents(dice: &mut Dice, enrolled: Date, client_id: i64) -> Vec<(Record, Record)> {
    let is_licence = dice.chance(75);
    let identity =
        if is_licence { ("drive_licence", "Driver license") } else { ("government_issued_id", "State ID card") };
    let mut wanted = Vec::new();
    if dice.chance(92) {
        wanted.push(("id", identity.0, identity.1, "image/jpeg", "jpg", dice.between(150_000, 190_000)));
    }
    if dice.chance(84) {
        wanted.push(("other", "utility_bills", "Utility bill", "image/png", "png", dice.between(90_000, 120_000)));
    }
    let mut documents = Vec::new();
    for (kind, subkind, caption, media_type, extension, size) in wanted {
        let made = instant(enrolled, dice);
        let document = record(json!({
            "client_id": client_id,
            "type": kind,
            "subtype": subkind,
            "author_id": dice.between(1, users::WRITERS),
            "size": size,
            "created_at": made,
            "updated_at": made,
        }));
        let file = record(json!({
            "caption": caption,
            "type": media_type,
            "extension": extension,
            "size": size,
            "drawn_for": client_id,
            "picture": subkind,
            "created_at": made,
            "updated_at": made,
        }));
        documents.push((document, file));
    }
    documents
}

fn notes(dice: &mut Dice, as_of: Date, enrolled: Date, client_id: i64) -> Vec<Record> {
    const TEXTS: [&str; 10] = [
        "Welcome call done. Explained the steps and the three-day right to cancel.",
        "Client prefers to be called after 5 pm.",
        "Sent the first letters for review; waiting for the client's answer.",
        "Client reviewed the letters by phone and approved them.",
        "Asked for a newer proof of address; the one on file is too old.",
        "Client says the medical bill was paid by the insurer. Will send the statement.",
        "Left a voice mail about the unsigned agreement.",
        "Client moved; address updated.",
        "Bureau answer received by the client; copy requested.",
        "Client asked to leave the mortgage out of the disputes for now.",
    ];
    let count = dice.pick_weighted(&[(45, 0), (30, 1), (17, 2), (8, 3_u64)]);
    let mut notes: Vec<Record> = (0..count)
        .map(|_| {
            let made = instant(day_between(dice, enrolled, as_of), dice);
            record(json!({
                "client_id": client_id,
                "note_text": dice.pick(&TEXTS),
                "user_id": dice.between(1, users::WRITERS),
                "created_at": made,
                "updated_at": made,
            }))
        })
        .collect();
    by_time(&mut notes, |note| note);
    notes
}

fn correspondences(
    dice: &mut Dice,
    as_of: Date,
    enrolled: Date,
    client_id: i64,
    items: &[(usize, Item)],
) -> Vec<(Option<usize>, Record)> {
    let disputed: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, (_, item))| item.metadata.status == "in_progress")
        .map(|(at, _)| at)
        .collect();
    let first_day = plus_days(enrolled, 7);
    if disputed.is_empty() || first_day >= as_of || !dice.chance(40) {
        return Vec::new();
    }
    let mut sent: Vec<(Option<usize>, Record)> = (0..dice.between(1, 3))
        .map(|_| {
            let about = dice.pick(&disputed);
            let made = instant(day_between(dice, first_day, as_of), dice);
            let place = usize::try_from(dice.below(60)).unwrap_or(0);
            let (company, _) = crate::resources::furnishers::COMPANIES.get(place).copied().unwrap_or(FIRST_COMPANY);
            let (sender, first, last) = dice.pick(&[
                (1_i64, "Dana", "Whitfield"),
                (2, "Marcus", "Oyelaran"),
                (3, "Lucía", "Paredes"),
                (4, "Tomasz", "Wrona"),
            ]);
            let fax = record(json!({
                "client_id": client_id,
                "type": "fax",
                "run_by_id": sender,
                "sender": { "first_name": first, "last_name": last },
                "attachment_ids": [],
                "attributes": {
                    "subject": "Dispute letter",
                    "furnisher": company,
                    "fax_number": crate::resources::furnishers::fax_number(place),
                    "status": dice.pick_weighted(&[(92, "sent"), (8, "failed")]),
                    "sent_at": made,
                },
                "created_at": made,
                "updated_at": made,
            }));
            (Some(about), fax)
        })
        .collect();
    by_time(&mut sent, |(_, fax)| fax);
    sent
}

const FIRST_COMPANY: (&str, crate::resources::furnishers::Line) = crate::resources::furnishers::COMPANIES[0];

/// Oldest first, so that keys rise with time.
fn by_time<T>(records: &mut [T], record: impl Fn(&T) -> &Record) {
    let made = |entry: &T| record(entry).get("created_at").and_then(Value::as_str).unwrap_or_default().to_owned();
    records.sort_by_key(made);
}

pub(super) fn day_between(dice: &mut Dice, first: Date, last: Date) -> Date {
    let days = i64::from((last - first).get_days());
    plus_days(first, dice.between(0, days.max(0)))
}

/// A moment of the working day, in UTC.
pub(super) fn instant(day: Date, dice: &mut Dice) -> String {
    format!("{day}T{:02}:{:02}:{:02}Z", dice.between(13, 22), dice.below(60), dice.below(60))
}

fn hexadecimal(dice: &mut Dice, digits: usize) -> String {
    (0..digits)
        .map(|_| dice.pick(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f']))
        .collect()
}

fn salesforce(dice: &mut Dice, letters: usize) -> String {
    const LETTERS: [char; 36] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V',
        'W', 'X', 'Y', 'Z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ];
    (0..letters).map(|_| dice.pick(&LETTERS)).collect()
}
