import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, type Desk, lastTake, openDesk, prepareThree, timesAsked, atClient } from "./desk";
import { line } from "./records";
import { date } from "../src/lib/format";

/** Letters at every stage, those that are prepared in view. */
async function atLetters(): Promise<Desk> {
  const desk = openDesk({ at: "#/letters", day: true });
  await desk.user.click(await screen.findByTestId("filter-prepared"));
  await screen.findAllByTestId("gate-mark");
  return desk;
}

function finding(rule: string): HTMLElement {
  const found = screen.getAllByTestId("finding").find((one) => one.dataset["rule"] === rule);
  if (!found) {
    throw new Error(`No finding of ${rule}`);
  }
  return found;
}

/** Moves to a letter of the client without an agreement. */
async function atBlocked(): Promise<Desk> {
  const desk = await atLetters();
  await desk.user.click(await line("letter-row", "Blocked"));
  await waitFor(() => finding("agreement_unsigned"));
  return desk;
}

it("marks each letter calmly: ready, with warnings, or blocked", async () => {
  await atLetters();
  await waitFor(() => expect(screen.getAllByText("Ready").length).toBeGreaterThan(2));
  expect(screen.getAllByText("Blocked")).toHaveLength(3);
  expect(screen.getAllByText("2 warnings").length).toBeGreaterThan(2);
});

it("saves what may go and names what is held", async () => {
  const { user } = await atLetters();
  await waitFor(() => expect(screen.getAllByText("Blocked")).toHaveLength(3));
  const all = screen.getAllByTestId("letter-row").length;
  await user.click(screen.getByTestId("choose-all-letters"));
  await user.keyboard("{Control>}s{/Control}");
  const told = await screen.findByText(/saved in 1 PDF file/);
  expect(told.textContent).toContain(`${all - 3} letters saved in 1 PDF file. 3 letters are held and in no file: `);
});

it("tells what was found in the letter in view, and leads to where it is mended", async () => {
  const { user } = await atBlocked();
  expect(finding("agreement_unsigned").textContent).toContain("Holds the letter.");
  expect(finding("identity_missing").textContent).toContain("There is no proof of identity on file.");
  await user.click(within(finding("identity_missing")).getByTestId("finding-jump"));
  await screen.findByTestId("client-header");
  expect(window.location.hash).toBe("#/clients/1003/documents");
});

it("goes to the next finding with F8, from letter to letter and round again", async () => {
  const { user } = await atBlocked();
  await user.keyboard("{F8}");
  await waitFor(() => expect(document.activeElement).toBe(finding("agreement_unsigned")));
  await user.keyboard("{F8}");
  await waitFor(() => expect(document.activeElement).toBe(finding("review_missing")));
  await user.keyboard("{F8}");
  await waitFor(() => expect(document.activeElement).toBe(finding("identity_missing")));
  const before = screen.getByTestId("letter-preview").dataset["letterId"];
  await user.keyboard("{F8}");
  await waitFor(() => expect(screen.getByTestId("letter-preview").dataset["letterId"]).not.toBe(before));
});

it("overrides with a reason on record, and takes that back", async () => {
  const { host, user } = await atBlocked();
  await user.click(within(finding("agreement_unsigned")).getByTestId("override"));
  expect(screen.getByTestId<HTMLButtonElement>("override-confirm").disabled).toBe(true);
  await user.type(await screen.findByTestId("gate-override-reason"), "Signed on paper, scan follows");
  await user.click(screen.getByTestId("override-confirm"));
  expect((await screen.findByTestId("overridden")).textContent).toMatch(/^By Dana Whitfield on .*: Signed on paper, scan follows$/);
  expect(screen.getAllByText("Blocked")).toHaveLength(2);
  expect(lastTake(host, "letter_override")).toMatchObject({ rule: "agreement_unsigned", subject: "", reason: "Signed on paper, scan follows" });

  await user.keyboard("w");
  expect((await screen.findByTestId("why-override")).textContent).toContain("Overridden: Agreement not signed");
  await user.keyboard("{Escape}");

  // The three rows, and the letter in view.
  await user.click(screen.getByTestId("take-back-override"));
  await waitFor(() => expect(screen.getAllByText("Blocked")).toHaveLength(4));
  expect(lastTake(host, "letter_override")).toMatchObject({ reason: null });

  // With the reason that it had.
  await user.keyboard("{Control>}z{/Control}");
  expect((await screen.findByTestId("overridden")).textContent).toMatch(/: Signed on paper, scan follows$/);
});

