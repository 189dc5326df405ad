import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state";
import { ProblemNotice } from "../../components/problem-notice";
import type { RecordAccess, ReportRow } from "../../host/bindings";
import { plural } from "../../lib/format";
import { ReportBeside } from "./report-beside";
import { ReportDifference } from "./report-difference";
import { ReportDocument } from "./report-document";
import classes from "./reports.module.css";
import { type BureauFilter, type ReportMode, useBeside, useDifference, useReport } from "./reports";

interface ReportPaneProps {
  mode: ReportMode;
  clientId: string;
  active: ReportRow;
  before: ReportRow | undefined;
  filter: BureauFilter;
  /** Contents that are kept here of each bureau. */
  kept: number;
  access: RecordAccess;
}

/** The report, in the way that it is wanted. */
export function ReportPane({ mode, clientId, active, before, filter, kept, access }: ReportPaneProps) {
  if (mode === "beside") {
    return <BesidePane clientId={clientId} />;
  }
  if (!active.kept) {
    return (
      <EmptyState icon="file" title="What is in this report is not on this computer">
        <p>
          {access === "forbidden"
            ? "Your account may not read it. Ask an administrator of the portal."
            : `The newest ${kept} of each bureau are kept here; the portal has the others. A newer one comes with the next sync.`}
        </p>
      </EmptyState>
    );
  }
  if (mode === "document") {
    return <DocumentPane key={active.id} id={active.id} filter={filter} />;
  }
  if (!before) {
    return (
      <EmptyState icon="file" title="Nothing to compare it with">
        <p>There is no earlier report of the same bureau here. After the next report is pulled, what changed is shown here.</p>
      </EmptyState>
    );
  }
  return <DifferencePane key={`${before.id} ${active.id}`} before={before.id} after={active.id} filter={filter} />;
}

function DocumentPane({ id, filter }: { id: string; filter: BureauFilter }) {
  return (
    <Answered query={useReport(id)}>
      {(document) =>
        document.sections.length > 0 ? (
          <ReportDocument document={document} filter={filter} />
        ) : (
          <EmptyState icon="file" title="This report is empty">
            <p>The portal stored it with nothing in it.</p>
          </EmptyState>
        )
      }
    </Answered>
  );
}

function BesidePane({ clientId }: { clientId: string }) {
  return (
    <Answered query={useBeside(clientId)}>
      {(beside) =>
        beside.columns.some(({ report }) => report) ? (
          <ReportBeside beside={beside} />
        ) : (
          <EmptyState icon="file" title="Nothing to lay side by side">
            <p>No report of {plural(beside.columns.length, "bureau")} is on this computer with what is in it.</p>
          </EmptyState>
        )
      }
    </Answered>
  );
}

function DifferencePane({ before, after, filter }: { before: string; after: string; filter: BureauFilter }) {
  return <Answered query={useDifference(before, after)}>{(difference) => <ReportDifference difference={difference} filter={filter} />}</Answered>;
}

/** An answer when it is there; until then its ghosts, or why it does not come. */
function Answered<T>({ query: { data, error, refetch, isFetching }, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (data !== undefined) {
    return children(data);
  }
  return error ? (
    <div className={classes["state"]}>
      <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
    </div>
  ) : (
    <div className={classes["ghosts"]} aria-busy="true" data-testid="report-loading">
      {["one", "two", "three"].map((key) => (
        <Skeleton key={key} height={120} />
      ))}
    </div>
  );
}
