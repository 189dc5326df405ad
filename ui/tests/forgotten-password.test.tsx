import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { type FakeOptions, RESET_CODE, SIGNED_OUT } from "../src/host/fake-host";
import { type Desk, fillIn, hasFocus, lastTake, openDesk, timesAsked, valueOf } from "./desk";

const CLOSED: FakeOptions = { session: SIGNED_OUT, signIn: { portal: "https://portal.example.com/api" } };
const ACCOUNT = { email: "dana@example.com", password: "not this", "api-key": "key-1" };

/** From the account as it was typed at the sign-in to the mail with the code. */
async function askForCode(desk: Desk): Promise<void> {
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("forgot-password"));
  await desk.user.click(await screen.findByTestId("send-code"));
  await screen.findByTestId("reset-code");
}

it("walks from a forgotten password to a new one by keyboard, typing nothing twice", async () => {
  const desk = openDesk(CLOSED);
  const { host, user } = desk;
  await fillIn(desk, { "api-key": "key-1", email: "dana@example.com" });
  await user.tab();
  await user.keyboard("not this");
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Forgot your password?" }));
  await user.keyboard("{Enter}");

  expect(await screen.findByRole("heading", { name: "Forgot your password?" })).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByTestId("portal-address"));
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "Choose a new password" })).toBeTruthy();
  expect(lastTake(host, "password_forgotten")).toEqual({
    portal: "https://portal.example.com/api",
    apiKey: "key-1",
    email: "dana@example.com",
  });
  expect(screen.getByTestId("mailed").textContent).toContain("If the account exists, a mail with a code is on its way.");
  expect(screen.getByText("dana@example.com")).toBeTruthy();

  expect(document.activeElement).toBe(screen.getByTestId("reset-code"));
  await user.keyboard(` ${RESET_CODE} `);
  await user.tab();
  await user.keyboard("long enough words{Enter}");
  expect((await screen.findByTestId("password-changed")).textContent).toContain("Your password has been reset.");
  expect(lastTake(host, "password_reset")).toEqual({
    portal: "https://portal.example.com/api",
    apiKey: "key-1",
    email: "dana@example.com",
    token: RESET_CODE,
    password: "long enough words",
  });

  expect(screen.getByRole("heading", { name: "Sign in" })).toBeTruthy();
  expect(valueOf("email")).toBe("dana@example.com");
  expect(valueOf("password")).toBe("");
  expect(document.activeElement).toBe(screen.getByTestId("password"));
  await user.keyboard("long enough words{Enter}");
  await screen.findAllByTestId("client-row");
  expect(lastTake(host, "session_sign_in")).toMatchObject({ email: "dana@example.com", password: "long enough words" });
});

it("names each empty field at both steps, goes to the first, and asks nothing of the portal", async () => {
  const desk = openDesk({ session: SIGNED_OUT });
  const { host, user } = desk;
  await user.click(await screen.findByTestId("forgot-password"));
  await user.click(await screen.findByTestId("send-code"));
  expect(screen.getByText(/Enter the portal's address/)).toBeTruthy();
  expect(screen.getByText("Enter the company's API key.")).toBeTruthy();
  expect(screen.getByText("Enter the e-mail of your portal account.")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByTestId("portal-address"));
  expect(timesAsked(host, "password_forgotten")).toBe(0);

  await fillIn(desk, { "portal-address": "https://portal.example.com/api", "api-key": "key-1", email: "dana@example.com{Enter}" });
  await fillIn(desk, { "reset-code": "code{Enter}" });
  expect(screen.getByText("Enter a new password.")).toBeTruthy();
  expect(screen.queryByText("Enter the code from the mail.")).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("new-password"));
  expect(timesAsked(host, "password_reset")).toBe(0);
});

it("shows the portal's messages under the fields they are about, at both steps", async () => {
  const desk = openDesk(CLOSED);
  const { host, user } = desk;
  host.fail("password_forgotten", {
    code: "portal_refused",
    message: "The portal refused what was sent.",
    fields: { email: ["No account has this e-mail."] },
  });
  await fillIn(desk, ACCOUNT);
  await user.click(screen.getByTestId("forgot-password"));
  await user.keyboard("{Enter}");
  await screen.findByText("No account has this e-mail.");
  expect(document.activeElement).toBe(screen.getByTestId("email"));
  await user.keyboard("{Enter}");

  await fillIn(desk, { "reset-code": "another code", "new-password": "short{Enter}" });
  await screen.findByText("This code is not valid, or no longer.");
  expect(screen.getByText("The password must have at least 8 characters.")).toBeTruthy();
  expect(screen.getByTestId("reset-code").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByTestId("new-password").getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(screen.getByTestId("reset-code"));
  expect(valueOf("new-password")).toBe("short");
});

it("says when the portal cannot be reached, and stays where it is", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("password_forgotten", { code: "portal_unreachable", message: "Check the network." });
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("forgot-password"));
  await desk.user.keyboard("{Enter}");
  expect(within(await screen.findByRole("alert")).getByText("The portal cannot be reached")).toBeTruthy();
  expect(valueOf("email")).toBe("dana@example.com");
});

