import { ActionIcon, Button } from "@mantine/core";
import type { RefObject } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { PageView } from "../../components/page-view";
import { PdfPage } from "../../components/pdf-page";
import { ProblemNotice } from "../../components/problem-notice";
import type { LetterRow } from "../../host/bindings";
import { toProblem } from "../../lib/problem";
import { usePdfFile } from "../../lib/use-pdf-file";
import { useShortcuts } from "../../lib/use-shortcuts";
import { isChangeable, useLetterPdf } from "./letters";
import classes from "./letter-preview.module.css";

interface LetterPreviewProps {
  letter: LetterRow;
  /** The region with the pages, for what leads to them. */
  bedRef?: RefObject<HTMLDivElement | null>;
  /** The envelope's window is drawn over the first page: a letter that does not fit it is seen in passing. */
  envelope: boolean;
  onEnvelope: (drawn: boolean) => void;
  /** What is known of the letter stands beside its pages. */
  beside: boolean;
  onBeside: (beside: boolean) => void;
  onReword: () => void;
}

/** The pages of the PDF itself, as they will be printed. */
export function LetterPreview({ letter, bedRef, envelope, onEnvelope, beside, onBeside, onReword }: LetterPreviewProps) {
  const { data: bytes, error, refetch } = useLetterPdf(letter);
  const { file, failed } = usePdfFile(bytes);
  const changeable = isChangeable(letter);
  useShortcuts({
    envelope: () => onEnvelope(!envelope),
    beside: () => onBeside(!beside),
    reword: () => {
      if (changeable) {
        onReword();
      }
    },
  });
  const problem = error ?? (failed ? toProblem(failed) : null);

  return (
    <div className={classes["preview"]} data-testid="letter-preview" data-letter-id={letter.id}>
      <PageView
        sheets={file?.pages ?? null}
        expected={letter.pages}
        label="Pages of the letter"
        waitingLabel="Loading the letter"
        instead={problem ? <ProblemNotice problem={problem} onRetry={() => void refetch()} /> : null}
        bedRef={bedRef}
        tools={
          <>
            {letter.window ? (
              <Hint shortcut="envelope">
                <Button
                  size="compact-sm"
                  variant={envelope ? "light" : "subtle"}
                  leftSection={<Icon name="window" />}
                  aria-pressed={envelope}
                  onClick={() => onEnvelope(!envelope)}
                  data-testid="envelope-toggle"
                >
                  Envelope
                </Button>
              </Hint>
            ) : (
              <span className={classes["note"]}>{letter.faxOnly ? "No postal address: for fax only" : ""}</span>
            )}
            <Hint shortcut="reword" label={changeable ? "Change the letter's text" : "A letter that went out keeps its words"}>
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<Icon name="pencil" />}
                disabled={!changeable}
                onClick={onReword}
                data-testid="reword-letter"
              >
                Text
              </Button>
            </Hint>
            <Hint shortcut="beside" label={beside ? "Only the pages" : "What is known of the letter, beside its pages"}>
              <ActionIcon
                ml="auto"
                aria-label="About the letter"
                aria-expanded={beside}
                onClick={() => onBeside(!beside)}
                data-testid="letter-pane-toggle"
              >
                <Icon name="panel" />
              </ActionIcon>
            </Hint>
          </>
        }
        renderSheet={(index, size, scale) =>
          file ? (
            <PdfPage
              key={index}
              file={file}
              number={index + 1}
              size={size}
              scale={scale}
              label={`Page ${index + 1} of ${file.pages.length}, letter to ${letter.recipientName}`}
              window={envelope && index === 0 ? letter.window : null}
            />
          ) : null
        }
      />
    </div>
  );
}
