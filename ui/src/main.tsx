import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { type Host, tauriHost } from "./host/host";

/** A made-up desk in a plain browser, only while developing: a build drops this branch and all that it loads. */
async function chooseHost(): Promise<Host> {
  if (import.meta.env.DEV && import.meta.env["VITE_FAKE_HOST"] === "1") {
    const { developmentHost } = await import("./host/fake-host");
    return developmentHost(new URLSearchParams(window.location.search));
  }
  return tauriHost;
}

const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no element with the id root");
}
createRoot(root).render(
  <StrictMode>
    <App host={await chooseHost()} />
  </StrictMode>,
);
