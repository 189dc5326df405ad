import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it, onTestFinished, vi } from "vitest";
import { CLIENT, type Desk, atClient, items, lastTake, openDesk, prepareThree, timesAsked } from "./desk";

/** A client's three fresh letters, all chosen. */
async function withLetters(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
  const desk = openDesk({ at: atClient(CLIENT.whole), ...options });
  await prepareThree(desk.user);
  return desk;
}

function rowOf(recipient: string): HTMLElement {
  const row = screen.getAllByTestId("letter-row").find((one) => one.textContent?.includes(recipient));
  if (!row) {
    throw new Error(`No letter to ${recipient}`);
  }
  return row;
}

it("shows the fresh letters, all chosen, with how much paper they are", async () => {
  await withLetters();
  expect(screen.getAllByTestId("letter-row").every((row) => row.getAttribute("aria-selected") === "true")).toBe(true);
  expect(screen.getByTestId("letter-scope").textContent).toBe("Chosen: 3 letters, 3 pages");
  expect(screen.getByTestId("tab-letters").textContent).toBe("Letters 3");
});

it("previews the letter one moves to", async () => {
  const { user } = await withLetters();
  await user.click(rowOf("Experian"));
  await waitFor(async () => expect((await screen.findByTestId("pdf-text")).textContent).toContain("Experian"));
  await user.keyboard("k");
  await waitFor(async () => expect((await screen.findByTestId("pdf-text")).textContent).toContain("TransUnion"));
  expect(screen.getByRole("img", { name: "Page 1 of 1, letter to TransUnion" })).toBeTruthy();
});

it("draws the envelope window over page 1 where the letter says it is", async () => {
  await withLetters();
  await screen.findAllByTestId("pdf-page");
  const style = screen.getByTestId("envelope-window").style;
  // 0.875 in of 8.5 in, and 2.375 in of 11 in.
  expect(Number.parseFloat(style.left)).toBeCloseTo((0.875 / 8.5) * 100, 3);
  expect(Number.parseFloat(style.top)).toBeCloseTo((2.375 / 11) * 100, 3);
});

it("draws the window from letter to letter, until it is not wanted", async () => {
  const { user } = await withLetters();
  await user.click(rowOf("TransUnion"));
  await screen.findByRole("img", { name: /letter to TransUnion/ });
  await user.keyboard("j");
  await screen.findByRole("img", { name: /letter to Experian/ });
  expect(screen.getByTestId("envelope-window")).toBeTruthy();
  await user.keyboard("e");
  expect(screen.queryByTestId("envelope-window")).toBeNull();
  await user.keyboard("k");
  await screen.findByRole("img", { name: /letter to TransUnion/ });
  expect(screen.queryByTestId("envelope-window")).toBeNull();
});

it("says beside the pages who gets the letter, what it disputes and why, and leads to its text", async () => {
  const { user } = await withLetters();
  await user.click(rowOf("Experian"));
  const pane = await screen.findByTestId("letter-pane");
  await waitFor(() => expect(within(pane).getByTestId("letter-item").textContent).toContain("The balance is incorrect"));
  expect(pane.textContent).toContain("RecipientExperian");
  expect(pane.textContent).toContain("First round, short");
  expect(pane.textContent).toContain("by Dana Whitfield");
  await user.click(within(pane).getByTestId("pane-reword"));
  expect(await screen.findByTestId("wording-dialog")).toBeTruthy();
});

it("leaves the pages their room in a narrow window, and shows the findings when they are asked for", async () => {
  window.innerWidth = 1024;
  const { user } = await withLetters();
  await screen.findAllByTestId("pdf-page");
  await screen.findAllByTestId("gate-mark");
  expect(screen.queryByTestId("letter-pane")).toBeNull();
  await user.keyboard("{F8}");
  await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("finding"));
  await user.click(screen.getByTestId("letter-pane-toggle"));
  expect(screen.queryByTestId("letter-pane")).toBeNull();
});

it("folds what is known of a letter away by a key, and unfolds it", async () => {
  const { user } = await withLetters();
  await screen.findByTestId("letter-pane");
  expect(screen.getByTestId("letter-pane-toggle").getAttribute("aria-keyshortcuts")).toBe("S");
  await user.keyboard("s");
  expect(screen.queryByTestId("letter-pane")).toBeNull();
  await user.keyboard("s");
  expect(screen.getByTestId("letter-pane")).toBeTruthy();
});

