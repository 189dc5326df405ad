import { Button } from "@mantine/core";
import type { LetterChecked, LetterRow } from "../host/bindings";
import { listed, plural } from "../lib/format";
import { blocking, warnings } from "../lib/gate";
import classes from "./kept-letters.module.css";
import { Hint } from "./keys";
import { Notice } from "./notice";

interface KeptLettersProps {
  /** What does not go, each with why. */
  kept: readonly { letter: LetterRow; why: string }[];
  title: string;
  onLook: (letter: LetterRow) => void;
  testId: string;
}

/** The letters that stay here, by name, each with why and with the way to it. */
export function KeptLetters({ kept, title, onLook, testId }: KeptLettersProps) {
  if (kept.length === 0) {
    return null;
  }
  return (
    <Notice kind="caution" title={title} testId={testId}>
      <ul className={classes["list"]}>
        {kept.map(({ letter, why }) => (
          <li key={letter.id}>
            <span>
              <strong>{letter.recipientName}</strong> for {letter.clientName}: {why}
            </span>
            <Hint shortcut="lookAt">
              <Button size="compact-xs" variant="subtle" onClick={() => onLook(letter)} data-testid="look-at-letter">
                Look at it
              </Button>
            </Hint>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What keeps a letter, by the rules' titles: "Agreement not signed and Dispute still open". */
export function whyKept(checked: LetterChecked): string {
  return `${listed([...new Set(blocking(checked).map(({ title }) => title))])}.`;
}

/** "Client review not recorded (3), Proof of address (1)": what goes with the letters that go. */
export function GoesWithWarnings({ going }: { going: readonly LetterChecked[] }) {
  const counts = new Map<string, number>();
  for (const checked of going) {
    for (const title of new Set(warnings(checked).map((finding) => finding.title))) {
      counts.set(title, (counts.get(title) ?? 0) + 1);
    }
  }
  if (counts.size === 0) {
    return null;
  }
  const warned = going.filter((checked) => warnings(checked).length > 0).length;
  return (
    <p className={classes["warned"]} data-testid="goes-with-warnings">
      {plural(warned, "letter goes", "letters go")} with warnings: {[...counts].map(([title, many]) => `${title} (${many})`).join(", ")}.
    </p>
  );
}
