import { Button } from "@mantine/core";
import { useState } from "react";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem, Session } from "../../host/bindings";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";

/** A new start is offered only where the files can no longer be opened; elsewhere waiting or unlocking helps. */
const STARTS_FRESH: ReadonlySet<Problem["code"]> = new Set(["key_missing", "cache_damaged"]);

/** A cache is here and cannot be opened. Nothing is removed unless the agent says so, and even then it is kept. */
export function Blocked({ session }: { session: Session }) {
  const retry = useSessionCommand("session_retry");
  const setAside = useSessionCommand("session_set_aside");
  const [asking, setAsking] = useState(false);
  const problem = retry.error ?? session.problem;

  return (
    <div className={classes["form"]} data-testid="blocked">
      {problem ? (
        <ProblemNotice problem={problem} onRetry={() => retry.mutate({})} retrying={retry.isPending} />
      ) : (
        <Button onClick={() => retry.mutate({})} loading={retry.isPending}>
          Try again
        </Button>
      )}
      {session.problem && STARTS_FRESH.has(session.problem.code) ? (
        <div className={classes["second"]}>
          <h2>Start fresh</h2>
          <p>
            The files are set aside on this computer, not deleted. You sign in and the clients are pulled from the portal
            again. Letters that were prepared but not printed stay in the files that were set aside.
          </p>
          {setAside.error ? <ProblemNotice problem={setAside.error} /> : null}
          {asking ? (
            <Notice kind="caution" title="Set the files aside?">
              <Notice.Actions>
                <Button
                  size="xs"
                  color="red"
                  onClick={() => setAside.mutate({})}
                  loading={setAside.isPending}
                  data-testid="set-aside-confirm"
                >
                  Set aside and start fresh
                </Button>
                <Button size="xs" variant="default" onClick={() => setAsking(false)} autoFocus>
                  Keep
                </Button>
              </Notice.Actions>
            </Notice>
          ) : (
            <Button variant="default" onClick={() => setAsking(true)} data-testid="set-aside">
              Set the files aside and start fresh
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}
