import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { SIGNED_OUT } from "../src/host/fake-host";
import { fillIn, hasFocus, lastTake, openDesk, timesAsked, valueOf } from "./desk";

const CLOSED = { session: SIGNED_OUT };

const ACCOUNT = {
  "portal-address": "https://portal.example.com/api",
  email: "dana@example.com",
  password: "s3cret words",
  "api-key": "key-1",
};

it("opens the practice desk with one press, marked so that nobody mistakes it", async () => {
  const { host, user } = openDesk(CLOSED);
  expect(await screen.findByText("Made-up people, nothing is sent. For training.")).toBeTruthy();
  await user.click(screen.getByTestId("practice-button"));

  expect((await screen.findByTestId("practice-badge")).textContent).toContain("PRACTICE");
  expect(lastTake(host, "session_practice")).toEqual({ passphrase: null });
});

it("signs in with what was typed and starts the first pull by itself", async () => {
  const desk = openDesk(CLOSED);
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("sign-in-button"));

  await screen.findAllByTestId("client-row");
  expect(screen.queryByTestId("practice-badge")).toBeNull();
  expect(timesAsked(desk.host, "sync_start")).toBe(1);
  expect(lastTake(desk.host, "session_sign_in")).toEqual({
    portal: "https://portal.example.com/api",
    email: "dana@example.com",
    password: "s3cret words",
    apiKey: "key-1",
    passphrase: null,
  });
});

it("offers the address that the deployment set, and begins at the first field to fill in", async () => {
  openDesk({ ...CLOSED, signIn: { portal: "https://set.example.com/api" } });
  await hasFocus("email");
  expect(valueOf("portal-address")).toBe("https://set.example.com/api");
});

it("offers the address that was typed before rather than the one that the deployment set", async () => {
  const desk = openDesk({ ...CLOSED, signIn: { portal: "https://set.example.com/api" } });
  const { user } = desk;
  await user.clear(await screen.findByTestId("portal-address"));
  await fillIn(desk, ACCOUNT);
  await user.click(screen.getByTestId("sign-in-button"));
  await user.click(await screen.findByTestId("account-menu"));
  await user.click(await screen.findByTestId("sign-out"));
  await user.click(await screen.findByTestId("sign-out-confirm"));

  await screen.findByTestId("portal-address");
  expect(valueOf("portal-address")).toBe("https://portal.example.com/api");
});

it("says when the desk does not tell what the deployment set, and asks again", async () => {
  const { host, user } = openDesk({ ...CLOSED, latency: 30 });
  host.fail("session_options", { code: "internal", message: "The desk did not answer." }, 9);
  const again = await screen.findByRole("button", { name: "Try again" });
  host.fail("session_options", { code: "internal", message: "" }, 0);
  await user.click(again);
  expect(await screen.findByTestId("sign-in-button")).toBeTruthy();
});

it("still offers a way in when the session is told while it asks what the deployment set", async () => {
  const { host } = openDesk({ ...CLOSED, latency: 300, signIn: { portal: "https://set.example.com/api" } });
  host.setSession({});
  await screen.findByRole("heading", { name: "Sign in" });
  host.setSession({ version: "0.1.1" });
  await hasFocus("email");
  expect(valueOf("portal-address")).toBe("https://set.example.com/api");
  expect(screen.getByText("Version 0.1.1")).toBeTruthy();
});

it("goes to the field that the portal refuses", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("session_sign_in", {
    code: "portal_refused",
    message: "The portal refused some values.",
    fields: { email: ["This is not an e-mail address."] },
  });
  await fillIn(desk, ACCOUNT);
  await desk.user.keyboard("{Enter}");
  await screen.findByText("This is not an e-mail address.");
  expect(document.activeElement).toBe(screen.getByTestId("email"));
});

it("names each empty field, goes to the first, and asks nothing of the portal", async () => {
  const { host, user } = openDesk(CLOSED);
  await user.type(await screen.findByTestId("email"), "dana@example.com");
  await user.click(screen.getByTestId("sign-in-button"));

  expect(screen.getByText(/Enter the portal's address/)).toBeTruthy();
  expect(screen.getByText("Enter your password.")).toBeTruthy();
  expect(screen.queryByText(/Enter the e-mail/)).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("portal-address"));
  expect(timesAsked(host, "session_sign_in")).toBe(0);
});

it("shows the portal's messages under the fields they are about", async () => {
  const desk = openDesk(CLOSED);
  desk.host.fail("session_sign_in", {
    code: "portal_refused",
    message: "The portal refused some values.",
    fields: { email: ["This is not an e-mail address."], apiKey: ["This key was withdrawn."] },
  });
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("sign-in-button"));

  expect(await screen.findByText("This is not an e-mail address.")).toBeTruthy();
  expect(screen.getByText("This key was withdrawn.")).toBeTruthy();
  expect(screen.getByTestId("email").getAttribute("aria-invalid")).toBe("true");
});

