import type { BureauAddressRow, BureauCode, FurnisherRow, PrinterRow, ReasonRow, TemplateRow } from "../bindings";

export const BUREAU_ADDRESSES: readonly BureauAddressRow[] = [
  {
    id: "1",
    bureau: "equifax",
    title: "Equifax Information Services LLC",
    address: { street: "P.O. Box 740256", city: "Atlanta", state: "GA", zip: "30374" },
  },
  {
    id: "2",
    bureau: "experian",
    title: "Experian",
    address: { street: "P.O. Box 4500", city: "Allen", state: "TX", zip: "75013" },
  },
  {
    id: "3",
    bureau: "transunion",
    title: "TransUnion LLC Consumer Dispute Center",
    address: { street: "P.O. Box 2000", city: "Chester", state: "PA", zip: "19016" },
  },
];

const FURNISHER_NAMES = [
  ["Capital Harbor Bank", "Original_Creditor"],
  ["Midtown Recovery Partners", "Collection_Agency"],
  ["First Prairie Auto Finance", "Original_Creditor"],
  ["Evergreen Student Lending", "Original_Creditor"],
  ["Bluestone Collections", "Collection_Agency"],
  ["Sunrise Retail Card", "Original_Creditor"],
  ["Pacific Telecom", "Original_Creditor"],
  ["Cook County Clerk", "Government_Office"],
  ["Northern District Bankruptcy Court", "Public_Record"],
] as const;

export const FURNISHERS: readonly FurnisherRow[] = FURNISHER_NAMES.map(([name, kind], index) => ({
  id: String(500 + index),
  name,
  kind,
  fax: index === 6 ? "" : `(800) 555-01${String(10 + index)}`,
  address: index === 4 ? { street: "12 Quarry Rd", city: "Reno", state: "NV", zip: "89501" } : null,
}));

export const TEMPLATES: readonly TemplateRow[] = [
  { id: "31", name: "First round, bureau dispute", kind: "smart", category: "Round 1", dispute: true },
  { id: "32", name: "First round, short", kind: "static", category: "Round 1", dispute: true },
  { id: "33", name: "Method of verification", kind: "static", category: "Round 2", dispute: true },
  { id: "34", name: "Debt validation", kind: "static", category: "Collectors", dispute: true },
  { id: "35", name: "Welcome letter", kind: "static", category: "", dispute: false },
];

const REASON_NAMES = [
  "This account is not mine",
  "The balance is incorrect",
  "I was never late on this account",
  "The account was paid in full",
  "The dates on this account are wrong",
  "This debt was discharged in bankruptcy",
  "I am a victim of identity theft and did not open this account",
  "The account is reported more than once",
  "The creditor agreed to remove this account",
];

export const REASONS: readonly ReasonRow[] = REASON_NAMES.map((name, index) => ({
  id: String(71 + index),
  name,
  claimCode:
    index === 8
      ? null
      : {
          name: `Claim ${index + 1}`,
          equifax: `E${String(10 + index)}`,
          experian: `X${String(20 + index)}`,
          transunion: `T${String(30 + index)}`,
        },
  creditorTypes: index === 5 ? ["Public record"] : [],
}));

export const PRINTERS: readonly PrinterRow[] = [
  {
    name: "Office_LaserJet",
    label: "Office LaserJet",
    isDefault: false,
    ready: false,
    duplex: true,
    trays: [
      { name: "Upper", label: "Upper tray, letterhead" },
      { name: "Lower", label: "Lower tray, plain" },
    ],
  },
  { name: "PDF", label: "PDF Printer", isDefault: true, ready: true, duplex: false, trays: [] },
];

/** What the portal keeps as the bureaus' fax lines; it knows none of TransUnion. */
export const BUREAU_FAXES: Partial<Record<BureauCode, string>> = { equifax: "(888) 555-0101", experian: "(888) 555-0102" };
