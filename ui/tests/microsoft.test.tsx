import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { FakeOptions } from "../src/host/fake-host";
import { SIGNED_OUT } from "../src/host/fake-host";
import { type Desk, fillIn, hasFocus, lastTake, openDesk, timesAsked, valueOf } from "./desk";

const SET: FakeOptions = { signIn: { portal: "https://portal.example.com/api", azure: true } };
const CLOSED: FakeOptions = { ...SET, session: SIGNED_OUT };
const ENDED: FakeOptions = { ...SET, session: { signInNeeded: true } };

/** Types the key, and goes on to Microsoft's page by keyboard. */
async function goToBrowser(desk: Desk): Promise<void> {
  await fillIn(desk, { "api-key": "key-1" });
  await desk.user.tab();
  await desk.user.tab();
  expect(document.activeElement).toBe(screen.getByTestId("microsoft-button"));
  await desk.user.keyboard("{Enter}");
}

it("is offered only where the deployment set it up", async () => {
  openDesk({ session: SIGNED_OUT });
  await screen.findByTestId("sign-in-button");
  expect(screen.queryByRole("button", { name: "Sign in with Microsoft" })).toBeNull();
});

it("needs only the portal's address and the API key, and goes to the first that is missing", async () => {
  const { host, user } = openDesk({ ...CLOSED, signIn: { azure: true } });
  await user.click(await screen.findByRole("button", { name: "Sign in with Microsoft" }));

  expect(screen.getByText(/Enter the portal's address/)).toBeTruthy();
  expect(screen.getByText("Enter the company's API key.")).toBeTruthy();
  expect(screen.queryByText(/Enter the e-mail/)).toBeNull();
  expect(screen.queryByText("Enter your password.")).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("portal-address"));
  expect(timesAsked(host, "session_sign_in_azure")).toBe(0);
});

it("waits for the browser, and opens the desk when the browser comes back", async () => {
  const desk = openDesk(CLOSED);
  const comeBack = desk.host.hold("session_sign_in_azure");
  await goToBrowser(desk);

  expect(await screen.findByRole("heading", { name: "Sign in with Microsoft" })).toBeTruthy();
  expect(screen.getByTestId("browser-wait").textContent).toContain("Finish signing in in your browser.");
  expect(screen.getByTestId("browser-wait").textContent).toContain("This page waits.");
  expect(screen.queryByTestId("practice-button")).toBeNull();

  comeBack();
  await screen.findAllByTestId("client-row");
  expect(lastTake(desk.host, "session_sign_in_azure")).toEqual({
    portal: "https://portal.example.com/api",
    apiKey: "key-1",
    passphrase: null,
  });
});

it.each(["{Enter}", "{Escape}"])("stops waiting with %s, shows no error, and keeps what was typed", async (key) => {
  const desk = openDesk({ ...CLOSED, browser: "stays" });
  await goToBrowser(desk);
  await hasFocus("browser-cancel");
  await desk.user.keyboard(key);

  await hasFocus("microsoft-button");
  expect(timesAsked(desk.host, "session_cancel_azure")).toBe(1);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(valueOf("portal-address")).toBe("https://portal.example.com/api");
  expect(valueOf("api-key")).toBe("key-1");
});

it("says when nothing came from the browser for too long", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("session_sign_in_azure", { code: "cancelled", message: "The browser did not come back in five minutes." });
  await goToBrowser(desk);
  expect(within(await screen.findByRole("alert")).getByText(/did not come back in five minutes/)).toBeTruthy();
});

it("says why Microsoft's sign-in was refused, without speaking of a password", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("session_sign_in_azure", { code: "wrong_credentials", message: "Azure did not sign you in: Not you." });
  await goToBrowser(desk);

  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Azure did not sign you in: Not you.");
  expect(alert.textContent).not.toContain("password");
  expect(valueOf("api-key")).toBe("key-1");
});

