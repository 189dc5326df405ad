import { keysOf } from "./keys-of";

/**
 * The keyboard map: every shortcut of the window, once. Tooltips, the help page and the `?` sheet read it, and
 * `use-shortcuts.ts` acts by it, so what is shown is what works. `Mod` is Command on a Mac and Ctrl elsewhere.
 */
export const SHORTCUTS = {
  palette: { keys: ["Mod+K"], does: "Find a client, a template or a command", where: "Everywhere" },
  goToday: { keys: ["Mod+0"], does: "Today", where: "Everywhere" },
  goClients: { keys: ["Mod+1"], does: "Clients", where: "Everywhere" },
  goLetters: { keys: ["Mod+2"], does: "Letters", where: "Everywhere" },
  goOutbox: { keys: ["Mod+3"], does: "Outbox", where: "Everywhere" },
  goRuns: { keys: ["Mod+4"], does: "Print runs", where: "Everywhere" },
  goTasks: { keys: ["Mod+5"], does: "Tasks of all clients", where: "Everywhere" },
  goFollowUps: { keys: ["Mod+6"], does: "Follow-ups of all clients", where: "Everywhere" },
  goGate: { keys: ["Mod+7"], does: "The rules for letters", where: "Everywhere" },
  goSettings: { keys: ["Mod+,"], does: "Settings", where: "Everywhere" },
  goBack: { keys: ["Alt+ArrowLeft"], does: "Go back", where: "Everywhere" },
  syncNow: { keys: ["F5"], does: "Sync now", where: "Everywhere" },
  syncEverything: { keys: ["Shift+F5"], does: "Read everything again", where: "Everywhere" },
  syncStop: { keys: ["Mod+."], does: "Cancel the sync", where: "Everywhere" },
  syncDetail: { keys: ["Mod+Shift+Y"], does: "Show the sync in detail", where: "Everywhere" },
  theme: { keys: ["Mod+Shift+D"], does: "Light, dark, or as the system: the next of them", where: "Everywhere" },
  tryAgain: { keys: ["Mod+Shift+R"], does: "Try again what did not work", where: "Everywhere" },
  problemAct: { keys: ["Mod+Shift+A"], does: "Do what is advised about a problem", where: "Everywhere" },
  leaveOut: { keys: ["Mod+Shift+Backspace"], does: "Take out a file, a recipient or a filter: the one at the focus, or the first", where: "Everywhere" },
  messageGo: { keys: ["Mod+Shift+H"], does: "Go where the message at the edge leads", where: "Everywhere" },
  signInAgain: { keys: ["Mod+I"], does: "Sign in again, after the portal ended the session", where: "Everywhere" },
  diagnostics: { keys: ["Mod+Shift+G"], does: "Save diagnostics for support", where: "Everywhere" },
  account: { keys: ["Mod+U"], does: "Your account", where: "Everywhere" },
  signOut: { keys: ["Mod+Shift+E"], does: "Sign out", where: "Everywhere" },
  help: { keys: ["F1"], does: "Help about this page", where: "Everywhere" },
  sheet: { keys: ["?", "Mod+/"], does: "Show the shortcuts", where: "Everywhere" },

  dialogDo: { keys: ["Mod+Enter"], does: "Confirm", where: "Dialogs" },
  dialogOther: { keys: ["Mod+Shift+Enter"], does: "The other thing that a dialog offers", where: "Dialogs" },
  dialogLeave: { keys: ["Escape"], does: "Close", where: "Dialogs" },
  dialogBack: { keys: ["Alt+ArrowLeft"], does: "Back to the step before", where: "Dialogs" },
  chooseFile: { keys: ["Mod+O"], does: "Choose the file", where: "Dialogs" },
  sameForAll: { keys: ["Mod+J"], does: "The same type for all files", where: "Dialogs" },
  signInMicrosoft: { keys: ["Mod+Shift+M"], does: "Sign in with Microsoft", where: "Dialogs" },
  practiceDesk: { keys: ["Mod+Shift+P"], does: "Open the practice desk", where: "Dialogs" },
  lookAt: { keys: ["Mod+L"], does: "Look at a letter that does not go: the one at the focus, or the first", where: "Dialogs" },
  proveSkip: { keys: ["Mod+Shift+K"], does: "Count as proven without questions", where: "Dialogs" },
  messageTemplate: { keys: ["Mod+Shift+T"], does: "Choose the template of a message", where: "Dialogs" },

  searchClients: { keys: ["/"], does: "Search, or just start typing", where: "Clients" },
  listDown: { keys: ["ArrowDown"], does: "Next client", where: "Clients" },
  listUp: { keys: ["ArrowUp"], does: "Previous client", where: "Clients" },
  listOpen: { keys: ["Enter"], does: "Open the client", where: "Clients" },
  listClear: { keys: ["Escape"], does: "Clear the search", where: "Clients" },
  filterClients: { keys: ["Mod+Shift+F"], does: "Filter the clients", where: "Clients" },
  sortClients: { keys: ["Mod+Shift+O"], does: "Sort the clients", where: "Clients" },
  columns: { keys: ["Mod+Shift+L"], does: "Choose the columns", where: "Clients" },
  columnsUsual: { keys: ["Mod+Shift+J"], does: "Show the usual columns", where: "Clients" },
  saveFilter: { keys: ["Mod+S"], does: "Save the filter that is in force", where: "Clients" },
  clearFilters: { keys: ["Mod+Shift+X"], does: "Clear the filters", where: "Clients" },
  filterRename: { keys: ["F2"], does: "Rename the saved filter", where: "Clients" },
  filterRemove: { keys: ["Delete"], does: "Delete the saved filter", where: "Clients" },
  filterUndo: { keys: ["Mod+Z"], does: "Bring back the filter that was just deleted", where: "Clients" },

  itemDown: { keys: ["J", "ArrowDown"], does: "Next item", where: "Client" },
  itemUp: { keys: ["K", "ArrowUp"], does: "Previous item", where: "Client" },
  itemChoose: { keys: ["Space"], does: "Choose the item, or leave it out", where: "Client" },
  itemOpen: { keys: ["Enter"], does: "All of the item, and its disputes", where: "Client" },
  exclude: { keys: ["X"], does: "Exclude from disputes, or include again", where: "Client" },
  excludeAll: { keys: ["Shift+X"], does: "Exclude all chosen items", where: "Client" },
  reason: { keys: ["R"], does: "Reason for this item", where: "Client" },
  reasonAll: { keys: ["Shift+R"], does: "One reason for all chosen items", where: "Client" },
  clearChosen: { keys: ["Shift+C"], does: "Choose none of the items", where: "Client" },
  bureau1: { keys: ["1"], does: "Letter to Equifax", where: "Client" },
  bureau2: { keys: ["2"], does: "Letter to Experian", where: "Client" },
  bureau3: { keys: ["3"], does: "Letter to TransUnion", where: "Client" },
  birthDate: { keys: ["Shift+B"], does: "Show the client's date of birth, or hide it", where: "Client" },
  agreementOverride: { keys: ["Shift+G"], does: "Prepare letters without a signed agreement, or not after all", where: "Client" },
  furnisherAddress: { keys: ["F"], does: "An address for a furnisher's letter, or none", where: "Client" },
  furnisherNamed: { keys: ["Shift+N"], does: "Letter to a furnisher that a chosen item names", where: "Client" },
  furnisher: { keys: ["4"], does: "Letter to a furnisher", where: "Client" },
  addressee: { keys: ["6"], does: "Letter to another address", where: "Client" },
  enclose: { keys: ["5"], does: "Choose what the letters enclose", where: "Client" },
  template: { keys: ["T"], does: "Pick the template", where: "Client" },
  prepare: { keys: ["G"], does: "Prepare the letters", where: "Client" },
  clientItems: { keys: ["I"], does: "The client's items", where: "Client" },
  clientLetters: { keys: ["L"], does: "The client's letters", where: "Client" },
  clientCorrespondence: { keys: ["C"], does: "The client's correspondence", where: "Client" },
  clientFollowUps: { keys: ["U"], does: "The client's follow-ups", where: "Client" },
  clientTasks: { keys: ["Shift+T"], does: "The client's tasks", where: "Client" },
  clientAgreements: { keys: ["Shift+A"], does: "The client's agreements and products", where: "Client" },
  clientReports: { keys: ["B"], does: "The client's credit reports", where: "Client" },
  clientDocuments: { keys: ["D"], does: "The client's documents", where: "Client" },
  clientOverview: { keys: ["Shift+O"], does: "All that is known of the client, and what the client sees", where: "Client" },
  clientNotes: { keys: ["N"], does: "The client's notes", where: "Client" },

  recordDown: { keys: ["J", "ArrowDown"], does: "Next line", where: "Records" },
  recordUp: { keys: ["K", "ArrowUp"], does: "Previous line", where: "Records" },
  recordAdd: { keys: ["A"], does: "Write a note, add files, write an e-mail, record an agreement, add a goal", where: "Records" },
  recordText: { keys: ["T"], does: "Write a text message", where: "Records" },
  recordLetter: { keys: ["Shift+L"], does: "Write a letter that the portal mails", where: "Records" },
  recordFax: { keys: ["F"], does: "Record a fax that was sent elsewhere", where: "Records" },
  recordReceive: { keys: ["M"], does: "File mail that came", where: "Records" },
  recordOpen: { keys: ["O", "Enter"], does: "Open the document, another file of the client, the file of an agreement, all of a piece of correspondence, the letter of a follow-up, the item of a task, the client of a task in the list of all", where: "Records" },
  recordFile: { keys: ["V"], does: "Open the files of a piece of correspondence", where: "Records" },
  recordKeep: { keys: ["Shift+K"], does: "Keep the file of an open piece of correspondence with the client", where: "Records" },
  recordChange: { keys: ["E"], does: "Edit the note or the client's data, replace the document's file, set the day of receipt", where: "Records" },
  recordOutcome: { keys: ["S"], does: "Say what became of the next item of a follow-up", where: "Records" },
  recordExtend: { keys: ["X"], does: "Give a follow-up 45 days, or 30 again", where: "Records" },
  recordClient: { keys: ["G"], does: "Open the client of a follow-up in the list of all", where: "Records" },
  customerView: { keys: ["Shift+V"], does: "The overview as the client sees it, or as the company keeps it", where: "Records" },
  proveIdentity: { keys: ["Shift+I"], does: "Prove the client's identity", where: "Records" },
  recordPause: { keys: ["P"], does: "Pause what is on its way of the document, or let it go", where: "Records" },
  recordTakeBack: { keys: ["Z"], does: "Do not send what waits on the line", where: "Records" },
  recordMore: { keys: ["Shift+J"], does: "Show more follow-ups", where: "Records" },
  filterNext: { keys: ["Shift+F"], does: "The next of the views of a list", where: "Records" },
  recordRemove: { keys: ["Delete"], does: "Remove the note, the document, another file of the client or the goal", where: "Records" },
  recordUndo: { keys: ["Mod+Z"], does: "Take back what was just done", where: "Records" },
  recordSave: { keys: ["Mod+Enter"], does: "Save the note or the client's data", where: "Records" },

  letterDown: { keys: ["J", "ArrowDown"], does: "Next letter", where: "Letters" },
  letterUp: { keys: ["K", "ArrowUp"], does: "Previous letter", where: "Letters" },
  letterChoose: { keys: ["Space"], does: "Choose the letter, or leave it out", where: "Letters" },
  findingNext: { keys: ["F8"], does: "Next finding", where: "Letters" },
  findingMend: { keys: ["M"], does: "Go where the finding is mended", where: "Letters" },
  override: { keys: ["O"], does: "Override the finding", where: "Letters" },
  overrideBack: { keys: ["R"], does: "Take the override back", where: "Letters" },
  reword: { keys: ["T"], does: "Change the letter's text", where: "Letters" },
  review: { keys: ["V"], does: "Record the client's review", where: "Letters" },
  save: { keys: ["Mod+S"], does: "Save as one PDF", where: "Letters" },
  saveSeparate: { keys: ["Mod+Shift+S"], does: "Save one PDF for each letter", where: "Letters" },
  lettersStop: { keys: ["Escape"], does: "Stop the letters that are being written or saved", where: "Letters" },
  print: { keys: ["P"], does: "Print", where: "Letters" },
  fax: { keys: ["F"], does: "Fax", where: "Letters" },
  letterRestore: { keys: ["Shift+R"], does: "Bring the discarded letters back", where: "Letters" },
  letterClient: { keys: ["H"], does: "Open the client", where: "Letters" },
  discard: { keys: ["Delete"], does: "Discard", where: "Letters" },
  undo: { keys: ["Mod+Z"], does: "Take back what was just done", where: "Letters" },
  why: { keys: ["W"], does: "Why does it say that?", where: "Letters" },
  envelope: { keys: ["E"], does: "Show the envelope window", where: "Letters" },
  beside: { keys: ["S"], does: "What is known of the letter, beside its pages, or only the pages", where: "Letters" },

  pageNext: { keys: ["]"], does: "Next page", where: "Pages" },
  pagePrevious: { keys: ["["], does: "Previous page", where: "Pages" },
  zoomIn: { keys: ["+"], does: "Larger", where: "Pages" },
  zoomOut: { keys: ["-"], does: "Smaller", where: "Pages" },
  zoomFit: { keys: ["0"], does: "Fit the width", where: "Pages" },
  fileNext: { keys: ["J"], does: "Next file, next fax", where: "Pages" },
  filePrevious: { keys: ["K"], does: "Previous file, previous fax", where: "Pages" },
  fileSave: { keys: ["S"], does: "Save a copy of the file", where: "Pages" },
  faxLook: { keys: ["V"], does: "See a fax as it arrives", where: "Pages" },
  faxFineness: { keys: ["R"], does: "Fine or standard resolution", where: "Pages" },

  reportDown: { keys: ["J", "ArrowDown"], does: "Next report", where: "Reports" },
  reportUp: { keys: ["K", "ArrowUp"], does: "Previous report", where: "Reports" },
  reportRead: { keys: ["O"], does: "Read the report", where: "Reports" },
  reportBeside: { keys: ["S"], does: "Three bureaus side by side", where: "Reports" },
  reportDifference: { keys: ["Shift+D"], does: "Difference to the last report", where: "Reports" },
  reportBureau: { keys: ["F"], does: "Next bureau, then all again", where: "Reports" },

  todayDown: { keys: ["J", "ArrowDown"], does: "Next line", where: "Today" },
  todayUp: { keys: ["K", "ArrowUp"], does: "Previous line", where: "Today" },

  runDown: { keys: ["J", "ArrowDown"], does: "Next run", where: "Print runs" },
  runUp: { keys: ["K", "ArrowUp"], does: "Previous run", where: "Print runs" },
  runConfirm: { keys: ["S"], does: "Say what came out well", where: "Print runs" },
  runReprint: { keys: ["P"], does: "Print the jammed ones again", where: "Print runs" },
  runLetter: { keys: ["O"], does: "Open a letter of the run: the one at the focus, or the first", where: "Print runs" },
  runManifest: { keys: ["Mod+S"], does: "Save the manifest as PDF", where: "Print runs" },
  runManifestCsv: { keys: ["Mod+Shift+S"], does: "Save the manifest as CSV", where: "Print runs" },

  outboxDown: { keys: ["J", "ArrowDown"], does: "Next row", where: "Outbox" },
  outboxUp: { keys: ["K", "ArrowUp"], does: "Previous row", where: "Outbox" },
  outboxOpen: { keys: ["Enter"], does: "Go to the row's detail", where: "Outbox" },
  outboxLeave: { keys: ["Escape"], does: "Back to the list", where: "Outbox" },
  outboxRetry: { keys: ["R"], does: "Try now", where: "Outbox" },
  outboxEdit: { keys: ["E"], does: "Correct it", where: "Outbox" },
  outboxCancel: { keys: ["Delete"], does: "Cancel it", where: "Outbox" },
  outboxSettle: { keys: ["S"], does: "Settle an unknown outcome", where: "Outbox" },
  outboxPause: { keys: ["P"], does: "Pause the row, or let it go", where: "Outbox" },
  outboxPauseAll: { keys: ["Shift+P"], does: "Pause all sending, or send again", where: "Outbox" },
  outboxClient: { keys: ["O"], does: "Open the client", where: "Outbox" },
  outboxBefore: { keys: ["B"], does: "Show the row before it", where: "Outbox" },
  asideBring: { keys: ["Mod+Shift+B"], does: "Bring what was not sent from files that were set aside", where: "Outbox" },
  outboxUndo: { keys: ["Mod+Z"], does: "Take back the last pause", where: "Outbox" },
} as const satisfies Record<string, Shortcut>;

