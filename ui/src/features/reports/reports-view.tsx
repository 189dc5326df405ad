import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { ClientReports } from "../../host/bindings";
import { useShortcuts } from "../../lib/use-shortcuts";
import { ReportList } from "./report-list";
import { ReportPane } from "./report-pane";
import { ReportTools } from "./report-tools";
import classes from "./reports.module.css";
import { type BureauFilter, type ReportMode, comparable, lastBefore, useReports } from "./reports";

interface ReportsViewProps {
  clientId: string;
  online: boolean | null;
}

/** A client's credit reports: the list at the left; one as a document, three bureaus side by side, or what changed. */
export function ReportsView({ clientId, online }: ReportsViewProps) {
  const { data, error, refetch } = useReports(clientId);
  if (!data) {
    return error ? (
      <div className={classes["state"]}>
        {/* Asking again does not change what an account may see. */}
        <ProblemNotice problem={error} onRetry={error.code === "forbidden" ? undefined : () => void refetch()} />
      </div>
    ) : (
      <div className={classes["ghosts"]} aria-busy="true" data-testid="reports-loading">
        {["one", "two", "three", "four"].map((key) => (
          <Skeleton key={key} height={56} />
        ))}
      </div>
    );
  }
  if (data.reports.length === 0) {
    return <NoReports data={data} />;
  }
  return <Reports clientId={clientId} data={data} online={online} />;
}

function NoReports({ data: { access } }: { data: ClientReports }) {
  switch (access) {
    case "forbidden":
      return (
        <EmptyState icon="lock" title="Your account may not read credit reports">
          <p>Ask an administrator of the portal for the permission, then sync.</p>
        </EmptyState>
      );
    case "missing":
      return (
        <EmptyState icon="file" title="This portal has no credit reports">
          <p>It has nothing at the address where they should be. If it should have them, tell your administrator.</p>
        </EmptyState>
      );
    case "unread":
      return (
        <EmptyState icon="sync" title="The reports were not read yet">
          <p>They come with the next sync.</p>
        </EmptyState>
      );
    case "read":
      return (
        <EmptyState icon="file" title="No credit reports yet">
          <p>Once a report of this client is pulled in the portal, it comes with the next sync.</p>
        </EmptyState>
      );
  }
}

function Reports({ clientId, data, online }: { clientId: string; data: ClientReports; online: boolean | null }) {
  const { reports, headers, access, keptPerBureau } = data;
  const [mode, setMode] = useState<ReportMode>("document");
  const [activeId, setActiveId] = useState<string | null>(null);
  const [beforeId, setBeforeId] = useState<string | null>(null);
  const [filter, setFilter] = useState<BureauFilter>("all");
  const active = reports.find(({ id }) => id === activeId) ?? reports[0];
  const chosen = reports.find(({ id }) => id === beforeId);
  const before = active ? (chosen && comparable(chosen, active) ? chosen : lastBefore(reports, active)) : undefined;
  const told = mode === "difference" ? (active?.bureaus ?? []).filter((bureau) => before?.bureaus.includes(bureau)) : (active?.bureaus ?? []);
  // A report of another bureau came in view: what was chosen of the one before does not hold.
  const shown = filter === "all" || told.includes(filter) ? filter : "all";

  const move = (by: number) => {
    const at = active ? reports.indexOf(active) : -1;
    const next = reports[Math.max(0, Math.min(reports.length - 1, at + by))];
    if (next) {
      setActiveId(next.id);
    }
  };

  useShortcuts({
    reportDown: () => move(1),
    reportUp: () => move(-1),
    reportRead: () => setMode("document"),
    reportBeside: () => setMode("beside"),
    reportDifference: () => setMode("difference"),
    reportBureau: () => setFilter(told[shown === "all" ? 0 : told.indexOf(shown) + 1] ?? "all"),
  });

  return (
    <section className={classes["view"]} aria-label="Credit reports">
      <div className={classes["left"]}>
        {access === "forbidden" ? (
          <div className={classes["refused"]}>
            <Notice kind="caution" title="Not all of it may be read">
              <p>Your account may not read what is in these reports. Ask an administrator of the portal.</p>
            </Notice>
          </div>
        ) : null}
        <ReportList reports={reports} headers={headers} activeId={active?.id ?? null} before={mode === "difference" ? before : undefined} onActive={setActiveId} />
      </div>
      <div className={classes["right"]}>
        <ReportTools
          mode={mode}
          onMode={setMode}
          reports={reports}
          active={active}
          before={before}
          onActive={setActiveId}
          onBefore={setBeforeId}
          told={told}
          filter={shown}
          onFilter={setFilter}
        />
        {online === false ? (
          <p className={classes["offline"]} role="status" data-testid="reports-offline">
            Offline: these reports are on this computer, as they were at the last sync.
          </p>
        ) : null}
        {active ? <ReportPane mode={mode} clientId={clientId} active={active} before={before} filter={shown} kept={keptPerBureau} access={access} /> : null}
      </div>
    </section>
  );
}
