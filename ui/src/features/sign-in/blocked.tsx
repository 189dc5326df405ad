import { Button } from "@mantine/core";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem, Session } from "../../host/bindings";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";
import { StartFresh } from "./start-fresh";

/** A new start is offered only where the files can no longer be opened; elsewhere waiting or unlocking helps. */
const STARTS_FRESH: ReadonlySet<Problem["code"]> = new Set(["key_missing", "cache_damaged"]);

/** A cache is here and cannot be opened. Nothing is removed unless the agent says so, and even then it is kept. */
export function Blocked({ session }: { session: Session }) {
  const retry = useSessionCommand("session_retry");
  const problem = retry.error ?? session.problem;

  return (
    <div className={classes["form"]} data-testid="blocked">
      {problem ? (
        <ProblemNotice problem={problem} onRetry={() => retry.mutate({})} retrying={retry.isPending} />
      ) : (
        <Hint shortcut="tryAgain" label="Try again">
          <Button onClick={() => retry.mutate({})} loading={retry.isPending}>
            Try again
          </Button>
        </Hint>
      )}
      {session.problem && STARTS_FRESH.has(session.problem.code) ? (
        <div className={classes["second"]}>
          <h2>Start fresh</h2>
          <StartFresh />
        </div>
      ) : null}
    </div>
  );
}
