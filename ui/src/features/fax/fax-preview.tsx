import { ActionIcon, Loader, SegmentedControl } from "@mantine/core";
import { useRef, useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { PageView, type Sheet, US_LETTER } from "../../components/page-view";
import { Png } from "../../components/png";
import { ProblemNotice } from "../../components/problem-notice";
import type { FaxFineness, FaxLook, LetterRow } from "../../host/bindings";
import { plural } from "../../lib/format";
import { useNear } from "../../lib/use-near";
import { useShortcuts } from "../../lib/use-shortcuts";
import { useFaxPage, useFaxPages } from "./fax";
import classes from "./fax-preview.module.css";

const FINENESSES: { value: FaxFineness; label: string }[] = [
  { value: "fine", label: "Fine" },
  { value: "standard", label: "Standard" },
];

interface FaxPreviewProps {
  /** The letters that would go, in order. */
  letters: readonly LetterRow[];
  /** The number that a letter goes to; `null` for the one that the portal keeps, or while it is no number. */
  numberOf: (letter: LetterRow) => string | null;
  cover: boolean;
  /** The most pages that the company faxes. */
  limit: number | null;
}

/** Faxes as the receiver's machine prints them: one after the other, page by page, in either resolution. */
export function FaxPreview({ letters, numberOf, cover, limit }: FaxPreviewProps) {
  const [at, setAt] = useState(0);
  const [fineness, setFineness] = useState<FaxFineness>("fine");
  const index = Math.min(at, letters.length - 1);
  const letter = letters[index];
  const move = (to: number) => setAt(Math.max(0, Math.min(letters.length - 1, to)));
  useShortcuts(
    {
      fileNext: () => move(index + 1),
      filePrevious: () => move(index - 1),
      faxFineness: () => setFineness(fineness === "fine" ? "standard" : "fine"),
    },
    true,
    "dialog",
  );
  if (!letter) {
    return null;
  }
  return (
    <section className={classes["preview"]} aria-label="As it arrives" data-testid="fax-preview">
      <div className={classes["head"]}>
        <strong className={classes["to"]}>{letter.recipientName}</strong>
        {letters.length > 1 ? (
          <span className={classes["place"]}>
            <Hint shortcut="filePrevious" label="Previous fax">
              <ActionIcon onClick={() => move(index - 1)} disabled={index === 0} aria-label="Previous fax">
                <Icon name="left" />
              </ActionIcon>
            </Hint>
            <span data-testid="fax-place">
              Fax {index + 1} of {letters.length}
            </span>
            <Hint shortcut="fileNext" label="Next fax">
              <ActionIcon onClick={() => move(index + 1)} disabled={index + 1 >= letters.length} aria-label="Next fax">
                <Icon name="right" />
              </ActionIcon>
            </Hint>
          </span>
        ) : null}
      </div>
      <Fax key={letter.id} letter={letter} look={{ letterId: letter.id, number: numberOf(letter), cover }} limit={limit} fineness={fineness} onFineness={setFineness} />
    </section>
  );
}

interface FaxProps {
  letter: LetterRow;
  look: FaxLook;
  limit: number | null;
  fineness: FaxFineness;
  onFineness: (fineness: FaxFineness) => void;
}

function Fax({ letter, look, limit, fineness, onFineness }: FaxProps) {
  const { data, error, refetch, isFetching } = useFaxPages(look);
  const over = data !== undefined && limit !== null && data.pages > limit;
  return (
    <PageView
      sheets={data ? Array.from({ length: data.pages }, () => US_LETTER) : null}
      expected={letter.pages + (look.cover ? 1 : 0)}
      label={`Pages of the fax to ${letter.recipientName}`}
      waitingLabel="Making the fax"
      instead={error ? <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} /> : null}
      inDialog
      tools={
        <Hint shortcut="faxFineness">
          <SegmentedControl
            size="xs"
            data={FINENESSES}
            value={fineness}
            onChange={(value) => onFineness(value === "standard" ? "standard" : "fine")}
            aria-label="Resolution"
            data-testid="fax-fineness"
          />
        </Hint>
      }
      renderSheet={(index, sheet, scale) => (
        <FaxSheet
          key={index}
          look={look}
          number={index + 1}
          sheet={sheet}
          scale={scale}
          fineness={fineness}
          label={`Page ${index + 1} of ${data?.pages ?? 0} as it arrives, ${look.cover && index === 0 ? "cover page" : `letter to ${letter.recipientName}`}`}
        />
      )}
    >
      <p className={classes["note"]} data-over={over} data-testid="fax-pages">
        {data ? (
          <>
            <strong>{plural(data.pages, "page")}</strong>
            {look.cover ? ", the cover page among them" : ", no cover page"}
            {limit === null ? "" : over ? `: more than the ${limit} that a fax may have` : `; a fax has ${limit} at most`}
            . The portal gets the PDF; fine or standard, the two fax machines settle.
          </>
        ) : (
          " "
        )}
      </p>
    </PageView>
  );
}

interface FaxSheetProps {
  look: FaxLook;
  /** From 1. */
  number: number;
  sheet: Sheet;
  scale: number;
  fineness: FaxFineness;
  label: string;
}

/** One page. Its dots are not square, so it is stretched to the sheet. */
function FaxSheet({ look, number, sheet, scale, fineness, label }: FaxSheetProps) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  const { data, error } = useFaxPage(look, number, fineness, near);
  return (
    <div ref={place} className={classes["sheet"]} style={{ width: sheet.width * scale, height: sheet.height * scale }} data-page={number} data-testid="fax-page" data-fineness={fineness}>
      {data ? (
        <Png bytes={data} alt={label} />
      ) : error ? (
        <p className={classes["undrawn"]} role="alert">
          This page could not be drawn: {error.message}
        </p>
      ) : (
        <Loader size="sm" role="status" aria-label="Drawing the page" />
      )}
    </div>
  );
}
