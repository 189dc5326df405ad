import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { BureauCode, ClientReports, ReportBeside, ReportDifference, ReportDocument, ReportRow } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { date } from "../../lib/format";

/** What a client has of reports, newest first. */
export function useReports(clientId: string, enabled = true): UseQueryResult<ClientReports> {
  const host = useHost();
  return useQuery({ queryKey: ["reports", clientId], queryFn: () => host.call("credit_report_list", { id: clientId }), enabled });
}

/** One report as a document. */
export function useReport(id: string): UseQueryResult<ReportDocument> {
  const host = useHost();
  return useQuery({ queryKey: ["reports", "document", id], queryFn: () => host.call("credit_report_get", { id }) });
}

/** The newest report of each bureau, side by side. */
export function useBeside(clientId: string): UseQueryResult<ReportBeside> {
  const host = useHost();
  return useQuery({ queryKey: ["reports", "beside", clientId], queryFn: () => host.call("credit_report_beside", { id: clientId }) });
}

/** What changed from one report to another. */
export function useDifference(before: string, after: string): UseQueryResult<ReportDifference> {
  const host = useHost();
  return useQuery({
    queryKey: ["reports", "difference", before, after],
    queryFn: () => host.call("credit_report_difference", { before, after }),
  });
}

/** Whether two reports, both here, have a bureau in common. */
export function comparable(one: ReportRow, other: ReportRow): boolean {
  const shared = one.bureaus.some((bureau) => other.bureaus.includes(bureau));
  return one.id !== other.id && one.kept && other.kept && (shared || (one.bureaus.length + other.bureaus.length === 0 && one.name === other.name));
}

/** The report before this one that it can be compared with; `reports` are newest first. */
export function lastBefore(reports: readonly ReportRow[], report: ReportRow): ReportRow | undefined {
  return reports.slice(reports.indexOf(report) + 1).find((other) => comparable(other, report));
}

/** "Three bureaus, 11/05/2026" */
export function reportName({ name, reportedOn }: ReportRow): string {
  return `${name}, ${reportedOn ? date(reportedOn) : "date unknown"}`;
}

/** Everything, or what one bureau tells. */
export type BureauFilter = BureauCode | "all";

/** What no bureau tells alone is everybody's. */
export function isTold({ bureau }: { bureau: BureauCode | null }, filter: BureauFilter): boolean {
  return filter === "all" || bureau === null || bureau === filter;
}

/** The ways to read. */
export const REPORT_MODES = [
  { id: "document", label: "Document" },
  { id: "beside", label: "Side by side" },
  { id: "difference", label: "Difference" },
] as const;

export type ReportMode = (typeof REPORT_MODES)[number]["id"];