it("zooms by keys and fits the width again", async () => {
  const { user } = await withLetters();
  const [page] = await screen.findAllByTestId("pdf-page");
  const fitted = page?.style.width;
  await user.keyboard("+");
  expect(Number.parseFloat(page?.style.width ?? "0")).toBeGreaterThan(Number.parseFloat(fitted ?? "0"));
  await user.keyboard("0");
  expect(page?.style.width).toBe(fitted);
});

it("turns the pages of a long letter", async () => {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  const { user } = desk;
  const rows = await screen.findAllByTestId("item-row");
  // Bureau letters with three items have two pages here; a furnisher can be given any items.
  for (const row of rows.slice(0, 2).concat(rows.slice(3, 5))) {
    await user.click(row);
  }
  await user.keyboard("{Shift>}R{/Shift}");
  await user.click(await screen.findByRole("option", { name: /not mine/ }));
  await user.keyboard("4");
  await user.type(await screen.findByRole("combobox", { name: "Find a furnisher" }), "clerk{Enter}");
  const boxes = await within(await screen.findByTestId("furnisher")).findAllByRole("checkbox");
  for (const box of boxes) {
    await user.click(box);
  }
  await user.click(screen.getByTestId("template-picker"));
  await user.click(await screen.findByRole("option", { name: "First round, short" }));
  await user.keyboard("g");
  await waitFor(() => expect(screen.getAllByTestId("pdf-page")).toHaveLength(2));
  expect(screen.getByTestId("page-indicator").textContent).toBe("Page 1 of 2");
  await user.keyboard("]");
  expect(screen.getByTestId("page-indicator").textContent).toBe("Page 2 of 2");
  await user.keyboard("[[");
  expect(screen.getByTestId("page-indicator").textContent).toBe("Page 1 of 2");
});

it("saves one PDF for each letter", async () => {
  const { host, user } = await withLetters();
  await user.click(screen.getByTestId("save-menu"));
  await user.click(await screen.findByTestId("save-separate"));
  await screen.findByText("3 letters saved in 3 PDF files.");
  expect(lastTake(host, "letter_save")).toMatchObject({ layout: "separate" });
});

it("says nothing when the agent closes the save dialog, and why when saving fails", async () => {
  const { host, user } = await withLetters();
  const call = host.call.bind(host);
  host.call = async (name, take) => {
    const give = await call(name, take);
    return typeof give === "object" && "files" in give ? { ...give, files: [] } : give;
  };
  await user.click(screen.getByTestId("save-letters"));
  await waitFor(() => expect(timesAsked(host, "letter_save")).toBe(1));
  expect(screen.queryByText(/saved in/)).toBeNull();

  host.fail("letter_save", { code: "file_failed", message: "The folder cannot be written to. Choose another." });
  await user.click(screen.getByTestId("save-letters"));
  expect(await screen.findByText("The folder cannot be written to. Choose another.")).toBeTruthy();
});

it("tells how many letters are saved, and saves none once it is stopped", async () => {
  const { host, user } = await withLetters();
  const release = host.hold("letter_save");
  await user.click(screen.getByTestId("save-letters"));
  await waitFor(() => expect(timesAsked(host, "letter_save")).toBe(1));
  act(() => host.emit({ type: "letters", body: { done: 2, total: 3 } }));
  expect((await screen.findByTestId("letters-work")).textContent).toContain("Saving 3 of 3");
  await user.click(screen.getByTestId("letters-stop"));
  await waitFor(() => expect(timesAsked(host, "letter_stop")).toBe(1));
  host.fail("letter_save", { code: "cancelled", message: "Cancelled; nothing was changed." });
  release();
  expect(await screen.findByText("Stopped: nothing was saved.")).toBeTruthy();
  expect(screen.queryByText("Stopped")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("save-letters")));
});

