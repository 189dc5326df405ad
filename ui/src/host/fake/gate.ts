import { bureauName } from "../../lib/bureaus";
import { date } from "../../lib/format";
import type {
  ClientCard,
  ExclusionAdd,
  ExclusionKind,
  ExclusionRow,
  FollowUpRow,
  GateFinding,
  GateMedium,
  GateOverride,
  GatePlace,
  GateRule,
  GateRuleRow,
  GateSeverity,
  ItemRow,
  LetterChecked,
  LetterOverride,
  LetterRow,
} from "../bindings";

/** The rules as the real desk weighs them when the deployment says nothing. */
export const GATE_TABLE: readonly GateRuleRow[] = [
  rule("agreement_unsigned", "Agreement not signed", "block"),
  rule("agreement_cancellable", "Agreement can still be cancelled", "block", ["cancellation_days", 3, "business days"]),
  rule("item_excluded", "Item excluded from disputes", "block"),
  rule("late_payment_excluded", "Late payment excluded", "warn"),
  rule("dispute_open", "Dispute still open", "block"),
  rule("number_exposed", "Social Security number", "block"),
  rule("address_outside_window", "Address outside the window", "warn"),
  rule("fax_too_long", "Fax too long", "block", ["fax_pages", 30, "pages at most"]),
  rule("review_missing", "Client review not recorded", "warn"),
  rule("identity_missing", "Proof of identity", "warn", ["identity_days", 0, "days at most"]),
  rule("address_proof_missing", "Proof of address", "warn", ["address_proof_days", 60, "days at most"]),
  rule("printed_before", "Printed before", "warn"),
  rule("repeated", "Sent before, nothing new", "warn"),
  rule("alike", "Wording of another letter", "warn", ["alike_percent", 90, "percent or more"]),
  rule("furnisher_exempt", "Furnisher may not have to answer", "warn"),
  rule("stale", "Changed since it was written", "warn"),
  rule("wording", "Left out of the letter", "warn"),
];

function rule(code: GateRule, title: string, severity: GateSeverity, limit?: [name: string, value: number, unit: string]): GateRuleRow {
  const [name, value, unit] = limit ?? [];
  return {
    rule: code,
    title,
    severity,
    limit: name !== undefined && value !== undefined && unit !== undefined ? { name, value, unit } : null,
  };
}

/** What a letter is looked at with. */
export interface Looked {
  letter: LetterRow;
  client: ClientCard;
  /** Its items as they are now, exclusions applied. */
  items: readonly ItemRow[];
  /** Answers of its recipient that are awaited. */
  awaited: readonly FollowUpRow[];
  medium: GateMedium;
}

/** The gate of a made-up desk: the rules that made-up people can break. */
export class FakeGate {
  private readonly now: () => Date;
  private readonly agent: () => string;
  private exclusions: (ExclusionRow & { clientId: string })[] = [];
  private next = 1;
  private readonly overrides = new Map<string, GateOverride>();

  constructor(now: () => Date, agent: () => string) {
    this.now = now;
    this.agent = agent;
  }

  excluded(clientId: string): ExclusionRow[] {
    return this.exclusions.filter((row) => row.clientId === clientId).map(({ id, what, reason, at, by }) => ({ id, what, reason, at, by }));
  }

  exclude({ clientId, what, reason }: ExclusionAdd): ExclusionRow {
    const row = { id: `exclusion-${this.next}`, what, reason, at: this.now().toISOString(), by: this.agent() };
    this.next += 1;
    this.exclusions = [...this.exclusions, { ...row, clientId }];
    return row;
  }

  include(id: string): void {
    this.exclusions = this.exclusions.filter((row) => row.id !== id);
  }

  /** An item with what this desk excludes. */
  applied(clientId: string, item: ItemRow): ItemRow {
    const mine = this.excluded(clientId);
    const whole = mine.find(({ what }) => covers(what, item));
    const payments = mine.flatMap(({ what }) => (what.kind === "late_payment" && what.itemId === item.id ? [what.payment] : []));
    return {
      ...item,
      excluded: item.excluded || whole !== undefined,
      excludedBecause: item.excludedBecause ?? (whole ? because(whole) : null),
      excludedPayments: payments,
    };
  }

  override({ letterId, rule: code, subject, reason }: LetterOverride): void {
    const key = `${letterId} ${code} ${subject}`;
    if (reason === null) {
      this.overrides.delete(key);
    } else {
      this.overrides.set(key, { reason, at: this.now().toISOString(), by: this.agent() });
    }
  }

