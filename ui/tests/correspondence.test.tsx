import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeFile } from "../src/host/fake/records";
import { CLIENT, atClient, lastTake, timesAsked } from "./desk";
import { UNREACHED, line, openRecords, outboxMoves } from "./records";

it("shows faxes, e-mails, text messages and letters newest first, with status, item and files", async () => {
  openRecords("correspondence");
  const fax = await line("piece-row", "Fax to Experian");
  expect(screen.getAllByTestId("piece-row").map((row) => row.dataset["channel"])).toEqual(["fax", "email", "sms", "letter", "letter"]);
  expect(fax.textContent).toContain("Delivered");
  expect(fax.textContent).toContain("Dispute letter");
  expect(fax.textContent).toContain("about Midtown Recovery Partners · by Dana Whitfield");
  expect((await line("piece-row", "Bluestone")).textContent).toContain("2 files");
  expect((await line("piece-row", "Text message")).textContent).toContain("Failed");
  expect(screen.getByTestId("tab-correspondence").textContent).toBe("Correspondence 5");
});

it("shows a letter that was mailed from here on its day, and leads to it and to the item it is about", async () => {
  openRecords("correspondence");
  const mailed = await line("piece-row", "Letter to TransUnion");
  expect(mailed.textContent).toContain("02/16/2024");
  expect(mailed.textContent).not.toContain("Time unknown");
  expect(within(mailed).getByTestId("piece-letter").getAttribute("href")).toBe("#/letters/letter-9");
  await waitFor(() => expect(within(mailed).getByTestId("piece-item").getAttribute("href")).toBe(`#/clients/${CLIENT.whole}/items/1030002`));
  const fax = await line("piece-row", "Fax to Experian");
  expect(within(fax).getByTestId("piece-item").getAttribute("href")).toBe(`#/clients/${CLIENT.whole}/items/1030001`);
  expect(within(fax).queryByTestId("piece-letter")).toBeNull();
});

it("narrows to one channel, each with how many there are", async () => {
  const { user } = openRecords("correspondence");
  await line("piece-row", "Fax to Experian");
  expect(screen.queryByTestId("filter-other")).toBeNull();
  expect(screen.getByTestId("filter-email").textContent).toBe("E-mails 1");
  await user.click(screen.getByTestId("filter-email"));
  expect(screen.getAllByTestId("piece-row").map((row) => row.dataset["channel"])).toEqual(["email"]);
});

it("shows all that the portal says of a piece on request", async () => {
  const { user } = openRecords("correspondence");
  await line("piece-row", "Fax to Experian");
  await user.keyboard("jjo");
  const detail = await screen.findByTestId("piece-detail");
  expect(detail.textContent).toContain("your letters are ready. Please look at them");
  await user.keyboard("o");
  expect(screen.queryByTestId("piece-detail")).toBeNull();
});

it("writes an e-mail: to the client unless told otherwise, said before it is queued, taken back while it waits", async () => {
  const { host, user } = openRecords("correspondence");
  await line("piece-row", "Fax to Experian");
  await user.keyboard("a");
  await screen.findByTestId("compose-dialog");
  expect(screen.getByTestId<HTMLInputElement>("message-to").value).toBe("client30@example.com");
  expect(screen.getByTestId("compose-sentence").textContent).toContain("the portal sends it to client30@example.com as soon as");
  await user.type(screen.getByTestId("message-subject"), "Next round");
  await user.type(screen.getByTestId("message-text"), "It goes out on Monday.");
  expect(timesAsked(host, "message_send")).toBe(0);
  await user.keyboard("{Control>}{Enter}{/Control}");
  const row = await line("piece-row", "Waiting");
  expect(lastTake(host, "message_send")).toEqual({
    channel: "email",
    clientId: CLIENT.whole,
    to: "client30@example.com",
    subject: "Next round",
    body: "It goes out on Monday.",
    itemId: null,
  });
  expect(within(row).getByTestId("outbox-mark").getAttribute("href")).toBe("#/outbox");
  await user.click(within(row).getByRole("button", { name: "Do not send" }));
  await waitFor(() => expect(screen.getAllByTestId("piece-row")).toHaveLength(5));
});

it("writes a text message about an item, and counts its characters", async () => {
  const { host, user } = openRecords("correspondence");
  await line("piece-row", "Fax to Experian");
  await user.keyboard("t");
  await user.type(await screen.findByTestId("message-text"), "Call us.");
  expect(screen.getByText("8 of 1,600 characters")).toBeTruthy();
  await user.click(screen.getByTestId("message-item"));
  await user.click((await screen.findAllByRole("option", { name: /Bluestone/, hidden: true }))[0] ?? document.body);
  await user.click(screen.getByTestId("message-confirm"));
  await line("piece-row", "Waiting");
  expect(lastTake(host, "message_send")).toMatchObject({ channel: "sms", body: "Call us.", itemId: expect.stringMatching(/^1030/) });
});

