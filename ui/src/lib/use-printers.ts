import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { PrinterRow } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Asked anew each time: printers come and go without telling. More than one feature shows them. */
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
