import type { AgreementState, ClientCard, ClientRow, ItemRow } from "../bindings";
import { pick, seeded } from "./random";

const GIVEN = "María José Łukasz Zoë Đặng Minh Anna Ольга Иван Aisha Omar 明 美咲 Chloé François Jürgen Søren Siobhán Nguyễn Thị Grace Marcus Denise Tyrone Priya Rahul Beatriz Kwame Leilani Connor Esther Ahmed".split(" ");
const FAMILY = "García Nuñez Wójcik Müller Trần Nguyễn Петрова Соколов Haddad Al-Amin 王 田中 Lefèvre Dubois Schröder Sørensen O’Brien Johnson Williams Okafor Patel Sharma Silva Mensah Kealoha Murphy Goldberg Washington Ramírez Kim".split(" ");
const CITIES = [
  ["Miami", "FL", "33101"],
  ["San José", "CA", "95112"],
  ["Houston", "TX", "77002"],
  ["Atlanta", "GA", "30303"],
  ["Chicago", "IL", "60607"],
  ["Phoenix", "AZ", "85004"],
  ["Newark", "NJ", "07102"],
  ["Honolulu", "HI", "96813"],
] as const;
const STREETS = ["Oak St", "Pine Ave", "2nd St", "Martin Luther King Jr Blvd", "Lakeview Dr", "Cañón Rd"];

const CREDITORS = [
  ["Capital Harbor Bank", "Credit Card", false],
  ["Midtown Recovery Partners", "Collection", true],
  ["First Prairie Auto Finance", "Auto Loan", false],
  ["Evergreen Student Lending", "Education Loan", false],
  ["Bluestone Collections", "Collection", true],
  ["Sunrise Retail Card", "Charge Account", false],
  ["Pacific Telecom", "Utility", false],
  ["Granite Mortgage", "Mortgage", false],
] as const;

export const BUREAU_CODES = ["equifax", "experian", "transunion"] as const;

function digits(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 10)).join("");
}

function dollars(cents: number): string {
  return (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
}

function isoDay(random: () => number, from: number, to: number): string {
  const year = from + Math.floor(random() * (to - from + 1));
  const month = 1 + Math.floor(random() * 12);
  const day = 1 + Math.floor(random() * 28);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function itemCount(index: number): number {
  return 3 + (index % 13);
}

export function makeRow(index: number): ClientRow {
  const random = seeded(index * 7919 + 1);
  const given = pick(random, GIVEN);
  const family = pick(random, FAMILY);
  const [city, state] = pick(random, CITIES);
  const agreements: AgreementState[] = ["signed", "signed", "signed", "unsigned", "signed", "unknown"];
  return {
    id: String(1000 + index),
    name: `${given} ${family}`,
    sortedName: `${family}, ${given}`,
    email: `client${index}@example.com`,
    phone: `(${200 + (index % 700)}) 555-${String(1000 + (index % 9000)).slice(-4)}`,
    city,
    state,
    ssnLastFour: index % 37 === 36 ? "" : digits(random, 4),
    items: itemCount(index),
    agreement: index % 12 === 10 ? "cancellable" : (agreements[index % agreements.length] ?? "signed"),
  };
}

export function makeCard(index: number): ClientCard {
  const row = makeRow(index);
  const random = seeded(index * 104_729 + 5);
  const [, , zip] = CITIES.find(([city]) => city === row.city) ?? CITIES[0];
  const complete = index % 9 !== 8;
  return {
    row,
    birthDate: index % 11 === 10 ? null : isoDay(random, 1950, 2003),
    phones: [row.phone],
    mailing: {
      street: complete ? `${100 + (index % 900)} ${pick(random, STREETS)}` : "",
      city: row.city,
      state: row.state,
      zip,
    },
    mailingComplete: complete,
    agreements:
      row.agreement === "signed" || row.agreement === "cancellable"
        ? [{ name: "Service agreement", signedAt: "2024-02-12T15:30:00Z" }]
        : [],
    documents: [
      ...(index % 4 === 3
        ? []
        : [{ kind: "id", subkind: "drive_licence", caption: "Driver licence", createdAt: "2024-02-12T15:31:00Z" }]),
      ...(index % 3 === 2
        ? []
        : [{ kind: "other", subkind: "utility_bills", caption: "Electric bill", createdAt: "2024-02-13T10:00:00Z" }]),
    ],
    notes: index % 5,
    correspondence: index % 3,
    reports: 0,
    openTasks: 0,
  };
}

export function makeItems(index: number): ItemRow[] {
  const items = Array.from({ length: itemCount(index) }, (_, at) => makeItem(index, at));
  return items.toSorted(
    (one, other) =>
      BUREAU_CODES.indexOf(one.bureau ?? "transunion") - BUREAU_CODES.indexOf(other.bureau ?? "transunion") ||
      one.accountName.localeCompare(other.accountName),
  );
}

function makeItem(index: number, at: number): ItemRow {
  const random = seeded(index * 1_000_003 + at * 31 + 11);
  const creditor = at % CREDITORS.length;
  const [name, type, collection] = CREDITORS[creditor] ?? CREDITORS[0];
  const chargeOff = !collection && random() < 0.25;
  const owed = Math.floor(random() * 900_000) + 2_500;
  const late = !collection && random() < 0.5;
  const lastActivity = isoDay(random, 2021, 2023);
  return {
    id: `${1000 + index}0${String(at).padStart(2, "0")}`,
    bureau: BUREAU_CODES[at % 3] ?? null,
    accountName: name,
    accountNumber: `${digits(random, 4)}XXXX${digits(random, 4)}`,
    accountType: type,
    accountStatus: collection ? "Open" : chargeOff ? "Charged off" : pick(random, ["Open", "Closed"]),
    status: pick(random, ["new", "new", "not_processed", "in_progress", "repaired"]),
    excluded: at % 7 === 6,
    excludedBecause: at % 7 === 6 ? "It is excluded from disputes on the portal." : null,
    excludedPayments: [],
    rounds: 0,
    lastOutcome: null,
    awaited: false,
    collection,
    chargeOff,
    disputed: random() < 0.1,
    balance: random() < 0.1 ? null : dollars(owed),
    pastDue: late ? dollars(Math.floor(owed / 10)) : null,
    opened: random() < 0.1 ? null : isoDay(random, 2012, 2021),
    reported: isoDay(random, 2023, 2024),
    lastActivity,
    lastAdverse: lastActivity,
    chargedOff: chargeOff ? lastActivity : null,
    collected: collection ? lastActivity : null,
    obsolescence: {
      leaves: `${Number(lastActivity.slice(0, 4)) + 7}${lastActivity.slice(4)}`,
      atLatest: collection || chargeOff,
      obsolete: false,
      because: "A late payment may be reported for seven years.",
    },
    lates: late ? [1 + Math.floor(random() * 4), Math.floor(random() * 3), Math.floor(random() * 2)] : [0, 0, 0],
    furnisherId: creditor === 7 ? null : String(500 + creditor),
    letters: 0,
  };
}