it("writes a letter that the portal mails to the client's address", async () => {
  const { host, user } = openRecords("correspondence");
  await user.click(await screen.findByTestId("write-letter"));
  const address = (await screen.findByTestId<HTMLInputElement>("message-to")).value;
  expect(address).toMatch(/\d+ .*, [A-Z]{2} \d{5}$/);
  expect(screen.getByTestId("compose-sentence").textContent).toContain(`the portal has it printed and mailed to ${address}`);
  await user.type(screen.getByTestId("message-text"), "Dear client");
  await user.click(screen.getByTestId("message-confirm"));
  await line("piece-row", "Waiting");
  expect(lastTake(host, "message_send")).toMatchObject({ channel: "letter", content: "Dear client", address });
});

it("queues nothing unfinished, and shows a refusal at its field with the text kept", async () => {
  const { host, user } = openRecords("correspondence");
  await user.click(await screen.findByTestId("write-email"));
  await user.click(await screen.findByTestId("message-confirm"));
  expect(await screen.findAllByText("Fill this in.")).toHaveLength(2);
  const to = screen.getByTestId("message-to");
  await user.clear(to);
  await user.type(to, "client@example");
  await user.type(screen.getByTestId("message-subject"), "S");
  await user.type(screen.getByTestId("message-text"), "Hello");
  await user.click(screen.getByTestId("message-confirm"));
  expect(await screen.findByText("not an e-mail address")).toBeTruthy();
  expect(screen.getByTestId<HTMLTextAreaElement>("message-text").value).toBe("Hello");
  expect(timesAsked(host, "message_send")).toBe(1);
});

it("says in the dialog why a message could not be queued at all", async () => {
  const { host, user } = openRecords("correspondence");
  host.fail("message_send", UNREACHED);
  await user.click(await screen.findByTestId("write-sms"));
  await user.type(await screen.findByTestId("message-text"), "Hello");
  await user.click(screen.getByTestId("message-confirm"));
  expect(await screen.findByText(UNREACHED.message)).toBeTruthy();
});

it("says offline that a message waits until the portal can be reached", async () => {
  const { user } = openRecords("correspondence", { sync: { online: false } });
  await user.click(await screen.findByTestId("write-sms"));
  expect((await screen.findByTestId("compose-sentence")).textContent).toContain("once the portal can be reached");
});

it("marks a message whose outcome nobody knows, and offers no taking back", async () => {
  const desk = openRecords("correspondence");
  await desk.user.click(await screen.findByTestId("write-sms"));
  await desk.user.type(await screen.findByTestId("message-text"), "Hello");
  await desk.user.click(screen.getByTestId("message-confirm"));
  await line("piece-row", "Waiting");
  await outboxMoves(desk, "record-1", { stage: "unknown", asks: true, trouble: { kind: "unclear", message: "The list proves nothing.", fields: {}, theirs: null } });
  const row = await waitFor(() => line("piece-row", "Needs you"));
  expect(row.textContent).toContain("The list proves nothing.");
  expect(within(row).queryByTestId("take-back")).toBeNull();
});

it("says that there is none", async () => {
  openRecords("correspondence", { client: CLIENT.unsigned });
  expect(await screen.findByText("No correspondence yet")).toBeTruthy();
});

it("files a scan that is dropped on it as mail that came, once it is said who wrote", async () => {
  const { host, user } = openRecords("correspondence");
  await screen.findAllByTestId("piece-row");
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "answer" })] }));
  const dialog = within(await screen.findByRole("dialog", { name: "File mail that came" }));
  expect(window.location.hash).toBe(`${atClient(CLIENT.whole)}/correspondence`);
  act(() => host.emit({ type: "dropped", body: [fakeFile({ token: "second" })] }));
  await waitFor(() => expect(dialog.getAllByTestId("chosen-file")).toHaveLength(2));
  await user.click(screen.getByRole("button", { name: "Leave out second.pdf" }));
  expect(dialog.getByTestId<HTMLInputElement>("file-caption").value).toMatch(/^Received \d\d\/\d\d\/\d{4}$/);
  await user.click(dialog.getByTestId("add-confirm"));
  expect(dialog.getByText("Choose who wrote")).toBeTruthy();
  expect(timesAsked(host, "document_add")).toBe(0);
  await user.click(dialog.getByTestId("file-subkind"));
  await user.click(await screen.findByRole("option", { name: "Experian" }));
  await user.click(dialog.getByTestId("add-confirm"));
  await waitFor(() => expect(lastTake(host, "document_add")).toMatchObject({ clientId: CLIENT.whole, token: "answer", kind: "credit_related", subkind: "experian" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(screen.getByTestId("mail-received").textContent).toBe("2 received, in the documents"));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(screen.getByTestId("mail-received").textContent).toBe("1 received, in the documents"));
});

it("asks for scans by a key, too, and leaves the correspondence as it is when none is chosen", async () => {
  const { host, user } = openRecords("correspondence");
  await screen.findAllByTestId("piece-row");
  host.chooseFiles([]);
  await user.keyboard("m");
  await waitFor(() => expect(timesAsked(host, "document_choose")).toBe(1));
  expect(screen.queryByRole("dialog")).toBeNull();
  host.chooseFiles([fakeFile({ token: "scan" })]);
  await user.keyboard("m");
  await screen.findByRole("dialog", { name: "File mail that came" });
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("mail-received"));
  await screen.findAllByTestId("document-row");
});
