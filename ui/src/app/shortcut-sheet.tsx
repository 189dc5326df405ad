import { Modal } from "@mantine/core";
import { ShortcutTables } from "../components/shortcut-tables";

/** Has Mantine leave Escape to whoever has the focus: a dialog below would close along with the sheet. */
const OWN_ESCAPE = { "data-mantine-stop-propagation": "true" };

/** Also over a dialog that is open: its keys rest meanwhile, and Escape closes the sheet alone. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      size={820}
      zIndex={300}
      closeOnEscape={false}
      closeButtonProps={{ "aria-label": "Close", ...OWN_ESCAPE }}
      attributes={{ content: OWN_ESCAPE, header: { role: "presentation" } }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") {
          onClose();
        }
      }}
      data-testid="shortcut-sheet"
    >
      <ShortcutTables />
    </Modal>
  );
}
