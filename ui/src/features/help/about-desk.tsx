import { KeyCombination, Keys } from "../../components/keys";
import { SHORTCUTS } from "../../lib/shortcuts";
import type { Chapter } from "./section";

/** From the first start to the day's work. */
export const BEGINNING: Chapter = {
  title: "Begin",
  sections: [
    {
      id: "sign-in",
      title: "Sign in, or practice",
      text: (
        <>
          <p>
            Type the portal's address, the company's API key, your e-mail and your password; or, where it is offered,
            sign in with Microsoft. To learn the desk,
            open the practice desk instead: its people are made up, nothing is sent, and the window says PRACTICE.
          </p>
          <p>
            Client data is kept encrypted. Its key rests in the keychain of your computer. A computer without one asks for a passphrase at the
            first sign-in and at every start: nobody can look it up. When the portal ends the session, go on working and press Sign in again.
            To stop for the day, close the window; signing out <Keys of="signOut" /> wipes the client data from this computer.
          </p>
        </>
      ),
      shots: [["sign-in", "The way in"]],
    },
    {
      id: "password",
      title: "A forgotten password",
      text: (
        <p>
          Press Forgot your password? where you sign in, and have a code mailed to you. Type the code and a new password, then sign in with
          it. If the mail came already, press I have a code already.
        </p>
      ),
    },
    {
      id: "first-sync",
      title: "The first sync",
      text: (
        <p>
          After the first sign-in the portal's clients and their items are copied to this computer. Begin as soon as the first clients are
          here; items and templates follow. Cancel it at any time: what came is kept, and Start the sync goes on from there.
        </p>
      ),
    },
    {
      id: "offline",
      title: "Without a network",
      text: (
        <p>
          Clients, items, templates and letters are on this computer, encrypted. Finding, preparing, saving and printing need no network. The
          state at the top right tells when the portal was last read; <Keys of="syncNow" /> reads it again.
        </p>
      ),
      shots: [["offline", "No network, after a restart"]],
    },
    {
      id: "palette",
      title: "Find anything",
      keys: "palette",
      text: (
        <p>
          From any page, type a client's name, phone number, e-mail, id or the last four of the SSN; a template; a saved filter; or a command.
          A template that you pick on a client's page is set on the client's letter desk, elsewhere for the next client's letters.{" "}
          <Keys of="help" /> opens this guide at the page where you are. <Keys of="sheet" /> shows every shortcut; in a field or a dialog
          press <KeyCombination keys={SHORTCUTS.sheet.keys[1]} />. Every button tells its key when you point at it or come to it by Tab; where a key
          is that of several, it presses the one nearest to where you are.
        </p>
      ),
      shots: [["palette", "Clients and commands from anywhere"]],
    },
    {
      id: "today",
      title: "Today",
      keys: "goToday",
      text: (
        <p>
          Begin here: answers and tasks that are due, the most overdue first, letters that wait for the client's review or for the printer,
          print runs nobody has confirmed, and what the outbox could not send. Each line opens the place to act.
        </p>
      ),
      shots: [["today", "The day’s work"]],
    },
  ],
};

/** The desk itself. */
export const DESK: Chapter = {
  title: "The desk",
  sections: [
    {
      id: "settings",
      title: "Settings",
      keys: "goSettings",
      text: (
        <p>
          Who is signed in and where, what guards the client data, light or dark <Keys of="theme" />, the envelope and its windows, the
          printers, and what of the portal is kept here. What the company decides is shown there and set by the administrator in
          settings.toml. When something does not work, Save diagnostics <Keys of="diagnostics" /> writes a text file for support: versions,
          counts and settings, with nothing that a client could be known by.
        </p>
      ),
      shots: [["settings", "Settings"]],
    },
    {
      id: "dates",
      title: "Dates and rules",
      text: (
        <p>Dates and rules shown here are aids, not legal advice. What is not known is shown as unknown and never guessed.</p>
      ),
    },
  ],
};
