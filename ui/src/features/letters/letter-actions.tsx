import { ActionIcon, Button, Menu } from "@mantine/core";
import { useRef } from "react";
import { Icon } from "../../components/icon";
import { hint } from "../../components/hint";
import { Hint, Keys } from "../../components/keys";
import { showDone, useProblemToast } from "../../components/toast";
import type { LetterRow, SaveLayout } from "../../host/bindings";
import { plural } from "../../lib/format";
import { useFocusBack } from "../../lib/use-focus-back";
import { pressing, useShortcuts } from "../../lib/use-shortcuts";
import classes from "./letters-view.module.css";
import { pagesOf, useSave } from "./letters";
import { LettersWork } from "./letters-work";

interface LetterActionsProps {
  /** What the actions are about. */
  letters: readonly LetterRow[];
  /** How many of them were ticked; 0 means that it is the one in view. */
  chosen: number;
  active: LetterRow | undefined;
  onPrint: (letters: LetterRow[]) => void;
  onFax: (letters: LetterRow[]) => void;
  onReview: (letters: LetterRow[]) => void;
  onDiscard: (letters: LetterRow[]) => void;
  onRestore: (letters: LetterRow[]) => void;
  onWhy: (letter: LetterRow) => void;
  onOpenClient: ((clientId: string) => void) | undefined;
}

/** What can be done with the chosen letters, and how much paper that is. */
export function LetterActions(props: LetterActionsProps) {
  const { letters, chosen, active, onPrint, onFax, onReview, onDiscard, onRestore, onWhy, onOpenClient } = props;
  const save = useSave();
  const report = useProblemToast();
  const saveButton = useRef<HTMLButtonElement>(null);
  useFocusBack(save.isPending, saveButton);

  const usable = letters.filter(({ stage }) => stage !== "discarded");
  const discarded = letters.filter(({ stage }) => stage === "discarded");
  const discardable = letters.filter(({ stage }) => stage === "prepared");

  const saveAs = (layout: SaveLayout) => {
    if (usable.length > 0 && !save.isPending) {
      save.mutate(
        { ids: usable.map(({ id }) => id), layout },
        {
          onError: (problem) => (problem.code === "cancelled" ? showDone("Stopped: nothing was saved.") : report(problem)),
          onSuccess: ({ files, held }) => {
            // No file means that the agent closed the dialog.
            if (files.length > 0) {
              const kept = held[0] ? ` ${plural(held.length, "letter is", "letters are")} held and in no file: ${held[0].why}` : "";
              showDone(`${plural(usable.length - held.length, "letter")} saved in ${plural(files.length, "PDF file")}.${kept}`);
            }
          },
        },
      );
    }
  };
  const print = () => {
    if (usable.length > 0) {
      onPrint([...usable]);
    }
  };

  const fax = () => {
    if (usable.length > 0) {
      onFax([...usable]);
    }
  };

  const review = () => {
    if (usable.length > 0) {
      onReview([...usable]);
    }
  };

  useShortcuts({ save: () => saveAs("merged"), saveSeparate: () => saveAs("separate"), print, fax, review, ...pressing(["letterRestore", "letterClient"]) });

  return (
    <div className={classes["actions"]} role="toolbar" aria-label="Letter actions">
      <Button.Group>
        <Hint shortcut="save" label="Save as one PDF">
          <Button
            ref={saveButton}
            size="xs"
            variant="default"
            leftSection={<Icon name="save" />}
            disabled={usable.length === 0}
            loading={save.isPending}
            onClick={() => saveAs("merged")}
            data-testid="save-letters"
          >
            Save PDF
          </Button>
        </Hint>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              size="xs"
              px={6}
              variant="default"
              aria-label="More ways to save"
              disabled={usable.length === 0}
              {...hint("saveSeparate", "More ways to save")}
              data-testid="save-menu"
            >
              <Icon name="down" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => saveAs("merged")} rightSection={<Keys of="save" />} data-testid="save-merged">
              One PDF with all letters
            </Menu.Item>
            <Menu.Item
              onClick={() => saveAs("separate")}
              rightSection={<Keys of="saveSeparate" />}
              data-testid="save-separate"
            >
              One PDF for each letter
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      <Hint shortcut="print">
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="print" />}
          disabled={usable.length === 0}
          onClick={print}
          data-testid="print-letters"
        >
          Print
        </Button>
      </Hint>
      <Hint shortcut="fax">
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="fax" />}
          disabled={usable.length === 0}
          onClick={fax}
          data-testid="fax-letters"
        >
          Fax
        </Button>
      </Hint>
      <Hint shortcut="review">
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="eye" />}
          disabled={usable.length === 0}
          onClick={review}
          data-testid="review-letters"
        >
          Review
        </Button>
      </Hint>
      {discarded.length > 0 ? (
        <Hint shortcut="letterRestore">
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="undo" />}
            onClick={() => onRestore(discarded)}
            data-testid="restore-letters"
          >
            Bring back
          </Button>
        </Hint>
      ) : (
        <Hint
          shortcut="discard"
          label={discardable.length > 0 || letters.length === 0 ? "Discard" : "A printed letter is kept for the record"}
        >
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="trash" />}
            disabled={discardable.length === 0}
            onClick={() => onDiscard(discardable)}
            data-testid="discard-letters"
          >
            Discard
          </Button>
        </Hint>
      )}
      <Hint shortcut="why">
        <Button
          size="xs"
          variant="subtle"
          disabled={!active}
          onClick={() => {
            if (active) {
              onWhy(active);
            }
          }}
          aria-label="Why does it say that?"
          data-testid="letter-why"
        >
          Why?
        </Button>
      </Hint>
      {onOpenClient && active ? (
        <Hint shortcut="letterClient">
          <ActionIcon onClick={() => onOpenClient(active.clientId)} aria-label="Open the client">
            <Icon name="person" />
          </ActionIcon>
        </Hint>
      ) : null}
      <span className={classes["scope"]} role="status" data-testid="letter-scope">
        {letters.length === 0 ? "" : `${chosen > 0 ? "Chosen" : "In view"}: ${plural(letters.length, "letter")}, ${plural(pagesOf(letters), "page")}`}
      </span>
      <div className={classes["saving"]}>
        <LettersWork goesOn={save.isPending} does="Saving" before={null} />
      </div>
    </div>
  );
}
