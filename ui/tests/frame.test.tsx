import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { SHORTCUTS, SHORTCUT_IDS } from "../src/lib/shortcuts";
import { atClient, items, openDesk, timesAsked, valueOf } from "./desk";

it("finds a client from anywhere and opens it", async () => {
  const { user } = openDesk({ at: "#/help" });
  await screen.findByText("From a client to printed letters");
  await user.keyboard("{Control>}k{/Control}");
  // Enter comes before the search has answered: it waits for what was typed.
  await user.type(await screen.findByRole("combobox", { name: "Find a client, a template or a command" }), "1030{Enter}");
  await items();
  expect(window.location.hash).toBe(atClient("1030"));
});

it("finds a template from anywhere: for the client in view, else for the next one", async () => {
  const { user } = openDesk({ at: `${atClient("1030")}/notes` });
  const pick = async (name: string) => {
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Find a client, a template or a command" }), name);
    await user.click(await screen.findByRole("option", { name: new RegExp(name, "i") }));
  };
  await screen.findByTestId("client-header");
  await pick("first round, short");
  await items();
  expect(window.location.hash).toBe(atClient("1030"));
  await waitFor(() => expect(valueOf("template-picker")).toBe("First round, short"));
  await screen.findByText("First round, short: the letters are written from it.");
  // In view already, the desk follows at once.
  await pick("debt validation");
  await waitFor(() => expect(valueOf("template-picker")).toBe("Debt validation"));

  await user.keyboard("j ");
  await user.keyboard("{Control>}1{/Control}");
  await screen.findAllByTestId("client-row");
  await pick("method of verification");
  await screen.findByText("Method of verification: the next client's letters are written from it.");
  window.location.hash = atClient("1003");
  await waitFor(() => expect(valueOf("template-picker")).toBe("Method of verification"));
  // Whose items are chosen keeps what they are disputed with.
  window.location.hash = atClient("1030");
  await waitFor(() => expect(valueOf("template-picker")).toBe("Debt validation"));
});

it("shows the page of a name before the templates that are called alike", async () => {
  const { user } = openDesk({ at: "#/help" });
  await screen.findByText("From a client to printed letters");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox", { name: "Find a client, a template or a command" }), "letter");
  await screen.findByRole("option", { name: /Welcome letter/ });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(window.location.hash).toBe("#/letters"));
});

it("runs a command from the palette", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.click(screen.getByTestId("open-palette"));
  await user.type(await screen.findByRole("combobox", { name: "Find a client, a template or a command" }), "theme: dark");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark"));
});

it("remembers the theme, and follows the system when told to", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.click(screen.getByTestId("theme-toggle"));
  await user.click(await screen.findByTestId("theme-dark"));
  expect(document.documentElement.dataset["mantineColorScheme"]).toBe("dark");
  expect(Object.values({ ...localStorage })).toEqual(["dark"]);
  await user.click(screen.getByTestId("theme-toggle"));
  await user.click(await screen.findByTestId("theme-auto"));
  expect(document.documentElement.dataset["mantineColorScheme"]).toBe("light");
});

it("shows every shortcut under `?`, and returns the focus when the sheet closes", async () => {
  const { user } = openDesk({ at: "#/help" });
  await screen.findByText("From a client to printed letters");
  await user.keyboard("?");
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  for (const id of SHORTCUT_IDS) {
    expect(within(sheet).getAllByText(SHORTCUTS[id].does).length).toBeGreaterThan(0);
  }
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("shows the shortcuts from a field too, whose letters it leaves alone", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.type(screen.getByTestId("client-search"), "ann");
  await user.keyboard("{Control>}/{/Control}");
  await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("client-search")));
  expect(screen.getByTestId<HTMLInputElement>("client-search").value).toBe("ann");
});

it("shows the shortcuts over a dialog, which keeps its place and none of the keys", async () => {
  const { user } = openDesk({ at: `${atClient("1030")}/overview` });
  await user.click(await screen.findByTestId("kba-open"));
  await screen.findByRole("dialog", { name: "Prove the client's identity" });
  await user.keyboard("{Control>}/{/Control}");
  await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Keyboard shortcuts" })).toBeNull());
  screen.getByRole("dialog", { name: "Prove the client's identity" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("opens the help with F1, and says where one is", async () => {
  const { user } = openDesk();
  await screen.findAllByTestId("client-row");
  await user.keyboard("{F1}");
  await waitFor(() => expect(document.activeElement?.textContent).toContain("Find clients"));
  expect(screen.getByTestId("nav-help").getAttribute("aria-current")).toBe("page");
  expect(document.title).toBe("Help - Dispute Desk");
});

it("types letters into a field instead of acting on them", async () => {
  const { host, user } = openDesk({ at: atClient("1003") });
  await items();
  await user.click(await screen.findByTestId("override-button"));
  await user.type(screen.getByTestId("override-reason"), "1 great job?");
  expect(screen.getByTestId<HTMLTextAreaElement>("override-reason").value).toBe("1 great job?");
  expect(screen.getByTestId("bureau-equifax").getAttribute("aria-checked")).toBe("false");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(timesAsked(host, "letter_prepare")).toBe(0);
});

it("leaves the keyboard to a dialog while it is open", async () => {
  const { user } = openDesk({ at: atClient("1030") });
  await items();
  await user.keyboard("?");
  await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  await user.keyboard("1");
  expect(screen.getByTestId("bureau-equifax").getAttribute("aria-checked")).toBe("false");
});

it("says when the desk does not answer at all, and tries again", async () => {
  const { host, user } = openDesk({ latency: 30 });
  host.fail("session_get", { code: "internal", message: "The desk did not answer." });
  const problem = await screen.findByTestId("problem");
  expect(problem.dataset["code"]).toBe("internal");
  await user.click(within(problem).getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("client-row");
});

it("says what a control does to a pointer that rests on it, with its keys, until a key is pressed", async () => {
  const { user } = openDesk({ at: "", pull: "stays" });
  await user.hover(await screen.findByTestId("nav-clients"));
  expect((await screen.findByRole("tooltip", { hidden: true })).textContent).toBe("ClientsCtrl1");
  await user.keyboard("{Shift}");
  await waitFor(() => expect(screen.queryByRole("tooltip", { hidden: true })).toBeNull());
  await user.hover(screen.getByTestId("nav-letters"));
  expect((await screen.findByRole("tooltip", { hidden: true })).textContent).toBe("LettersCtrl2");
  await user.hover(document.body);
  await waitFor(() => expect(screen.queryByRole("tooltip", { hidden: true })).toBeNull());
});

it("says the same to the keyboard that comes to a control, until it leaves or Escape is pressed", async () => {
  const { user } = openDesk({ at: "", pull: "stays" });
  const today = await screen.findByTestId("nav-today");
  expect(today.getAttribute("aria-keyshortcuts")).toBe("Control+0");
  screen.getByTestId("account-menu").focus();
  await user.tab();
  expect(document.activeElement).toBe(today);
  expect((await screen.findByRole("tooltip", { hidden: true })).textContent).toBe("TodayCtrl0");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("tooltip", { hidden: true })).toBeNull());
  await user.tab();
  expect((await screen.findByRole("tooltip", { hidden: true })).textContent).toBe("ClientsCtrl1");
  act(() => screen.getByTestId("nav-clients").blur());
  await waitFor(() => expect(screen.queryByRole("tooltip", { hidden: true })).toBeNull());
});
