import { screen, waitFor, within } from "@testing-library/react";
import { act } from "react";
import { expect, it } from "vitest";
import { SYNC_KEY, takeSyncStatus } from "../src/features/sync/sync";
import type { ResourceProgress, SyncStatus } from "../src/host/bindings";
import { NEVER_SYNCED } from "../src/host/fake-host";
import { makeQueryClient } from "../src/lib/desk-query";
import { openDesk, timesAsked } from "./desk";

function progress(clients: number, items: number): ResourceProgress[] {
  return [
    { resource: "clients", state: clients >= 40 ? "done" : "running", done: clients, total: 40 },
    { resource: "negative_items", state: items > 0 ? "running" : "waiting", done: items, total: items > 0 ? 360 : null },
  ];
}

const FIRST = { pull: "stays" as const, sync: { ...NEVER_SYNCED, running: true, resources: progress(0, 0) } };

it("shows the first pull by kind of record until clients arrive, then the clients", async () => {
  const { host } = openDesk(FIRST);
  const screenful = await screen.findByTestId("first-pull");
  expect(within(screenful).getByText("0 of 40")).toBeTruthy();
  expect(within(screenful).getByText("waiting")).toBeTruthy();
  expect(timesAsked(host, "sync_start")).toBe(1);

  act(() => {
    host.setSync({ resources: progress(30, 0) });
    host.emit({ type: "changed", body: ["clients"] });
  });
  await screen.findAllByTestId("client-row");
  expect(screen.getByText(/items and templates follow/)).toBeTruthy();
});

it("can stop the first pull, and start it again where it stopped", async () => {
  const { host, user } = openDesk(FIRST);
  await user.click(await screen.findByTestId("first-cancel"));
  expect(timesAsked(host, "sync_cancel")).toBe(1);
  await user.click(await screen.findByTestId("first-start"));
  expect(timesAsked(host, "sync_start")).toBe(2);
});

it("says why the first pull stopped, and tries again", async () => {
  const { host, user } = openDesk({
    pull: "stays",
    sync: { ...NEVER_SYNCED, problem: { code: "portal_failed", message: "The portal answered with an error. Wait a little." } },
  });
  const screenful = await screen.findByTestId("first-pull");
  expect(await within(screenful).findByText("The portal answered with an error. Wait a little.")).toBeTruthy();
  await user.click(within(screenful).getByRole("button", { name: "Try again" }));
  expect(timesAsked(host, "sync_start")).toBe(2);
});

it("shows in the frame how far a pull is, by kind of record on request, and cancels it there", async () => {
  const { host, user } = openDesk({ pull: "stays" });
  await screen.findAllByTestId("client-row");
  act(() => host.setSync({ running: true, resources: progress(40, 180) }));
  const state = screen.getByTestId("sync-state");
  await waitFor(() => expect(state.textContent).toBe("Syncing 75 %"));

  await user.click(state);
  expect(await screen.findByText("180 of 360")).toBeTruthy();
  await user.click(screen.getByTestId("sync-cancel"));
  expect(timesAsked(host, "sync_cancel")).toBe(1);
});

it("tells when the desk was last synced", async () => {
  openDesk({ pull: "stays" });
  await screen.findAllByTestId("client-row");
  expect(screen.getByTestId("sync-state").textContent).toBe("Synced 2 min ago");
});

it("says that it is offline, and that work goes on", async () => {
  const { user } = openDesk({ pull: "stays", sync: { online: false } });
  expect((await screen.findByTestId("offline-badge")).textContent).toBe("Offline");
  await user.click(screen.getByTestId("sync-state"));
  expect(await screen.findByText(/find, prepare, save and print as usual/)).toBeTruthy();
});

it("shows a pull that could not even begin", async () => {
  const { host } = openDesk({ pull: "stays" });
  host.fail("sync_start", { code: "portal_unreachable", message: "The portal cannot be reached." });
  expect(await screen.findByTestId("offline-badge")).toBeTruthy();
});

it("shows a problem in the frame with its remedy", async () => {
  const { host, user } = openDesk({ pull: "stays" });
  await screen.findAllByTestId("client-row");
  act(() => host.setSync({ problem: { code: "session_expired", message: "The portal ended the session. Sign in again." } }));
  await waitFor(() => expect(screen.getByTestId("sync-state").textContent).toBe("Sync problem"));
  await user.click(screen.getByTestId("sync-state"));
  await user.click(await screen.findByRole("button", { name: "Sign in again" }));
  expect(await screen.findByTestId("sign-in-button")).toBeTruthy();
});

it("counts the records that were kept aside", async () => {
  const { user } = openDesk({ pull: "stays", sync: { parked: 2 } });
  await screen.findAllByTestId("client-row");
  await user.click(screen.getByTestId("sync-state"));
  expect(await screen.findByText("2 records kept aside")).toBeTruthy();
});

it("shows new rows when the desk says that clients changed", async () => {
  const { host } = openDesk({ ...FIRST, sync: { ...FIRST.sync, resources: progress(10, 0) } });
  await screen.findAllByTestId("client-row");
  const before = timesAsked(host, "client_search");
  act(() => host.emit({ type: "changed", body: ["clients"] }));
  await waitFor(() => expect(timesAsked(host, "client_search")).toBeGreaterThan(before));
});

it("starts a pull with F5 instead of drawing the page anew", async () => {
  const { host, user } = openDesk({ pull: "stays" });
  await screen.findAllByTestId("client-row");
  await user.keyboard("{F5}");
  expect(timesAsked(host, "sync_start")).toBe(2);
});

it("keeps the newer of two states, whichever arrives first", () => {
  const queries = makeQueryClient();
  const shown = () => queries.getQueryData<SyncStatus>(SYNC_KEY)?.revision;
  for (const [revision, expected] of [[1, 1], [3, 3], [2, 3], [4, 4]] as const) {
    takeSyncStatus(queries, { ...NEVER_SYNCED, revision });
    expect(shown()).toBe(expected);
  }
});
