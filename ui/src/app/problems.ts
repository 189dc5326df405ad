import type { Problem, ProblemCode } from "../host/bindings";
import type { ProblemAdvice } from "../components/problem-notice";

/** What the window itself can do about a problem. */
export interface Remedies {
  /** Only over an open desk, like the fresh start: a closed one offers both by itself. */
  signIn: (() => void) | null;
  sync: () => void;
  startFresh: (() => void) | null;
  /** Shows what waits to be sent; only where the desk is open. */
  outbox: (() => void) | null;
}

type Remedy = { label: string; does: keyof Remedies };

const SIGN_IN: Remedy = { label: "Sign in again", does: "signIn" };
const SYNC: Remedy = { label: "Sync now", does: "sync" };
const OUTBOX: Remedy = { label: "Open the outbox", does: "outbox" };
const START_FRESH: Remedy = { label: "Start fresh", does: "startFresh" };

/** The one table: what the agent reads above a problem's own words, and what can be done from here. */
export const PROBLEMS: Record<ProblemCode, { title: string; remedy?: Remedy }> = {
  bad_request: { title: "The desk could not do that" },
  not_found: { title: "No longer here", remedy: SYNC },
  not_signed_in: { title: "Not signed in" },
  wrong_credentials: { title: "The portal does not know this e-mail and password" },
  session_expired: { title: "The portal ended the session", remedy: SIGN_IN },
  forbidden: { title: "Your account may not do this" },
  portal_unreachable: { title: "The portal cannot be reached" },
  portal_failed: { title: "The portal has a fault of its own" },
  portal_refused: { title: "The portal refused this" },
  portal_busy: { title: "The portal asks to slow down" },
  portal_unreadable: { title: "The portal answered in a way this version cannot read" },
  keychain_unavailable: { title: "This computer has no keychain" },
  keychain_locked: { title: "The keychain is locked" },
  key_missing: { title: "The key of the client data is gone" },
  wrong_passphrase: { title: "That is not the passphrase" },
  weak_passphrase: { title: "The passphrase is too short" },
  cache_damaged: { title: "The files with the client data are damaged", remedy: START_FRESH },
  cache_busy: { title: "Another window has the desk open" },
  cache_too_new: { title: "A newer version made these files" },
  disk_full: { title: "The disk is full" },
  file_failed: { title: "The file could not be written" },
  cancelled: { title: "Stopped" },
  list_unstable: { title: "The portal's list kept changing while it was read", remedy: SYNC },
  letter_failed: { title: "The letter could not be written" },
  no_items_for_recipient: { title: "No chosen item belongs to this recipient" },
  item_excluded: { title: "An excluded item was chosen" },
  agreement_unsigned: { title: "No signed agreement" },
  address_incomplete: { title: "An address is incomplete" },
  letters_unprinted: { title: "Some letters were never printed or saved" },
  outbox_unsent: { title: "Something was not sent yet" },
  outbox_moved: { title: "This went on in the meantime" },
  outbox_waiting: { title: "A change of this waits already", remedy: OUTBOX },
  held: { title: "The desk holds this back" },
  print_failed: { title: "Printing did not work" },
  settings_wrong: { title: "The settings file is wrong" },
  internal: { title: "The desk has a fault" },
};

export function adviseWith(remedies: Remedies): (problem: Problem) => ProblemAdvice {
  return ({ code }) => {
    const { title, remedy } = PROBLEMS[code] ?? PROBLEMS.internal;
    const run = remedy ? remedies[remedy.does] : null;
    return remedy && run ? { title, action: { label: remedy.label, run } } : { title };
  };
}