it.each([
  ["wrong_credentials", "The portal does not know this e-mail and password"],
  ["portal_unreachable", "The portal cannot be reached"],
  ["disk_full", "The disk is full"],
] as const)("says what %s means and keeps what was typed", async (code, title) => {
  const desk = openDesk(CLOSED);
  desk.host.fail("session_sign_in", { code, message: "What happened, and what to do." });
  await fillIn(desk, ACCOUNT);
  await desk.user.click(screen.getByTestId("sign-in-button"));

  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText(title)).toBeTruthy();
  expect(within(alert).getByText("What happened, and what to do.")).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>("email").value).toBe("dana@example.com");
});

it("asks for a passphrase where there is no keychain, explains it, and signs in with it", async () => {
  const desk = openDesk({ ...CLOSED, keychain: false });
  const { user } = desk;
  await fillIn(desk, ACCOUNT);
  await user.click(screen.getByTestId("sign-in-button"));

  expect((await screen.findByTestId("passphrase-explanation")).textContent).toContain("Nobody can recover it");
  await user.type(screen.getByTestId("passphrase"), "too short");
  await user.click(screen.getByTestId("passphrase-button"));
  expect(screen.getByText("Use at least 12 characters.")).toBeTruthy();
  await user.type(screen.getByTestId("passphrase"), ", then longer");
  await user.type(screen.getByTestId("passphrase-again"), "something else");
  await user.click(screen.getByTestId("passphrase-button"));
  expect(screen.getByText("The two are not the same.")).toBeTruthy();
  expect(timesAsked(desk.host, "session_sign_in")).toBe(1);

  await user.clear(screen.getByTestId("passphrase-again"));
  await user.type(screen.getByTestId("passphrase-again"), "too short, then longer");
  await user.click(screen.getByTestId("passphrase-button"));
  await screen.findAllByTestId("client-row");
  expect(lastTake(desk.host, "session_sign_in")).toMatchObject({
    email: "dana@example.com",
    passphrase: "too short, then longer",
  });
});

it("asks for a passphrase for the practice desk too, and can go back", async () => {
  const { host, user } = openDesk({ ...CLOSED, keychain: false });
  await user.click(await screen.findByTestId("practice-button"));
  await screen.findByTestId("passphrase");
  await user.click(screen.getByRole("button", { name: "Back" }));
  await user.click(await screen.findByTestId("practice-button"));
  await user.type(await screen.findByTestId("passphrase"), "four plain words");
  await user.type(screen.getByTestId("passphrase-again"), "four plain words{Enter}");
  await screen.findByTestId("practice-badge");
  expect(lastTake(host, "session_practice")).toEqual({ passphrase: "four plain words" });
});

it("unlocks with the passphrase, and says when it is the wrong one", async () => {
  const { user } = openDesk({ session: { ...SIGNED_OUT, stage: "locked", guard: "passphrase" } });
  const field = await screen.findByTestId("unlock-passphrase");
  expect(document.activeElement).toBe(field);
  await user.type(field, "wrong{Enter}");
  expect(await screen.findByText(/This is not the passphrase/)).toBeTruthy();

  await user.clear(field);
  await user.type(field, "correct horse battery{Control>}{Enter}{/Control}");
  await screen.findAllByTestId("client-row");
});

it("has a way out for a forgotten passphrase, which keeps the files", async () => {
  const { host, user } = openDesk({ session: { ...SIGNED_OUT, stage: "locked", guard: "passphrase" } });
  await screen.findByText(/without the passphrase/);
  await user.click(screen.getByTestId("set-aside"));
  expect(timesAsked(host, "session_set_aside")).toBe(0);
  await user.click(screen.getByTestId("set-aside-confirm"));
  expect(await screen.findByTestId("sign-in-button")).toBeTruthy();
});

it("offers to try again, and a fresh start only after saying what becomes of the files", async () => {
  const { host, user } = openDesk({
    session: {
      ...SIGNED_OUT,
      stage: "blocked",
      problem: { code: "key_missing", message: "The keychain no longer holds the key." },
    },
  });
  expect(await screen.findByText("The key of the client data is gone")).toBeTruthy();
  expect(screen.getByText(/set aside on this computer, not deleted/)).toBeTruthy();
  await user.click(screen.getByTestId("set-aside"));
  expect(timesAsked(host, "session_set_aside")).toBe(0);
  await user.click(screen.getByTestId("set-aside-confirm"));
  expect(await screen.findByTestId("sign-in-button")).toBeTruthy();
});

it("starts fresh by keys alone, and keeps the files when the question is left", async () => {
  const { host, user } = openDesk({
    session: {
      ...SIGNED_OUT,
      stage: "blocked",
      problem: { code: "key_missing", message: "The keychain no longer holds the key." },
    },
  });
  await screen.findByTestId("set-aside");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep" }));
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByTestId("set-aside"));
  expect(timesAsked(host, "session_set_aside")).toBe(0);
  await user.keyboard("{Control>}{Enter}{/Control}");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByTestId("sign-in-button")).toBeTruthy();
});

