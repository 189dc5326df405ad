import { Keys } from "../../components/keys";
import { PageTitle } from "../../components/page-title";
import { ShortcutTables } from "../../components/shortcut-tables";
import type { ShortcutId } from "../../lib/shortcuts";
import classes from "./help-page.module.css";
import { Shot } from "./shot";

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

/** The way from a client to a printed letter, and every shortcut. */
export function HelpPage() {
  return (
    <div className={classes["page"]}>
      <div className={classes["column"]}>
        <PageTitle>Help</PageTitle>
        <h2>From a client to printed letters</h2>
        <ol className={classes["steps"]}>
          {STEPS.map(({ title, keys, text }) => (
            <li key={title}>
              <h3>
                {title} {keys ? <Keys of={keys} /> : null}
              </h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
        <div className={classes["shots"]}>
          <Shot of="client">Negative items by bureau, and the letter desk beside them</Shot>
          <Shot of="preview">The true pages, with what the gate found</Shot>
          <Shot of="wording">A letter’s text, changed by hand</Shot>
          <Shot of="print">What will be printed, said first</Shot>
          <Shot of="printed-well">Afterwards: what came out?</Shot>
          <Shot of="client-filter">Clients by what they need</Shot>
        </div>
        <h2>
          Today <Keys of="goToday" />
        </h2>
        <p>
          The first page: answers and tasks that are due, the most overdue first, letters that wait for the client's review or for
          the printer, print runs nobody has confirmed, and what the outbox could not send. Each line opens the place to act.
        </p>
        <div className={classes["shots"]}>
          <Shot of="today">The day’s work</Shot>
        </div>
        <h2>
          Print runs <Keys of="goRuns" />
        </h2>
        <p>
          Each time letters go to paper, the run is kept with its manifest: recipient, pages, sheets, weight and postage, as PDF
          to lay on the pile <Keys of="runManifest" /> or as CSV. A run that nobody confirmed <Keys of="runConfirm" /> does not
          count as mailed.
        </p>
        <h2>
          Follow-ups <Keys of="clientFollowUps" />
        </h2>
        <p>
          A letter that is out has an answer to wait for. A bureau has 30 days from the day on which it received the letter, 45
          when the client added facts or the report was the free annual one. Until the day of receipt is set, the due date is
          estimated from the day of mailing and says so. Record what became of each item: deleted, updated, verified, frivolous,
          no response or reinserted. The item shows its rounds and its last outcome.
        </p>
        <div className={classes["shots"]}>
          <Shot of="follow-ups">Answers that are awaited</Shot>
        </div>
        <h2>
          Tasks <Keys of="clientTasks" />
        </h2>
        <p>
          What colleagues and workflows of the portal want done for a client, the most overdue first. A task about a negative
          item leads to it <Keys of="recordOpen" />. Tasks are made and done in the portal and are here as of the last sync; a
          status that this desk does not know keeps a task open. Everyone's stand on a page of their own <Keys of="goTasks" />.
        </p>
        <div className={classes["shots"]}>
          <Shot of="everyones-tasks">Everyone’s tasks, what is late first</Shot>
        </div>
        <h2>
          Agreements and products <Keys of="clientAgreements" />
        </h2>
        <p>
          What the client signed, with the last day on which it may be cancelled, and what the client bought, with its prices. The
          first signed agreement decides whether letters may go out. Both are changed in the portal.
        </p>
        <h2>
          Overview <Keys of="clientOverview" />
        </h2>
        <p>
          All attributes that the portal keeps of a client, grouped, each with the name by which templates call it. Names, date of
          birth, e-mail, mobile phone and addresses are edited there <Keys of="recordChange" /> and saved{" "}
          <Keys of="recordSave" />; everything else, the Social Security number too, is changed in the portal. A change shows at
          once and waits in the outbox like a note; letters that were written before it are marked by the gate. And, read from the
          customer portal at that moment, what the client sees there. From here a client's identity is proven to a bureau,
          with the client on the telephone: the bureau's questions, or a code that it sends.
        </p>
        <div className={classes["shots"]}>
          <Shot of="client-data">A client’s data in fields</Shot>
          <Shot of="identity">The questions that prove an identity</Shot>
        </div>
        <h2>
          Credit reports <Keys of="clientReports" />
        </h2>
        <p>
          A client's reports as the portal stored them, each as a document <Keys of="reportRead" />, the newest of the three
          bureaus side by side <Keys of="reportBeside" />, and what changed since the last one <Keys of="reportDifference" />:
          accounts that came or were deleted, and every field that says something else. Accounts are the same by name and by
          the end of their number. Choose which two are compared above them. The newest four of each bureau are on this
          computer and need no network; of older ones only the list is.
        </p>
        <div className={classes["shots"]}>
          <Shot of="report-difference">What changed since the last report</Shot>
        </div>
        <h2>
          What must not be disputed <Keys of="exclude" />
        </h2>
        <p>
          Exclude an item, one late payment of it, everything of a creditor or everything at a bureau, with the reason. The item
          says why, and the same key includes it again. Shift+X excludes all chosen items at once. What the portal excludes is
          changed in the portal.
        </p>
        <h2>The gate</h2>
        <p>
          The <a href="#/gate">rules</a> are the company's: each holds a letter, warns, or is not looked at. The administrator sets
          them in settings.toml, under [gate].
        </p>
        <h2>Correspondence, documents and notes</h2>
        <p>
          They stand beside a client's items: <Keys of="clientCorrespondence" /> <Keys of="clientDocuments" />{" "}
          <Keys of="clientNotes" />. Write with <Keys of="recordAdd" />, or drag files onto the open client: JPEG, PNG, PDF
          and Word by what is in them, whatever they are called. You say what each is before it is queued. All of it goes
          through the outbox. A line says while something of it waits, and until it leaves it can be taken back there or with
          Undo. A message says before you queue it where it will go; what has left cannot be called back.
        </p>
        <p>
          A document opens with <Keys of="recordOpen" />, the files of a piece of correspondence with <Keys of="recordFile" />:
          PDFs and JPEG and PNG pictures, by what is in them. Each is fetched from the portal once and is then on this computer,
          encrypted; those that are show small in the list. Turn pages with <Keys of="pagePrevious" /> <Keys of="pageNext" />,
          go to the next file with <Keys of="fileNext" />, and save a copy with <Keys of="fileSave" />. A copy is not encrypted.
        </p>
        <div className={classes["shots"]}>
          <Shot of="correspondence">Faxes, e-mails, text messages and letters</Shot>
          <Shot of="file">A document in the window</Shot>
        </div>
        <h2>
          A fax before it goes <Keys of="fax" />
        </h2>
        <p>
          The fax dialog shows each fax as it arrives <Keys of="faxLook" />, in black and white, fine or standard{" "}
          <Keys of="faxFineness" />: which of them, the two fax machines settle. A cover page can go before each letter; it counts
          for the company's limit of pages.
        </p>
        <div className={classes["shots"]}>
          <Shot of="fax-pages">A fax as it arrives</Shot>
        </div>
        <h2>Without a network</h2>
        <p>
          Clients, items, templates and letters are on this computer, encrypted. Finding, preparing, saving and printing
          need no network. The state at the top right tells when the portal was last read, and F5 reads it again.
        </p>
        <div className={classes["shots"]}>
          <Shot of="offline">No network, after a restart</Shot>
        </div>
        <h2>
          The outbox <Keys of="goOutbox" />
        </h2>
        <p>
          A fax <Keys of="fax" />, a message, a document or a note waits in the outbox until the portal has it, also while
          there is no network and after the desk was closed. When the portal is back it goes by itself, or at once with{" "}
          <Keys of="outboxRetry" />. A client's rows go one after the other: one that needs you holds up the later ones of
          that client and of nobody else. What the portal refused says which value and why: correct it on the row{" "}
          <Keys of="outboxEdit" />, try it as it is <Keys of="outboxRetry" />, or cancel <Keys of="outboxCancel" />. When an
          answer was lost, the desk reads the portal before it sends anything again; if that does not tell, it shows the
          evidence and you decide <Keys of="outboxSettle" />. A fax is never sent a second time by itself. The red number
          means that something needs you.
        </p>
        <div className={classes["shots"]}>
          <Shot of="outbox">What waits, and why</Shot>
          <Shot of="refused">What the portal refused</Shot>
          <Shot of="settle">What became of it is for you to say</Shot>
        </div>
        <p>
          A row can be paused <Keys of="outboxPause" />, also where a document waits on its client's tab{" "}
          <Keys of="recordPause" />: it stays here, through restarts, until you resume it, and later rows of its client wait
          behind it. A file that is on its way is stopped and goes anew later; any other call is finished first, because cutting
          it would leave open whether it arrived. <Keys of="outboxPauseAll" /> pauses all sending; while that holds, every page
          says so at the top.
        </p>
        <p>
          Files that were damaged and set aside may hold what was not sent. Today and the settings say how much of it can be
          read and how much cannot, and bring it into the outbox on request: paused, or, where it may have been sent, for you to
          decide. Nothing of it goes by itself, and nothing comes twice.
        </p>
        <h2>
          Settings <Keys of="goSettings" />
        </h2>
        <p>
          Who is signed in and where, what guards the client data, light or dark, the envelope and its windows, the printers, and
          what of the portal is kept here. What the company decides is shown there and set by the administrator in
          settings.toml. When something does not work, Save diagnostics writes a text file for support: versions, counts and
          settings, with nothing that a client could be known by.
        </p>
        <div className={classes["shots"]}>
          <Shot of="settings">Settings</Shot>
        </div>
        <h2>Dates and rules</h2>
        <p>
          Dates and rules shown here are aids, not legal advice. What is not known is shown as unknown and never guessed.
        </p>
        <h2>Shortcuts</h2>
        <ShortcutTables />
      </div>
    </div>
  );
}
