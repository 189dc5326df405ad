import { Button, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { LetterRow } from "../../host/bindings";
import { bureauName } from "../../lib/bureaus";
import { date, instant } from "../../lib/format";
import classes from "./letter-pane.module.css";
import { isChangeable, useWhy } from "./letters";

interface LetterPaneProps {
  letter: LetterRow;
  onReword: () => void;
  onWhy: () => void;
  /** What the gate finds in it, first of all. */
  children: ReactNode;
}

/** A letter in fields, beside its pages: who gets it, what it disputes and why, what it encloses, and what it was made from. */
export function LetterPane({ letter, onReword, onWhy, children }: LetterPaneProps) {
  const { data: why, error, refetch } = useWhy(letter.id);
  const items = why?.items ?? letter.items.map((account): [string, string] => [account, ""]);
  const { reworded } = why ?? { reworded: null };
  return (
    <aside className={classes["pane"]} aria-label="About the letter" data-testid="letter-pane">
      {children}
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      <dl className={classes["fields"]}>
        <Field name="Recipient">
          {letter.recipientName}
          <span className={classes["weak"]}>{reachedBy(letter)}</span>
        </Field>
        <Field name={items.length === 1 ? "Item" : `${items.length} items`}>
          <ul className={classes["items"]}>
            {items.map(([account, reason], index) => (
              // oxlint-disable-next-line react/no-array-index-key -- one account may appear twice, and the list never changes
              <li key={`${index}-${account}`} data-testid="letter-item">
                {account}
                <span className={classes["weak"]}>{reason}</span>
              </li>
            ))}
          </ul>
        </Field>
        {letter.enclosures > 0 ? <Field name="Enclosed">{why ? why.enclosures.map(([name]) => name).join(", ") : letter.enclosures}</Field> : null}
        {why?.unsignedOverride ? <Field name="Prepared without a signed agreement">{why.unsignedOverride}</Field> : null}
        <Field name="Template">
          {letter.templateName}
          <span className={classes["weak"]}>{reworded ? `Text changed by hand by ${reworded.by} on ${instant(reworded.at)}` : "Text as the template makes it"}</span>
          {letter.findings.map((finding) => (
            <span key={finding} className={classes["odd"]}>
              {finding}
            </span>
          ))}
          {isChangeable(letter) ? (
            <Hint shortcut="reword">
              <UnstyledButton className={classes["change"]} onClick={onReword} data-testid="pane-reword">
                Change the text
              </UnstyledButton>
            </Hint>
          ) : null}
        </Field>
        <Field name="Dated">
          <span className="figures">{date(letter.dated)}</span>
          <span className={classes["weak"]}>
            Prepared {why ? `by ${why.author} ` : ""}on {instant(letter.preparedAt)}
          </span>
        </Field>
      </dl>
      <Hint shortcut="why" label="All that made it">
        <Button size="compact-sm" variant="default" className={classes["why"] ?? ""} onClick={onWhy} data-testid="pane-why">
          All that made it
        </Button>
      </Hint>
    </aside>
  );
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes["field"]}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** By which ways it can reach its recipient. */
function reachedBy({ recipientName, bureau, faxOnly, faxNumber }: LetterRow): string {
  const name = bureau ? bureauName(bureau) : "";
  return [name === recipientName ? "" : name, faxOnly ? "No postal address" : "By mail", faxNumber ? `fax ${faxNumber}` : ""].filter(Boolean).join(", ");
}
