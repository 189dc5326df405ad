import { Skeleton } from "@mantine/core";
import { Tag } from "../../components/tag";
import type { RecordAccess } from "../../host/bindings";
import classes from "./client-header.module.css";
import { type HeaderPlaces, alertSaid, namesSaid, useClientStanding } from "./standing";

/** One line of what matters beside the checks: what asks for the agent, what the client bought, and what for. */
export function Standing({ id, places }: { id: string; places: HeaderPlaces }) {
  const { data: standing, error } = useClientStanding(id);
  if (!standing) {
    // The page says what cannot be read; a line that is missing keeps nobody from working.
    return <div className={classes["standing"]}>{error ? null : <Skeleton height={16} width={320} />}</div>;
  }
  const { alerts, products, productsAccess, goals, goalsAccess } = standing;
  return (
    <div className={classes["standing"]} data-testid="client-standing">
      {alerts.length > 0 ? (
        <ul className={classes["alerts"]} aria-label="Asks for you">
          {alerts.map((alert) => {
            const { tone, text, href } = alertSaid(alert, places);
            return (
              <li key={alert.kind}>
                <a href={href} className={classes["alert"]} data-testid="client-alert" data-kind={alert.kind}>
                  <Tag tone={tone}>{text}</Tag>
                </a>
              </li>
            );
          })}
        </ul>
      ) : null}
      <Names label="Products" names={products} access={productsAccess} href={places.agreements} testId="standing-products" />
      <Names label="Goals" names={goals} access={goalsAccess} href={places.overview} testId="standing-goals" />
    </div>
  );
}

interface NamesProps {
  label: string;
  names: readonly string[];
  access: RecordAccess;
  href: string;
  testId: string;
}

function Names({ label, names, access, href, testId }: NamesProps) {
  const { text, known } = namesSaid(label.toLowerCase(), names, access);
  return (
    <a className={classes["names"]} href={href} title={`${label}: ${text}`} data-known={known} data-testid={testId}>
      <span className={classes["what"]}>{label}</span> {text}
    </a>
  );
}
