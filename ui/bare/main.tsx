import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import * as core from "@mantine/core";
import { useMediaQuery, useWindowEvent } from "@mantine/hooks";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider, useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";

/** What the desk's first bundle has of its libraries, by name, so that a bundler keeps just that. */
const LIBRARIES = [
  core.ActionIcon, core.Anchor, core.Autocomplete, core.Button, core.Checkbox, core.Loader, core.Menu, core.Modal, core.MultiSelect,
  core.NativeSelect, core.NumberInput, core.PasswordInput, core.Popover, core.Progress, core.Radio, core.SegmentedControl, core.Select,
  core.Skeleton, core.Switch, core.TextInput, core.Textarea, core.Tooltip, core.UnstyledButton, core.VisuallyHidden, core.createTheme,
  core.useMantineColorScheme, useMediaQuery, useWindowEvent, notifications, useMutation, useQueries, useQuery, useVirtualizer, invoke, listen,
];

/** A window with the desk's libraries and nothing else: what the desk's start and memory are held against. */
function Bare() {
  useEffect(() => {
    performance.mark("day-shown");
  }, []);
  return <core.TextInput label={`A bare window with ${LIBRARIES.length} parts of its libraries`} />;
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <core.MantineProvider>
        <Notifications />
        <QueryClientProvider client={new QueryClient()}>
          <Bare />
        </QueryClientProvider>
      </core.MantineProvider>
    </StrictMode>,
  );
}
