//! What a client bought and wants, what is to be done for the client, and the reports that were pulled.
//!
//! Drawn from a stream of its own, so that the rest of the household does not depend on it.

use super::{
    accounts::plus_days,
    household::{day_between, instant},
    items::Owner,
};
use crate::{
    dice::Dice,
    records::Record,
    resources::{credit_reports, goals, products::PRODUCTS, record, users, workflows},
    stored,
};
use jiff::civil::Date;
use serde_json::json;

/// The parts, but for their keys.
#[derive(Debug)]
pub(crate) struct Holdings {
    /// Products.
    pub(crate) products: Vec<Record>,
    /// Keys of goals.
    pub(crate) goals: Vec<i64>,
    /// Tasks, each with the place of the item it is about.
    pub(crate) tasks: Vec<(Option<usize>, Record)>,
    /// Credit reports with all bureaus, oldest first.
    pub(crate) reports: Vec<Record>,
}

/// Far above the number of any client.
const STREAM: u64 = 1 << 40;

impl Holdings {
    pub(super) fn draw(seed: u64, owner: &Owner, as_of: Date, enrolled: Date, headers: &[Record]) -> Holdings {
        let mut dice = Dice::new(seed, STREAM.wrapping_add(owner.client_id.unsigned_abs()));
        let dice = &mut dice;
        Holdings {
            products: products(dice, owner.client_id, enrolled),
            goals: wanted_goals(dice),
            tasks: tasks(dice, owner.client_id, as_of, enrolled),
            reports: reports(dice, owner, headers),
        }
    }
}

fn products(dice: &mut Dice, client_id: i64, enrolled: Date) -> Vec<Record> {
    let first = dice.between(1, 2);
    let second = dice.chance(25).then(|| dice.between(3, 4));
    let bought = instant(enrolled, dice);
    let product = |key: i64| {
        let place = usize::try_from(key - 1).unwrap_or_default();
        let (_, _, _, fee, monthly) = PRODUCTS.get(place).copied()?;
        Some(record(json!({
            "client_id": client_id,
            "product_id": key,
            "initial_fee": fee,
            "charged_monthly": monthly,
            "created_at": bought,
            "updated_at": bought,
        })))
    };
    std::iter::once(first).chain(second).filter_map(product).collect()
}

fn wanted_goals(dice: &mut Dice) -> Vec<i64> {
    (1..=goals::COUNT).filter(|_| dice.chance(25)).collect()
}

/// The task that names one of the client's negative items.
const ABOUT_AN_ITEM: &str = "Check the bureau's answer";

fn tasks(dice: &mut Dice, client_id: i64, as_of: Date, enrolled: Date) -> Vec<(Option<usize>, Record)> {
    const TASKS: [(&str, &str); 5] = [
        ("Call the client", "Ask whether the letters were reviewed"),
        ("Ask for a proof of address", "The one on file is too old or missing"),
        ("Review the letters", "Before they go out"),
        (ABOUT_AN_ITEM, "Compare it with the report"),
        ("Explain the next round", "The client asked what happens now"),
    ];
    // Of every client another item, without a draw, so that what is drawn after stays as it is.
    let item = usize::try_from(client_id).unwrap_or_default();
    let count = dice.pick_weighted(&[(35, 0), (40, 1), (25, 2_u64)]);
    (0..count)
        .map(|_| {
            let (name, description) = dice.pick(&TASKS);
            let made = day_between(dice, enrolled, as_of);
            let due = plus_days(made, dice.between(1, 10));
            let status = if due < as_of && dice.chance(80) { "completed" } else { "open" };
            let step = dice.chance(30).then(|| dice.pick(&workflows::TASK_STEPS));
            let (made, due) = (instant(made, dice), instant(due, dice));
            let task = record(json!({
                "client_id": client_id,
                "name": name,
                "description": description,
                "status": status,
                "due_date": due,
                "resource_type": "client",
                "resource_id": client_id.to_string(),
                "author_id": dice.between(1, users::WRITERS),
                "workflow_step_id": step,
                "created_at": made,
                "updated_at": made,
            }));
            ((name == ABOUT_AN_ITEM).then_some(item), task)
        })
        .collect()
}

/// One when the client was enrolled and one with the latest headers, which carries their name.
fn reports(dice: &mut Dice, owner: &Owner, headers: &[Record]) -> Vec<Record> {
    let Some(header) = headers.first() else { return Vec::new() };
    let first = format!("RPT_{}", dice.digits(8));
    let pulls = [(first, "created_at", 0), (owner.report_id.clone(), "updated_at", 1)];
    let pull = |(report_id, when, pull): (String, &str, i64)| {
        let pulled = stored::text(header, when);
        let day: String = pulled.chars().take(10).collect();
        record(json!({
            "client_id": owner.client_id,
            "internal_client_key": owner.internal_client_key,
            "client_key": owner.client_key,
            "vendor": "Array",
            "bureau": credit_reports::THREE_BUREAUS,
            "report_id": report_id,
            "report_date": day,
            "modified_date": pulled,
            "pull": pull,
            "created_at": pulled,
            "updated_at": pulled,
        }))
    };
    pulls.into_iter().map(pull).collect()
}
