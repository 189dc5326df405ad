import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag, type Tone } from "../../components/tag";
import type { GateRuleRow, GateSeverity } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { count } from "../../lib/format";
import classes from "./gate-page.module.css";

const SEVERITY: Record<GateSeverity, { tone: Tone; text: string }> = {
  block: { tone: "bad", text: "Holds the letter" },
  warn: { tone: "warn", text: "Warns" },
  off: { tone: "neutral", text: "Not looked at" },
};

/** What is looked at before a letter goes out, as this deployment weighs it. To be read, not set. */
export function GatePage() {
  const host = useHost();
  const { data: rules, error, refetch, isFetching } = useQuery({ queryKey: ["gate-table"], queryFn: () => host.call("gate_table", {}) });
  return (
    <>
      <header className={classes["head"]}>
        <PageTitle>Gate</PageTitle>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable to be scrolled by keys */}
      <div className={classes["page"]} tabIndex={0} role="region" aria-label="The rules">
        <p className={classes["lead"]}>
          Every letter is looked at by these rules before it is printed or faxed. What holds a letter can be overridden with a reason, which stays on
          record. The administrator sets the rules in <code>settings.toml</code>, under <code>[gate]</code>.
        </p>
        {error && !rules ? (
          <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
        ) : rules ? (
          <table className={classes["table"]} data-testid="gate-table">
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">What it does</th>
                <th scope="col">Limit</th>
                <th scope="col">In settings.toml</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((row) => (
                <Rule key={row.rule} row={row} />
              ))}
            </tbody>
          </table>
        ) : (
          <Skeleton height={400} data-testid="gate-loading" />
        )}
      </div>
    </>
  );
}

function Rule({ row: { rule, title, severity, limit } }: { row: GateRuleRow }) {
  const { tone, text } = SEVERITY[severity];
  return (
    <tr data-testid="gate-rule" data-severity={severity}>
      <th scope="row">{title}</th>
      <td>
        <Tag tone={tone}>{text}</Tag>
      </td>
      <td className="figures">{limit ? (limit.value === 0 ? "Any age" : `${count(limit.value)} ${limit.unit}`) : ""}</td>
      <td>
        <code>{[rule, limit?.name].filter(Boolean).join(", ")}</code>
      </td>
    </tr>
  );
}