  overridesOf(letterId: string): (GateOverride & { title: string })[] {
    return [...this.overrides].flatMap(([key, override]) => {
      const [letter, code] = key.split(" ");
      return letter === letterId ? [{ ...override, title: GATE_TABLE.find((row) => row.rule === code)?.title ?? "" }] : [];
    });
  }

  check(looked: Looked): LetterChecked {
    const letterId = looked.letter.id;
    const findings = found(looked).map(({ code, subject, message, place }): GateFinding => {
      const row = GATE_TABLE.find((one) => one.rule === code);
      return {
        rule: code,
        title: row?.title ?? code,
        severity: row?.severity ?? "warn",
        subject,
        message,
        place,
        overridden: this.overrides.get(`${letterId} ${code} ${subject}`) ?? null,
      };
    });
    return { letterId, findings, blocked: findings.some(({ severity, overridden }) => severity === "block" && overridden === null) };
  }
}

interface Found {
  code: GateRule;
  subject: string;
  message: string;
  place: GatePlace;
}

function found({ letter, client, items, awaited, medium }: Looked): Found[] {
  const all: Found[] = [];
  const add = (code: GateRule, message: string, place: GatePlace, subject = "") => all.push({ code, subject, message, place });
  const { agreement } = client.row;
  if (agreement === "unsigned" || agreement === "unknown") {
    add("agreement_unsigned", "The client has not signed an agreement. No letter may go out before.", { kind: "agreement" });
  }
  if (agreement === "cancellable") {
    add("agreement_cancellable", "The agreement can be cancelled for three business days. Send the letter after them.", { kind: "agreement" });
  }
  for (const item of items) {
    const place: GatePlace = { kind: "item", itemId: item.id };
    if (item.excluded) {
      add("item_excluded", `${item.accountName}: ${item.excludedBecause ?? ""} Write the letter anew without it.`, place, item.id);
    }
    for (const payment of item.excludedPayments) {
      add(
        "late_payment_excluded",
        `${item.accountName}: ${payment} must not be disputed. Make sure that the letter does not speak of it.`,
        place,
        `${item.id} ${payment}`,
      );
    }
    const open = awaited.find((row) => row.letterId !== letter.id && row.items.some(({ itemId, outcome }) => itemId === item.id && outcome === null));
    if (open) {
      add(
        "dispute_open",
        `${item.accountName} was disputed with this recipient on ${date(open.sentOn)}, and the answer is awaited. Record the answer first, or leave the item out.`,
        place,
        `${item.id} ${open.sentOn}`,
      );
    }
  }
  if (!letter.review) {
    add(
      "review_missing",
      "It is not recorded that the client reviewed this letter. Bureaus may ignore letters that the consumer never saw.",
      { kind: "review" },
    );
  }
  if (!client.documents.some(({ kind }) => kind === "id")) {
    add("identity_missing", "There is no proof of identity on file. Ask the client for one.", { kind: "documents" });
  }
  if (!client.documents.some(({ subkind }) => subkind === "utility_bills")) {
    add("address_proof_missing", "There is no proof of address on file. Ask the client for one.", { kind: "documents" });
  }
  if (letter.bureau === null) {
    add(
      "furnisher_exempt",
      "Direct disputes sent by credit-repair firms are excepted by regulation: there is no guaranteed duty to investigate.",
      { kind: "recipient" },
    );
  }
  if ((medium === "fax" && letter.pages > 30) || (medium === "fax_after_cover" && letter.pages > 29)) {
    add("fax_too_long", `The fax has ${letter.pages} pages; 30 is the limit. Leave enclosures out, or mail it.`, { kind: "letter" });
  }
  for (const message of letter.findings) {
    add("wording", message, { kind: "letter" }, message);
  }
  return all;
}

function covers(what: ExclusionKind, item: ItemRow): boolean {
  switch (what.kind) {
    case "item":
      return what.itemId === item.id;
    case "bureau":
      return what.bureau === item.bureau;
    case "creditor":
      return what.name === item.accountName;
    case "late_payment":
      return false;
  }
}

function because({ what, reason, by }: ExclusionRow): string {
  const scope = {
    item: "It is excluded from disputes",
    late_payment: "",
    bureau: `Everything at ${what.kind === "bureau" ? bureauName(what.bureau) : ""} is excluded from disputes`,
    creditor: `Everything of ${what.kind === "creditor" ? what.name : ""} is excluded from disputes`,
  }[what.kind];
  return reason ? `${scope} by ${by}: ${reason}.` : `${scope} by ${by}.`;
}
