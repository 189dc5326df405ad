import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import classes from "./dialog-form.module.css";
import { Hint } from "./keys";

interface DialogButtonsProps extends ButtonProps, Omit<ComponentProps<"button">, keyof ButtonProps> {
  /** What the button that leaves says, and the test id where it has one. */
  leave?: string;
  leaveTestId?: string;
  onLeave: () => void;
  /** What confirming does, where its shortcut alone does not say it. */
  does?: string;
  /** What stands before the pair. */
  before?: ReactNode;
}

/** The foot of a dialog's form: the button that leaves, and the one that confirms, which the rest is of. */
export function DialogButtons({ leave = "Cancel", leaveTestId, onLeave, does, before, ...confirm }: DialogButtonsProps) {
  return (
    <div className={classes["buttons"]}>
      {before}
      <Hint shortcut="dialogLeave">
        <Button variant="default" onClick={onLeave} data-testid={leaveTestId}>
          {leave}
        </Button>
      </Hint>
      <Hint shortcut="dialogDo" label={does}>
        <Button type="submit" {...confirm} />
      </Hint>
    </div>
  );
}
