import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeTask, sampleTasks } from "../src/host/fake/tasks";
import { makeItems } from "../src/host/fake/people";
import { CLIENT, type Desk, atClient, lastTake, openDesk, timesAsked } from "./desk";
import { UNREACHED, line } from "./records";

const NOW = new Date();
const TASKS = sampleTasks(NOW);

function atTasks(options: Parameters<typeof openDesk>[0] & { client?: string } = {}): Desk {
  const { client = CLIENT.whole, ...rest } = options;
  return openDesk({ at: `${atClient(client)}/tasks`, tasks: TASKS, ...rest });
}

async function rows(): Promise<HTMLElement[]> {
  return await screen.findAllByTestId("task-row");
}

function name(row: HTMLElement): string | undefined {
  return row.querySelector("td > span")?.textContent ?? undefined;
}

it("shows what is open first, the most overdue first, and says how late it is", async () => {
  const { user } = atTasks();
  const open = await rows();
  expect(open.map(name)).toEqual(["Check the bureau's answer", "Call the client", "Plan the next round"]);
  expect(open.map((row) => row.dataset["overdue"])).toEqual(["true", "false", "false"]);
  expect(open[0]?.textContent).toContain("3 days overdue");
  expect(open[1]?.textContent).toContain("2 days left");
  expect(open[2]?.textContent).toContain("Waiting for client");
  expect(screen.getByTestId("tab-tasks").textContent).toBe("Tasks 3");

  await user.click(screen.getByTestId("filter-overdue"));
  expect((await rows()).map(name)).toEqual(["Check the bureau's answer"]);
  await user.click(screen.getByTestId("filter-all"));
  const done = await line("task-row", "Ask for a proof of address");
  expect(done.textContent).toContain("Completed");
  expect(done.textContent).not.toContain("overdue");
});

it("opens by Shift+T from any side of the client, and goes by O to the item a task is about", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole), tasks: TASKS });
  await screen.findAllByTestId("item-row");
  await user.keyboard("{Shift>}T{/Shift}");
  await rows();
  expect(window.location.hash).toBe(`#/clients/${CLIENT.whole}/tasks`);
  await user.keyboard("jo");
  const [item] = makeItems(30);
  await waitFor(() => expect(window.location.hash).toBe(`#/clients/${CLIENT.whole}/items/${item?.id}`));
  await waitFor(() => expect(document.activeElement?.textContent).toContain(item?.accountName));
});

it("says that an item is not here rather than leading nowhere", async () => {
  atTasks({ tasks: [fakeTask({ id: "9", clientId: CLIENT.whole, name: "Look", item: { id: "77", accountName: null } }, NOW)] });
  const [row] = await rows();
  expect(row?.textContent).toContain("An item that is not here");
  expect(screen.queryByTestId("task-item")).toBeNull();
});

it("offers nothing that the portal cannot do", async () => {
  const { host, user } = atTasks();
  const [row] = await rows();
  expect(within(row ?? document.body).getAllByRole("button").map((button) => button.dataset["testid"])).toEqual(["task-item"]);
  await user.keyboard("j{Delete}ea");
  expect(host.calls.map(({ name: asked }) => asked).filter((asked) => /^(task|outbox_(edit|cancel))/.test(asked) && !["task_list", "tasks_due"].includes(asked))).toEqual([]);
});

it("tells no permission, no such records and not read yet from none", async () => {
  const forbidden = atTasks({ tasks: [], access: "forbidden" });
  await screen.findByText("Your account may not read tasks");
  forbidden.view.unmount();
  const missing = atTasks({ tasks: [], access: "missing" });
  await screen.findByText("This portal has no tasks");
  missing.view.unmount();
  const unread = atTasks({ tasks: [], access: "unread" });
  await screen.findByText("The tasks were not read yet");
  unread.view.unmount();
  atTasks({ client: CLIENT.incomplete });
  await screen.findByText("No tasks");
});

it("keeps what was read before the permission went, and says so", async () => {
  atTasks({ access: "forbidden" });
  await rows();
  expect(screen.getByText("Your account may no longer read tasks")).toBeTruthy();
});

it("is whole without a network, and says from when it is", async () => {
  atTasks({ pull: "stays", sync: { online: false } });
  await rows();
  expect(screen.getByTestId("records-offline").textContent).toBe("Offline: these tasks are as they were at the last sync.");
});

it("says why the tasks cannot be read, and reads them again", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole), tasks: TASKS, pull: "stays" });
  host.fail("task_list", UNREACHED);
  await screen.findAllByTestId("item-row");
  await user.keyboard("{Shift>}T{/Shift}");
  const problem = await screen.findByTestId("problem");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await rows();
});

it("is fresh after a sync", async () => {
  const { host } = atTasks({ pull: "stays" });
  await rows();
  const before = timesAsked(host, "task_list");
  act(() => host.emit({ type: "changed", body: ["tasks"] }));
  await waitFor(() => expect(timesAsked(host, "task_list")).toBe(before + 1));
});