it("offers to stop only what was begun here, and says why the desk does not save while other letters are prepared", async () => {
  const { host, user } = await withLetters();
  await user.click(screen.getByTestId("tab-items"));
  await items();
  await user.keyboard("jr");
  await user.click(await screen.findByRole("option", { name: /not mine/ }));
  await user.click(screen.getByTestId("bureau-equifax"));
  const prepared = host.hold("letter_prepare");
  await user.click(screen.getByTestId("prepare-letters"));
  await waitFor(() => expect(timesAsked(host, "letter_prepare")).toBe(2));
  await user.click(screen.getByTestId("tab-letters"));
  await screen.findAllByTestId("letter-row");
  const saved = host.hold("letter_save");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  await user.click(screen.getByTestId("save-letters"));
  await waitFor(() => expect(timesAsked(host, "letter_save")).toBe(1));
  act(() => host.emit({ type: "letters", body: { done: 1, total: 3 } }));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(screen.queryByTestId("letters-stop")).toBeNull();
  host.fail("letter_save", { code: "bad_request", message: "Other letters are being prepared or saved: wait until that is done, or stop it." });
  act(saved);
  await screen.findByText(/Other letters are being prepared or saved/);
  act(prepared);
});

it("acts on the chosen letters only", async () => {
  const { host, user } = await withLetters();
  await user.click(screen.getByTestId("choose-all-letters"));
  await user.click(within(rowOf("Experian")).getByRole("checkbox"));
  expect(screen.getByTestId("letter-scope").textContent).toBe("Chosen: 1 letter, 1 page");
  await user.click(screen.getByTestId("save-letters"));
  await screen.findByText("1 letter saved in 1 PDF file.");
  expect(lastTake(host, "letter_save")).toMatchObject({ ids: ["letter-2"] });
});

it("discards with a way back, by a press or by the shortcut", async () => {
  const { host, user } = await withLetters();
  await user.click(screen.getByTestId("discard-letters"));
  await user.click(await screen.findByTestId("undo"));
  await waitFor(() => expect(screen.getAllByTestId("letter-row")).toHaveLength(3));
  expect(lastTake(host, "letter_restore")).toMatchObject({ ids: expect.arrayContaining(["letter-1"]) });

  await user.click(rowOf("Experian"));
  await user.keyboard("{Delete}");
  await waitFor(() => expect(screen.getAllByTestId("letter-row")).toHaveLength(2));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(screen.getAllByTestId("letter-row")).toHaveLength(3));
});

it("brings discarded letters back from their own view", async () => {
  const { user } = await withLetters();
  await user.keyboard("{Delete}");
  await screen.findByText("No letters yet");
  await user.click(screen.getByTestId("filter-discarded"));
  await user.click(await screen.findByTestId("choose-all-letters"));
  expect(screen.getByTestId<HTMLButtonElement>("print-letters").disabled).toBe(true);
  await user.click(screen.getByTestId("restore-letters"));
  await screen.findByText("None at this stage");
});

it("tells why a letter says what it says", async () => {
  const { user } = await withLetters();
  await user.keyboard("w");
  const dialog = await screen.findByRole("dialog", { name: "Why does it say that?" });
  await waitFor(() => expect(dialog.textContent).toContain("The balance is incorrect"));
  expect(dialog.textContent).toContain("First round, short");
  expect(dialog.textContent).toContain("Dana Whitfield");
  expect(dialog.textContent).toContain("c3d7c3d7");
});

it("says so when the file cannot be read, instead of showing an empty page", async () => {
  await withLetters({ openPdf: () => Promise.reject(new Error("Invalid PDF structure")) });
  expect((await screen.findByTestId("problem")).textContent).toContain("Invalid PDF structure");
});

it("says so when the letter cannot be fetched, and fetches it again", async () => {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  desk.host.fail("letter_pdf", { code: "not_found", message: "This letter's file is gone." });
  await prepareThree(desk.user);
  const problem = await screen.findByTestId("problem");
  await desk.user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("pdf-page");
});

it("lists everyone's letters newest first, with the way to their client", async () => {
  const { user } = await withLetters();
  await user.keyboard("{Control>}2{/Control}");
  await screen.findByRole("heading", { name: "Letters" });
  const rows = await screen.findAllByTestId("letter-row");
  expect(rows.map((row) => row.dataset["letterId"])).toEqual(["letter-3", "letter-2", "letter-1"]);
  expect(rows[0]?.textContent).toContain("Thị Nguyễn");
  await user.click(screen.getByRole("button", { name: "Open the client" }));
  await screen.findByTestId("client-header");
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/letters`);
});

it("marks the items that are in a letter", async () => {
  const { user } = await withLetters();
  await user.keyboard("i");
  await waitFor(() => expect(screen.getAllByText("In 1 letter")).toHaveLength(3));
});
