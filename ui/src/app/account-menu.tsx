import { Menu, UnstyledButton } from "@mantine/core";
import { Icon } from "../components/icon";
import { hint } from "../components/hint";
import { Keys } from "../components/keys";
import type { Session } from "../host/bindings";
import classes from "./frame.module.css";

interface AccountMenuProps {
  session: Session;
  onSettings: () => void;
  onGate: () => void;
  onShortcuts: () => void;
  onSignOut: () => void;
}

export function AccountMenu({ session, onSettings, onGate, onShortcuts, onSignOut }: AccountMenuProps) {
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton className={classes["account"]} aria-label={`Account: ${session.agent ?? "Agent"}`} {...hint("account")} data-testid="account-menu">
          <Icon name="person" size={18} />
          <span>{session.agent ?? "Agent"}</span>
          <Icon name="down" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.realm === "practice" ? "Practice portal" : (session.portal ?? "Portal")}
          <br />
          Version {session.version}
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="sliders" />} rightSection={<Keys of="goSettings" />} onClick={onSettings} data-testid="open-settings">
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="lock" />} rightSection={<Keys of="goGate" />} onClick={onGate} data-testid="open-gate">
          Gate: the rules for letters
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="keyboard" />} rightSection={<Keys of="sheet" />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="exit" />} rightSection={<Keys of="signOut" />} onClick={onSignOut} data-testid="sign-out">
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
