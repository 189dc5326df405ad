import type {
  BureauCode,
  ClientReports,
  ReportBeside,
  ReportChangedEntry,
  ReportDifference,
  ReportDocument,
  ReportEntry,
  ReportLine,
  ReportPair,
  ReportRow,
} from "../bindings";
import { DeskProblem } from "../../lib/problem";

const ALL: BureauCode[] = ["equifax", "experian", "transunion"];

function report(part: Partial<ReportRow> & Pick<ReportRow, "id">): ReportRow {
  return { name: "Three bureaus", bureaus: ALL, vendor: "Array", reportedOn: "2024-03-11", modifiedAt: "2024-03-11T16:00:00Z", kept: true, ...part };
}

/** A made-up client's reports, newest first: two of three bureaus, one of Equifax alone, one whose content is not here. */
export const REPORTS: readonly ReportRow[] = [
  report({ id: "604" }),
  report({ id: "603", reportedOn: "2024-02-12" }),
  report({ id: "602", name: "Equifax", bureaus: ["equifax"], vendor: "", reportedOn: "2023-12-01" }),
  report({ id: "601", reportedOn: null, kept: false, bureaus: [], name: "3B" }),
];

function line(label: string, value: string | null, part: Partial<ReportLine> = {}): ReportLine {
  return { label, value, depth: 0, heading: false, ...part };
}

interface Account {
  title: string;
  number: string;
  balance: string;
  bureaus: readonly BureauCode[];
}

const ACCOUNTS: readonly Account[] = [
  { title: "BLUESTONE COLLECTIONS", number: "************4471", balance: "$1,862.00", bureaus: ALL },
  { title: "HARBOR NATIONAL BANK", number: "541233XXXXXXXXXX", balance: "$12,040.50", bureaus: ["experian", "transunion"] },
];

function account({ title, number, balance }: Account, bureau: BureauCode): ReportEntry {
  const lines = [
    line("Account name", title),
    line("Account number", number),
    line("Account status", "In collection"),
    line("Balance", bureau === "transunion" ? "$1,900.00" : balance),
    line("Opened date", "05/14/2019"),
    line("Last payment date", null),
    line("Remarks", "<b>Consumer disputes this account</b>"),
    line("Payment history", null, { heading: true }),
    line("2024", null, { heading: true, depth: 1 }),
    line("January", "30 days late", { depth: 2 }),
  ];
  return { title, number, bureau, lines };
}

function documentOf(row: ReportRow, accounts: number): ReportDocument {
  const many = Array.from({ length: accounts }, (_, at) => ({ title: `ACCOUNT ${at + 1}`, number: String(at), balance: "$10.00", bureaus: row.bureaus }));
  const wanted = [...ACCOUNTS, ...many];
  return {
    report: row,
    sections: [
      {
        part: "accounts",
        title: "Accounts",
        entries: wanted.flatMap((one) => row.bureaus.filter((bureau) => one.bureaus.includes(bureau)).map((bureau) => account(one, bureau))),
      },
      {
        part: "consumer",
        title: "Consumer",
        entries: [{ title: "", number: "", bureau: null, lines: [line("First name", "Ana"), line("SSN last four", "•••-••-4321")] }],
      },
    ],
  };
}

function changed(part: Pick<ReportChangedEntry, "title" | "change" | "rows"> & Partial<ReportChangedEntry>): ReportChangedEntry {
  return { number: "", bureau: "equifax", ...part };
}

/** The reports of a made-up desk. */
export class FakeReports {
  private readonly part: Partial<ClientReports>;
  private readonly accounts: number;

  /** `accounts` are further accounts of each report, to see a long one. */
  constructor(part: Partial<ClientReports> = {}, accounts = 0) {
    this.part = part;
    this.accounts = accounts;
  }

  list(clientId: string): ClientReports {
    const empty: ClientReports = { reports: [], headers: [], access: "read", keptPerBureau: 4 };
    return clientId === "1030" ? { ...empty, reports: [...REPORTS], headers: HEADERS, ...this.part } : empty;
  }

  get(id: string): ReportDocument {
    return documentOf(this.find(id), this.accounts);
  }

  beside(clientId: string): ReportBeside {
    const { reports } = this.list(clientId);
    const newest = (bureau: BureauCode) => reports.find((row) => row.kept && row.bureaus.includes(bureau)) ?? null;
    const columns = ALL.map((bureau) => ({ bureau, report: newest(bureau) }));
    const entries = ACCOUNTS.map((one) => {
      const present = ALL.map((bureau) => one.bureaus.includes(bureau));
      const told = ALL.map((bureau) => (one.bureaus.includes(bureau) ? account(one, bureau).lines : null));
      const rows = account(one, "equifax").lines.map(({ label, depth, heading }, at) => {
        const values = told.map((lines) => lines?.[at]?.value ?? null);
        const said = new Set(values.filter((value) => value !== null));
        return { label, depth, heading, values, differs: said.size > 1 };
      });
      return { title: one.title, number: one.number, present, rows };
    });
    const has = columns.some((column) => column.report);
    return { columns, sections: has ? [{ part: "accounts", title: "Accounts", entries }] : [] };
  }

  difference({ before, after }: ReportPair): ReportDifference {
    const [old, recent] = [this.find(before), this.find(after)];
    const entries = [
      changed({ title: "BLUESTONE COLLECTIONS", number: "************4471", change: "changed", rows: [{ label: "Balance", before: "$1,200.00", after: "$0.00" }, { label: "Payment history › 2024 › March", before: null, after: "Paid" }] }),
      changed({ title: "CEDAR MEDICAL GROUP", bureau: "experian", change: "removed", rows: [{ label: "Account name", before: "CEDAR MEDICAL GROUP", after: null }, { label: "Balance", before: "$310.00", after: null }] }),
    ];
    const inquiry = changed({ title: "NORTHWIND CARD", bureau: "transunion", change: "added", rows: [{ label: "Inquiry date", before: null, after: "03/01/2024" }] });
    const bureaus = old.bureaus.filter((bureau) => recent.bureaus.includes(bureau));
    const told = (entry: ReportChangedEntry) => entry.bureau === null || bureaus.includes(entry.bureau);
    const sections: ReportDifference["sections"] = [
      { part: "accounts", title: "Accounts", entries: entries.filter(told) },
      { part: "inquiries", title: "Inquiries", entries: [inquiry].filter(told) },
    ];
    return { before: old, after: recent, bureaus, unchanged: 12, sections: sections.filter((section) => section.entries.length > 0) };
  }

  private find(id: string): ReportRow {
    const found = (this.part.reports ?? REPORTS).find((row) => row.id === id && row.kept);
    if (!found) {
      throw new DeskProblem({ code: "not_found", message: "This report with its content is not in the local cache. Sync and look again." });
    }
    return found;
  }
}

const HEADERS: ClientReports["headers"] = ALL.map((bureau) => ({ bureau, createdAt: "2024-02-12T16:00:00Z", updatedAt: "2024-03-11T16:00:00Z" }));
