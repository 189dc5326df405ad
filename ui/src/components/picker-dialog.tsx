import { Loader, Modal, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { plural } from "../lib/format";
import { Icon } from "./icon";
import { Notice } from "./notice";
import classes from "./picker-dialog.module.css";

export interface PickerOption {
  id: string;
  label: string;
  detail?: string | undefined;
  /** Drawn at the end of the line. */
  end?: ReactNode;
  group?: string;
}

interface PickerDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  placeholder: string;
  options: readonly PickerOption[];
  onPick: (id: string) => void;
  /** Given when the options are already what was searched for; without it, options are matched by their words. */
  onQuery?: (query: string) => void;
  /** With `onQuery`: whether the options are those of what is typed now. Enter waits for them. */
  settled?: boolean;
  /** Whether the first line stands ready for Enter before anything is typed. */
  preselect?: boolean;
  loading?: boolean;
  empty: string;
  problem?: ReactNode;
  testId: string;
  children?: ReactNode;
}

/** More rows than anybody reads; the rest is found by typing. */
const SHOWN = 200;

/** A list to pick one line from, by typing or by arrows. */
export function PickerDialog(props: PickerDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={<VisuallyHidden>{props.title}</VisuallyHidden>}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={600}
      padding={0}
      // What is typed right after it was asked for is already for its field.
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      classNames={{ header: classes["header"] ?? "" }}
      data-testid={props.testId}
    >
      {props.opened ? <Picker {...props} /> : null}
    </Modal>
  );
}

function Picker(props: PickerDialogProps) {
  const { title, placeholder, options, onPick, onQuery, settled = true, preselect = true, loading = false, empty, problem, children } = props;
  const [query, setQuery] = useState("");
  const [activeAt, setActiveAt] = useState(preselect ? 0 : -1);
  const [picking, setPicking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();

  const found = useMemo(
    () => (onQuery ? options : options.filter((option) => matches(option, query))),
    [onQuery, options, query],
  );
  const shown = found.slice(0, SHOWN);
  const active = shown[Math.min(activeAt, shown.length - 1)];

  useLayoutEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      if (before instanceof HTMLElement) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: "nearest" });
  }, [active?.id]);

  // Enter may come before the options it is about. What stood there before is never picked in their place.
  const ripe = picking && settled;
  const pickActive = useEffectEvent(() => {
    if (active) {
      onPick(active.id);
    }
  });
  useEffect(() => {
    if (ripe) {
      pickActive();
    }
  }, [ripe]);

  const type = (text: string) => {
    setPicking(false);
    setQuery(text);
    setActiveAt(preselect || text !== "" ? 0 : -1);
    onQuery?.(text);
  };

  const move = (by: number) => {
    if (shown.length > 0) {
      // From no line at all, up is the last one.
      const at = activeAt < 0 && by < 0 ? 0 : Math.min(activeAt, shown.length - 1);
      setActiveAt((at + by + shown.length) % shown.length);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!settled) {
        setPicking(true);
      } else if (active) {
        onPick(active.id);
      }
    }
  };

  return (
    <div className={classes["picker"]}>
      <div className={classes["search"]}>
        <Icon name="search" />
        <input
          ref={input}
          data-autofocus
          className={classes["input"]}
          type="text"
          role="combobox"
          aria-label={title}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={query}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {loading ? <Loader size={14} role="status" aria-label="Searching" /> : null}
      </div>
      {problem}
      <div ref={list} id={listId} role="listbox" aria-label={title} className={classes["list"]} tabIndex={-1}>
        {shown.map((option, index) => (
          <div key={option.id} role="presentation">
            {option.group && option.group !== shown[index - 1]?.group ? (
              <div className={classes["group"]} role="presentation">
                {option.group}
              </div>
            ) : null}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys go to the input, which names the active option */}
            <div
              id={`${listId}-${option.id}`}
              role="option"
              aria-selected={option.id === active?.id}
              className={classes["option"]}
              data-option-id={option.id}
              onClick={() => onPick(option.id)}
              onMouseMove={() => setActiveAt(index)}
            >
              <span className={classes["label"]}>
                <span>{option.label}</span>
                {option.detail ? <span className={classes["detail"]} title={option.detail}>{option.detail}</span> : null}
              </span>
              {option.end}
            </div>
          </div>
        ))}
      </div>
      {found.length > SHOWN ? (
        <p className={classes["more"]}>{plural(found.length - SHOWN, "more line")}: keep typing to narrow them down.</p>
      ) : null}
      {shown.length === 0 && !loading && !problem ? (
        <div className={classes["empty"]}>
          <Notice kind="info">{empty}</Notice>
        </div>
      ) : null}
      {children ? <div className={classes["foot"]}>{children}</div> : null}
    </div>
  );
}

function matches({ label, detail, group }: PickerOption, query: string): boolean {
  const text = `${label} ${detail ?? ""} ${group ?? ""}`.toLocaleLowerCase("en-US");
  return query
    .toLocaleLowerCase("en-US")
    .split(/\s+/)
    .every((word) => text.includes(word));
}
