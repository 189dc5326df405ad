import { Keys } from "../../components/keys";
import type { Chapter } from "./section";

/** Whom the work is for. */
export const CLIENTS: Chapter = {
  title: "Clients",
  sections: [
    {
      id: "clients",
      title: "Find clients",
      keys: "goClients",
      text: (
        <p>
          Just type. Arrows move, Enter opens the client. Filters <Keys of="filterClients" /> narrow the list by what clients need; save one by
          a name <Keys of="saveFilter" />, or clear them <Keys of="clearFilters" />. Sort by any column <Keys of="sortClients" />, or press its
          head; choose which columns are shown <Keys of="columns" />.
        </p>
      ),
      shots: [
        ["clients", "Everyone, found as you type"],
        ["client-filter", "Clients by what they need"],
      ],
    },
    {
      id: "overview",
      title: "Overview",
      keys: "clientOverview",
      text: (
        <p>
          All attributes that the portal keeps of a client, grouped, each with the name by which templates call it. Edit names, date of birth,
          e-mail, mobile phone and addresses <Keys of="recordChange" /> and save <Keys of="recordSave" />; everything else, the Social Security
          number too, is changed in the portal. A change shows at once and waits in the outbox like a note; letters that were written before it
          are marked by the gate.
        </p>
      ),
      shots: [["client-data", "A client’s data in fields"]],
    },
    {
      id: "customer-view",
      title: "What the client sees",
      keys: "customerView",
      text: (
        <p>
          In the overview, press As the client sees it. It is read from the customer portal at that moment, needs a network, and is not kept on
          this computer.
        </p>
      ),
      shots: [["customer-view", "As the client sees it"]],
    },
    {
      id: "identity",
      title: "Prove an identity",
      keys: "proveIdentity",
      text: (
        <p>
          With the client on the telephone, choose who asks. Mark the client's answers to the bureau's questions, or type the code that the client
          received, and send them. Nothing of it is kept here but whether it was proven.
        </p>
      ),
      shots: [["identity", "The questions that prove an identity"]],
    },
    {
      id: "goals",
      title: "Goals",
      text: (
        <p>
          In the overview, add a goal <Keys of="recordAdd" /> from the company's list, or remove one <Keys of="recordRemove" />. Both wait in the
          outbox and can be taken back until they leave.
        </p>
      ),
      shots: [["goals", "What the client wants to reach"]],
    },
    {
      id: "agreements",
      title: "Agreements and products",
      keys: "clientAgreements",
      text: (
        <p>
          What the client signed, with the last day on which it may be cancelled, and what the client bought, with its prices. The first signed
          agreement decides whether letters may go out. Open its file with <Keys of="recordOpen" />. All else of both is changed in the portal.
        </p>
      ),
      shots: [["agreements", "What was signed and bought"]],
    },
    {
      id: "record-agreement",
      title: "Record a signed agreement",
      text: (
        <p>
          With the agreements open, press <Keys of="recordAdd" /> for one that the client signed elsewhere: its name, its type as the portal calls
          it or another, the day, and the paper, chosen or dropped on the window. Queue it with <Keys of="dialogDo" />. It waits in the outbox
          and can be taken back until it leaves; letters wait until the portal has it.
        </p>
      ),
      shots: [["agreement-add", "An agreement that was signed on paper"]],
    },
    {
      id: "reports",
      title: "Credit reports",
      keys: "clientReports",
      text: (
        <p>
          Read a stored report as a document <Keys of="reportRead" />, or see what changed since the last one <Keys of="reportDifference" />:
          accounts that came or were deleted, and every field that says something else. Choose above them which two are compared. Accounts are
          the same by name and by the end of their number. The newest four of each bureau are on this computer and need no network; of older ones
          only the list is.
        </p>
      ),
      shots: [["report-difference", "What changed since the last report"]],
    },
    {
      id: "beside",
      title: "Reports side by side",
      keys: "reportBeside",
      text: <p>The newest reports of the three bureaus stand beside each other, so that what one bureau says otherwise is seen at once.</p>,
      shots: [["report-beside", "Three bureaus, account by account"]],
    },
    {
      id: "tasks",
      title: "Tasks",
      keys: "clientTasks",
      text: (
        <p>
          What colleagues and workflows of the portal want done for a client, the most overdue first. A task about a negative item leads to it{" "}
          <Keys of="recordOpen" />. Tasks are made and done in the portal and are here as of the last sync; a status that this desk does not know
          keeps a task open. Everyone's stand on a page of their own <Keys of="goTasks" />.
        </p>
      ),
      shots: [["everyones-tasks", "Everyone’s tasks, what is late first"]],
    },
  ],
};

