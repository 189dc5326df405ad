import { UnstyledButton } from "@mantine/core";
import { count } from "../lib/format";
import { useShortcuts } from "../lib/use-shortcuts";
import classes from "./filter-bar.module.css";
import { Hint } from "./keys";

export interface FilterOption<T extends string> {
  id: T;
  label: string;
  /** How many it holds; nothing for what is not counted. */
  count?: number;
}

interface FilterBarProps<T extends string> {
  label: string;
  options: readonly FilterOption<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of several views of the same thing, each with how many it holds. */
export function FilterBar<T extends string>({ label, options, value, onChange }: FilterBarProps<T>) {
  const next = options[(options.findIndex(({ id }) => id === value) + 1) % options.length];
  useShortcuts({ filterNext: () => next && onChange(next.id) });
  return (
    <fieldset className={classes["bar"]} aria-label={label}>
      {options.map((option) => (
        <Hint key={option.id} shortcut="filterNext">
          <UnstyledButton
            className={classes["option"]}
            aria-pressed={option.id === value}
            onClick={() => onChange(option.id)}
            data-testid={`filter-${option.id}`}
          >
            {option.label} {option.count === undefined ? null : <span className={classes["count"]}>{count(option.count)}</span>}
          </UnstyledButton>
        </Hint>
      ))}
    </fieldset>
  );
}
