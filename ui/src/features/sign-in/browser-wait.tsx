import { Button, Loader } from "@mantine/core";
import { useId } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem } from "../../host/bindings";
import classes from "./sign-in.module.css";

interface BrowserWaitProps {
  /** Why the waiting could not be stopped. */
  problem: Problem | null;
  onCancel: () => void;
}

/** While Microsoft's page is open in the browser, which the desk cannot see. */
export function BrowserWait({ problem, onCancel }: BrowserWaitProps) {
  const words = useId();
  return (
    <div className={classes["form"]} data-testid="browser-wait">
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div className={classes["waiting"]}>
        <Loader size="sm" aria-hidden="true" />
        <div id={words}>
          <p>Finish signing in in your browser.</p>
          <p className={classes["lead"]}>This page waits.</p>
        </div>
      </div>
      <Hint shortcut="dialogLeave" label="Stop waiting">
        <Button
          variant="default"
          size="md"
          onClick={onCancel}
          autoFocus
          aria-describedby={words}
          data-testid="browser-cancel"
        >
          Cancel
        </Button>
      </Hint>
    </div>
  );
}
