import { Button, Modal, Skeleton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import { showDoneAt } from "../../components/toast";
import { WorkProgress } from "../../components/work-progress";
import type { LetterRow, PrintRunConfirmed, PrintRunRow, Problem, ProblemCode } from "../../host/bindings";
import { usePrintProgress } from "../../lib/print-progress";
import { plural } from "../../lib/format";
import { DeskProblem } from "../../lib/problem";
import { ConfirmForm } from "./confirm-form";
import classes from "./print-dialog.module.css";
import { PrintForm } from "./print-form";
import { RunConfirmed } from "./run-confirmed";
import { type RunRequest, nothingPrinted, useCancelRun, useRun, useStartRun } from "./runs";

/** What the dialog is opened for: letters to print, a run to confirm, or a run's jammed letters to print again. */
export type PrintTask = { letters: readonly LetterRow[] } | { confirm: string } | { reprint: PrintRunRow };

interface PrintDialogProps {
  task: PrintTask | null;
  onClose: () => void;
  onLook: (letter: LetterRow) => void;
  onOpenRun: (id: string) => void;
}

/** From what will happen to what came out: which printer, the job on its way, "printed well?", and what follows. */
export function PrintDialog({ task, onClose, onLook, onOpenRun }: PrintDialogProps) {
  const [printing, setPrinting] = useState(false);
  const [title, setTitle] = useState("Print");
  const [asked, setAsked] = useState<string | null>(null);
  const shut = () => {
    setTitle("Print");
    setAsked(null);
    onClose();
    if (asked !== null) {
      showDoneAt("The run waits until you say what came out.", { label: "Open the run", go: () => onOpenRun(asked) });
    }
  };
  return (
    <Modal
      opened={task !== null}
      onClose={shut}
      title={title}
      size={560}
      // A job on its way is cancelled, not left alone.
      closeOnEscape={!printing}
      closeOnClickOutside={!printing}
      withCloseButton={!printing}
      data-testid="print-dialog"
    >
      {task ? <Steps task={task} onClose={shut} onLook={onLook} onPrinting={setPrinting} onAsked={setAsked} onTitle={setTitle} /> : null}
    </Modal>
  );
}

type Step = { at: "form" } | { at: "printing"; total: number } | { at: "confirm"; run: string } | { at: "done"; confirmed: PrintRunConfirmed };

interface StepsProps extends Omit<PrintDialogProps, "task" | "onOpenRun"> {
  task: PrintTask;
  /** The run of which it is asked what came out. */
  onAsked: (run: string | null) => void;
  onPrinting: (printing: boolean) => void;
  onTitle: (title: string) => void;
}

function Steps({ task, onClose, onLook, onPrinting, onAsked, onTitle }: StepsProps) {
  const start = useStartRun();
  const [step, setStep] = useState<Step>(() =>
    "confirm" in task ? { at: "confirm", run: task.confirm } : "reprint" in task ? { at: "printing", total: task.reprint.jammed } : { at: "form" },
  );
  const [failed, setFailed] = useState<Problem | null>(null);

  useEffect(() => {
    onPrinting(step.at === "printing" && failed === null);
    onAsked(step.at === "confirm" ? step.run : null);
    onTitle(step.at === "confirm" ? "Printed well?" : step.at === "done" ? "Printed and mailed" : "Print");
  }, [step, failed, onPrinting, onAsked, onTitle]);

  const run = (request: RunRequest, total: number) => {
    setFailed(null);
    setStep({ at: "printing", total });
    start.mutate(request, {
      onSuccess: (row) => {
        if (row.stage === "printed" || row.stage === "confirmed") {
          setStep({ at: "confirm", run: row.id });
        } else {
          stopped(row.stage === "cancelled" ? "cancelled" : "print_failed", row.failure ?? "The print run was cancelled.");
        }
      },
      onError: ({ code, message }) => stopped(code, message),
    });
  };
  const stopped = (code: ProblemCode, message: string) => {
    setFailed(new DeskProblem({ code, message }));
    setStep((before) => ("letters" in task ? { at: "form" } : before));
  };

  // A reprint was asked for already: its printer and its letters are those of the first time.
  const asked = useRef(false);
  useEffect(() => {
    if ("reprint" in task && !asked.current) {
      asked.current = true;
      run({ reprint: task.reprint.id }, task.reprint.jammed);
    }
  });

  switch (step.at) {
    case "form":
      return "letters" in task ? (
        <PrintForm
          letters={task.letters}
          failed={failed}
          onClose={onClose}
          onLook={(letter) => {
            onClose();
            onLook(letter);
          }}
          onPrint={(take) => run({ start: take }, take.ids.length)}
        />
      ) : null;
    case "printing":
      return failed ? (
        <div className={classes["form"]}>
          <ProblemNotice problem={failed}>
            {nothingPrinted(failed) ? <p>Nothing was printed.</p> : null}
          </ProblemNotice>
          <div className={classes["buttons"]}>
            <Hint shortcut="dialogLeave">
              <Button variant="default" onClick={onClose}>
                Close
              </Button>
            </Hint>
          </div>
        </div>
      ) : (
        <Printing total={step.total} />
      );
    case "confirm":
      return (
        <Confirm
          id={step.run}
          onConfirmed={(confirmed) => setStep({ at: "done", confirmed })}
          onLater={onClose}
        />
      );
    case "done":
      return (
        <RunConfirmed
          confirmed={step.confirmed}
          onReprint={(row) => run({ reprint: row.id }, row.jammed)}
          onClose={onClose}
          problem={failed}
        />
      );
  }
}

/** The job is being put together: how far, and the way to stop it. */
function Printing({ total }: { total: number }) {
  const progress = usePrintProgress();
  const cancel = useCancelRun();
  // Not the button: an Enter too many must not cancel.
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => said.current?.focus(), []);
  const done = progress?.done ?? 0;
  const all = progress?.total ?? total;
  return (
    <div className={classes["form"]}>
      <WorkProgress
        said={done === 0 ? `Putting ${plural(all, "letter")} together.` : `${done} of ${plural(all, "letter")} in the job.`}
        saidRef={said}
        label="Letters in the job"
        done={done}
        total={all}
        testId="printing"
      >
        <Hint shortcut="dialogOther" label="Stop putting them together">
          <Button variant="default" loading={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate()} data-testid="print-cancel">
            Cancel
          </Button>
        </Hint>
      </WorkProgress>
      {cancel.error ? <ProblemNotice problem={cancel.error} /> : null}
    </div>
  );
}

function Confirm({ id, onConfirmed, onLater }: { id: string; onConfirmed: (confirmed: PrintRunConfirmed) => void; onLater: () => void }) {
  const { data: detail, error, refetch, isFetching } = useRun(id);
  if (error && !detail) {
    return <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />;
  }
  if (!detail) {
    return <Skeleton height={200} />;
  }
  return <ConfirmForm detail={detail} onConfirmed={onConfirmed} onLater={onLater} />;
}
