import { expect, it } from "vitest";
import type { ClientCard, FurnisherRow, ItemRow } from "../host/bindings";
import { makeCard, makeItems } from "../host/fake/people";
import {
  type DisputeDraft,
  type DraftChange,
  changeDraft,
  chosenItems,
  emptyDraft,
  itemsForBureau,
  missingPieces,
  prepareRequest,
  recipientsWithoutItems,
} from "./dispute-draft";

const CLIENT: ClientCard = makeCard(30);
const ITEMS: ItemRow[] = makeItems(30);
const FURNISHER: FurnisherRow = { id: "500", name: "Capital Harbor Bank", kind: "Original_Creditor", fax: "(800) 555-0110", address: null };

const first = (bureau: string) => ITEMS.find((item) => item.bureau === bureau && !item.excluded)?.id ?? "";
const EQUIFAX = first("equifax");
const EXPERIAN = first("experian");

function draftOf(...changes: DraftChange[]): DisputeDraft {
  return changes.reduce(changeDraft, emptyDraft());
}

const READY: DraftChange[] = [
  { type: "reason", itemIds: [EQUIFAX, EXPERIAN], reasonId: "71" },
  { type: "bureau", bureau: "equifax" },
  { type: "bureau", bureau: "experian" },
  { type: "template", templateId: "31" },
];

it("chooses an item without a reason, and keeps a reason that was picked", () => {
  const draft = draftOf(
    { type: "choose", itemIds: [EQUIFAX], chosen: true },
    { type: "reason", itemIds: [EQUIFAX], reasonId: "71" },
    { type: "choose", itemIds: [EQUIFAX], chosen: true },
  );
  expect(draftOf({ type: "choose", itemIds: [EQUIFAX], chosen: true }).items.get(EQUIFAX)).toBeNull();
  expect(draft.items.get(EQUIFAX)).toBe("71");
});

it("keeps the order of the table, and never an excluded item", () => {
  const all = draftOf({ type: "choose", itemIds: ITEMS.map(({ id }) => id).toReversed(), chosen: true });
  expect(chosenItems(all, ITEMS)).toEqual(ITEMS.filter(({ excluded }) => !excluded));
});

it("counts an item of an unknown bureau for every bureau", () => {
  const [item] = ITEMS;
  const unknown = item ? [{ ...item, bureau: null }] : [];
  expect(itemsForBureau("equifax", unknown)).toHaveLength(1);
  expect(itemsForBureau("transunion", unknown)).toHaveLength(1);
});

it("asks for one letter to each recipient that reports a chosen item", () => {
  const draft = draftOf(...READY, { type: "bureau", bureau: "transunion" });
  const chosen = chosenItems(draft, ITEMS);
  expect(recipientsWithoutItems(draft, chosen)).toEqual(["TransUnion"]);
  expect(prepareRequest(draft, chosen, CLIENT)?.recipients).toEqual([
    { party: { kind: "bureau", bureau: "equifax" }, itemIds: null },
    { party: { kind: "bureau", bureau: "experian" }, itemIds: null },
  ]);
});

it("asks for nothing while a reason is missing", () => {
  const draft = draftOf(...READY, { type: "choose", itemIds: [first("transunion")], chosen: true });
  const chosen = chosenItems(draft, ITEMS);
  expect(missingPieces(draft, chosen, CLIENT).map(({ id }) => id)).toEqual(["reasons"]);
  expect(prepareRequest(draft, chosen, CLIENT)).toBeNull();
});

it("sends a furnisher's address only when it is whole", () => {
  const whole = { street: "1 Plaza", city: "Boston", state: "MA", zip: "02110" };
  const base: DraftChange[] = [...READY.slice(0, 1), { type: "template", templateId: "31" }, { type: "furnisher-add", furnisher: FURNISHER }];
  const none = draftOf(...base);
  const some = draftOf(...base, { type: "furnisher-address", id: "500", address: { ...whole, zip: " " } });
  const full = draftOf(...base, { type: "furnisher-address", id: "500", address: whole });
  const party = (draft: DisputeDraft) => prepareRequest(draft, chosenItems(draft, ITEMS), CLIENT)?.recipients[0]?.party;
  expect(party(none)).toEqual({ kind: "furnisher", furnisherId: "500", address: null });
  expect(party(some)).toBeUndefined();
  expect(party(full)).toEqual({ kind: "furnisher", furnisherId: "500", address: whole });
});

it("needs a reason to go on without a signed agreement, and blank is none", () => {
  const unsigned: ClientCard = { ...CLIENT, row: { ...CLIENT.row, agreement: "unsigned" } };
  const blank = draftOf(...READY, { type: "override", reason: "  " });
  const said = draftOf(...READY, { type: "override", reason: " signed on paper " });
  expect(missingPieces(blank, chosenItems(blank, ITEMS), unsigned).map(({ id }) => id)).toEqual(["agreement"]);
  expect(prepareRequest(said, chosenItems(said, ITEMS), unsigned)?.unsignedOverride).toBe("signed on paper");
  // A signed client's letters carry no override, whatever was typed before it was signed.
  expect(prepareRequest(said, chosenItems(said, ITEMS), CLIENT)?.unsignedOverride).toBeNull();
});

it("keeps only what failed after preparing", () => {
  const draft = draftOf(...READY, { type: "furnisher-add", furnisher: FURNISHER });
  const sent = prepareRequest(draft, chosenItems(draft, ITEMS), CLIENT);
  if (!sent) {
    throw new Error("Nothing to send");
  }
  const failed = changeDraft(draft, { type: "prepared", sent, failed: [1] });
  expect([...failed.bureaus]).toEqual(["experian"]);
  expect(failed.furnishers).toEqual([]);
  expect(failed.items.size).toBe(2);

  const done = changeDraft(draft, { type: "prepared", sent, failed: [] });
  expect(done).toEqual(emptyDraft("31"));
});
