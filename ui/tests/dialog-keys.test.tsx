import { fireEvent, render, renderHook, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Hint } from "../src/components/keys";
import { pressing, useShortcuts } from "../src/lib/use-shortcuts";
import { CLIENT, atClient, items, lastTake, openDesk, timesAsked } from "./desk";
import { line, openRecords } from "./records";

const CONFIRM = "{Control>}{Enter}{/Control}";

/** No dialog is left, and the page has the keyboard again. */
async function closed(): Promise<void> {
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
}

it("confirms a dialog from a field, and shows the keys on its buttons", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole) });
  await items();
  await user.keyboard("jx");
  await user.type(await screen.findByTestId("exclude-reason"), "The client keeps it.");
  expect(screen.getByTestId("exclude-confirm").getAttribute("aria-keyshortcuts")).toBe("Control+Enter");
  expect(screen.getByRole("button", { name: "Cancel" }).getAttribute("aria-keyshortcuts")).toBe("Escape");
  await user.keyboard(CONFIRM);
  await closed();
  expect(lastTake(host, "exclusion_add")).toMatchObject({ reason: "The client keeps it." });
  await user.keyboard(CONFIRM);
  expect(timesAsked(host, "exclusion_add")).toBe(1);
});

it("confirms nothing while the button rests", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole) });
  await items();
  await user.keyboard("jx");
  await user.click(await screen.findByTestId("exclude-late_payment"));
  await user.keyboard(CONFIRM);
  expect(screen.getByTestId("exclude-dialog")).toBeTruthy();
  expect(timesAsked(host, "exclusion_add")).toBe(0);
});

it("confirms what cannot be undone, but never the loss of work", async () => {
  const { host, user } = openDesk({ day: true });
  await screen.findAllByTestId("client-row");
  await user.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
  await screen.findByTestId("sign-out-confirm");
  await user.keyboard(CONFIRM);
  await screen.findByTestId("sign-out-discard");
  await user.keyboard(CONFIRM);
  expect(timesAsked(host, "session_sign_out")).toBe(1);
});

it("has one message with a way back, also for what was done at the client before", async () => {
  const desk = openRecords("correspondence");
  const write = async () => {
    await desk.user.keyboard("t");
    await desk.user.type(await screen.findByTestId("message-text"), "Please call." + CONFIRM);
    await line("piece-row", "Waiting");
  };
  await line("piece-row", "Fax to");
  await write();
  window.location.hash = `${atClient("1001")}/correspondence`;
  await screen.findByText("No correspondence yet");
  await write();
  await waitFor(() => expect(screen.getAllByTestId("undo")).toHaveLength(1));
  await desk.user.click(screen.getByTestId("undo"));
  await waitFor(() => expect(timesAsked(desk.host, "outbox_cancel")).toBe(1));
});

it("takes a key that is held down once", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole) });
  await items();
  await user.keyboard("jx");
  const reason = await screen.findByTestId("exclude-reason");
  await user.type(reason, "The client keeps it.");
  fireEvent.keyDown(reason, { key: "Enter", ctrlKey: true, repeat: true });
  expect(timesAsked(host, "exclusion_add")).toBe(0);
  fireEvent.keyDown(reason, { key: "Enter", ctrlKey: true });
  await closed();
  expect(timesAsked(host, "exclusion_add")).toBe(1);
});

it("keeps the page when a key of the web view would load it anew, also while a dialog is open", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  await items();
  const prevented = (init: KeyboardEventInit) => !fireEvent.keyDown(document.activeElement ?? document.body, init);
  const keys = [{ key: "F5" }, { key: "F5", ctrlKey: true }, { key: "r", ctrlKey: true }, { key: "R", ctrlKey: true, shiftKey: true }];
  expect(keys.map(prevented)).toEqual([true, true, true, true]);
  await user.keyboard("jx");
  await screen.findByTestId("exclude-reason");
  expect([...keys, { key: "ArrowLeft", altKey: true }].map(prevented)).toEqual([true, true, true, true, true]);
  expect(prevented({ key: "r" })).toBe(false);
});

it("stops nothing with an Escape that closes a dialog or a panel, also one that is gone by then", () => {
  const stop = vi.fn<() => void>();
  renderHook(() => useShortcuts({ lettersStop: stop }));
  const panel = document.body.appendChild(document.createElement("div"));
  panel.setAttribute("role", "dialog");
  fireEvent.keyDown(panel, { key: "Escape" });
  panel.setAttribute("aria-modal", "true");
  const close = () => panel.remove();
  window.addEventListener("keydown", close, true);
  fireEvent.keyDown(document.body, { key: "Escape" });
  window.removeEventListener("keydown", close, true);
  expect(stop).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(stop).toHaveBeenCalledTimes(1);
});

it("confirms no dialog that came in the place of a list by the same key", () => {
  const confirm = vi.fn<() => void>();
  renderHook(() => useShortcuts({ dialogDo: confirm }, true, "dialog"));
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  const field = dialog.appendChild(document.createElement("input"));
  const choose = (event: Event) => event.preventDefault();
  field.addEventListener("keydown", choose);
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  expect(confirm).toHaveBeenCalledTimes(1);
  field.addEventListener("keydown", () => field.remove());
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  expect(confirm).toHaveBeenCalledTimes(1);
  dialog.remove();
});

it("goes on to the next view of a list, and after the last to the first", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  await items();
  const views = within(screen.getByRole("group", { name: "Which items" })).getAllByRole("button");
  const shown = () => views.findIndex((view) => view.getAttribute("aria-pressed") === "true");
  const first = shown();
  await user.keyboard("{Shift>}F{/Shift}");
  expect(shown()).toBe((first + 1) % views.length);
  for (let times = 1; times < views.length; times += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await user.keyboard("{Shift>}F{/Shift}");
  }
  expect(shown()).toBe(first);
});

it("presses the control nearest to the focus that shows the key", () => {
  const pressed = vi.fn<(name: string) => void>();
  const lineOf = (name: string) => (
    <li key={name}>
      <Hint shortcut="leaveOut">
        <button type="button" onClick={() => pressed(name)}>
          Leave out
        </button>
      </Hint>
      <input aria-label={name} />
    </li>
  );
  function Lines() {
    useShortcuts(pressing(["leaveOut"]));
    return ["one", "two"].map(lineOf);
  }
  render(<Lines />);
  const key = { key: "Backspace", ctrlKey: true, shiftKey: true };
  screen.getByLabelText("two").focus();
  fireEvent.keyDown(screen.getByLabelText("two"), key);
  screen.getByLabelText("two").blur();
  fireEvent.keyDown(document.body, key);
  expect(pressed.mock.calls).toEqual([["two"], ["one"]]);
});

it("acts on a key once, whoever of two would, and moves on while a key is held", () => {
  const syncs = [vi.fn<() => void>(), vi.fn<() => void>()];
  const down = vi.fn<() => void>();
  renderHook(() => {
    useShortcuts({ syncNow: syncs[0], letterDown: down });
    useShortcuts({ syncNow: syncs[1] });
  });
  fireEvent.keyDown(document.body, { key: "F5" });
  fireEvent.keyDown(document.body, { key: "F5", repeat: true });
  expect(syncs.map((sync) => sync.mock.calls.length)).toEqual([1, 0]);
  fireEvent.keyDown(document.body, { key: "j" });
  fireEvent.keyDown(document.body, { key: "j", repeat: true });
  expect(down).toHaveBeenCalledTimes(2);
});
