import { Button, Checkbox, MultiSelect, Popover, Radio, Select } from "@mantine/core";
import { hint } from "../../components/hint";
import { Icon } from "../../components/icon";
import { Hint, Keys } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { ClientFilter, ClientFilterValue, SavedClientFilter, SegmentRow } from "../../host/bindings";
import { count } from "../../lib/format";
import { useShortcuts } from "../../lib/use-shortcuts";
import { AGREEMENTS, AGREEMENT_WORDS, NO_FILTER, SILENCES, WORK, criteria, silence } from "./client-filter";
import { useFilterChoices } from "./client-filters";
import classes from "./filter-menu.module.css";
import { SavedFilterList } from "./saved-filters";

interface FilterMenuProps {
  filter: ClientFilter;
  onFilter: (filter: ClientFilter) => void;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  /** How many are left, in words. */
  found: string;
  /** The kept filter that is in force now, if any. */
  current: SavedClientFilter | undefined;
  onChoose: (saved: SavedClientFilter) => void;
  onSave: () => void;
  onRename: (saved: SavedClientFilter) => void;
  onRemove: (saved: SavedClientFilter) => void;
}

/** Everything that the list can be narrowed by. What is chosen holds at once. */
export function FilterMenu({ filter, onFilter, opened, onOpened, found, current, onChoose, onSave, onRename, onRemove }: FilterMenuProps) {
  useShortcuts({ filterClients: () => onOpened(true) });
  const asked = criteria(filter, []).length;
  const closed = (act: () => void) => () => {
    onOpened(false);
    act();
  };

  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" width={620} withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant={asked > 0 ? "light" : "default"}
          className={classes["button"] ?? ""}
          leftSection={<Icon name="funnel" />}
          rightSection={asked > 0 ? <span className={classes["asked"]}>{asked}</span> : null}
          onClick={() => onOpened(!opened)}
          {...hint("filterClients")}
          data-testid="filter-menu"
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filter the clients" className={classes["dropdown"] ?? ""} data-testid="filter-panel">
        <SavedFilterList current={current} onChoose={onChoose} onRename={(saved) => closed(() => onRename(saved))()} onRemove={onRemove} />
        <Criteria filter={filter} onFilter={onFilter} />
        <footer className={classes["foot"]}>
          <span className={classes["found"]} aria-live="polite">
            {found}
          </span>
          <Keys of="filterClients" />
          <Hint shortcut="clearFilters">
            <Button size="xs" variant="subtle" disabled={asked === 0} onClick={() => onFilter(NO_FILTER)} data-testid="filter-clear">
              Clear
            </Button>
          </Hint>
          <Hint shortcut="saveFilter">
            <Button size="xs" variant="default" disabled={asked === 0 || current !== undefined} onClick={closed(onSave)} data-testid="filter-save">
              Save filter…
            </Button>
          </Hint>
        </footer>
      </Popover.Dropdown>
    </Popover>
  );
}

