import { Menu, UnstyledButton } from "@mantine/core";
import { hint } from "./hint";
import { Icon } from "./icon";
import { Tag } from "./tag";
import type { FollowUpItem, OutcomeCode } from "../host/bindings";
import { OUTCOMES, outcomeOf } from "../lib/outcomes";
import classes from "./outcome-picker.module.css";

/** What became of one item: picked from six words, or taken back. */
export function OutcomePicker({ item, onPick }: { item: FollowUpItem; onPick: (outcome: OutcomeCode | null, name: string) => void }) {
  const now = item.outcome ? outcomeOf(item.outcome) : null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton
          className={classes["outcome"]}
          {...(now ? hint(undefined, "What became of it?") : { "data-action": "outcome", ...hint("recordOutcome", "What became of it?") })}
          aria-label={`${item.accountName}: ${now?.name ?? "No outcome yet"}`}
          data-testid="outcome"
        >
          {now ? <Tag tone={now.tone}>{now.name}</Tag> : <span className={classes["weak"]}>No outcome yet</span>}
          <Icon name="down" size={12} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What became of it?</Menu.Label>
        {OUTCOMES.map(({ code, name }) => (
          <Menu.Item
            key={code}
            leftSection={<span className={classes["mark"]}>{code === item.outcome ? <Icon name="check" size={12} /> : null}</span>}
            onClick={() => onPick(code, name)}
            data-testid={`outcome-${code}`}
          >
            {name}
          </Menu.Item>
        ))}
        {item.outcome ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onPick(null, "No outcome yet")} data-testid="outcome-none">
              No outcome yet
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
