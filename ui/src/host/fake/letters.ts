import { bureauName } from "../../lib/bureaus";
import type {
  ItemRow,
  LetterReview,
  LetterReword,
  LetterRow,
  LetterText,
  PostalLines,
  PrepareLetters,
  PrepareProblem,
  PreparedLetters,
  Problem,
  RecipientChoice,
  Why,
} from "../bindings";
import type { FakeAddressees } from "./addressees";
import { BUREAU_ADDRESSES, BUREAU_FAXES, FURNISHERS, REASONS, TEMPLATES } from "./library";
import { makePdf } from "./pdf";
import { makeCard, makeItems } from "./people";

interface Kept {
  row: LetterRow;
  itemIds: readonly string[];
  why: Why;
  pdf: Uint8Array;
  text: LetterText;
}

/** What every letter of a made-up desk says. */
const TEXT =
  '<p>To whom it may concern,</p><p>I looked at my <strong>credit report</strong> and found items that are not correct. Under <em>15 U.S.C. § 1681i</em>, I ask you to reinvestigate them:</p>' +
  "<letter-items></letter-items><ul><li><div>Delete what you cannot verify.</div></li><li><div>Send me the results in writing.</div></li></ul>" +
  '<p style="margin-left: 18.0pt">Enclosures: copy of identification, proof of address</p><p>Sincerely,</p><letter-signature></letter-signature>';

/** The letters of a made-up desk: prepared as the real one does, with its refusals. */
export class FakeLetters {
  private kept: Kept[] = [];
  private next = 1;

  private readonly now: () => Date;
  private readonly addressees: FakeAddressees;

  constructor(now: () => Date, addressees: FakeAddressees) {
    this.now = now;
    this.addressees = addressees;
  }

  rows(clientId: string | null, discarded: boolean): LetterRow[] {
    return this.kept
      .map(({ row }) => row)
      .filter((row) => (clientId === null || row.clientId === clientId) && (discarded || row.stage !== "discarded"))
      .toReversed();
  }

  /** How many standing letters dispute an item. */
  disputing(itemId: string): number {
    return this.kept.filter(({ row, itemIds }) => row.stage !== "discarded" && itemIds.includes(itemId)).length;
  }

  find(id: string): Kept | undefined {
    return this.kept.find(({ row }) => row.id === id);
  }

  change(ids: readonly string[], part: Partial<LetterRow>): LetterRow[] {
    this.kept = this.kept.map((kept) => (ids.includes(kept.row.id) ? { ...kept, row: { ...kept.row, ...part } } : kept));
    return this.kept.map(({ row }) => row).filter(({ id }) => ids.includes(id));
  }

  /** Records how the client reviewed letters, or takes that back. */
  review({ ids, channel, on }: LetterReview, by: string): LetterRow[] {
    const day = on ?? this.now().toISOString().slice(0, 10);
    return this.change(ids, { review: channel ? { channel, on: day, by } : null });
  }

  /** Gives a letter another text, or the one that it was made with. */
  reword({ id, text }: LetterReword, by: string): LetterRow | undefined {
    const at = text === null ? null : this.now().toISOString();
    this.kept = this.kept.map((kept) => {
      if (kept.row.id !== id) {
        return kept;
      }
      const lines = (text ?? TEXT).replaceAll(/<[^>]+>/g, "\n").split("\n").filter((line) => line.trim() !== "");
      return {
        ...kept,
        row: { ...kept.row, rewordedAt: at, review: null },
        why: { ...kept.why, reworded: at === null ? null : { at, by } },
        text: { text: text ?? TEXT, made: text === null ? null : TEXT, changedAt: at, changedBy: at === null ? null : by },
        pdf: makePdf([[kept.row.recipientName, "", ...lines]]),
      };
    });
    return this.find(id)?.row;
  }

  prepare(take: PrepareLetters, author: string): PreparedLetters {
    const letters: LetterRow[] = [];
    const problems: PrepareProblem[] = [];
    for (const [recipient, choice] of take.recipients.entries()) {
      const made = this.write(take, choice, author);
      if ("code" in made) {
        problems.push({ recipient, recipientName: this.party(choice).name, problem: made });
      } else {
        this.kept.push(made);
        letters.push(made.row);
      }
    }
    return { letters, problems };
  }