it("finds words of its own where the portal says nothing", async () => {
  const desk = openDesk({ ...CLOSED, said: "" });
  await askForCode(desk);
  expect(screen.getByTestId("mailed").textContent).toContain("The portal was asked to mail you a code.");
  await fillIn(desk, { "reset-code": RESET_CODE, "new-password": "long enough words{Enter}" });
  expect((await screen.findByTestId("password-changed")).textContent).toContain("Sign in with the new one.");
});

it("shows and hides the new password", async () => {
  const desk = openDesk(CLOSED);
  await askForCode(desk);
  await fillIn(desk, { "new-password": "long enough words" });
  const field = screen.getByTestId("new-password");
  expect(field.getAttribute("type")).toBe("password");
  const toggle = screen.getByRole("button", { name: "Toggle password visibility" });
  await desk.user.click(toggle);
  expect(field.getAttribute("type")).toBe("text");
  await desk.user.click(toggle);
  expect(field.getAttribute("type")).toBe("password");
});

it("goes on with a code that came earlier, without another mail", async () => {
  const desk = openDesk(CLOSED);
  const { host, user } = desk;
  await user.click(await screen.findByTestId("forgot-password"));
  await user.click(await screen.findByTestId("has-code"));
  expect(document.activeElement).toBe(screen.getByTestId("api-key"));
  await fillIn(desk, { "api-key": "key-1", email: "dana@example.com" });
  await user.click(screen.getByTestId("has-code"));

  await fillIn(desk, { "reset-code": RESET_CODE, "new-password": "long enough words" });
  expect(screen.queryByTestId("mailed")).toBeNull();
  await user.keyboard("{Enter}");
  await screen.findByTestId("password-changed");
  expect(timesAsked(host, "password_forgotten")).toBe(0);
});

it.each([
  ["Escape", async ({ user }: Desk) => user.keyboard("{Escape}")],
  ["the button", async ({ user }: Desk) => user.click(screen.getByRole("button", { name: "Back" }))],
] as const)("goes back at every step with %s, and keeps the account but no code and no new password", async (_, back) => {
  const desk = openDesk(CLOSED);
  await askForCode(desk);
  await fillIn(desk, { "reset-code": "half a co", "new-password": "half a pass" });

  await back(desk);
  await hasFocus("portal-address");
  expect(screen.getByRole("heading", { name: "Forgot your password?" })).toBeTruthy();
  await desk.user.click(screen.getByTestId("send-code"));
  await screen.findByTestId("reset-code");
  expect(valueOf("reset-code")).toBe("");
  expect(valueOf("new-password")).toBe("");

  await back(desk);
  await screen.findByTestId("send-code");
  await back(desk);
  await screen.findByTestId("sign-in-button");
  expect(valueOf("portal-address")).toBe("https://portal.example.com/api");
  expect(valueOf("email")).toBe("dana@example.com");
  expect(valueOf("api-key")).toBe("key-1");
});

it("stays while the portal is asked, whatever is pressed", async () => {
  const desk = openDesk(CLOSED);
  const release = desk.host.hold("password_forgotten");
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("forgot-password"));
  await desk.user.keyboard("{Enter}{Escape}");
  expect(screen.queryByTestId("sign-in-button")).toBeNull();
  release();
  expect(await screen.findByTestId("mailed")).toBeTruthy();
});

it("leaves Escape to the theme menu while that is open", async () => {
  const { user } = openDesk(CLOSED);
  await user.click(await screen.findByTestId("forgot-password"));
  await user.click(screen.getByTestId("theme-toggle"));
  await screen.findByTestId("theme-dark");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("theme-dark")).toBeNull());
  expect(screen.getByTestId("send-code")).toBeTruthy();
});

it("no longer says that the password is changed once one signs in", async () => {
  const desk = openDesk(CLOSED);
  await askForCode(desk);
  await fillIn(desk, { "reset-code": RESET_CODE, "new-password": "long enough words{Enter}" });
  await screen.findByTestId("password-changed");
  desk.host.fail("session_sign_in", { code: "wrong_credentials", message: "Try again." });
  await fillIn(desk, { password: "long enough wrods{Enter}" });
  await screen.findByText("Try again.");
  expect(screen.queryByTestId("password-changed")).toBeNull();
});

it("offers no second sign-in on a desk that is closed", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("password_forgotten", { code: "session_expired", message: "The portal answered 401." });
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("forgot-password"));
  await desk.user.keyboard("{Enter}");
  const alert = await screen.findByRole("alert");
  expect(within(alert).queryByRole("button")).toBeNull();
});

it("works over an open desk too, where Escape goes back before it closes", async () => {
  const desk = openDesk({ ...CLOSED, session: { signInNeeded: true } });
  const { user } = desk;
  await user.click(await screen.findByTestId("sign-in-again"));
  await askForCode(desk);
  await screen.findByRole("dialog", { name: "Choose a new password" });
  await user.keyboard("{Escape}");
  await screen.findByRole("dialog", { name: "Forgot your password?" });
  await user.click(screen.getByTestId("send-code"));
  await fillIn(desk, { "reset-code": RESET_CODE, "new-password": "long enough words{Enter}" });

  const dialog = await screen.findByRole("dialog", { name: "Sign in again" });
  expect(within(dialog).getByTestId("password-changed")).toBeTruthy();
  await fillIn(desk, { password: "long enough words{Enter}" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.queryByTestId("sign-in-needed")).toBeNull();
});
