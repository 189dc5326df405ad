import type {
  AddresseeRow,
  AgreementState,
  BureauCode,
  ClientCard,
  FurnisherRow,
  ItemRow,
  PostalLines,
  PrepareLetters,
  RecipientChoice,
} from "../host/bindings";
import { BUREAUS, bureauName } from "./bureaus";
import { plural } from "./format";

/**
 * What the agent has chosen for one client before any letter exists. It lives in memory for the session.
 * No reason and no recipient is ever chosen for the agent.
 */
export interface DisputeDraft {
  /** Chosen item -> its reason; `null` until the agent picks one. */
  items: ReadonlyMap<string, string | null>;
  bureaus: ReadonlySet<BureauCode>;
  furnishers: readonly FurnisherDraft[];
  addressees: readonly AddresseeDraft[];
  templateId: string | null;
  /** Documents that go with every letter, in order. */
  enclosures: readonly string[];
  /** Why letters are prepared without a signed agreement; `null` while that is not asked for. */
  unsignedOverride: string | null;
}

export interface FurnisherDraft {
  id: string;
  name: string;
  fax: string;
  /** As typed. All four parts empty means that there is none and the letter is for fax. */
  address: PostalLines;
  /** Chosen items that go into its letter; `null` takes those that carry its name. */
  itemIds: readonly string[] | null;
}

export interface AddresseeDraft extends AddresseeRow {
  /** Chosen items that go into its letter; `null` takes all of them. */
  itemIds: readonly string[] | null;
}

export type DraftChange =
  | { type: "choose"; itemIds: readonly string[]; chosen: boolean }
  | { type: "choose-again"; items: DisputeDraft["items"] }
  | { type: "reason"; itemIds: readonly string[]; reasonId: string }
  | { type: "bureau"; bureau: BureauCode }
  | { type: "furnisher-add"; furnisher: FurnisherRow }
  | { type: "furnisher-remove"; id: string }
  | { type: "furnisher-address"; id: string; address: PostalLines }
  | { type: "furnisher-items"; id: string; itemIds: readonly string[] | null }
  | { type: "addressee-add"; addressee: AddresseeRow }
  | { type: "addressee-remove"; id: string }
  | { type: "addressee-items"; id: string; itemIds: readonly string[] | null }
  | { type: "template"; templateId: string | null }
  | { type: "enclose"; documentIds: readonly string[] }
  | { type: "override"; reason: string | null }
  | { type: "prepared"; failed: readonly number[]; sent: PrepareLetters };

export const NO_ADDRESS: PostalLines = { street: "", city: "", state: "", zip: "" };

export function emptyDraft(templateId: string | null = null): DisputeDraft {
  return {
    items: new Map(),
    bureaus: new Set(),
    furnishers: [],
    addressees: [],
    templateId,
    enclosures: [],
    unsignedOverride: null,
  };
}

export function changeDraft(draft: DisputeDraft, change: DraftChange): DisputeDraft {
  switch (change.type) {
    case "choose": {
      const items = new Map(draft.items);
      for (const id of change.itemIds) {
        if (change.chosen) {
          items.set(id, items.get(id) ?? null);
        } else {
          items.delete(id);
        }
      }
      return { ...draft, items };
    }
    case "choose-again":
      // With the reasons that they had; what was chosen since stays as it is.
      return { ...draft, items: new Map([...change.items, ...draft.items]) };
    case "reason": {
      const items = new Map(draft.items);
      for (const id of change.itemIds) {
        items.set(id, change.reasonId);
      }
      return { ...draft, items };
    }
    case "bureau": {
      const bureaus = new Set(draft.bureaus);
      if (!bureaus.delete(change.bureau)) {
        bureaus.add(change.bureau);
      }
      return { ...draft, bureaus };
    }
    case "furnisher-add":
      if (draft.furnishers.some(({ id }) => id === change.furnisher.id)) {
        return draft;
      }
      return { ...draft, furnishers: [...draft.furnishers, furnisherDraft(change.furnisher)] };
    case "furnisher-remove":
      return { ...draft, furnishers: draft.furnishers.filter(({ id }) => id !== change.id) };
    case "furnisher-address":
      return withFurnisher(draft, change.id, { address: change.address });
    case "furnisher-items":
      return withFurnisher(draft, change.id, { itemIds: change.itemIds });
    case "addressee-add": {
      // The same name again is the same party with what was typed last.
      const known = draft.addressees.find(({ id }) => id === change.addressee.id);
      const added = { ...change.addressee, itemIds: known?.itemIds ?? null };
      return {
        ...draft,
        addressees: known
          ? draft.addressees.map((one) => (one === known ? added : one))
          : [...draft.addressees, added],
      };
    }
    case "addressee-remove":
      return { ...draft, addressees: draft.addressees.filter(({ id }) => id !== change.id) };
    case "addressee-items":
      return {
        ...draft,
        addressees: draft.addressees.map((one) => (one.id === change.id ? { ...one, itemIds: change.itemIds } : one)),
      };
    case "template":
      return { ...draft, templateId: change.templateId };
    case "enclose":
      return { ...draft, enclosures: change.documentIds };
    case "override":
      return { ...draft, unsignedOverride: change.reason };
    case "prepared":
      return afterPreparing(draft, change.sent, change.failed);
  }
}