  private party({ party }: RecipientChoice): { name: string; fax: string; address: PostalLines | null } {
    switch (party.kind) {
      case "bureau": {
        const address = BUREAU_ADDRESSES.find(({ bureau }) => bureau === party.bureau)?.address ?? null;
        return { name: bureauName(party.bureau), fax: BUREAU_FAXES[party.bureau] ?? "", address };
      }
      case "furnisher": {
        const known = FURNISHERS.find(({ id }) => id === party.furnisherId);
        return { name: known?.name ?? "Unknown furnisher", fax: known?.fax ?? "", address: party.address };
      }
      case "addressee":
        return this.addressees.find(party.addresseeId) ?? { name: "Unknown address", fax: "", address: null };
    }
  }

  private write(take: PrepareLetters, choice: RecipientChoice, author: string): Kept | Problem {
    const index = Number(take.clientId) - 1000;
    const card = makeCard(index);
    const items = makeItems(index).filter(
      (item) => take.items.some(({ itemId }) => itemId === item.id) && belongs(item, choice),
    );
    const { name, fax, address } = this.party(choice);
    if (items.length === 0) {
      return { code: "no_items_for_recipient", message: `${name} reports none of the chosen items. Choose one of its items, or take it off.` };
    }
    const template = TEMPLATES.find(({ id }) => id === take.templateId);
    const reasons = items.map((item): [string, string] => [
      item.accountName,
      REASONS.find(({ id }) => id === take.items.find(({ itemId }) => itemId === item.id)?.reasonId)?.name ?? "",
    ]);
    const pages = items.length > 2 ? 2 : 1;
    const id = `letter-${this.next}`;
    this.next += 1;
    const at = this.now().toISOString();
    return {
      row: {
        id,
        clientId: take.clientId,
        clientName: card.row.name,
        recipientName: name,
        bureau: choice.party.kind === "bureau" ? choice.party.bureau : null,
        faxOnly: !address,
        faxNumber: fax || null,
        dated: at.slice(0, 10),
        pages: pages + take.enclosures.length,
        enclosures: take.enclosures.length,
        stage: "prepared",
        preparedAt: at,
        printedAt: null,
        templateName: template?.name ?? "Unknown template",
        items: items.map(({ accountName }) => accountName),
        window: address ? { x: 0.875, y: 2.375, width: 4.5, height: 1.125 } : null,
        findings: [],
        review: null,
        rewordedAt: null,
        sentOn: null,
      },
      itemIds: items.map((item) => item.id),
      why: {
        templateName: template?.name ?? "Unknown template",
        templateHash: "4be1".repeat(16),
        seed: items.map((item) => item.id).join(" "),
        dataHash: "90aa".repeat(16),
        pdfHash: "c3d7".repeat(16),
        engine: "letters 0.1.0",
        author,
        items: reasons,
        unsignedOverride: take.unsignedOverride,
        enclosures: take.enclosures.map((document): [string, string] => [`Document ${document}`, "7f0e".repeat(16)]),
        review: null,
        overrides: [],
        releases: [],
        reworded: null,
        fonts: ["LiberationSerif", "LiberationSerif-Bold"],
      },
      text: { text: TEXT, made: null, changedAt: null, changedBy: null },
      pdf: makePdf(
        [
          [
            name,
            ...(address ? [address.street, `${address.city}, ${address.state} ${address.zip}`] : ["By fax"]),
            "",
            "",
            card.row.name,
            "",
            "I dispute the following items and ask you to reinvestigate them:",
            "",
            ...reasons.flatMap(([account, reason]) => [account, `    ${reason}`]),
          ],
          ["Enclosures: copy of identification, proof of address", "", "Sincerely,", "", card.row.name],
        ]
          .slice(0, pages)
          .concat(take.enclosures.map((document) => [`Enclosed: document ${document}`])),
      ),
    };
  }
}

function belongs(item: ItemRow, choice: RecipientChoice): boolean {
  if (choice.itemIds) {
    return choice.itemIds.includes(item.id);
  }
  const { party } = choice;
  switch (party.kind) {
    case "bureau":
      return item.bureau === party.bureau || item.bureau === null;
    case "furnisher":
      return item.furnisherId === party.furnisherId;
    case "addressee":
      return true;
  }
}
