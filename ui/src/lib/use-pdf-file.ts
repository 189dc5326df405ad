import { useEffect, useState } from "react";
import { type PdfFile, useOpenPdf } from "./pdf";

/** Opens the bytes, and closes the file when it is no longer shown. */
export function usePdfFile(bytes: Uint8Array | undefined): { file: PdfFile | null; failed: Error | null } {
  const open = useOpenPdf();
  const [file, setFile] = useState<PdfFile | null>(null);
  const [failed, setFailed] = useState<Error | null>(null);

  useEffect(() => {
    if (!bytes) {
      return undefined;
    }
    let opened: PdfFile | null = null;
    let wanted = true;
    open(bytes).then(
      (ready) => {
        opened = ready;
        if (wanted) {
          setFile(ready);
          setFailed(null);
        } else {
          ready.close();
        }
      },
      (error: unknown) => {
        if (wanted) {
          setFailed(error instanceof Error ? error : new Error(String(error)));
        }
      },
    );
    return () => {
      wanted = false;
      setFile(null);
      opened?.close();
    };
  }, [bytes, open]);

  return { file, failed };
}
