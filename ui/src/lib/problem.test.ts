import { expect, it } from "vitest";
import { DeskProblem, fieldMessage, toProblem } from "./problem";

it("reads a rejected call as the problem it is", () => {
  const problem = toProblem({ code: "disk_full", message: "No space left.", fields: { path: ["Too long."] } });
  expect(problem).toBeInstanceOf(DeskProblem);
  expect(problem).toMatchObject({ code: "disk_full", message: "No space left.", fields: { path: ["Too long."] } });
});

it("makes anything else an internal problem and keeps its text", () => {
  expect(toProblem(new Error("worker died"))).toMatchObject({ code: "internal", message: "The desk did not answer: worker died" });
  expect(toProblem("no such command")).toMatchObject({ code: "internal", message: "The desk did not answer: no such command" });
});

it("finds a field's message under any of its spellings", () => {
  const problem = toProblem({ code: "portal_refused", message: "", fields: { api_key: ["Withdrawn."] } });
  expect(fieldMessage(problem, "apiKey", "api_key")).toBe("Withdrawn.");
  expect(fieldMessage(problem, "email")).toBeUndefined();
  expect(fieldMessage(null, "email")).toBeUndefined();
});