it("stands in the day, the most overdue first, and each line opens its client's tasks", async () => {
  const { user } = openDesk({ at: "", tasks: TASKS });
  const section = await screen.findByTestId("today-section-tasks");
  const due = within(section).getAllByTestId("today-task");
  expect(due.map((row) => row.textContent.match(/\d days? (overdue|left)|Due today/)?.[0])).toEqual(["3 days overdue", "Due today", "2 days left"]);
  expect(section.textContent).toContain("3 tasks, 1 overdue");
  await user.keyboard("j");
  expect(document.activeElement).toBe(due[0]);
  await user.click(due[1] ?? document.body);
  await rows();
  expect(window.location.hash).toBe("#/clients/1014/tasks");
});

it("says in the day how many more are due than it shows", async () => {
  const many = Array.from({ length: 11 }, (_, index) => fakeTask({ id: String(index), clientId: CLIENT.whole, name: "Call", dueIn: index - 9 }, NOW));
  openDesk({ at: "", tasks: many });
  expect((await screen.findAllByTestId("today-task")).length).toBe(8);
  expect(screen.getByTestId("today-more-tasks").textContent).toContain("3 more are due");
});

it("does not call a day quiet whose tasks cannot be read", async () => {
  const { host, user } = openDesk({ at: "#/help", pull: "stays", tasks: TASKS });
  host.fail("tasks_due", UNREACHED);
  await user.keyboard("{Control>}0{/Control}");
  const problem = await screen.findByTestId("problem");
  expect(screen.queryByText("Nothing waits for you")).toBeNull();
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("today-task");
});

describe("everyone's tasks", () => {
  const lines = () => screen.findAllByTestId("all-tasks-row");
  const active = () => document.getElementById(screen.getByTestId("task-lines").getAttribute("aria-activedescendant") ?? "");

  it("are reached from the day, by a key and from the palette", async () => {
    const { user } = openDesk({ at: "", tasks: TASKS });
    const section = await screen.findByTestId("today-section-tasks");
    await user.click(within(section).getByRole("link", { name: "All tasks" }));
    expect(await screen.findByRole("heading", { name: "Tasks" })).toBeTruthy();
    await user.keyboard("{Control>}0{/Control}");
    await screen.findByTestId("today-section-tasks");
    await user.keyboard("{Control>}5{/Control}");
    await lines();
    await user.keyboard("{Control>}0{/Control}{Control>}k{/Control}");
    await user.keyboard("tasks of all{Enter}");
    await lines();
    expect(window.location.hash).toBe("#/tasks");
  });

  it("stand by their day, what is late first, and each opens its client's tasks", async () => {
    const { user } = openDesk({ at: "#/tasks", tasks: TASKS });
    const shown = (await lines()).map(({ textContent }) => textContent);
    const open = TASKS.filter(({ stage }) => stage === "open").toSorted((one, other) => (one.daysLeft ?? 1000) - (other.daysLeft ?? 1000));
    expect(shown.length).toBe(open.length);
    open.forEach((task, index) => {
      expect(shown[index]).toContain(task.name);
      expect(shown[index]).toContain(task.clientName);
    });
    expect(screen.getByTestId("filter-overdue").textContent).toBe("Overdue 1");
    await user.keyboard("jjjk{Enter}");
    await screen.findByTestId("client-header");
    expect(window.location.hash).toBe(`#/clients/${open[1]?.clientId}/tasks`);
  });

  it("draws and fetches only what is in sight of many thousands", async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => fakeTask({ id: String(index), clientId: String(1000 + (index % 40)), name: `Call ${index}`, dueIn: Math.floor(index / 500) - 9 }, NOW));
    const { host } = openDesk({ at: "#/tasks", tasks: many });
    expect((await lines()).length).toBeLessThan(60);
    expect(screen.getByTestId("filter-open").textContent).toBe("Open 30,000");
    expect(timesAsked(host, "task_search")).toBeLessThan(4);
    fireEvent.scroll(screen.getByTestId("task-lines"), { target: { scrollTop: 29_960 * 40 } });
    await waitFor(() => expect(lastTake(host, "task_search")).toMatchObject({ offset: 29_900, limit: 100 }));
  });

  it("are narrowed to what is overdue, what is done, and what the agent made", async () => {
    const { host, user } = openDesk({ at: "#/tasks", tasks: TASKS });
    await lines();
    await user.click(screen.getByTestId("filter-over"));
    await waitFor(() => expect(lastTake(host, "task_search")).toMatchObject({ part: "over", mine: false }));
    await waitFor(async () => expect((await lines()).length).toBe(TASKS.filter(({ stage }) => stage !== "open").length));
    await user.click(screen.getByTestId("tasks-mine"));
    expect(await screen.findByText("Nothing is done yet that you made")).toBeTruthy();
    await user.click(screen.getByTestId("filter-open"));
    await waitFor(async () => expect((await lines()).every(({ textContent }) => textContent?.includes("Dana Whitfield"))).toBe(true));
    expect(active()?.getAttribute("aria-selected")).toBe("true");
  });

  it("say why they cannot be read, and are read again", async () => {
    const { host, user } = openDesk({ at: "#/help", pull: "stays", tasks: TASKS });
    host.fail("task_search", UNREACHED);
    await user.keyboard("{Control>}5{/Control}");
    await user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
    await lines();
  });
});
