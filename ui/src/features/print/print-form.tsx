import { Button, Checkbox, NumberInput, Radio, Select, Skeleton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { GoesWithWarnings, KeptLetters, whyKept } from "../../components/kept-letters";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import type { LetterRow, PrintRunStart, PrinterRow, Problem } from "../../host/bindings";
import { plural } from "../../lib/format";
import { useChecks } from "../../lib/gate";
import { usePrinters } from "../../lib/use-printers";
import classes from "./print-dialog.module.css";
import { sheetsOf, usual } from "./printers";
import { nothingPrinted } from "./runs";

interface PrintFormProps {
  letters: readonly LetterRow[];
  /** Why the last try printed nothing. */
  failed: Problem | null;
  onClose: () => void;
  onLook: (letter: LetterRow) => void;
  onPrint: (take: PrintRunStart) => void;
}

const OWN_CHOICE = "";
const MOST_COPIES = 20;

/** What will come out of which printer, and what stays here and why, before anything happens. */
export function PrintForm({ letters, failed, onClose, onLook, onPrint }: PrintFormProps) {
  const { data: printers, error, isPending, refetch, isFetching } = usePrinters(true);
  const checks = useChecks(letters.map(({ id }) => id), "paper");
  const [picked, setPicked] = useState<string | null>(null);
  const [tray, setTray] = useState(OWN_CHOICE);
  const [duplex, setDuplex] = useState(false);
  const [copies, setCopies] = useState(1);

  const printer = usual(printers ?? [], picked);
  const twoSided = duplex && printer?.duplex === true;
  const looked = !checks.pending && checks.problem === null;
  const kept = letters.filter(({ id }) => checks.byLetter.get(id)?.blocked !== false);
  const going = letters.filter((letter) => !kept.includes(letter));
  const amount = `${plural(going.length, "letter")}, ${plural(sum(going) * copies, "page")}`;
  const faxOnly = going.filter((letter) => letter.faxOnly).length;
  const again = going.filter(({ stage, sentOn }) => stage === "printed" && sentOn === null).length;
  const sent = going.filter(({ sentOn }) => sentOn !== null).length;
  const ready = looked && printer !== undefined && going.length > 0;

  // Printer and findings are known a moment after the dialog opens; from then on Enter prints.
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (ready) {
      confirm.current?.focus();
    }
  }, [ready]);

  const go = () => {
    if (ready) {
      onPrint({
        ids: going.map(({ id }) => id),
        printer: printer.name,
        tray: printer.trays.some(({ name }) => name === tray) ? tray : null,
        duplex: twoSided,
        copies,
      });
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
      {checks.problem ? <ProblemNotice problem={checks.problem} onRetry={checks.retry} /> : null}
      {isPending || checks.pending ? <Skeleton height={96} /> : null}
      {printers?.length === 0 ? (
        <Notice kind="caution" title="This computer has no printer">
          <p>Add one in the system's settings and look again, or close this and save a PDF.</p>
          <Notice.Actions>
            <Hint shortcut="tryAgain" label="Look for printers again">
              <Button size="xs" variant="default" onClick={() => void refetch()} loading={isFetching}>
                Look again
              </Button>
            </Hint>
          </Notice.Actions>
        </Notice>
      ) : null}
      {looked && going.length === 0 ? null : <Printers printers={printers ?? []} value={printer?.name ?? null} onChange={setPicked} />}
      {printer && looked && going.length > 0 ? (
        <div className={classes["choices"]}>
          {printer.trays.length > 0 ? (
            <Select
              label="Tray"
              data={[{ value: OWN_CHOICE, label: "The printer's own choice" }, ...printer.trays.map(({ name, label }) => ({ value: name, label }))]}
              value={printer.trays.some(({ name }) => name === tray) ? tray : OWN_CHOICE}
              onChange={(value) => setTray(value ?? OWN_CHOICE)}
              allowDeselect={false}
              data-testid="print-tray"
            />
          ) : null}
          <NumberInput
            label="Copies"
            min={1}
            max={MOST_COPIES}
            clampBehavior="strict"
            allowDecimal={false}
            value={copies}
            onChange={(value) => setCopies(Math.max(1, Number(value) || 1))}
            className={classes["copies"] ?? ""}
            data-testid="print-copies"
          />
          {printer.duplex ? (
            <Checkbox
              label="Both sides"
              description="Every letter begins on a new sheet."
              checked={duplex}
              onChange={(event) => setDuplex(event.currentTarget.checked)}
              data-testid="print-duplex"
            />
          ) : null}
        </div>
      ) : null}
      {printer && looked && going.length > 0 ? (
        <p className={classes["sentence"]} data-testid="print-sentence">
          <strong>
            {amount} on {plural(sheetsOf(going, twoSided) * copies, "sheet")}
          </strong>{" "}
          to <strong>{printer.label}</strong>, as one job{copies > 1 ? `, ${copies} copies of each` : ""}
          {kept.length > 0 ? `; ${plural(kept.length, "letter stays", "letters stay")} here` : ""}.
        </p>
      ) : null}
      {looked ? (
        <KeptLetters
          title={going.length > 0 ? `${plural(kept.length, "letter stays", "letters stay")} here` : "None of these letters may go out yet"}
          kept={kept.map((letter) => {
            const checked = checks.byLetter.get(letter.id);
            return { letter, why: checked ? whyKept(checked) : "It is no longer here." };
          })}
          onLook={onLook}
          testId="print-kept"
        />
      ) : null}
      {looked ? <GoesWithWarnings going={going.flatMap(({ id }) => checks.byLetter.get(id) ?? [])} /> : null}
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
      {sent > 0 ? (
        <Notice kind="caution">
          <p>{plural(sent, "of them is", "of them are")} mailed or faxed already.</p>
        </Notice>
      ) : null}
      {failed ? (
        <ProblemNotice problem={failed}>
          {nothingPrinted(failed) ? <p>Nothing was printed.</p> : null}
        </ProblemNotice>
      ) : null}
      <DialogButtons
        leave={looked && going.length === 0 ? "Close" : "Cancel"}
        onLeave={onClose}
        ref={confirm}
        disabled={!ready}
        data-testid="print-confirm"
      >
        {going.length > 0 ? `Print ${amount}` : "Print"}
      </DialogButtons>
    </form>
  );
}

function Printers({ printers, value, onChange }: { printers: readonly PrinterRow[]; value: string | null; onChange: (name: string) => void }) {
  if (printers.length === 0) {
    return null;
  }
  return (
    <Radio.Group label="Printer" value={value} onChange={onChange} data-testid="printer-list">
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
  );
}

function sum(letters: readonly LetterRow[]): number {
  return letters.reduce((total, { pages }) => total + pages, 0);
}