it("presses nothing but Unlock by the key that confirms while a passphrase is asked for", async () => {
  const { user } = openDesk({ session: { ...SIGNED_OUT, stage: "locked", guard: "passphrase" } });
  await screen.findByTestId("unlock-passphrase");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(screen.queryByTestId("set-aside-confirm")).toBeNull();
  await user.click(screen.getByTestId("set-aside"));
  await user.type(screen.getByTestId("unlock-passphrase"), "correct horse battery{Control>}{Enter}{/Control}");
  await screen.findAllByTestId("client-row");
});

it("offers no fresh start while unlocking the keychain is all it takes", async () => {
  const { user } = openDesk({
    session: {
      ...SIGNED_OUT,
      stage: "blocked",
      problem: { code: "keychain_locked", message: "Unlock the keychain and try again." },
    },
  });
  await screen.findByText("Unlock the keychain and try again.");
  expect(screen.queryByTestId("set-aside")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findAllByTestId("client-row");
});

it("offers the portal and e-mail again after signing out, and leaves nothing personal in storage", async () => {
  const desk = openDesk(CLOSED);
  const { user } = desk;
  await fillIn(desk, ACCOUNT);
  await user.click(screen.getByTestId("sign-in-button"));
  await screen.findAllByTestId("client-row");
  await user.click(screen.getByTestId("account-menu"));
  await user.click(await screen.findByTestId("sign-out"));
  await user.click(await screen.findByTestId("sign-out-confirm"));

  await screen.findByTestId("portal-address");
  expect(valueOf("portal-address")).toBe("https://portal.example.com/api");
  expect(valueOf("email")).toBe("dana@example.com");
  expect(valueOf("password")).toBe("");
  const stored = JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + window.location.href;
  expect(stored).not.toMatch(/dana|portal\.example|key-1/);
});

it("asks a second time before letters that were never printed are lost", async () => {
  const { host, user } = openDesk();
  await screen.findAllByTestId("client-row");
  host.fail("session_sign_out", { code: "letters_unprinted", message: "3 prepared letters were never printed or saved." });
  await user.click(screen.getByTestId("account-menu"));
  await user.click(await screen.findByTestId("sign-out"));
  await user.click(await screen.findByTestId("sign-out-confirm"));
  expect((await screen.findByTestId("unprinted")).textContent).toContain("3 prepared letters were never printed");
  expect(lastTake(host, "session_sign_out")).toEqual({ discardLetters: false, discardUnsent: false });

  await user.click(screen.getByTestId("sign-out-discard"));
  await screen.findByTestId("sign-in-button");
  expect(lastTake(host, "session_sign_out")).toEqual({ discardLetters: true, discardUnsent: false });
});

it("goes on working when the portal ended the session, and signs in over the open desk", async () => {
  const desk = openDesk({ session: { signInNeeded: true } });
  const { host, user } = desk;
  await screen.findAllByTestId("client-row");
  // A pull that the portal would refuse is not begun.
  expect(timesAsked(host, "sync_start")).toBe(0);
  await user.click(screen.getByTestId("sign-in-again"));
  await screen.findByTestId("sign-in-button");
  await user.clear(screen.getByTestId("portal-address"));
  await fillIn(desk, ACCOUNT);
  await user.click(screen.getByTestId("sign-in-button"));
  await waitFor(() => expect(screen.queryByTestId("sign-in-needed")).toBeNull());
  await waitFor(() => expect(screen.queryByTestId("password")).toBeNull());
});

it("signs in by the key that confirms, over the open desk and at the start", async () => {
  const CONFIRM = "{Control>}{Enter}{/Control}";
  const desk = openDesk({ session: { signInNeeded: true } });
  await screen.findAllByTestId("client-row");
  await desk.user.click(screen.getByTestId("sign-in-again"));
  await desk.user.clear(await screen.findByTestId("portal-address"));
  await fillIn(desk, ACCOUNT);
  await desk.user.keyboard(CONFIRM);
  await waitFor(() => expect(timesAsked(desk.host, "session_sign_in")).toBe(1));
  await waitFor(() => expect(screen.queryByTestId("password")).toBeNull());
  desk.view.unmount();
  const closed = openDesk(CLOSED);
  await fillIn(closed, ACCOUNT);
  await closed.user.keyboard(CONFIRM);
  await waitFor(() => expect(timesAsked(closed.host, "session_sign_in")).toBe(1));
});

it("opens the practice desk again by the key that confirms", async () => {
  const { host, user } = openDesk({ session: { signInNeeded: true, realm: "practice" } });
  await screen.findAllByTestId("client-row");
  await user.click(screen.getByTestId("sign-in-again"));
  await screen.findByRole("button", { name: "Open the practice desk again" });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(timesAsked(host, "session_practice")).toBe(1));
});