function Criteria({ filter, onFilter }: Pick<FilterMenuProps, "filter" | "onFilter">) {
  const { data: choices, error, refetch } = useFilterChoices();
  const set = (part: Partial<ClientFilter>) => onFilter({ ...filter, ...part });
  return (
    <div className={classes["criteria"]}>
      <div className={classes["side"]}>
        <Checkbox.Group label="Agreement" size="xs" value={[...filter.agreements]} onChange={(picked) => set({ agreements: AGREEMENTS.filter((one) => picked.includes(one)) })}>
          <div className={classes["pairs"]}>
            {AGREEMENTS.map((state) => (
              <Checkbox key={state} value={state} label={AGREEMENT_WORDS[state]} data-testid={`agreement-${state}`} />
            ))}
          </div>
        </Checkbox.Group>
        <Radio.Group
          label="Mailing address"
          size="xs"
          value={filter.mailingComplete === null ? "any" : filter.mailingComplete ? "complete" : "incomplete"}
          onChange={(picked) => set({ mailingComplete: picked === "any" ? null : picked === "complete" })}
        >
          <div className={classes["row"]}>
            <Radio size="xs" value="any" label="Any" data-testid="mailing-any" />
            <Radio size="xs" value="complete" label="Complete" data-testid="mailing-complete" />
            <Radio size="xs" value="incomplete" label="Incomplete" data-testid="mailing-incomplete" />
          </div>
        </Radio.Group>
        <Values label="State" none="No state is known." values={choices?.states} value={filter.states} onChange={(states) => set({ states })} testId="filter-states" />
        <Values
          label="Product"
          none="No product is known."
          values={choices?.products}
          value={filter.products}
          onChange={(products) => set({ products })}
          testId="filter-products"
        />
      </div>
      <div className={classes["side"]}>
        <Checkbox.Group
          label="Work"
          size="xs"
          value={WORK.flatMap(({ id }) => (filter[id] ? [id] : []))}
          onChange={(picked: string[]) => set(Object.fromEntries(WORK.map(({ id }) => [id, picked.includes(id)])))}
        >
          <div className={classes["pairs"]}>
            {WORK.map(({ id, label, title }) => (
              <Checkbox key={id} value={id} label={<span title={title}>{label}</span>} data-testid={`filter-${id}`} />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label="No letter from this desk"
          size="xs"
          placeholder="Does not matter"
          clearable
          data={SILENCES.map((days) => ({ value: String(days), label: silence(days) }))}
          value={filter.noLetterDays === null ? null : String(filter.noLetterDays)}
          onChange={(picked) => set({ noLetterDays: picked === null ? null : Number(picked) })}
          comboboxProps={{ withinPortal: false }}
          data-testid="filter-silence"
        />
        <Segments segments={choices?.segments} value={filter.segment} onChange={(segment) => set({ segment })} />
      </div>
      {error ? (
        <div className={classes["problem"]}>
          <ProblemNotice problem={error} onRetry={() => void refetch()} />
        </div>
      ) : null}
    </div>
  );
}

interface ValuesProps {
  label: string;
  none: string;
  values: readonly ClientFilterValue[] | undefined;
  value: readonly string[];
  onChange: (value: string[]) => void;
  testId: string;
}

/** Some of the values that clients have, each with how many have it. */
function Values({ label, none, values, value, onChange, testId }: ValuesProps) {
  const clients = new Map(values?.map((one) => [one.name, one.clients]));
  // One that no client has any longer can still be taken out.
  const names = [...clients.keys(), ...value.filter((one) => !clients.has(one))];
  return (
    <MultiSelect
      label={label}
      size="xs"
      placeholder={value.length > 0 ? undefined : "Any"}
      data={names}
      value={[...value]}
      onChange={onChange}
      renderOption={({ option }) => (
        <span className={classes["option"]}>
          <span>{option.value}</span>
          <span className={classes["clients"]}>{count(clients.get(option.value) ?? 0)}</span>
        </span>
      )}
      nothingFoundMessage={names.length === 0 ? none : "Nothing of that name."}
      searchable
      clearable
      hidePickedOptions
      selectFirstOptionOnChange
      maxDropdownHeight={200}
      comboboxProps={{ withinPortal: false }}
      data-testid={testId}
    />
  );
}

interface SegmentsProps {
  segments: readonly SegmentRow[] | undefined;
  value: string | null;
  onChange: (segment: string | null) => void;
}

/** One of the company's segments, whose members are read from the portal when it is chosen. */
function Segments({ segments: given, value, onChange }: SegmentsProps) {
  const segments = given ?? [];
  const known = new Map(segments.map((one) => [one.id, one]));
  return (
    <Select
      label="Segment of the portal"
      size="xs"
      placeholder={segments.length === 0 ? "None that your account can see" : "Any"}
      clearable
      searchable
      disabled={segments.length === 0 && value === null}
      data={segments.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      renderOption={({ option }) => {
        const { description = "", clients = null } = known.get(option.value) ?? {};
        return (
          <span className={classes["option"]}>
            <span className={classes["segment"]}>
              <span>{option.label}</span>
              {description ? <span className={classes["description"]}>{description}</span> : null}
            </span>
            {clients === null ? null : <span className={classes["clients"]}>{count(clients)}</span>}
          </span>
        );
      }}
      nothingFoundMessage="No segment of that name."
      maxDropdownHeight={220}
      comboboxProps={{ withinPortal: false }}
      data-testid="filter-segment"
    />
  );
}
