import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { Notice } from "../components/notice";
import classes from "./app.module.css";

/** Stands in for a window that could not be drawn. The desk itself, and what it keeps, is not touched by that. */
export class Fault extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <main className={classes["opening"]}>
        <h1 className={classes["name"]}>Dispute Desk</h1>
        <Notice kind="problem" title="The window has a fault" alert>
          <p>Clients and letters are safe: they are kept outside the window. Draw it again to go on.</p>
          <Notice.Actions>
            <Button size="xs" variant="default" onClick={() => window.location.reload()}>
              Draw the window again
            </Button>
          </Notice.Actions>
        </Notice>
      </main>
    );
  }
}