function furnisherDraft({ id, name, fax, address }: FurnisherRow): FurnisherDraft {
  return { id, name, fax, address: address ?? NO_ADDRESS, itemIds: null };
}

function withFurnisher(draft: DisputeDraft, id: string, part: Partial<FurnisherDraft>): DisputeDraft {
  return {
    ...draft,
    furnishers: draft.furnishers.map((furnisher) => (furnisher.id === id ? { ...furnisher, ...part } : furnisher)),
  };
}

/** Letters that worked are done with. What failed stays chosen, so that preparing again writes nothing twice. */
function afterPreparing(draft: DisputeDraft, sent: PrepareLetters, failed: readonly number[]): DisputeDraft {
  if (failed.length === 0) {
    return emptyDraft(draft.templateId);
  }
  const parties = failed.flatMap((index) => sent.recipients[index]?.party ?? []);
  return {
    ...draft,
    bureaus: new Set(parties.flatMap((party) => (party.kind === "bureau" ? party.bureau : []))),
    furnishers: draft.furnishers.filter(({ id }) =>
      parties.some((party) => party.kind === "furnisher" && party.furnisherId === id),
    ),
    addressees: draft.addressees.filter(({ id }) =>
      parties.some((party) => party.kind === "addressee" && party.addresseeId === id),
    ),
  };
}

/** Chosen items in the order of the table, which is their order in the letters. Excluded items never get in. */
export function chosenItems(draft: DisputeDraft, items: readonly ItemRow[]): ItemRow[] {
  return items.filter((item) => draft.items.has(item.id) && !item.excluded);
}

/** The chosen items that a bureau's letter disputes: its own, and those whose bureau is not known yet. */
export function itemsForBureau(bureau: BureauCode, chosen: readonly ItemRow[]): ItemRow[] {
  return chosen.filter((item) => item.bureau === bureau || item.bureau === null);
}

/** The chosen items that a furnisher's letter disputes. */
export function itemsForFurnisher(furnisher: FurnisherDraft, chosen: readonly ItemRow[]): ItemRow[] {
  const { id, itemIds } = furnisher;
  return chosen.filter((item) => (itemIds ? itemIds.includes(item.id) : item.furnisherId === id));
}

/** The chosen items that a letter to another address disputes. */
export function itemsForAddressee({ itemIds }: AddresseeDraft, chosen: readonly ItemRow[]): ItemRow[] {
  return chosen.filter(({ id }) => itemIds?.includes(id) ?? true);
}

/** None, all that mail needs, or something between. */
export function addressState(address: PostalLines): "none" | "partial" | "complete" {
  const filled = [address.street, address.city, address.state, address.zip].filter((part) => part.trim() !== "").length;
  return filled === 0 ? "none" : filled === 4 ? "complete" : "partial";
}

export interface MissingPiece {
  id: string;
  /** What is missing and how to supply it. */
  text: string;
}

/** Whether letters are prepared only with an explanation. One that can still be cancelled is signed: its letters wait at the gate. */
export function needsOverride(agreement: AgreementState): boolean {
  return agreement === "unsigned" || agreement === "unknown";
}

