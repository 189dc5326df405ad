import { Button } from "@mantine/core";
import { type ReactNode, createContext, useContext } from "react";
import type { Problem } from "../host/bindings";
import { Hint } from "./keys";
import { Notice } from "./notice";

/** What the agent reads above a problem's own message, and what can be done about it from here. */
export interface ProblemAdvice {
  title: string;
  action?: { label: string; run: () => void };
}

/** The application fills this with its table of problems, which knows where each remedy lives. */
const ProblemAdviceContext = createContext<(problem: Problem) => ProblemAdvice>(() => ({ title: "That did not work" }));

export const ProblemAdviceProvider = ProblemAdviceContext.Provider;

export function useProblemAdvice(): (problem: Problem) => ProblemAdvice {
  return useContext(ProblemAdviceContext);
}

interface ProblemNoticeProps {
  problem: Problem;
  /** Where the usual title of this kind of problem would mislead. */
  title?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  children?: ReactNode;
}

/** A problem where it happened: what, why, and what to do. */
export function ProblemNotice({ problem, title, onRetry, retrying = false, children }: ProblemNoticeProps) {
  const { title: usual, action } = useProblemAdvice()(problem);
  return (
    <Notice kind="problem" title={title ?? usual} alert testId="problem" code={problem.code}>
      <p>{problem.message}</p>
      {children}
      {onRetry || action ? (
        <Notice.Actions>
          {onRetry ? (
            <Hint shortcut="tryAgain" label="Try again">
              <Button size="xs" variant="default" onClick={onRetry} loading={retrying}>
                Try again
              </Button>
            </Hint>
          ) : null}
          {action ? (
            <Hint shortcut="problemAct" label={action.label}>
              <Button size="xs" variant="default" onClick={action.run}>
                {action.label}
              </Button>
            </Hint>
          ) : null}
        </Notice.Actions>
      ) : null}
    </Notice>
  );
}
