import { Button, Skeleton } from "@mantine/core";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import type { PrinterRow } from "../../host/bindings";
import { usePrinters } from "../../lib/use-printers";
import { Section } from "./section";
import classes from "./settings.module.css";

/** The printers of this computer as its print system tells them. */
export function PrintingSection() {
  const { data: printers, error, refetch, isFetching } = usePrinters(true);
  const again = () => void refetch();
  return (
    <Section title="Printing" lead="The printers of this computer. Add and set them up in the system's own settings, then look again." testId="settings-printing">
      {error ? (
        <ProblemNotice problem={error} onRetry={again} retrying={isFetching} />
      ) : printers === undefined ? (
        <div className={classes["ghosts"]} aria-busy="true" data-testid="printers-loading">
          <Skeleton height={84} />
        </div>
      ) : printers.length === 0 ? (
        <Notice kind="caution" title="This computer has no printer" testId="no-printer">
          <p>Letters can be saved as PDF without one.</p>
        </Notice>
      ) : (
        <Printers printers={printers} />
      )}
      {error ? null : (
        <Hint shortcut="tryAgain" label="Look for printers again">
          <Button size="xs" variant="default" onClick={again} loading={isFetching} data-testid="printers-again">
            Look again
          </Button>
        </Hint>
      )}
    </Section>
  );
}

function Printers({ printers }: { printers: readonly PrinterRow[] }) {
  return (
    <table className={classes["table"]} data-testid="printers">
      <thead>
        <tr>
          <th scope="col">Printer</th>
          <th scope="col">State</th>
          <th scope="col">Both sides</th>
          <th scope="col">Trays</th>
        </tr>
      </thead>
      <tbody>
        {printers.map(({ name, label, isDefault, ready, duplex, trays }) => (
          <tr key={name} data-testid="printer-row">
            <th scope="row">
              {label} {isDefault ? <Tag tone="info">Default</Tag> : null}
            </th>
            <td>{ready ? <Tag tone="good">Ready</Tag> : <Tag tone="warn">Not ready</Tag>}</td>
            <td>{duplex ? "Yes" : "No"}</td>
            <td>{trays.length > 0 ? trays.map((tray) => tray.label).join("; ") : "The printer's own"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
