import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Icon } from "../../components/icon";
import { Tick } from "../../components/tick";
import { Tag, type Tone } from "../../components/tag";
import type { LetterChecked, LetterRow, LetterStage } from "../../host/bindings";
import { date, instant, instantDay, listed, plural } from "../../lib/format";
import { reviewBy } from "../../lib/outcomes";
import { GateMark } from "./findings";
import classes from "./letters-view.module.css";

interface LetterListProps {
  letters: readonly LetterRow[];
  chosen: ReadonlySet<string>;
  activeId: string | null;
  withClient: boolean;
  /** What the gate found, by letter. */
  checked: ReadonlyMap<string, LetterChecked>;
  onActive: (id: string) => void;
  onToggle: (id: string) => void;
  onAll: (all: boolean) => void;
}

const ROW_HEIGHT = 76;

const STAGE: Record<LetterStage, { tone: Tone; text: string }> = {
  prepared: { tone: "neutral", text: "Prepared" },
  printed: { tone: "info", text: "Printed" },
  discarded: { tone: "neutral", text: "Discarded" },
};

/** Newest first. The active row is the one in the preview; ticked rows are what actions are about. */
export function LetterList({ letters, chosen, activeId, withClient, checked, onActive, onToggle, onAll }: LetterListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: letters.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const at = letters.findIndex(({ id }) => id === activeId);
  const ticked = letters.filter(({ id }) => chosen.has(id)).length;

  useEffect(() => {
    if (at >= 0) {
      virtualizer.scrollToIndex(at);
      const row = scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${at + 1}"]`);
      // Moving by keys moves the focus too, unless it is in a control elsewhere.
      if (row && scroller.current?.contains(document.activeElement)) {
        row.focus({ preventScroll: true });
      }
    }
  }, [at, virtualizer]);

  return (
    <>
      <div className={classes["all"]}>
        <Checkbox
          checked={ticked === letters.length}
          indeterminate={ticked > 0 && ticked < letters.length}
          onChange={() => onAll(ticked < letters.length)}
          label={ticked > 0 ? `${plural(ticked, "letter")} chosen` : "Choose all"}
          data-testid="choose-all-letters"
        />
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label="Letters, newest first"
        aria-multiselectable="true"
        aria-rowcount={letters.length}
        className={classes["list"]}
      >
        <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const letter = letters[index];
            return letter ? (
              <Row
                key={letter.id}
                letter={letter}
                index={index}
                top={start}
                ticked={chosen.has(letter.id)}
                active={index === at}
                withClient={withClient}
                checked={checked.get(letter.id)}
                onActive={onActive}
                onToggle={onToggle}
              />
            ) : null;
          })}
        </div>
      </div>
    </>
  );
}

interface RowProps extends Pick<LetterListProps, "withClient" | "onActive" | "onToggle"> {
  letter: LetterRow;
  checked: LetterChecked | undefined;
  index: number;
  top: number;
  ticked: boolean;
  active: boolean;
}

function Row({ letter, checked, index, top, ticked, active, withClient, onActive, onToggle }: RowProps) {
  const stage = letter.sentOn === null ? STAGE[letter.stage] : { tone: "good" as const, text: `Sent ${date(letter.sentOn)}` };
  const items = `${plural(letter.items.length, "item")}: ${listed(letter.items)}`;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- moving to the row by keys shows it as a press does
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={ticked}
      aria-current={active}
      tabIndex={active ? 0 : -1}
      className={classes["row"]}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
      onClick={() => onActive(letter.id)}
      onFocus={() => onActive(letter.id)}
      data-testid="letter-row"
      data-letter-id={letter.id}
      data-stage={letter.stage}
    >
      <div role="gridcell" className={classes["tick"]}>
        <Tick checked={ticked} onChange={() => onToggle(letter.id)} label={`Choose the letter to ${letter.recipientName}`} />
      </div>
      <div role="gridcell" className={classes["about"]}>
        <span className={classes["title"]}>
          <span className={classes["name"]}>{letter.recipientName}</span>
          <Tag tone={stage.tone}>{stage.text}</Tag>
        </span>
        <span className={classes["pair"]}>
          <span className={classes["sub"]}>{[withClient ? letter.clientName : "", letter.templateName].filter(Boolean).join(", ")}</span>
          {checked ? <GateMark checked={checked} /> : null}
        </span>
        <span className={classes["pair"]}>
          <span className={classes["sub"]} title={`${instant(letter.printedAt ?? letter.preparedAt)}, ${items}`}>
            <span className="figures">{instantDay(letter.printedAt ?? letter.preparedAt)}</span>, {plural(letter.pages, "page")}
            {letter.enclosures > 0 ? ` (${plural(letter.enclosures, "enclosure")})` : ""},{" "}
            {plural(letter.items.length, "item")}
            {letter.faxOnly ? ", fax only" : ""}
            {letter.rewordedAt === null ? "" : ", text changed"}
          </span>
          {letter.review ? (
            <span
              className={classes["reviewed"]}
              title={`Reviewed ${reviewBy(letter.review.channel)} on ${date(letter.review.on)}, recorded by ${letter.review.by}`}
              data-testid="row-review"
            >
              <Icon name="check" size={12} /> Reviewed
            </span>
          ) : null}
        </span>
      </div>
    </div>
  );
}
