import { Keys } from "../../components/keys";
import type { ShortcutId } from "../../lib/shortcuts";
import classes from "./help-page.module.css";

interface Step {
  title: string;
  keys?: ShortcutId;
  text: string;
}

const STEPS: readonly Step[] = [
  {
    title: "Find the client",
    keys: "palette",
    text: "From anywhere, or by typing in Clients: a name, a phone number, an e-mail, a client id or the last four of the SSN.",
  },
  {
    title: "Or those who need something",
    keys: "filterClients",
    text: "Filters narrow the list of clients, and can be kept by a name: unsigned agreements, items not disputed yet, answers due, a segment of the portal. A press on a column's head sorts.",
  },
  {
    title: "Choose items",
    keys: "itemChoose",
    text: "Move with J and K. Excluded items are shown and cannot be chosen. The filters narrow the table, not the choice.",
  },
  {
    title: "Give each a reason",
    keys: "reason",
    text: "None is ever chosen for you: a bureau may be told nothing misleading. Shift+R gives all chosen items the same one.",
  },
  {
    title: "Pick recipients",
    keys: "bureau1",
    text: "1, 2 and 3 are Equifax, Experian and TransUnion; 4 searches the furnishers, 6 takes any other address. Each letter disputes only what its recipient reports; at another address it disputes all that is chosen, unless you leave some out.",
  },
  {
    title: "Enclose",
    keys: "enclose",
    text: "Documents of the client's, such as the driver license and a utility bill, become further pages of every letter. Each file is fetched once and is then at hand without a network.",
  },
  {
    title: "Prepare",
    keys: "prepare",
    text: "The desk says in words what is still missing. Letters are written on this computer and kept, with what they were made from.",
  },
  {
    title: "Check",
    keys: "findingNext",
    text: "The desk looks at every letter before it goes out. F8 goes from finding to finding, each with the way to where it is mended. What holds a letter is overridden only with a reason, which stays on record.",
  },
  {
    title: "Change the text",
    keys: "reword",
    text: "Where a letter needs other words, they are changed by hand: the letter is set again, and says who changed it. Address, items and signature stay. A letter that waits in the outbox or went out keeps its words.",
  },
  {
    title: "Record the client's review",
    keys: "review",
    text: "How and when the client reviewed the letters. It is shown on each letter and kept with it.",
  },
  {
    title: "Print",
    keys: "print",
    text: "What will be printed, and what stays here and why, is said first. Afterwards say what came out: those letters are mailed, and their answers awaited. Jammed ones are printed again alone.",
  },
];

/** The way from a client to printed letters. */
export function Steps() {
  return (
    <ol className={classes["steps"]}>
      {STEPS.map(({ title, keys, text }) => (
        <li key={title}>
          <h4>
            {title} {keys ? <Keys of={keys} /> : null}
          </h4>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}
