import { NativeSelect, UnstyledButton } from "@mantine/core";
import { Hint } from "../../components/keys";
import type { BureauCode, ReportRow } from "../../host/bindings";
import { bureauName } from "../../lib/bureaus";
import type { ShortcutId } from "../../lib/shortcuts";
import classes from "./reports.module.css";
import { type BureauFilter, REPORT_MODES, type ReportMode, comparable, reportName } from "./reports";

const SHORTCUT: Record<ReportMode, ShortcutId> = { document: "reportRead", beside: "reportBeside", difference: "reportDifference" };

interface ReportToolsProps {
  mode: ReportMode;
  onMode: (mode: ReportMode) => void;
  reports: readonly ReportRow[];
  active: ReportRow | undefined;
  before: ReportRow | undefined;
  onActive: (id: string) => void;
  onBefore: (id: string) => void;
  /** Bureaus that tell something in what is shown. */
  told: readonly BureauCode[];
  filter: BureauFilter;
  onFilter: (filter: BureauFilter) => void;
}

/** How the reports are read, which two are compared, and whose part is shown. */
export function ReportTools({ mode, onMode, reports, active, before, onActive, onBefore, told, filter, onFilter }: ReportToolsProps) {
  return (
    <div className={classes["tools"]}>
      <fieldset className={classes["bar"]} aria-label="How to read">
        {REPORT_MODES.map((one) => (
          <Hint key={one.id} shortcut={SHORTCUT[one.id]}>
            <UnstyledButton className={classes["option"]} aria-pressed={one.id === mode} onClick={() => onMode(one.id)} data-testid={`report-mode-${one.id}`}>
              {one.label}
            </UnstyledButton>
          </Hint>
        ))}
      </fieldset>
      {mode === "difference" && active && before ? (
        <span className={classes["pair"]}>
          <Choice
            label="Earlier report"
            testId="report-before"
            value={before.id}
            options={reports.filter((report) => comparable(report, active))}
            onChange={onBefore}
          />
          <span aria-hidden="true">→</span>
          <Choice
            label="Later report"
            testId="report-after"
            value={active.id}
            options={reports.filter((report) => report.id === active.id || reports.some((other) => comparable(report, other)))}
            onChange={onActive}
          />
        </span>
      ) : null}
      {mode !== "beside" && told.length > 1 ? (
        <fieldset className={classes["bar"]} aria-label="Which bureau">
          {(["all", ...told] as const).map((one) => (
            <Hint key={one} shortcut="reportBureau">
              <UnstyledButton className={classes["option"]} aria-pressed={one === filter} onClick={() => onFilter(one)} data-testid={`report-bureau-${one}`}>
                {one === "all" ? "All" : bureauName(one)}
              </UnstyledButton>
            </Hint>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  testId: string;
  value: string;
  options: readonly ReportRow[];
  onChange: (id: string) => void;
}

function Choice({ label, testId, value, options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={options.map((report) => ({ value: report.id, label: reportName(report) }))}
      data-testid={testId}
    />
  );
}