/** What is filed with a client. */
export const RECORDS: Chapter = {
  title: "A client's records",
  sections: [
    {
      id: "correspondence",
      title: "Correspondence",
      keys: "clientCorrespondence",
      text: (
        <p>
          Faxes, e-mails, text messages and letters, in and out. Show all of one with <Keys of="recordOpen" />, open its files with{" "}
          <Keys of="recordFile" />. A line says while something of it waits; until it leaves it can be taken back in the outbox or with Undo.
        </p>
      ),
      shots: [["correspondence", "Faxes, e-mails, text messages and letters"]],
    },
    {
      id: "compose",
      title: "Write a message",
      text: (
        <p>
          With the correspondence open, write an e-mail <Keys of="recordAdd" />, a text message <Keys of="recordText" /> or a letter that the
          portal prints and mails <Keys of="recordLetter" />. Choose a template <Keys of="messageTemplate" /> to begin with its text: what it could
          not fill in stands in brackets and is named below, and nothing is queued before you wrote it. What you had typed comes back with Back to
          what was typed. Say which item it is about, if any. The dialog says where it will go; queue it with <Keys of="dialogDo" />. What has
          left cannot be called back.
        </p>
      ),
      shots: [
        ["compose", "A message, with where it will go"],
        ["text-message", "A text message from a template, with what it could not fill in"],
      ],
    },
    {
      id: "record-fax",
      title: "Record a fax sent elsewhere",
      text: (
        <p>
          With the correspondence open, press <Keys of="recordFax" /> for a fax that went out on another machine: its number, the recipient, and what
          was faxed, chosen or dropped on the window. Nothing is faxed; the portal gets a record, which waits in the outbox like a message.
        </p>
      ),
      shots: [["fax-record", "A fax that went out on another machine"]],
    },
    {
      id: "mail",
      title: "File mail that came",
      text: (
        <p>
          With the correspondence open, press <Keys of="recordReceive" /> and choose the scans, or drop them there. Say who wrote each, as on the
          paper: it is not guessed. They become documents of the client's.
        </p>
      ),
    },
    {
      id: "documents",
      title: "Documents",
      keys: "clientDocuments",
      text: (
        <p>
          Open one with <Keys of="recordOpen" />: PDFs and JPEG and PNG pictures, by what is in them. Each is fetched from the portal once and is
          then on this computer, encrypted. Turn pages with <Keys of="pagePrevious" /> <Keys of="pageNext" />, go to the next file with{" "}
          <Keys of="fileNext" />, save a copy with <Keys of="fileSave" />. A copy is not encrypted.
        </p>
      ),
      shots: [["file", "A document in the window"]],
    },
    {
      id: "client-files",
      title: "Other files of a client",
      text: (
        <p>
          Below the documents stand files that the portal ties to the client's own record. They are read when you look at them, so that they need a
          network. Show all of a piece of correspondence <Keys of="recordOpen" /> and keep its file there <Keys of="recordKeep" />; remove one with{" "}
          <Keys of="recordRemove" />. Both wait in the outbox and can be taken back. The portal deletes a removed file that nothing else uses.
        </p>
      ),
      shots: [["client-documents", "Documents, and other files of the client"]],
    },
    {
      id: "drop",
      title: "Add documents",
      text: (
        <p>
          Drag files onto the open client, or press <Keys of="recordAdd" /> in the documents: JPEG, PNG, PDF and Word by what is in them, whatever
          they are called, up to 50 MB each. Say what each is. Straighten a photograph and make it smaller before it is filed; Use the original
          takes that back. All of it goes through the outbox.
        </p>
      ),
      shots: [
        ["drop", "Files over the client’s page"],
        ["add-document", "What each of them is"],
      ],
    },
    {
      id: "notes",
      title: "Notes",
      keys: "clientNotes",
      text: (
        <p>
          Write a note <Keys of="recordAdd" /> and save it <Keys of="recordSave" />. Edit <Keys of="recordChange" /> or remove{" "}
          <Keys of="recordRemove" /> the one that has the focus. It goes through the outbox.
        </p>
      ),
      shots: [["notes", "A client’s notes"]],
    },
  ],
};
