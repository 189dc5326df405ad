import { Modal } from "@mantine/core";
import { ShortcutTables } from "../components/shortcut-tables";

export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size={820} data-testid="shortcut-sheet">
      <ShortcutTables />
    </Modal>
  );
}
