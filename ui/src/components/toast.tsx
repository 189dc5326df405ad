import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import type { Problem } from "../host/bindings";
import type { ShortcutId } from "../lib/shortcuts";
import { Icon } from "./icon";
import { Hint } from "./keys";
import { useProblemAdvice } from "./problem-notice";

const CLOSE = { "aria-label": "Close" };

/** Says that something is done. */
export function showDone(message: string): void {
  notifications.show({
    message,
    color: "teal",
    icon: <Icon name="check" />,
    autoClose: 6000,
    withBorder: true,
    closeButtonProps: CLOSE,
  });
}

/** Where what was done can be followed. */
export interface Place {
  label: string;
  go: () => void;
}

/** Says that something is done, and where it can be followed. */
export function showDoneAt(message: string, place: Place): void {
  const id = notifications.show({
    message: (
      <Said message={message}>
        <Act shortcut="messageGo" does={place.label} act={place.go} hide={() => notifications.hide(id)} testId="toast-link" />
      </Said>
    ),
    color: "teal",
    icon: <Icon name="check" />,
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: CLOSE,
  });
}

/** Says that something is done, and offers to take it back. Answers how to close it. */
export function showUndo(message: string, undo: () => void, place?: Place): () => void {
  const hide = () => {
    notifications.hide(id);
  };
  const id = notifications.show({
    message: (
      <Said message={message}>
        <Act shortcut="undo" does="Undo" act={undo} hide={hide} testId="undo" />
        {place ? <Act shortcut="messageGo" does={place.label} act={place.go} hide={hide} testId="toast-link" /> : null}
      </Said>
    ),
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: CLOSE,
  });
  return hide;
}

function Said({ message, children }: { message: string; children: ReactNode }) {
  return (
    <span style={{ display: "flex", flexWrap: "wrap", alignItems: "center", justifyContent: "space-between", gap: "6px 12px" }}>
      {message}
      <span style={{ display: "flex", flex: "none", gap: 6 }}>{children}</span>
    </span>
  );
}

interface ActProps {
  shortcut: ShortcutId;
  does: string;
  act: () => void;
  hide: () => void;
  testId: string;
}

function Act({ shortcut, does, act, hide, testId }: ActProps) {
  return (
    <Hint shortcut={shortcut} label={does}>
      <Button
        size="compact-sm"
        variant="default"
        data-testid={testId}
        onClick={() => {
          hide();
          act();
        }}
      >
        {does}
      </Button>
    </Hint>
  );
}

/** A problem that has no place of its own on the page. It stays until it is closed. */
export function useProblemToast(): (problem: Problem) => void {
  const advise = useProblemAdvice();
  return (problem) => {
    const { title, action } = advise(problem);
    const id = notifications.show({
      title,
      message: (
        <>
          {problem.message}
          {action ? (
            <div style={{ marginTop: 8 }}>
              <Hint shortcut="problemAct" label={action.label}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    notifications.hide(id);
                    action.run();
                  }}
                >
                  {action.label}
                </Button>
              </Hint>
            </div>
          ) : null}
        </>
      ),
      color: "red",
      icon: <Icon name="warning" />,
      autoClose: false,
      withBorder: true,
      role: "alert",
      closeButtonProps: CLOSE,
    });
  };
}
