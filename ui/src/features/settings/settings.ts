import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import { showDone, useProblemToast } from "../../components/toast";
import type { LetterSaved, Problem, SettingsView } from "../../host/bindings";
import { useHost } from "../../host/host-context";

/** What is in force on this desk, and what is kept here; counts go stale with what a pull brings. */
export function useSettings(): UseQueryResult<SettingsView> {
  const host = useHost();
  return useQuery({ queryKey: ["settings"], queryFn: () => host.call("settings_get", {}) });
}

/** Saves the file for support where the agent says. */
export function useSaveDiagnostics(): { save: () => void; pending: boolean } {
  const host = useHost();
  const report = useProblemToast();
  const saving: UseMutationResult<LetterSaved, Problem, void> = useMutation({ mutationFn: () => host.call("diagnostics_save", {}) });
  const save = () => {
    if (!saving.isPending) {
      saving.mutate(undefined, {
        onError: report,
        onSuccess: ({ files }) => {
          // No file means that the agent closed the dialog.
          if (files.length > 0) {
            showDone("Diagnostics saved. The file is text: read it before you send it.");
          }
        },
      });
    }
  };
  return { save, pending: saving.isPending };
}
