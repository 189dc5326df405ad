import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { Icon, type IconName } from "./icon";
import classes from "./theme-choice.module.css";

export const SCHEMES: readonly { id: MantineColorScheme; label: string; icon: IconName }[] = [
  { id: "auto", label: "As the system", icon: "screen" },
  { id: "light", label: "Light", icon: "sun" },
  { id: "dark", label: "Dark", icon: "moon" },
];

/** Light, dark, or as the system has it: all three side by side. Mantine keeps the choice, as for the menu in the frame. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Light or dark"
      size="sm"
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map(({ id, label, icon }) => ({
        value: id,
        label: (
          <span className={classes["choice"]}>
            <Icon name={icon} />
            {label}
          </span>
        ),
      }))}
      data-testid="theme-choice"
    />
  );
}
