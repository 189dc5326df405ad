import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Problem } from "../host/bindings";
import { Icon } from "./icon";
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

/** Says that something is done, and where it can be followed. */
export function showDoneAt(message: string, place: { label: string; go: () => void }): void {
  const id = notifications.show({
    message: (
      <span style={{ display: "flex", alignItems: "center", justifyContent: "space-between", gap: 12 }}>
        {message}
        <Button
          size="compact-sm"
          variant="default"
          style={{ flex: "none" }}
          data-testid="toast-link"
          onClick={() => {
            notifications.hide(id);
            place.go();
          }}
        >
          {place.label}
        </Button>
      </span>
    ),
    color: "teal",
    icon: <Icon name="check" />,
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: CLOSE,
  });
}

/** Says that something is done, and offers to take it back. Answers how to close it. */
export function showUndo(message: string, undo: () => void): () => void {
  const id = notifications.show({
    message: (
      <span style={{ display: "flex", alignItems: "center", justifyContent: "space-between", gap: 12 }}>
        {message}
        <Button
          size="compact-sm"
          flex="none"
          variant="default"
          data-testid="undo"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </span>
    ),
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: CLOSE,
  });
  return () => {
    notifications.hide(id);
  };
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
