//! The tree of a letter's meaning, as a tagged PDF holds it.

use super::Content;
use super::drawing::Owner;
use crate::tags::{Element, Tag, TagId};
use lopdf::{Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// A picture's place on its page.
struct Place([f32; 4]);

impl Place {
    fn attribute(&self) -> Object {
        let bounds: Vec<Object> = self.0.map(Object::Real).into();
        Object::Dictionary(dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => bounds })
    }
}

/// Adds the tree, and to every page its way back into it; answers the tree's id.
pub(super) fn add(
    pdf: &mut Document,
    content: &Content<'_>,
    inside: &[Vec<Owner>],
    pages: &[ObjectId],
) -> lopdf::Result<ObjectId> {
    let elements = content.tags.all();
    let levels = levels(elements);
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = elements.iter().map(|_| pdf.new_object_id()).collect();
    let id_of = |tag: TagId| ids.get(tag.0 as usize).copied();

    // What each element holds: its children, and numbered content with the page it is on.
    let mut children: Vec<Vec<Object>> = vec![Vec::new(); elements.len()];
    for (element, id) in elements.iter().zip(&ids) {
        if let Some(children) = children.get_mut(element.parent.0 as usize) {
            children.push(Object::Reference(*id));
        }
    }
    let mut held: BTreeMap<TagId, Vec<(ObjectId, i64)>> = BTreeMap::new();
    let mut places: BTreeMap<TagId, Place> = BTreeMap::new();
    let mut figures = Vec::new();
    let mut parents = Vec::new();
    for ((page, owners), key) in pages.iter().zip(inside).zip(0_i64..) {
        let mut back = Vec::with_capacity(owners.len());
        for (owner, number) in owners.iter().zip(0_i64..) {
            match owner {
                Owner::Element(tag, place) => {
                    held.entry(*tag).or_default().push((*page, number));
                    if let Some(place) = place {
                        places.insert(*tag, Place(*place));
                    }
                    back.push(id_of(*tag).map_or(Object::Null, Object::Reference));
                }
                Owner::Enclosure { index, page: inner, place } => {
                    let name = content.enclosed.get(*index).map_or("", |enclosed| enclosed.name.as_str());
                    let name = if name.is_empty() { String::new() } else { format!(": {name}") };
                    let words = format!("Enclosure {}{name}, page {}", index + 1, inner + 1);
                    let figure = pdf.add_object(dictionary! {
                        "S" => "Figure",
                        "P" => ids.first().copied().map_or(Object::Null, Object::Reference),
                        "Alt" => super::text(&words),
                        "A" => Place(*place).attribute(),
                        "Pg" => *page,
                        "K" => number,
                    });
                    figures.push(Object::Reference(figure));
                    back.push(Object::Reference(figure));
                }
            }
        }
        parents.push(Object::Integer(key));
        parents.push(Object::Array(back));
        let page = pdf.get_dictionary_mut(*page)?;
        page.set("StructParents", key);
        page.set("Tabs", "S");
    }
    if let Some(document) = children.first_mut() {
        document.append(&mut figures);
    }
    for (((element, id), kids), tag) in
        elements.iter().zip(&ids).zip(children).zip(0..).map(|(rest, n)| (rest, TagId(n)))
    {
        let mut dictionary = dictionary! {
            "S" => match element.tag {
                Tag::Heading(level) => Tag::Heading(levels.get(&level).copied().unwrap_or(level)).name(),
                tag => tag.name(),
            },
            "P" => id_of(element.parent).unwrap_or(root),
        };
        if let Some(words) = &element.alt {
            dictionary.set("Alt", super::text(words));
        }
        match attribute(element) {
            Some(attribute) => dictionary.set("A", attribute),
            None => {
                if let Some(place) = places.get(&tag) {
                    dictionary.set("A", place.attribute());
                }
            }
        }
        let numbers = held.get(&tag).map_or(&[][..], Vec::as_slice);
        let on_one_page =
            numbers.windows(2).all(|pair| pair.first().map(|(page, _)| page) == pair.last().map(|(page, _)| page));
        let mut kids = kids;
        if let (Some((page, _)), true) = (numbers.first(), on_one_page) {
            dictionary.set("Pg", *page);
            kids.splice(0..0, numbers.iter().map(|(_, number)| Object::Integer(*number)));
        } else {
            let content = numbers.iter().map(|(page, number)| {
                Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => *number })
            });
            kids.splice(0..0, content);
        }
        match kids.len() {
            0 => {}
            1 => dictionary.set("K", kids.remove(0)),
            _ => dictionary.set("K", kids),
        }
        pdf.objects.insert(*id, Object::Dictionary(dictionary));
    }
    let tree = pdf.add_object(dictionary! { "Nums" => parents });
    let document = ids.first().copied().map_or(Object::Null, Object::Reference);
    let next = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let root_dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => document,
        "ParentTree" => tree,
        "ParentTreeNextKey" => next,
    };
    pdf.objects.insert(root, Object::Dictionary(root_dictionary));
    Ok(root)
}

/// What readers must know of an element beyond its name.
fn attribute(element: &Element) -> Option<Object> {
    let span = i64::from(element.span);
    let attribute = match element.tag {
        Tag::HeaderCell if span > 1 => dictionary! { "O" => "Table", "Scope" => "Column", "ColSpan" => span },
        Tag::HeaderCell => dictionary! { "O" => "Table", "Scope" => "Column" },
        Tag::Cell if span > 1 => dictionary! { "O" => "Table", "ColSpan" => span },
        Tag::List => dictionary! { "O" => "List", "ListNumbering" => element.numbering.unwrap_or("None") },
        _ => return None,
    };
    Some(Object::Dictionary(attribute))
}

/// Heading levels without gaps, as the standard asks: a letter whose only headings are of level 3 has level 1.
fn levels(elements: &[Element]) -> BTreeMap<u8, u8> {
    let mut used: Vec<u8> = elements
        .iter()
        .filter_map(|element| match element.tag {
            Tag::Heading(level) => Some(level),
            _ => None,
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    used.into_iter().zip(1..).collect()
}
