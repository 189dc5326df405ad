import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { LetterPrint, PrintJob, PrinterRow, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";

/** Asked anew each time: printers come and go without telling. */
export function usePrinters(enabled: boolean): UseQueryResult<PrinterRow[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["printers"],
    queryFn: () => host.call("printer_list", {}),
    enabled,
    staleTime: 0,
    gcTime: 0,
  });
}

export function usePrint(): UseMutationResult<PrintJob, Problem, LetterPrint> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (take: LetterPrint) => host.call("letter_print", take),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["letters"] }),
  });
}
