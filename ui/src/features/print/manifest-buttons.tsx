import { Button } from "@mantine/core";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { showDone, useProblemToast } from "../../components/toast";
import type { ManifestFormat } from "../../host/bindings";
import { useManifest } from "./runs";

/** Saves a run's manifest; answers how, for the keys of the page. */
export function useSaveManifest(): { save: (id: string, format: ManifestFormat) => void; pending: boolean } {
  const manifest = useManifest();
  const report = useProblemToast();
  const save = (id: string, format: ManifestFormat) => {
    if (!manifest.isPending) {
      manifest.mutate(
        { id, format },
        {
          onError: report,
          onSuccess: ({ files }) => {
            // No file means that the agent closed the dialog.
            if (files.length > 0) {
              showDone(`Manifest saved as ${format.toUpperCase()}.`);
            }
          },
        },
      );
    }
  };
  return { save, pending: manifest.isPending };
}

/** The list of a run's letters, to lay on the pile or for a spreadsheet. */
export function ManifestButtons({ runId }: { runId: string }) {
  const { save, pending } = useSaveManifest();
  return (
    <Button.Group>
      <Hint shortcut="runManifest">
        <Button size="xs" variant="default" leftSection={<Icon name="save" />} loading={pending} onClick={() => save(runId, "pdf")} data-testid="manifest-pdf">
          Manifest PDF
        </Button>
      </Hint>
      <Hint shortcut="runManifestCsv">
        <Button size="xs" variant="default" disabled={pending} onClick={() => save(runId, "csv")} data-testid="manifest-csv">
          CSV
        </Button>
      </Hint>
    </Button.Group>
  );
}
