import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { FakeHost } from "../src/host/fake-host";
import { DeskProblem } from "../src/lib/problem";
import { CLIENT, type Desk, atClient, lastTake, openDesk, prepareThree, timesAsked } from "./desk";

async function atFax(): Promise<Desk> {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  await prepareThree(desk.user);
  await desk.user.keyboard("f");
  await screen.findByRole("dialog", { name: "Fax" });
  return desk;
}

/** How the gate was told that letters go out. */
function mediums(host: FakeHost): unknown[] {
  return host.calls.flatMap(({ name, take }) => (name === "letter_check" && typeof take === "object" && take !== null && "medium" in take ? [take.medium] : []));
}

it("shows each recipient's number, says how many faxes go where before anything is queued, then leads to the outbox", async () => {
  const { host, user } = await atFax();
  const fields = await screen.findAllByTestId<HTMLInputElement>("fax-number");
  const known = fields.map(({ value }) => value).toSorted();
  expect(known).toEqual(["", "(888) 555-0101", "(888) 555-0102"]);
  await user.type(fields.find(({ value }) => value === "") ?? document.body, "8885550103");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("3 faxes, 3 pages to");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("Equifax at (888) 555-0101");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("tries a line that fails again, up to 3 times.");
  expect(screen.getByTestId("goes-with-warnings").textContent).toContain("Client review not recorded (3)");
  expect(timesAsked(host, "fax_send")).toBe(0);
  await user.click(screen.getByTestId("fax-confirm"));
  await user.click(await screen.findByTestId("toast-link"));
  expect(await screen.findAllByTestId("outbox-row")).toHaveLength(3);
  expect(lastTake(host, "fax_send")).toMatchObject({ numbers: { "letter-3": "8885550103" } });
});

it("takes the faxes back while they wait, by a press or by the shortcut", async () => {
  const { host, user } = await atFax();
  for (const undo of [async () => user.click(screen.getByTestId("undo")), async () => user.keyboard("{Control>}z{/Control}")]) {
    await screen.findAllByTestId("fax-number");
    await user.click(screen.getByTestId("fax-confirm"));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Fax" })).toBeNull());
    await screen.findByText("2 faxes in the outbox.");
    await screen.findByTestId("unsent-count");
    await undo();
    await waitFor(() => expect(screen.queryByTestId("unsent-count")).toBeNull());
    expect(await host.call("outbox_list", { clientId: CLIENT.whole, over: false })).toEqual([]);
    await user.keyboard("f");
  }
});

it("does not fax while a number is no number", async () => {
  const { user } = await atFax();
  const [field] = await screen.findAllByTestId("fax-number");
  await user.clear(field ?? document.body);
  await user.type(field ?? document.body, "12345");
  expect(await screen.findByText("A fax number has ten digits; this has 5.")).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("fax-confirm").disabled).toBe(true);
});

it("leaves a bureau out whose number nobody knows, says so before anything is queued, and queues none twice", async () => {
  const { host, user } = await atFax();
  await screen.findAllByTestId("fax-number");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("2 faxes");
  expect(screen.getByTestId("fax-left-out").textContent).toMatch(/^.*: the portal has no single fax number for it. Enter one above, or 1 letter is left out.$/);
  await user.click(screen.getByTestId("fax-confirm"));
  await waitFor(() => expect(lastTake(host, "fax_send")).toMatchObject({ letterIds: [expect.any(String), expect.any(String)] }));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Fax" })).toBeNull());
  await user.keyboard("f");
  await waitFor(() => expect(screen.getByTestId("fax-left-out").textContent).toContain("waits in the outbox as a fax already"));
  await waitFor(() => expect(screen.getAllByTestId("fax-number")).toHaveLength(1));
});

it("shows each letter that was not queued with why", async () => {
  const { host, user } = await atFax();
  await screen.findAllByTestId("fax-number");
  const call = host.call.bind(host);
  host.call = async (name, take) => {
    const answer = await call(name, take);
    return name === "fax_send" ? Object.assign({}, answer, { problems: [{ letterId: "letter-3", problem: { code: "held", message: "The gate holds it." } }] }) : answer;
  };
  await user.click(screen.getByTestId("fax-confirm"));
  const problems = await screen.findByTestId("fax-problems");
  expect(problems.textContent).toContain("2 faxes are in the outbox.");
  expect(problems.querySelectorAll("li")).toHaveLength(1);
  expect(problems.textContent).toContain("The gate holds it.");
  await user.click(screen.getByTestId("fax-close"));
});