/** What keeps letters from being prepared, in the order the desk asks for it. Empty means that `G` works. */
export function missingPieces(
  draft: DisputeDraft,
  chosen: readonly ItemRow[],
  client: Pick<ClientCard, "mailingComplete"> & { row: { agreement: AgreementState } },
): MissingPiece[] {
  const missing: MissingPiece[] = [];
  const add = (id: string, text: string) => missing.push({ id, text });

  if (chosen.length === 0) {
    add("items", "Choose at least one item.");
  }
  const bare = chosen.filter((item) => !draft.items.get(item.id)).length;
  if (bare > 0) {
    add("reasons", `Pick a reason for ${plural(bare, "item")}. None is chosen for you.`);
  }
  if (draft.bureaus.size + draft.furnishers.length + draft.addressees.length === 0) {
    add("recipients", "Choose who gets a letter.");
  } else if (chosen.length > 0 && recipientChoices(draft, chosen).length === 0) {
    add("matching", "None of these recipients reports a chosen item. Choose another recipient or item.");
  }
  for (const furnisher of draft.furnishers) {
    if (addressState(furnisher.address) === "partial") {
      add(`address-${furnisher.id}`, `Complete the address of ${furnisher.name}, or clear it to prepare for fax.`);
    } else if (addressState(furnisher.address) === "none" && furnisher.fax === "") {
      add(`address-${furnisher.id}`, `${furnisher.name} has no fax number: enter its postal address.`);
    }
  }
  if (!draft.templateId) {
    add("template", "Pick a template.");
  }
  if (!client.mailingComplete) {
    add("mailing", "The client's mailing address is incomplete. Complete it in the portal, then sync.");
  }
  if (needsOverride(client.row.agreement) && !draft.unsignedOverride?.trim()) {
    add("agreement", "No signed agreement: have it signed, or say why letters are prepared without it.");
  }
  return missing;
}

/** Who will really get a letter: recipients with at least one chosen item. */
export function recipientChoices(draft: DisputeDraft, chosen: readonly ItemRow[]): RecipientChoice[] {
  const bureaus = BUREAUS.filter(({ code }) => draft.bureaus.has(code) && itemsForBureau(code, chosen).length > 0).map(
    ({ code }): RecipientChoice => ({ party: { kind: "bureau", bureau: code }, itemIds: null }),
  );
  const furnishers = draft.furnishers
    .map((furnisher) => ({ furnisher, items: itemsForFurnisher(furnisher, chosen) }))
    .filter(({ items }) => items.length > 0)
    .map(
      ({ furnisher, items }): RecipientChoice => ({
        party: {
          kind: "furnisher",
          furnisherId: furnisher.id,
          address: addressState(furnisher.address) === "complete" ? furnisher.address : null,
        },
        itemIds: furnisher.itemIds ? items.map(({ id }) => id) : null,
      }),
    );
  const addressees = draft.addressees
    .map((addressee) => ({ addressee, items: itemsForAddressee(addressee, chosen) }))
    .filter(({ items }) => items.length > 0)
    .map(
      ({ addressee, items }): RecipientChoice => ({
        party: { kind: "addressee", addresseeId: addressee.id },
        itemIds: addressee.itemIds ? items.map(({ id }) => id) : null,
      }),
    );
  return [...bureaus, ...furnishers, ...addressees];
}

/** Recipients that were chosen but report none of the chosen items: no letter is written to them. */
export function recipientsWithoutItems(draft: DisputeDraft, chosen: readonly ItemRow[]): string[] {
  return [
    ...[...draft.bureaus].filter((code) => itemsForBureau(code, chosen).length === 0).map(bureauName),
    ...draft.furnishers.filter((one) => itemsForFurnisher(one, chosen).length === 0).map(({ name }) => name),
    ...draft.addressees.filter((one) => itemsForAddressee(one, chosen).length === 0).map(({ name }) => name),
  ];
}

/** What to ask of the desk, or `null` while a piece is missing. */
export function prepareRequest(
  draft: DisputeDraft,
  chosen: readonly ItemRow[],
  client: ClientCard,
): PrepareLetters | null {
  if (!draft.templateId || missingPieces(draft, chosen, client).length > 0) {
    return null;
  }
  const items = chosen.flatMap(({ id }) => {
    const reasonId = draft.items.get(id);
    return reasonId ? [{ itemId: id, reasonId }] : [];
  });
  return {
    clientId: client.row.id,
    templateId: draft.templateId,
    items,
    recipients: recipientChoices(draft, chosen),
    unsignedOverride: needsOverride(client.row.agreement) ? (draft.unsignedOverride?.trim() ?? null) : null,
    enclosures: [...draft.enclosures],
  };
}
