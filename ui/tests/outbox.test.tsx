import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { OutboxTrouble } from "../src/host/bindings";
import { fakeRow } from "../src/host/fake/outbox";
import { type Desk, lastTake, openDesk, timesAsked } from "./desk";

const REFUSED: OutboxTrouble = {
  kind: "refused",
  message: "The portal refused some values.",
  fields: { fax_number: ["The fax number is not a valid US number."] },
  theirs: null,
};
const ROWS = [
  fakeRow({ id: "refused", clientId: "1004", stage: "rejected", asks: true, trouble: REFUSED }),
  fakeRow({ id: "behind", clientId: "1004", title: "Fax to Experian", behind: true }),
  fakeRow(
    {
      id: "unknown",
      clientId: "1030",
      kind: "sms",
      title: "Text message to (305) 555-0142",
      stage: "unknown",
      asks: true,
      sentAt: "2026-03-02T15:05:00Z",
      trouble: { kind: "unclear", message: "the portal's list does not show it", fields: {}, theirs: null },
    },
    { evidence: [{ at: "2026-03-02T15:09:00Z", what: "the portal lists 3 text messages, none with this text" }] },
  ),
];
const OUTBOX = { at: "#/outbox", outbox: ROWS };

async function row(id: string): Promise<HTMLElement> {
  return await waitFor(() => {
    const found = screen.getAllByTestId("outbox-row").find(({ dataset }) => dataset["rowId"] === id);
    if (!found) {
      throw new Error(`No row ${id}`);
    }
    return found;
  });
}

async function atRow(id: string, options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ ...OUTBOX, ...options });
  await desk.user.click(await row(id));
  return desk;
}

it("lists rows by client, each with where it stands and what blocks it", async () => {
  openDesk(OUTBOX);
  expect((await screen.findAllByTestId("outbox-client")).length).toBe(2);
  expect((await row("refused")).textContent).toContain("Refused");
  expect((await row("behind")).textContent).toContain("Waits for the row before it: Fax to Equifax Information Services LLC, which needs you.");
});

it("counts the unsent in the frame, as trouble only while something needs the agent", async () => {
  const { host } = openDesk({ outbox: [fakeRow({ id: "one" })] });
  const badge = await screen.findByTestId("unsent-count");
  expect(badge.textContent).toBe("1 not sent");
  expect(badge.dataset["trouble"]).toBe("false");
  act(() => host.putOutbox(fakeRow({ id: "two", stage: "rejected", asks: true })));
  await waitFor(() => expect(screen.getByTestId("unsent-count").textContent).toBe("2 not sent, 1 need you"));
  expect(screen.getByTestId("unsent-count").dataset["trouble"]).toBe("true");
});

it("follows a row that goes on by itself", async () => {
  const { host } = openDesk({ at: "#/outbox", outbox: [fakeRow({ id: "one" })] });
  await row("one");
  act(() => host.putOutbox(fakeRow({ id: "one", stage: "done" })));
  expect(await screen.findByText("Nothing waits to be sent")).toBeTruthy();
  expect(screen.queryByTestId("unsent-count")).toBeNull();
});

it("filters what needs the agent, what waits and what is over", async () => {
  const { user } = openDesk({ ...OUTBOX, outbox: [...ROWS, fakeRow({ id: "done", stage: "done" })] });
  await row("behind");
  const ids = () => screen.getAllByTestId("outbox-row").map(({ dataset }) => dataset["rowId"]);
  await user.click(screen.getByTestId("filter-asks"));
  expect(ids()).toEqual(["refused", "unknown"]);
  await user.click(screen.getByTestId("filter-waiting"));
  expect(ids()).toEqual(["behind"]);
  await user.click(screen.getByTestId("filter-over"));
  expect(ids()).toEqual(["done"]);
});

