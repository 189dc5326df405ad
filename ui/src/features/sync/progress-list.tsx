import { Progress } from "@mantine/core";
import { Icon } from "../../components/icon";
import type { ResourceProgress } from "../../host/bindings";
import { count, words } from "../../lib/format";
import classes from "./sync.module.css";
import { fraction } from "./sync";

/** The pull by kind of record. */
export function ProgressList({ resources }: { resources: readonly ResourceProgress[] }) {
  return (
    <ul className={classes["list"]}>
      {resources.map((resource) => (
        <li key={resource.resource} className={classes["line"]} data-state={resource.state}>
          <span className={classes["name"]}>{words(resource.resource)}</span>
          <Progress
            size={4}
            value={fraction(resource) * 100}
            aria-label={`${words(resource.resource)}: ${Math.floor(fraction(resource) * 100)} %`}
          />
          <span className={classes["figure"]}>
            {resource.state === "waiting"
              ? "waiting"
              : resource.total === null || resource.state === "done"
                ? count(resource.done)
                : `${count(resource.done)} of ${count(resource.total)}`}
          </span>
          <span className={classes["mark"]}>{resource.state === "done" ? <Icon name="check" size={14} /> : null}</span>
        </li>
      ))}
    </ul>
  );
}
