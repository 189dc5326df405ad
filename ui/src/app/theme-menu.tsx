import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { hint } from "../components/hint";
import { Icon } from "../components/icon";
import { SCHEMES } from "../components/theme-choice";
import { useShortcuts } from "../lib/use-shortcuts";

/** Light, dark, or as the system has it. The choice is the only thing the window keeps in its own storage. */
export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const at = SCHEMES.findIndex(({ id }) => id === colorScheme);
  useShortcuts({ theme: () => setColorScheme(SCHEMES[(at + 1) % SCHEMES.length]?.id ?? "auto") });
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={30} aria-label="Light or dark" {...hint("theme")} data-testid="theme-toggle">
          <Icon name={SCHEMES[at]?.icon ?? "screen"} size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ id, label, icon }) => (
          <Menu.Item
            key={id}
            leftSection={<Icon name={icon} />}
            rightSection={id === colorScheme ? <Icon name="check" size={14} /> : null}
            role="menuitemradio"
            aria-checked={id === colorScheme}
            onClick={() => setColorScheme(id)}
            data-testid={`theme-${id}`}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