it("shows the portal's words on the row, and sends it again once the field is corrected, by keys", async () => {
  const { host, user } = await atRow("refused");
  expect(screen.getByTestId("outbox-why").textContent).toContain("Fax number: The fax number is not a valid US number.");
  await user.keyboard("e");
  const field = await screen.findByTestId("edit-fax_number");
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(screen.getByTestId("edit-dialog").textContent).toContain("The fax number is not a valid US number.");
  await user.clear(field);
  await user.type(field, "123{Enter}");
  expect(await screen.findByText(/A fax number has ten digits/)).toBeTruthy();
  await user.clear(field);
  await user.type(field, "8885550142{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(lastTake(host, "outbox_edit")).toEqual({ id: "refused", values: { fax_number: "8885550142" } });
  await waitFor(async () => expect((await row("refused")).textContent).toContain("Waiting"));
});

it("tries a row again, and says why when it went on in the meantime", async () => {
  const { host, user } = await atRow("refused");
  host.fail("outbox_retry", { code: "outbox_moved", message: "This is sending by now. Look again." });
  await user.keyboard("r");
  expect(await screen.findByText("This went on in the meantime")).toBeTruthy();
  await user.keyboard("r");
  await waitFor(() => expect(timesAsked(host, "outbox_retry")).toBe(2));
  await waitFor(async () => expect((await row("refused")).dataset["stage"]).toBe("queued"));
});

it("cancels only after saying that it cannot be undone", async () => {
  const { host, user } = await atRow("behind");
  await user.keyboard("{Delete}");
  expect((await screen.findByTestId("cancel-dialog")).textContent).toContain("cannot be undone");
  expect(timesAsked(host, "outbox_cancel")).toBe(0);
  await user.click(screen.getByTestId("cancel-confirm"));
  await waitFor(() => expect(screen.getAllByTestId("outbox-row")).toHaveLength(2));
  expect(lastTake(host, "outbox_cancel")).toEqual({ id: "behind" });
});

it("leaves the focus on the row that stands where one has left, and at last on the empty list", async () => {
  const outbox = ["one", "two", "three"].map((id) => fakeRow({ id, title: `Note ${id}` }));
  const { host, user } = openDesk({ at: "#/outbox", outbox });
  await user.click(await row("two"));
  expect(document.activeElement).toBe(await row("two"));
  act(() => host.putOutbox(fakeRow({ id: "two", stage: "done" })));
  await waitFor(() => expect(screen.getAllByTestId("outbox-row")).toHaveLength(2));
  await waitFor(async () => expect(document.activeElement).toBe(await row("three")));

  await user.keyboard("{Delete}");
  await user.click(await screen.findByTestId("cancel-confirm"));
  await waitFor(() => expect(screen.getAllByTestId("outbox-row")).toHaveLength(1));
  await waitFor(async () => expect(document.activeElement).toBe(await row("one")));

  act(() => host.putOutbox(fakeRow({ id: "one", stage: "done" })));
  const none = await screen.findByText("Nothing waits to be sent");
  await waitFor(() => expect(document.activeElement?.contains(none)).toBe(true));
  expect(document.activeElement).not.toBe(document.body);
});

it("settles an unknown outcome before its evidence, choosing nothing for the agent", async () => {
  const { host, user } = await atRow("unknown");
  expect(screen.getByTestId<HTMLButtonElement>("outbox-retry").disabled).toBe(true);
  expect(screen.getByTestId<HTMLButtonElement>("outbox-cancel").disabled).toBe(true);
  await user.keyboard("s");
  const dialog = await screen.findByRole("dialog", { name: /Settle/ });
  expect(await within(dialog).findByText("The portal lists 3 text messages, none with this text.")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("settle-confirm").disabled).toBe(true);
  await user.click(within(dialog).getByRole("radio", { name: /send it again/ }));
  expect(dialog.textContent).toContain("there are two");
  await user.click(screen.getByTestId("settle-confirm"));
  await waitFor(() => expect(lastTake(host, "outbox_settle")).toEqual({ id: "unknown", decision: "send_again" }));
  await waitFor(async () => expect((await row("unknown")).dataset["stage"]).toBe("queued"));
});

it("closes a dialog with what was asked for in it, also when the lists hear of that before the answer", async () => {
  const { host, user } = await atRow("unknown");
  await user.keyboard("s");
  const dialog = await screen.findByRole("dialog", { name: /Settle/ });
  await user.click(within(dialog).getByRole("radio", { name: /It was sent/ }));
  const answer = host.hold("outbox_settle");
  await user.click(screen.getByTestId("settle-confirm"));
  // The row has left the list of what waits, and is not yet in that of what is over.
  const call = host.call.bind(host);
  vi.spyOn(host, "call").mockImplementation(async (name, take) => {
    const found = await call(name, take);
    if (name === "outbox_list" && Array.isArray(found)) {
      const at = found.findIndex((item) => typeof item === "object" && "stage" in item && item.stage === "unknown");
      found.splice(at, at < 0 ? 0 : 1);
    }
    return found;
  });
  act(() => host.putOutbox(fakeRow({ id: "another" })));
  await waitFor(() => expect(screen.getAllByTestId("outbox-row").map(({ dataset }) => dataset["rowId"])).toEqual(["refused", "behind", "another"]));
  expect(screen.getByRole("dialog", { name: /Settle/ })).toBe(dialog);
  answer();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("moves by J and K, and Enter goes to the detail and Escape back", async () => {
  const { user } = await atRow("refused");
  await user.keyboard("j");
  await waitFor(async () => expect((await row("behind")).getAttribute("aria-current")).toBe("true"));
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByTestId("outbox-detail"));
  await user.keyboard("{Escape}k");
  await waitFor(async () => expect((await row("refused")).getAttribute("aria-current")).toBe("true"));
});

it("shows both texts when the portal's record changed under an edit", async () => {
  const conflict = { kind: "conflict", message: "The note was changed.", fields: {}, theirs: "Round 2 moved." } as const;
  openDesk({ at: "#/outbox", outbox: [fakeRow({ id: "note", kind: "update_note", stage: "rejected", asks: true, trouble: conflict })] });
  await row("note");
  expect((await screen.findByTestId("outbox-why")).textContent).toContain("Round 2 moved.");
  expect(screen.getByTestId("outbox-retry").textContent).toContain("Send mine over it");
});

it("says why nothing is sent while the portal is away, on the page and in the sync state", async () => {
  const { user } = openDesk({ ...OUTBOX, paused: "away", sync: { online: false }, pull: "stays" });
  expect((await screen.findByTestId("outbox-paused")).textContent).toContain("goes by itself when the portal is back");
  await user.click(screen.getByTestId("sync-state"));
  expect((await screen.findByTestId("sync-unsent")).textContent).toContain("3 things wait in the outbox");
});

it("tells the desk that the network may be back", async () => {
  const { host } = openDesk(OUTBOX);
  await row("refused");
  act(() => void window.dispatchEvent(new Event("online")));
  expect(timesAsked(host, "network_back")).toBe(1);
});

it("says when the outbox cannot be read, and reads it again", async () => {
  const desk = openDesk({ at: "#/help", outbox: ROWS });
  await screen.findByText("From a client to printed letters");
  desk.host.fail("outbox_list", { code: "internal", message: "The outbox could not be read." }, 2);
  await desk.user.keyboard("{Control>}3{/Control}");
  await desk.user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
  await row("refused");
});

it("asks before signing out loses what was not sent, and says what that is", async () => {
  const { host, user } = openDesk(OUTBOX);
  await row("refused");
  await user.click(screen.getByTestId("account-menu"));
  await user.click(await screen.findByTestId("sign-out"));
  await user.click(await screen.findByTestId("sign-out-confirm"));
  const notice = await screen.findByTestId("unsent");
  await waitFor(() => expect(notice.textContent).toContain("Lost for good: 2 faxes and 1 text message."));
  await user.click(screen.getByTestId("sign-out-unsent"));
  await screen.findByTestId("sign-in-button");
  expect(lastTake(host, "session_sign_out")).toEqual({ discardLetters: false, discardUnsent: true });
});

const ALONE = { at: "#/outbox", outbox: [fakeRow({ id: "first", clientId: "1004" }), fakeRow({ id: "second", clientId: "1004", title: "Fax to Experian", behind: true })] };

it("pauses a row and lets it go by one key, says what waits for it, and takes it back", async () => {
  const { host, user } = await atRow("first", ALONE);
  await user.keyboard("p");
  await waitFor(async () => expect((await row("first")).textContent).toContain("You paused it."));
  expect((await row("second")).textContent).toContain("Waits for a paused row: Fax to Equifax Information Services LLC.");
  expect(lastTake(host, "outbox_pause")).toEqual({ id: "first" });
  await user.keyboard("p");
  await waitFor(async () => expect((await row("second")).textContent).toContain("Waits for the row before it"));
  expect(lastTake(host, "outbox_resume")).toEqual({ id: "first" });
  // The last thing that was done was to let it go.
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(async () => expect((await row("first")).textContent).toContain("You paused it."));
});

it("offers no pause for what waits for the agent", async () => {
  const { user } = await atRow("refused");
  expect(screen.getByTestId<HTMLButtonElement>("outbox-pause").disabled).toBe(true);
  await user.click(await row("behind"));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("outbox-pause").disabled).toBe(false));
});

