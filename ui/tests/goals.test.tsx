import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeRow } from "../src/host/fake/outbox";
import { CLIENT, type Desk, atClient, lastTake, openDesk, timesAsked } from "./desk";
import { UNREACHED, line } from "./records";

async function atGoals(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ at: `${atClient(CLIENT.whole)}/overview`, pull: "stays", ...options });
  await screen.findByTestId("goals");
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("goal-add").disabled).toBe(false));
  return desk;
}

function names(): (string | null | undefined)[] {
  return screen.queryAllByTestId("goal-row").map((row) => row.querySelector("span")?.textContent);
}

it("gives a goal at once, by keys, and says that it waits", async () => {
  const { host, user } = await atGoals();
  expect(names()).toEqual(["Buy a home", "Qualify for a better card"]);
  await user.keyboard("a");
  await screen.findByTestId("goal-picker");
  expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).not.toContain("Buy a home");
  await user.keyboard("start{Enter}");
  const row = await line("goal-row", "Start a business");
  expect(within(row).getByTestId("outbox-mark").textContent).toBe("Waiting");
  expect(lastTake(host, "goal_assign")).toEqual({ clientId: CLIENT.whole, goalIds: ["5"] });
  await waitFor(() => expect(screen.getByTestId("standing-goals").textContent).toContain("Start a business"));
});

it("takes a goal back that was given by mistake: by undo, or on its line", async () => {
  const { user } = await atGoals();
  await user.keyboard("a");
  await screen.findByTestId("goal-picker");
  await user.keyboard("start{Enter}");
  await line("goal-row", "Start a business");
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(names()).toEqual(["Buy a home", "Qualify for a better card"]));
  await user.keyboard("a");
  await screen.findByTestId("goal-picker");
  await user.keyboard("rent{Enter}");
  await user.click(within(await line("goal-row", "Rent an apartment")).getByTestId("take-back"));
  await waitFor(() => expect(names()).toEqual(["Buy a home", "Qualify for a better card"]));
});

it("takes a goal away without a question, and keeps it when that was a mistake", async () => {
  const { host, user } = await atGoals();
  await user.keyboard("j{Delete}");
  await waitFor(() => expect(lastTake(host, "goal_remove")).toEqual({ clientId: CLIENT.whole, goalIds: ["1"] }));
  const row = await line("goal-row", "Buy a home");
  await waitFor(() => expect(within(row).getByTestId("outbox-mark").textContent).toBe("Removal waiting"));
  await waitFor(() => expect(screen.getByTestId("standing-goals").textContent).not.toContain("Buy a home"));
  await user.click(within(row).getByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(within(row).queryByTestId("outbox-mark")).toBeNull());
  expect(timesAsked(host, "outbox_cancel")).toBe(1);
});

it("says on its line why a goal could not be sent", async () => {
  const { host, user } = await atGoals();
  await user.keyboard("a");
  await screen.findByTestId("goal-picker");
  await user.keyboard("start{Enter}");
  await line("goal-row", "Start a business");
  const trouble = { kind: "refused" as const, message: "The goal is retired.", fields: {}, theirs: null };
  host.putOutbox(fakeRow({ id: "goal-1", clientId: CLIENT.whole, kind: "assign_goals", title: "New goal", stage: "rejected", asks: true, trouble, editable: false }));
  const mark = await within(await line("goal-row", "Start a business")).findByText("The goal is retired.");
  expect(mark.closest("a")?.getAttribute("href")).toBe("#/outbox");
  const alert = await screen.findByTestId("client-alert");
  expect([alert.textContent, alert.getAttribute("href")]).toEqual(["1 thing not sent", "#/outbox"]);
});

it("is whole without a network, and says what becomes of a change", async () => {
  await atGoals({ sync: { online: false } });
  expect(names()).toHaveLength(2);
  expect(screen.getByTestId("goals").textContent).toContain("waits in the outbox until the portal can be reached");
});

it("tells no permission and not read yet from none", async () => {
  const forbidden = await atGoals({ access: "forbidden" });
  expect(screen.getByTestId("goals-none").textContent).toContain("Your account may not read this client's goals");
  expect(screen.getByTestId("standing-goals").textContent).toContain("Your account may not read goals");
  forbidden.view.unmount();
  const unread = await atGoals({ access: "unread" });
  expect(screen.getByTestId("goals-none").textContent).toContain("were not read yet");
  unread.view.unmount();
  await atGoals({ at: "#/clients/1003/overview" });
  expect(screen.getByTestId("goals-none").textContent).toContain("No goals yet");
});

it("says why goals cannot be shown, and asks again", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole), pull: "stays" });
  host.fail("goal_list", UNREACHED);
  await screen.findByTestId("client-standing");
  await user.keyboard("{Shift>}O{/Shift}");
  await user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("goal-row");
});
