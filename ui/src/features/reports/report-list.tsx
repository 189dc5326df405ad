import { UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { hint } from "../../components/hint";
import { Tag } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { BureauHeader, ReportRow } from "../../host/bindings";
import { bureauName } from "../../lib/bureaus";
import { date, instantDay } from "../../lib/format";
import classes from "./reports.module.css";

interface ReportListProps {
  /** Newest first. */
  reports: readonly ReportRow[];
  headers: readonly BureauHeader[];
  activeId: string | null;
  /** What the active one is compared with, where it is. */
  before: ReportRow | undefined;
  onActive: (id: string) => void;
}

/** A client's stored reports, and what the portal says of each bureau's. */
export function ReportList({ reports, headers, activeId, before, onActive }: ReportListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    row?.scrollIntoView?.({ block: "nearest" });
    // Moving by keys moves the focus too, unless it is elsewhere.
    if (list.current?.contains(document.activeElement)) {
      row?.focus({ preventScroll: true });
    }
  }, [activeId]);
  return (
    <div className={classes["list"]}>
      <ul ref={list} aria-label="Reports, newest first">
        {reports.map((report) => (
          <li key={report.id}>
            <UnstyledButton
              className={classes["row"]}
              aria-current={report.id === activeId}
              onClick={() => onActive(report.id)}
              {...hint("reportDown", "Show this report")}
              data-testid="report-row"
              data-kept={report.kept}
            >
              <span className={classes["title"]}>
                <span className={classes["name"]}>{report.name}</span>
                {before && report.id === activeId ? <Tag tone="info">Later</Tag> : null}
                {report.id === before?.id ? <Tag>Earlier</Tag> : null}
                {report.kept ? null : <Tag title="What is in it is not on this computer">List only</Tag>}
              </span>
              <span className={classes["sub"]}>
                <span className="figures">{report.reportedOn ? date(report.reportedOn) : "Date unknown"}</span>
                {report.vendor ? `, ${report.vendor}` : ""}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {headers.length > 0 ? (
        <>
          <h2 className={classes["headersTitle"]}>Bureau reports in the portal</h2>
          <dl className={classes["headers"]} data-testid="report-headers">
            {headers.map(({ bureau, updatedAt }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a header has no key of its own, and never moves
              <div key={index}>
                <dt>{bureau ? bureauName(bureau) : "Another bureau"}</dt>
                <dd className="figures">{updatedAt ? instantDay(updatedAt) : <Unknown />}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
    </div>
  );
}
