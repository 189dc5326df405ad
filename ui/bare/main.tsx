import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import { MantineProvider, TextInput } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";

/** A window with the desk's libraries and nothing else: what the desk's start and memory are held against. */
function Bare() {
  useEffect(() => {
    performance.mark("day-shown");
  }, []);
  return <TextInput label="A bare window" />;
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider>
        <Notifications />
        <QueryClientProvider client={new QueryClient()}>
          <Bare />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
