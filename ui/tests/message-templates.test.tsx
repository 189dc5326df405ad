import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { CLIENT, type Desk, lastTake, timesAsked, valueOf } from "./desk";
import { UNREACHED, line, openRecords } from "./records";

type Options = Parameters<typeof openRecords>[1];

/** Opens the dialog that writes a message. */
async function writing(by: "email" | "letter" | "sms", options?: Options): Promise<Desk> {
  const desk = openRecords("correspondence", options);
  await desk.user.click(await screen.findByTestId(`write-${by}`));
  await screen.findByTestId("message-text");
  return desk;
}

async function choose({ user }: Desk, name: string): Promise<void> {
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("message-template").disabled).toBe(false));
  await user.click(screen.getByTestId("message-template"));
  await user.click(await screen.findByRole("option", { name, hidden: true }));
}

it("offers a text message the templates of text messages, others those of letters, those for disputes last", async () => {
  const names = () => within(document.getElementById(screen.getByTestId("message-template").getAttribute("aria-controls") ?? "") ?? document.body).getAllByRole("option", { hidden: true }).map(({ textContent }) => textContent);
  const sms = await writing("sms");
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("message-template").disabled).toBe(false));
  await sms.user.click(screen.getByTestId("message-template"));
  await waitFor(() => expect(names()).toEqual(["Documents wanted", "Appointment"]));
  sms.view.unmount();
  const email = await writing("email");
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("message-template").disabled).toBe(false));
  await email.user.keyboard("{Control>}{Shift>}t{/Shift}{/Control}");
  await waitFor(() => expect(names()).toEqual(["Welcome letter", "Round is over", "Debt validation"]));
});

it("fills the text by a template without a network, and queues what it says", async () => {
  const desk = await writing("email", { sync: { online: false } });
  await choose(desk, "Welcome letter");
  await waitFor(() => expect(valueOf("message-text")).toBe("Welcome.\n\nYour first letters go out this week."));
  expect(lastTake(desk.host, "message_draft")).toEqual({ clientId: CLIENT.whole, templateId: "35" });
  expect(screen.queryByTestId("message-unfilled")).toBeNull();
  expect(screen.queryByTestId("message-back")).toBeNull();
  await desk.user.type(screen.getByTestId("message-subject"), "Welcome");
  await desk.user.click(screen.getByTestId("message-confirm"));
  await line("piece-row", "Waiting");
  expect(lastTake(desk.host, "message_send")).toMatchObject({ body: "Welcome.\n\nYour first letters go out this week." });
});

it("names what the agent fills in, and queues nothing while it stands in brackets", async () => {
  const desk = await writing("sms");
  await choose(desk, "Appointment");
  expect((await screen.findByTestId("message-unfilled")).textContent).toBe("Fill in yourself: CallDay and CallTime.");
  await desk.user.click(screen.getByTestId("message-confirm"));
  expect(await screen.findByText("Write what belongs in place of [CallDay] and [CallTime].")).toBeTruthy();
  const text = screen.getByTestId("message-text");
  await desk.user.clear(text);
  await desk.user.paste("We call you on Monday at [CallTime].");
  expect(screen.getByTestId("message-unfilled").textContent).toBe("Fill in yourself: CallTime.");
  await desk.user.click(screen.getByTestId("message-confirm"));
  expect(timesAsked(desk.host, "message_send")).toBe(0);
  await desk.user.clear(text);
  await desk.user.paste("We call you on Monday at 5 PM. [Dana]");
  expect(screen.queryByTestId("message-unfilled")).toBeNull();
  await desk.user.click(screen.getByTestId("message-confirm"));
  expect(await screen.findByText(/Still in brackets: “\[Dana\]”/)).toBeTruthy();
  await desk.user.click(screen.getByTestId("message-confirm"));
  await line("piece-row", "Waiting");
  expect(lastTake(desk.host, "message_send")).toMatchObject({ body: "We call you on Monday at 5 PM. [Dana]" });
});

