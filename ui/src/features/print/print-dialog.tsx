import { Button, Modal, Radio, Skeleton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import { showDone } from "../../components/toast";
import type { LetterRow, PrinterRow } from "../../host/bindings";
import { plural } from "../../lib/format";
import classes from "./print-dialog.module.css";
import { usePrint, usePrinters } from "./printers";

interface PrintDialogProps {
  /** What to print, in order; `null` while closed. */
  letters: readonly LetterRow[] | null;
  onClose: () => void;
}

/** Which printer, and what will come out of it, before anything does. */
export function PrintDialog({ letters, onClose }: PrintDialogProps) {
  return (
    <Modal opened={letters !== null} onClose={onClose} title="Print" size={480} data-testid="print-dialog">
      {letters ? <PrintForm letters={letters} onClose={onClose} /> : null}
    </Modal>
  );
}

function PrintForm({ letters, onClose }: { letters: readonly LetterRow[]; onClose: () => void }) {
  const { data: printers, error, isPending, refetch, isFetching } = usePrinters(true);
  const print = usePrint();
  const [picked, setPicked] = useState<string | null>(null);
  const printer = usual(printers ?? [], picked);

  const pages = letters.reduce((sum, letter) => sum + letter.pages, 0);
  const amount = `${plural(letters.length, "letter")}, ${plural(pages, "page")}`;
  const faxOnly = letters.filter((letter) => letter.faxOnly).length;
  const again = letters.filter(({ stage }) => stage === "printed").length;

  // The printer is known a moment after the dialog opens; from then on Enter prints.
  const confirm = useRef<HTMLButtonElement>(null);
  const known = printer !== undefined;
  useEffect(() => {
    if (known) {
      confirm.current?.focus();
    }
  }, [known]);

  const go = () => {
    if (printer) {
      print.mutate(
        { ids: letters.map(({ id }) => id), printer: printer.name },
        {
          onSuccess: (job) => {
            showDone(`Sent to ${printer.label} as ${job.job}: ${plural(job.letters, "letter")}, ${plural(job.pages, "page")}.`);
            onClose();
          },
        },
      );
    }
  };

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} /> : null}
      {isPending ? <Skeleton height={96} /> : null}
      {printers?.length === 0 ? (
        <Notice kind="caution" title="This computer has no printer">
          <p>Add one in the system's settings and look again, or close this and save a PDF.</p>
          <Notice.Actions>
            <Button size="xs" variant="default" onClick={() => void refetch()} loading={isFetching}>
              Look again
            </Button>
          </Notice.Actions>
        </Notice>
      ) : null}
      {printers && printers.length > 0 ? (
        <Radio.Group label="Printer" value={printer?.name ?? null} onChange={setPicked} data-testid="printer-list">
          <div className={classes["printers"]}>
            {printers.map(({ name, label, isDefault, ready }) => (
              <Radio
                key={name}
                value={name}
                label={
                  <span className={classes["printer"]}>
                    {label}
                    {isDefault ? <Tag>Default</Tag> : null}
                    {ready ? null : <Tag tone="warn">Not ready</Tag>}
                  </span>
                }
              />
            ))}
          </div>
        </Radio.Group>
      ) : null}
      {printer ? (
        <p className={classes["sentence"]} data-testid="print-sentence">
          <strong>{amount}</strong> to <strong>{printer.label}</strong>, as one job.
        </p>
      ) : null}
      {printer && !printer.ready ? (
        <Notice kind="caution">
          <p>This printer takes no jobs now. The job may wait in its queue.</p>
        </Notice>
      ) : null}
      {faxOnly > 0 ? (
        <Notice kind="caution">
          <p>{plural(faxOnly, "of them has", "of them have")} no postal address: {faxOnly === 1 ? "it" : "they"} can be faxed, not mailed.</p>
        </Notice>
      ) : null}
      {again > 0 ? (
        <Notice kind="caution">
          <p>{plural(again, "of them was", "of them were")} printed before. Mail only one copy.</p>
        </Notice>
      ) : null}
      {print.error ? <ProblemNotice problem={print.error} /> : null}
      <div className={classes["buttons"]}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button ref={confirm} type="submit" disabled={!printer} loading={print.isPending} data-testid="print-confirm">
          Print {amount}
        </Button>
      </div>
    </form>
  );
}

/** The picked printer while it is there, else the system's default, else the first that is ready. */
function usual(printers: readonly PrinterRow[], picked: string | null): PrinterRow | undefined {
  return (
    printers.find(({ name }) => name === picked) ??
    printers.find(({ isDefault }) => isDefault) ??
    printers.find(({ ready }) => ready) ??
    printers[0]
  );
}
