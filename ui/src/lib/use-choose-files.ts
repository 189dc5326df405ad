import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { ChosenFile, Problem } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Asks for files in the system's dialog. */
export function useChooseFiles(): UseMutationResult<ChosenFile[], Problem, void> {
  const host = useHost();
  return useMutation({ mutationFn: () => host.call("document_choose", {}) });
}