it("shows how far a large batch is, and cancels what still waits of it", async () => {
  const { host, user } = openDesk({ at: "#/letters", day: true });
  await user.click(await screen.findByTestId("filter-prepared"));
  await user.click(await screen.findByTestId("choose-all-letters"));
  await user.keyboard("f");
  for (const field of await screen.findAllByTestId<HTMLInputElement>("fax-number")) {
    await user.clear(field);
    await user.type(field, "8885550103");
  }
  await user.click(screen.getByTestId("fax-confirm"));
  const progress = await screen.findByTestId("fax-progress");
  const all = (await host.call("outbox_list", { clientId: null, over: false })).filter(({ kind }) => kind === "fax").length;
  expect(all).toBeGreaterThan(3);
  expect(progress.textContent).toContain(`0 of ${all} faxes went.`);
  await user.click(screen.getByTestId("fax-cancel-rest"));
  await waitFor(() => expect(progress.textContent).toContain(`0 of ${all} faxes went, ${all} cancelled.`));
  expect((await host.call("outbox_list", { clientId: null, over: false })).filter(({ kind }) => kind === "fax")).toEqual([]);
  expect(screen.queryByTestId("fax-cancel-rest")).toBeNull();
  await user.click(screen.getByTestId("fax-close"));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Fax" })).toBeNull());
});

it("keeps what the gate holds, by name and with the way to it", async () => {
  const { host, user } = openDesk({ at: "#/letters", day: true });
  await user.click(await screen.findByTestId("filter-prepared"));
  await user.click(await screen.findByTestId("choose-all-letters"));
  await user.keyboard("f");
  const kept = await screen.findByTestId("fax-kept");
  expect(kept.textContent).toContain("3 letters stay here");
  expect(kept.textContent).toContain("Agreement not signed.");
  expect(mediums(host)).toContain("fax");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("4 faxes, 4 pages");
  await user.click(within(kept).getAllByTestId("look-at-letter")[0] ?? kept);
  await waitFor(() => expect(screen.getByTestId("findings").textContent).toContain("Agreement not signed"));
});

it("says why the letters cannot be looked at, and looks again", async () => {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  await prepareThree(desk.user);
  const call = desk.host.call.bind(desk.host);
  let failing = true;
  desk.host.call = async (name, take) => {
    if (failing && name === "letter_check") {
      throw new DeskProblem({ code: "cache_busy", message: "The cache did not answer." });
    }
    return await call(name, take);
  };
  await desk.user.keyboard("f");
  const dialog = await screen.findByRole("dialog", { name: "Fax" });
  const problem = await within(dialog).findByTestId("problem");
  failing = false;
  await desk.user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("fax-number");
});

it("shows each fax as it arrives, in either resolution, beside the numbers", async () => {
  const { host, user } = await atFax();
  await screen.findAllByTestId("fax-number");
  const pages: unknown[] = [];
  const faxPage = host.faxPage.bind(host);
  host.faxPage = async (look, page, fineness) => {
    pages.push([look.letterId, page, fineness, look.cover]);
    return await faxPage(look, page, fineness);
  };
  await user.click(screen.getByTestId("fax-look"));
  await screen.findByRole("img", { name: /^Page 1 of 1 as it arrives, letter to / });
  expect(screen.getByTestId("fax-pages").textContent).toContain("1 page, no cover page; a fax has 30 at most");
  expect(screen.getByTestId("fax-place").textContent).toBe("Fax 1 of 3");
  expect(screen.getByTestId("fax-page").dataset["fineness"]).toBe("fine");
  await user.keyboard("rj");
  await waitFor(() => expect(screen.getByTestId("fax-place").textContent).toBe("Fax 2 of 3"));
  expect(screen.getByTestId("fax-page").dataset["fineness"]).toBe("standard");
  await waitFor(() =>
    expect(pages).toEqual([
      ["letter-3", 1, "fine", false],
      ["letter-3", 1, "standard", false],
      ["letter-2", 1, "standard", false],
    ]),
  );
  expect(timesAsked(host, "fax_send")).toBe(0);
});

it("puts a cover page before each letter when told to, counts it, and asks the gate with it", async () => {
  const { host, user } = await atFax();
  await screen.findAllByTestId("fax-number");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("2 faxes, 2 pages");
  expect(screen.getByTestId("fax-sentence").textContent).toContain("A fax has 30 pages at most");
  await user.click(screen.getByTestId("fax-cover"));
  expect(screen.getByTestId("fax-sentence").textContent).toContain("2 faxes, 4 pages");
  expect(mediums(host)).toContain("fax_after_cover");
  await user.click(screen.getByTestId("fax-look"));
  await screen.findByRole("img", { name: "Page 1 of 2 as it arrives, cover page" });
  expect(screen.getByTestId("fax-pages").textContent).toContain("2 pages, the cover page among them");
  await user.click(screen.getByTestId("fax-confirm"));
  await waitFor(() => expect(lastTake(host, "fax_send")).toMatchObject({ cover: true }));
});

it("says why a fax cannot be looked at, and a page not be drawn", async () => {
  const { host, user } = await atFax();
  await screen.findAllByTestId("fax-number");
  host.fail("fax_look", { code: "cache_busy", message: "The cache did not answer." });
  host.fail("fax_page", { code: "letter_failed", message: "Page 1 cannot be drawn." });
  await user.click(screen.getByTestId("fax-look"));
  const problem = await within(await screen.findByTestId("fax-preview")).findByTestId("problem");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.getByTestId("fax-page").textContent).toContain("Page 1 cannot be drawn."));
  await user.click(screen.getByTestId("fax-look"));
  await waitFor(() => expect(screen.queryByTestId("fax-preview")).toBeNull());
  expect(screen.getAllByTestId("fax-number")).toHaveLength(3);
});