it("asks once about a bracket that is not closed, and about each new one", async () => {
  const desk = await writing("sms");
  await choose(desk, "Documents wanted");
  await waitFor(() => expect(valueOf("message-text")).toContain("license"));
  const text = screen.getByTestId("message-text");
  const says = async (words: string) => {
    await desk.user.clear(text);
    await desk.user.paste(words);
    await desk.user.click(screen.getByTestId("message-confirm"));
  };
  await says("We call you on [CallDay\nDana");
  expect(await screen.findByText(/Still in brackets: “\[CallDay”/)).toBeTruthy();
  await says("We call you on [Day].");
  expect(await screen.findByText(/Still in brackets: “\[Day\]”/)).toBeTruthy();
  desk.host.fail("message_send", { code: "disk_full", message: "There is no space left on the disk." });
  await desk.user.click(screen.getByTestId("message-confirm"));
  expect(await screen.findByText("There is no space left on the disk.")).toBeTruthy();
  expect(timesAsked(desk.host, "message_send")).toBe(1);
});

it("queues at the first press what was corrected after it was asked about", async () => {
  const desk = await writing("sms");
  await choose(desk, "Documents wanted");
  await waitFor(() => expect(valueOf("message-text")).toContain("license"));
  const text = screen.getByTestId("message-text");
  await desk.user.clear(text);
  await desk.user.paste("We call you on [Day].");
  await desk.user.click(screen.getByTestId("message-confirm"));
  expect(await screen.findByText(/Still in brackets: “\[Day\]”/)).toBeTruthy();
  await desk.user.clear(text);
  await desk.user.paste("We call you on Monday.");
  await desk.user.click(screen.getByTestId("message-confirm"));
  await line("piece-row", "Waiting");
  expect(timesAsked(desk.host, "message_send")).toBe(1);
});

it("goes back over each text that was typed, the last one first, and round again", async () => {
  const desk = await writing("sms");
  const text = screen.getByTestId("message-text");
  await desk.user.type(text, "Call me.");
  await choose(desk, "Documents wanted");
  await waitFor(() => expect(valueOf("message-text")).toContain("license"));
  await desk.user.clear(text);
  await desk.user.paste("Bring your license.");
  await choose(desk, "Appointment");
  await waitFor(() => expect(valueOf("message-text")).toContain("[CallDay]"));
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Bring your license.");
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Call me.");
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Bring your license.");
});

it("goes back to what was typed, over one template and the next, by a press or by Mod+Z, and to the text", async () => {
  const desk = await writing("sms");
  await desk.user.type(screen.getByTestId("message-text"), "Call me.");
  await choose(desk, "Appointment");
  await waitFor(() => expect(valueOf("message-text")).toContain("[CallDay]"));
  await choose(desk, "Documents wanted");
  await waitFor(() => expect(valueOf("message-text")).toContain("license"));
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Call me.");
  expect(document.activeElement).toBe(screen.getByTestId("message-text"));
  expect(screen.queryByTestId("message-back")).toBeNull();
  expect(valueOf("message-template")).toBe("");
  await choose(desk, "Documents wanted");
  await screen.findByTestId("message-back");
  await desk.user.keyboard("{Control>}z{/Control}");
  expect(valueOf("message-text")).toBe("Call me.");
});

it("leaves Mod+Z to the text once something was typed after the template", async () => {
  const desk = await writing("sms");
  await desk.user.type(screen.getByTestId("message-text"), "Call me.");
  await choose(desk, "Documents wanted");
  await screen.findByTestId("message-back");
  await desk.user.type(screen.getByTestId("message-text"), " Thanks.");
  await desk.user.keyboard("{Control>}z{/Control}");
  expect(valueOf("message-text")).toContain("license. Thanks.");
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Call me.");
});

it("keeps a template's text that was changed when it goes back over it", async () => {
  const desk = await writing("sms");
  await desk.user.type(screen.getByTestId("message-text"), "Call me.");
  await choose(desk, "Documents wanted");
  await screen.findByTestId("message-back");
  await desk.user.type(screen.getByTestId("message-text"), " Thanks.");
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Call me.");
  await desk.user.click(screen.getByTestId("message-back"));
  expect(valueOf("message-text")).toContain("license. Thanks.");
  expect(valueOf("message-template")).toBe("Documents wanted");
});

it("keeps what was typed while a template was read", async () => {
  const desk = await writing("sms");
  const release = desk.host.hold("message_draft");
  await choose(desk, "Documents wanted");
  await desk.user.type(screen.getByTestId("message-text"), "Typed meanwhile.");
  act(release);
  await desk.user.click(await screen.findByTestId("message-back"));
  expect(valueOf("message-text")).toBe("Typed meanwhile.");
});

it("queues nothing while a template is read", async () => {
  const desk = await writing("sms");
  await desk.user.type(screen.getByTestId("message-text"), "Call me.");
  const release = desk.host.hold("message_draft");
  await choose(desk, "Documents wanted");
  const queue = screen.getByTestId<HTMLButtonElement>("message-confirm");
  await waitFor(() => expect(queue.disabled).toBe(true));
  await desk.user.keyboard("{Control>}{Enter}{/Control}");
  act(release);
  await screen.findByTestId("message-back");
  expect(timesAsked(desk.host, "message_send")).toBe(0);
  await waitFor(() => expect(queue.disabled).toBe(false));
});

it("chooses only, when the choice in the open list of templates is confirmed", async () => {
  const desk = await writing("sms");
  await desk.user.type(screen.getByTestId("message-text"), "Call me.");
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("message-template").disabled).toBe(false));
  await desk.user.keyboard("{Control>}{Shift>}t{/Shift}{/Control}");
  await screen.findByRole("option", { name: "Documents wanted", hidden: true });
  await desk.user.keyboard("{ArrowDown}{Control>}{Enter}{/Control}");
  await waitFor(() => expect(valueOf("message-text")).toContain("license"));
  expect(timesAsked(desk.host, "message_send")).toBe(0);
});

it("says why a template cannot be filled in and keeps the text; of templates that there are none, or that they may not be read", async () => {
  const desk = await writing("sms");
  await desk.user.type(screen.getByTestId("message-text"), "Call me.");
  desk.host.fail("message_draft", { code: "letter_failed", message: "A choice in it is not closed." });
  await choose(desk, "Documents wanted");
  expect(await screen.findByText("A choice in it is not closed.")).toBeTruthy();
  expect(screen.getByText("The template could not be filled in")).toBeTruthy();
  expect(valueOf("message-text")).toBe("Call me.");
  desk.view.unmount();
  const forbidden = await writing("sms", { forbidden: ["templates"] });
  expect(await screen.findByText(/Your account may not read templates/)).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>("message-template").disabled).toBe(true);
  forbidden.view.unmount();
  const unread = openRecords("correspondence");
  unread.host.fail("message_template_list", UNREACHED);
  await unread.user.click(await screen.findByTestId("write-sms"));
  await unread.user.click(within(await screen.findByTestId("problem")).getByRole("button", { name: "Try again" }));
  await choose(unread, "Documents wanted");
  await waitFor(() => expect(valueOf("message-text")).toContain("license"));
});