interface Shortcut {
  keys: readonly string[];
  does: string;
  where: "Everywhere" | "Dialogs" | "Today" | "Clients" | "Client" | "Records" | "Reports" | "Letters" | "Pages" | "Print runs" | "Outbox";
}

export type ShortcutId = keyof typeof SHORTCUTS;

export const SHORTCUT_IDS = keysOf(SHORTCUTS);

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const CAPS: Record<string, string> = {
  Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt",
  Shift: isMac ? "⇧" : "Shift",
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  Escape: "Esc",
  Enter: isMac ? "↩" : "Enter",
};

/** The caps to draw for one combination: `["Ctrl", "K"]`. */
export function keyCaps(combination: string): string[] {
  return parts(combination).map((part) => CAPS[part] ?? part);
}

/** Worked out once: a list has hundreds of controls. */
const ARIA = new Map(SHORTCUT_IDS.map((id) => [id, SHORTCUTS[id].keys.map((keys) => keys.replace("Mod", isMac ? "Meta" : "Control").replace(/^\+$/, "Plus")).join(" ")]));

/** For `aria-keyshortcuts`, in the form the attribute wants. */
export function ariaKeys(id: ShortcutId): string | undefined {
  return ARIA.get(id);
}

function parts(combination: string): string[] {
  return combination === "+" ? ["+"] : combination.split("+");
}

function pressed(event: KeyboardEvent, combination: string): boolean {
  const named = parts(combination);
  const key = named.at(-1) ?? "";
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const strayMod = isMac ? event.ctrlKey : event.metaKey;
  if (mod !== named.includes("Mod") || strayMod || event.altKey !== named.includes("Alt")) {
    return false;
  }
  const typed = event.key === " " ? "Space" : event.key === "=" ? "+" : event.key;
  // Shift is how some characters are typed at all ("?", "+"), so it only tells letters and named keys apart.
  const shiftMatters = key.length > 1 || /[a-z]/i.test(key);
  return typed.toLowerCase() === key.toLowerCase() && (!shiftMatters || event.shiftKey === named.includes("Shift"));
}

/** Which of the shortcut's combinations this key press is. */
export function combinationOf(event: KeyboardEvent, id: ShortcutId): string | undefined {
  return SHORTCUTS[id].keys.find((keys) => pressed(event, keys));
}

/** Whether this key press is the shortcut. */
export function isShortcut(event: KeyboardEvent, id: ShortcutId): boolean {
  return combinationOf(event, id) !== undefined;
}
