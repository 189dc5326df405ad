import type { Problem, ProblemCode } from "../host/bindings";

/** A `Problem` that can be thrown: what every rejected call of the desk is. */
export class DeskProblem extends Error implements Problem {
  readonly code: ProblemCode;
  readonly fields?: { [key in string]: Array<string> };

  constructor(problem: Problem) {
    super(problem.message);
    this.name = "DeskProblem";
    this.code = problem.code;
    if (problem.fields) {
      this.fields = problem.fields;
    }
  }
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    "message" in value &&
    typeof value.code === "string" &&
    typeof value.message === "string"
  );
}

/** Reads whatever was thrown. What is not a problem of the desk is an internal one, with its text kept. */
export function toProblem(thrown: unknown): DeskProblem {
  if (thrown instanceof DeskProblem) {
    return thrown;
  }
  if (isProblem(thrown)) {
    return new DeskProblem(thrown);
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new DeskProblem({ code: "internal", message: `The desk did not answer: ${detail}` });
}

/** First message about a field, for the line under its input. Server and desk may spell a field either way. */
export function fieldMessage(problem: Problem | null | undefined, ...names: string[]): string | undefined {
  for (const name of names) {
    const message = problem?.fields?.[name]?.[0];
    if (message !== undefined) {
      return message;
    }
  }
  return undefined;
}
