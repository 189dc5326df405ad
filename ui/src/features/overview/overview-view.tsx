import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { FilterBar } from "../../components/filter-bar";
import { ProblemNotice } from "../../components/problem-notice";
import { Unknown } from "../../components/unknown";
import type { AttributeGroup, CustomerSection } from "../../host/bindings";
import { count } from "../../lib/format";
import { GoalsGroup } from "./goals-group";
import { KbaDialog } from "./kba-dialog";
import { GROUP_NAMES, PART_NAMES, useCustomerView, useOverview } from "./overview";
import classes from "./overview.module.css";

type Side = "company" | "customer";

const SIDES: readonly { id: Side; label: string }[] = [
  { id: "company", label: "As the company keeps it" },
  { id: "customer", label: "As the client sees it" },
];

interface OverviewViewProps {
  clientId: string;
  online: boolean | null;
}

/** Everything that is known of a client by name, or what the client sees of it in the customer portal. */
export function OverviewView({ clientId, online }: OverviewViewProps) {
  const [side, setSide] = useState<Side>("company");
  const [proving, setProving] = useState(false);
  return (
    <section className={classes["view"]} aria-label="Overview">
      <div className={classes["tools"]}>
        <FilterBar label="Whose view" options={SIDES} value={side} onChange={setSide} />
        <Button size="xs" variant="default" onClick={() => setProving(true)} disabled={online === false} data-testid="kba-open">
          Prove identity…
        </Button>
      </div>
      {side === "company" ? <Attributes clientId={clientId} online={online} /> : <AsTheClientSees clientId={clientId} />}
      <KbaDialog clientId={clientId} opened={proving} onClose={() => setProving(false)} />
    </section>
  );
}

function Ghosts() {
  return (
    <div className={classes["groups"]} aria-busy="true" data-testid="overview-loading">
      <Skeleton height={140} />
      <Skeleton height={140} />
      <Skeleton height={140} />
    </div>
  );
}

function Attributes({ clientId, online }: { clientId: string; online: boolean | null }) {
  const { data, error, refetch } = useOverview(clientId);
  if (!data) {
    return error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Ghosts />;
  }
  return (
    <div className={classes["groups"]}>
      <GoalsGroup clientId={clientId} online={online} />
      {data.groups.map((group) => (
        <Group key={group.kind} group={group} />
      ))}
      <p className={classes["note"]}>
        {data.groups.length === 0
          ? "The portal keeps no further facts of this client."
          : "These are the portal's own attributes: templates name them as written under each. They are changed in the portal. Of a Social Security number only the last four digits are shown."}
      </p>
    </div>
  );
}

function Group({ group: { kind, rows } }: { group: AttributeGroup }) {
  return (
    <section className={classes["group"]} aria-label={GROUP_NAMES[kind]} data-testid="attribute-group">
      <h2>{GROUP_NAMES[kind]}</h2>
      <dl className={classes["rows"]}>
        {rows.map(({ name, label, value }) => (
          <div key={name} className={classes["row"]} data-testid="attribute-row">
            <dt>
              {label}
              <code>{name}</code>
            </dt>
            <dd>{value ?? <Unknown />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function AsTheClientSees({ clientId }: { clientId: string }) {
  const { data, error, refetch } = useCustomerView(clientId);
  if (!data) {
    return error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Ghosts />;
  }
  return (
    <div className={classes["groups"]}>
      {data.sections.map((section) => (
        <Seen key={section.part} section={section} onRetry={() => void refetch()} />
      ))}
      <p className={classes["note"]}>As the customer portal answers now. It is not kept on this computer.</p>
    </div>
  );
}

function Seen({ section: { part, lines, total, problem }, onRetry }: { section: CustomerSection; onRetry: () => void }) {
  return (
    <section className={classes["group"]} aria-label={PART_NAMES[part]} data-testid="customer-section" data-part={part}>
      <h2>
        {PART_NAMES[part]} <span className="figures">{problem ? "" : count(total)}</span>
      </h2>
      {problem ? (
        <ProblemNotice problem={problem} onRetry={problem.code === "forbidden" ? undefined : onRetry} />
      ) : lines.length === 0 ? (
        <p className={classes["none"]}>The client sees nothing here.</p>
      ) : (
        <dl className={classes["rows"]}>
          {lines.map(({ title, detail }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no key of their own, and are never moved
            <div key={`${index}-${title}`} className={classes["row"]}>
              <dt>{title || <Unknown />}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      )}
      {total > lines.length && !problem ? <p className={classes["none"]}>The first {count(lines.length)} are shown.</p> : null}
    </section>
  );
}

function Failed({ problem, onRetry }: { problem: Parameters<typeof ProblemNotice>[0]["problem"]; onRetry: () => void }) {
  return (
    <div className={classes["failed"]}>
      <ProblemNotice problem={problem} onRetry={problem.code === "forbidden" ? undefined : onRetry} />
    </div>
  );
}
