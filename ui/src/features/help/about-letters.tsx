import { Keys } from "../../components/keys";
import type { Chapter } from "./section";
import { Steps } from "./steps";

/** What goes out on paper or by fax, and what comes of it. */
export const LETTERS: Chapter = {
  title: "Letters",
  sections: [
    {
      id: "items",
      title: "From a client to printed letters",
      short: "Letters, step by step",
      text: <Steps />,
      shots: [
        ["client", "Negative items by bureau, and the letter desk beside them"],
        ["print", "What will be printed, said first"],
      ],
    },
    {
      id: "letters",
      title: "Letters that are prepared",
      keys: "goLetters",
      text: (
        <p>
          See the true pages, with what the gate found. Choose several letters with <Keys of="letterChoose" />. Change the text of the one in view{" "}
          <Keys of="reword" />, look why it says what it says <Keys of="why" />, or show the envelope window <Keys of="envelope" />. Save them as one PDF{" "}
          <Keys of="save" /> or one for each <Keys of="saveSeparate" />, print <Keys of="print" />, fax <Keys of="fax" /> or discard{" "}
          <Keys of="discard" />. Take back what was just done with <Keys of="undo" />. Many letters take their time to be prepared or saved: the desk tells how far they
          are, and <Keys of="lettersStop" /> stops them, so that none of them is kept.
        </p>
      ),
      shots: [
        ["preview", "The true pages, with what the gate found"],
        ["wording", "A letter’s text, changed by hand"],
      ],
    },
    {
      id: "exclusions",
      title: "What must not be disputed",
      keys: "exclude",
      text: (
        <p>
          Exclude an item, one late payment of it, everything of a creditor or everything at a bureau, with the reason. The item says why, and the
          same key includes it again. Exclude all chosen items at once with <Keys of="excludeAll" />. What the portal excludes is changed in the
          portal.
        </p>
      ),
    },
    {
      id: "gate",
      title: "The gate and overrides",
      keys: "goGate",
      text: (
        <p>
          Every letter is looked at before it is printed or faxed. The <a href="#/gate">rules</a> are the company's: each holds a letter, warns, or
          is not looked at. The administrator sets them in settings.toml, under [gate]. Go from finding to finding <Keys of="findingNext" />, and to
          where each is mended <Keys of="findingMend" />. To let a letter go all the same, override the finding <Keys of="override" /> with a reason: it
          is recorded with your name and the time. Take it back with <Keys of="overrideBack" />.
        </p>
      ),
      shots: [["gate", "The rules, as they are weighed"]],
    },
    {
      id: "review",
      title: "The client's review",
      keys: "review",
      text: (
        <p>
          Choose the letters that the client looked at, and record how and on which day. Record letters of several clients together only if each
          reviewed their own. A bureau may ignore what the consumer never saw.
        </p>
      ),
    },
    {
      id: "runs",
      title: "Print runs",
      keys: "goRuns",
      text: (
        <>
          <p>
            Each time letters go to paper, the run is kept with its manifest: recipient, pages, sheets, weight and postage. Save it as PDF to lay on
            the pile <Keys of="runManifest" />, or as CSV <Keys of="runManifestCsv" />.
          </p>
          <p>
            Look at the paper, say what came out well <Keys of="runConfirm" />, and take the tick off what jammed. A run that nobody confirmed does
            not count as mailed. Print the jammed letters again <Keys of="runReprint" />: they become a run of their own.
          </p>
        </>
      ),
      shots: [
        ["runs", "A run and its manifest"],
        ["printed-well", "Afterwards: what came out?"],
      ],
    },
    {
      id: "fax",
      title: "A fax before it goes",
      keys: "fax",
      text: (
        <p>
          The fax dialog shows each fax as it arrives <Keys of="faxLook" />, in black and white, fine or standard <Keys of="faxFineness" />: which of
          them, the two fax machines settle. A cover page can go before each letter; it counts for the company's limit of pages.
        </p>
      ),
      shots: [["fax-pages", "A fax as it arrives"]],
    },
    {
      id: "follow-ups",
      title: "Follow-ups",
      keys: "clientFollowUps",
      text: (
        <p>
          A letter that is out has an answer to wait for. A bureau has 30 days from the day on which it received the letter, 45{" "}
          <Keys of="recordExtend" /> when the client added facts or the report was the free annual one. Until you set the day of receipt{" "}
          <Keys of="recordChange" />, the due date is estimated from the day of mailing and says so. Record what became of each item{" "}
          <Keys of="recordOutcome" />: deleted, updated, verified, frivolous, no response or reinserted. The item shows its rounds and its last
          outcome. Everyone's stand on a page of their own <Keys of="goFollowUps" />.
        </p>
      ),
      shots: [["follow-ups", "Answers that are awaited"]],
    },
  ],
};

/** What waits for the portal. */
export const SENDING: Chapter = {
  title: "Sending",
  sections: [
    {
      id: "outbox",
      title: "The outbox",
      keys: "goOutbox",
      text: (
        <>
          <p>
            A fax, a message, a document or a note waits in the outbox until the portal has it, also while there is no network and after the desk was
            closed. When the portal is back it goes by itself, or at once with <Keys of="outboxRetry" />. A client's rows go one after the other: one
            that needs you holds up the later ones of that client and of nobody else. The red number means that something needs you.
          </p>
          <p>
            What the portal refused says which value and why: correct it on the row <Keys of="outboxEdit" />, try it as it is{" "}
            <Keys of="outboxRetry" />, or cancel <Keys of="outboxCancel" />. When an answer was lost, the desk reads the portal before it sends anything
            again; if that does not tell, it shows the evidence and you decide <Keys of="outboxSettle" />. A fax is never sent a second time by itself.
          </p>
        </>
      ),
      shots: [
        ["outbox", "What waits, and why"],
        ["refused", "What the portal refused"],
        ["settle", "What became of it is for you to say"],
      ],
    },
    {
      id: "pause",
      title: "Pause what waits",
      keys: "outboxPause",
      text: (
        <p>
          Pause a row, also where a document waits on its client's tab <Keys of="recordPause" />: it stays here, through restarts, until you resume it,
          and later rows of its client wait behind it. A file that is on its way is stopped and goes anew later; any other call is finished first,
          because cutting it would leave open whether it arrived. Pause all sending with <Keys of="outboxPauseAll" />; while that holds, every page says
          so at the top.
        </p>
      ),
      shots: [["paused", "Nothing leaves before you resume it"]],
    },
    {
      id: "asides",
      title: "Files that were set aside",
      text: (
        <p>
          Files that were damaged and set aside may hold what was not sent. Today and the settings say how much of it can be read and how much cannot,
          and bring it into the outbox on request: paused, or, where it may have been sent, for you to decide. Nothing of it goes by itself, and
          nothing comes twice.
        </p>
      ),
    },
  ],
};