it("finds what is paused in a view of its own, and counts it as not sent", async () => {
  const { user } = openDesk({ ...OUTBOX, outbox: [...ROWS, fakeRow({ id: "paused", clientId: "1030", paused: true })] });
  await row("paused");
  await user.click(screen.getByTestId("filter-paused"));
  expect(screen.getAllByTestId("outbox-row").map(({ dataset }) => dataset["rowId"])).toEqual(["paused"]);
  expect(screen.getByTestId("unsent-count").textContent).toContain("4 not sent");
  await user.click(screen.getByTestId("filter-waiting"));
  expect(screen.getAllByTestId("outbox-row").map(({ dataset }) => dataset["rowId"])).toEqual(["behind"]);
});

it("pauses all sending, says so on the page and in the bar of every page, and sends again", async () => {
  const { host, user } = openDesk(ALONE);
  await row("first");
  expect(screen.queryByTestId("sending-paused")).toBeNull();
  await user.keyboard("{Shift>}P{/Shift}");
  expect((await screen.findByTestId("outbox-paused")).textContent).toContain("Sending is paused");
  expect((await row("first")).textContent).toContain("You paused sending.");
  await user.keyboard("{Control>}1{/Control}");
  await user.click(await screen.findByTestId("sending-paused"));
  await user.click(await screen.findByTestId("sending-resume"));
  await waitFor(() => expect(screen.queryByTestId("outbox-paused")).toBeNull());
  expect(screen.queryByTestId("sending-paused")).toBeNull();
  expect(timesAsked(host, "sending_resume")).toBe(1);
});

it("shows the row before it, and opens the client, by keys", async () => {
  const { user } = openDesk(OUTBOX);
  await user.click(await row("behind"));
  await screen.findByTestId("outbox-before");
  await user.keyboard("b");
  await waitFor(async () => expect((await row("refused")).getAttribute("aria-current")).toBe("true"));
  await user.keyboard("o");
  await waitFor(() => expect(window.location.hash).toBe("#/clients/1004"));
});