it("overrides, takes back and goes to mend by keys: the finding in focus, else the first that offers it", async () => {
  const { host, user } = await atBlocked();
  await user.keyboard("o");
  await user.type(await screen.findByTestId("gate-override-reason"), "Signed on paper");
  await user.click(screen.getByTestId("override-confirm"));
  await screen.findByTestId("overridden");
  await user.keyboard("r");
  await waitFor(() => expect(screen.queryByTestId("overridden")).toBeNull());
  expect(lastTake(host, "letter_override")).toMatchObject({ reason: null });
  finding("identity_missing").focus();
  await user.keyboard("m");
  await screen.findByTestId("client-header");
  expect(window.location.hash).toBe("#/clients/1003/documents");
});

it("says so when an override is refused, and keeps what was written", async () => {
  const { host, user } = await atBlocked();
  await user.click(within(finding("agreement_unsigned")).getByTestId("override"));
  await user.type(await screen.findByTestId("gate-override-reason"), "Signed on paper");
  host.fail("letter_override", { code: "forbidden", message: "Your account may not override this." });
  await user.click(screen.getByTestId("override-confirm"));
  expect(await screen.findByText("Your account may not override this.")).toBeTruthy();
  expect(screen.getByTestId<HTMLTextAreaElement>("gate-override-reason").value).toBe("Signed on paper");
});

it("says why the findings cannot be shown, and looks again", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole) });
  host.fail("letter_check", { code: "cache_busy", message: "The cache did not answer." });
  await prepareThree(user);
  const problem = await screen.findByTestId("problem");
  expect(problem.textContent).toContain("The findings cannot be shown");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findByTestId("findings");
});

it("records the client's review of the chosen letters by keys, shows it, and takes it back", async () => {
  const { host, user } = openDesk({ at: atClient(CLIENT.whole) });
  await prepareThree(user);
  await user.keyboard("v");
  expect((await screen.findByTestId("review-sentence")).textContent).toContain("3 letters of Thị Nguyễn");
  expect(screen.getByTestId<HTMLButtonElement>("review-confirm").disabled).toBe(true);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("review-phone")));
  await user.keyboard(" {Enter}");
  await waitFor(() => expect(screen.getAllByTestId("row-review")).toHaveLength(3));
  const today = date(new Date().toISOString());
  expect(screen.getByTestId("letter-review").textContent).toBe(`Reviewed by phone on ${today}`);
  expect(lastTake(host, "letter_review")).toMatchObject({ channel: "phone", ids: expect.arrayContaining(["letter-1", "letter-3"]) });
  await waitFor(() => expect(screen.getAllByText("Ready").length).toBeGreaterThan(2));

  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(screen.queryAllByTestId("row-review")).toHaveLength(0));
  expect(lastTake(host, "letter_review")).toMatchObject({ channel: null, on: null });
});

it("takes no review of a day that has not come", async () => {
  const { user } = openDesk({ at: atClient(CLIENT.whole) });
  await prepareThree(user);
  await user.click(screen.getByTestId("letter-review"));
  await user.click(await screen.findByTestId("review-email"));
  await user.clear(screen.getByTestId("review-day"));
  await user.type(screen.getByTestId("review-day"), "1/1/2199");
  expect(screen.getByText(/^Not after /)).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>("review-confirm").disabled).toBe(true);
});

it("shows the rules as they are weighed, and who sets them", async () => {
  const { host } = openDesk({ at: "#/gate" });
  expect(await screen.findAllByTestId("gate-rule")).toHaveLength(17);
  expect(screen.getByText("30 pages at most")).toBeTruthy();
  expect(screen.getByText(/The administrator sets the rules/).textContent).toContain("[gate]");
  expect(timesAsked(host, "gate_table")).toBe(1);
});