it("puts the desk's message under the field that it is about, and goes there", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("session_sign_in_azure", {
    code: "bad_request",
    message: "The portal's address is wrong.",
    fields: { portal: ["Start the address with https://."] },
  });
  await goToBrowser(desk);
  await screen.findByText("Start the address with https://.");
  expect(document.activeElement).toBe(screen.getByTestId("portal-address"));
});

it("goes on waiting, and says so, when the waiting cannot be stopped", async () => {
  const desk = openDesk({ ...CLOSED, browser: "stays" });
  desk.host.fail("session_cancel_azure", { code: "internal", message: "The desk did not answer." });
  await goToBrowser(desk);
  await desk.user.click(await screen.findByTestId("browser-cancel"));
  expect(await screen.findByText("The desk did not answer.")).toBeTruthy();

  await desk.user.click(screen.getByTestId("browser-cancel"));
  expect(await screen.findByTestId("microsoft-button")).toBeTruthy();
});

it("asks for a passphrase where there is no keychain, and goes to the browser again with it", async () => {
  const desk = openDesk({ ...CLOSED, keychain: false });
  await goToBrowser(desk);
  await fillIn(desk, { passphrase: "four plain words", "passphrase-again": "four plain words" });
  const comeBack = desk.host.hold("session_sign_in_azure");
  await desk.user.keyboard("{Enter}");

  await screen.findByTestId("browser-wait");
  comeBack();
  await screen.findAllByTestId("client-row");
  expect(lastTake(desk.host, "session_sign_in_azure")).toMatchObject({ apiKey: "key-1", passphrase: "four plain words" });
});

it("goes back from the passphrase with Escape", async () => {
  const desk = openDesk({ ...CLOSED, keychain: false });
  await goToBrowser(desk);
  await screen.findByTestId("passphrase");
  await desk.user.keyboard("{Escape}");
  expect(await screen.findByTestId("microsoft-button")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(valueOf("api-key")).toBe("key-1");
});

it("signs in over an open desk, at the whole address of its portal", async () => {
  const desk = openDesk(ENDED);
  await desk.user.click(await screen.findByTestId("sign-in-again"));
  await goToBrowser(desk);

  await waitFor(() => expect(screen.queryByTestId("sign-in-needed")).toBeNull());
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(lastTake(desk.host, "session_sign_in_azure")).toMatchObject({ portal: "https://portal.example.com/api" });
});

it("keeps the portal of an open desk when the deployment set another one since", async () => {
  const { user } = openDesk({ ...ENDED, signIn: { portal: "https://elsewhere.example.com/api", azure: true } });
  await user.click(await screen.findByTestId("sign-in-again"));
  await screen.findByTestId("portal-address");
  expect(valueOf("portal-address")).toBe("portal.example.com");
});

it("goes back inside the dialog with Escape, and only then closes it", async () => {
  const desk = openDesk({ ...ENDED, browser: "stays" });
  await desk.user.click(await screen.findByTestId("sign-in-again"));
  await goToBrowser(desk);
  await screen.findByRole("dialog", { name: "Sign in with Microsoft" });
  await desk.user.keyboard("{Escape}");
  const dialog = await screen.findByRole("dialog", { name: "Sign in again" });
  expect(within(dialog).queryByRole("alert")).toBeNull();
  expect(timesAsked(desk.host, "session_cancel_azure")).toBe(1);
  await desk.user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("stops waiting when the dialog is closed over it", async () => {
  const desk = openDesk({ ...ENDED, browser: "stays" });
  await desk.user.click(await screen.findByTestId("sign-in-again"));
  await goToBrowser(desk);
  await screen.findByTestId("browser-wait");
  await desk.user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(timesAsked(desk.host, "session_cancel_azure")).toBe(1);

  await desk.user.click(screen.getByTestId("sign-in-again"));
  expect(await screen.findByRole("dialog", { name: "Sign in again" })).toBeTruthy();
});
