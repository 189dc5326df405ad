import { Button, Loader, UnstyledButton } from "@mantine/core";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Tag } from "../../components/tag";
import type { ClientFilter, Problem, SavedClientFilter, SegmentRead } from "../../host/bindings";
import { clock } from "../../lib/format";
import { useNow } from "../../lib/use-now";
import { NO_FILTER, criteria } from "./client-filter";
import classes from "./filter-menu.module.css";

export interface FilterChipsProps {
  filter: ClientFilter;
  onFilter: (filter: ClientFilter) => void;
  current: SavedClientFilter | undefined;
  onSave: () => void;
  /** What is known of the segment that the filter asks for. */
  segment: { read: SegmentRead | undefined; problem: Problem | null; reading: boolean };
}

/** What the list is narrowed by now: each part can be taken out. */
export function FilterChips({ filter, onFilter, current, onSave, segment }: FilterChipsProps) {
  return (
    <div className={classes["chips"]} data-testid="filter-chips">
      {current ? (
        <span className={classes["name"]} data-testid="current-filter">
          <Icon name="bookmark" size={14} />
          {current.name}
        </span>
      ) : null}
      <ul className={classes["chipList"]} aria-label="Filters in force">
        {criteria(filter, segment.read ? [segment.read.segment] : []).map(({ id, label, without }) => (
          <li key={id} className={classes["chip"]} data-testid="filter-chip">
            <span className={classes["chipText"]} title={label}>
              {label}
            </span>
            <Hint shortcut="leaveOut" label="Take it out">
              <UnstyledButton className={classes["chipOff"]} aria-label={`Take out: ${label}`} onClick={() => onFilter(without)}>
                <Icon name="cross" size={12} />
              </UnstyledButton>
            </Hint>
          </li>
        ))}
      </ul>
      {filter.segment === null ? null : <AsOf {...segment} />}
      <span className={classes["ends"]}>
        {current ? null : (
          <Hint shortcut="saveFilter">
            <Button size="compact-xs" variant="subtle" onClick={onSave} data-testid="chips-save">
              Save filter…
            </Button>
          </Hint>
        )}
        <Hint shortcut="clearFilters">
          <Button size="compact-xs" variant="subtle" onClick={() => onFilter(NO_FILTER)} data-testid="chips-clear">
            Clear
          </Button>
        </Hint>
      </span>
    </div>
  );
}

/** When the portal said who is in the segment, and why it may not be so any longer. */
function AsOf({ read, problem, reading }: FilterChipsProps["segment"]) {
  const now = useNow();
  const why = problem ?? read?.problem;
  const at = read?.segment.readAt;
  if (reading) {
    return (
      <span className={classes["asOf"]} role="status" data-testid="segment-state">
        <Loader size={10} /> Asking the portal who is in the segment…
      </span>
    );
  }
  return (
    <span className={classes["asOf"]} data-testid="segment-state">
      {at ? `Members as of ${clock(at, now)}` : "Its members were never read"}{" "}
      {why ? (
        <Tag tone="warn" title={why.message}>
          {why.code === "portal_unreachable" ? "Offline" : "Could not be read again"}
        </Tag>
      ) : null}
    </span>
  );
}
