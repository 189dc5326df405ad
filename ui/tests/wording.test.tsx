import { Editor } from "@tiptap/react";
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { EXTENSIONS } from "../src/features/letters/wording-extensions";
import { asWording } from "../src/features/letters/wording-nodes";
import { CLIENT, type Desk, atClient, lastTake, openDesk, prepareThree } from "./desk";

function editorOf(content: string): Editor {
  return new Editor({ element: document.createElement("div"), extensions: EXTENSIONS, content });
}

describe("the editor gives back what the letter engine gave it", () => {
  it.each([
    ["paragraphs and lines", "<p>Dear all,</p><div>One line</div><div>and the next</div>"],
    ["an empty line", "<p>a</p><p><br></p><p>b</p>"],
    ["breaks", "<p>a<br>b</p>"],
    ["looks", '<p>a <strong>b <em>c</em></strong> <u>d</u> <s>e</s> x<sup>2</sup> H<sub>2</sub>O</p>'],
    ["face, size and colour", '<p><span style="font-family: sans-serif; font-size: 14pt; color: #ff0000">x</span></p>'],
    ["margins", '<p style="margin-top: 10pt; margin-left: 20pt; text-indent: 30pt; line-height: 1.5">a</p>'],
    ["alignment", '<p style="text-align: center">a</p><div style="text-align: right">b</div><h2 style="text-align: justify">c</h2>'],
    ["lists", '<ul><li><div>a</div></li><li><p>b</p><ol><li><div>c</div></li></ol></li></ul>'],
    ["numbering", '<ol start="4" type="I"><li><p>d</p></li></ol>'],
    ["quotes and rules", '<blockquote><p>q</p></blockquote><hr><hr class="page-break"><p>x</p>'],
    [
      "a table and a picture as they came",
      '<table border="0"><colgroup></colgroup><tbody><tr><td style="background-color: #eeeeee"><div>1</div></td></tr></tbody></table><img src="attachment:12" alt="A &quot;seal&quot;" style="width: 67.5pt; text-align: left"><p>x</p>',
    ],
    ["the parts that are no text", "<p>a</p><letter-items></letter-items><p>Sincerely,</p><letter-signature></letter-signature>"],
    ["signs", "<p>1 &lt; 2 &amp; {a|b} [sic] § 5</p>"],
  ])("%s", (_, html) => {
    const editor = editorOf(html);
    const back = asWording(editor.getHTML());
    editor.destroy();
    // Browsers write colours and ends of declarations in their own way, and attributes in theirs; the engine reads both.
    const same = (text: string) =>
      text
        .replaceAll(';"', '"')
        .replaceAll("rgb(255, 0, 0)", "#ff0000")
        .replaceAll(/<ol [^>]*>/g, (tag) => [...tag.matchAll(/\w+="[^"]*"/g)].map(([one]) => one).toSorted().join(" "));
    expect(same(back)).toBe(same(html));
  });
});

it("does not let go of the table of items and the signature", () => {
  const html = "<p>a</p><letter-items></letter-items><p>b</p><letter-signature></letter-signature>";
  const editor = editorOf(html);
  editor.commands.selectAll();
  editor.commands.deleteSelection();
  expect(editor.getHTML()).toBe(html);
  editor.commands.insertContentAt(0, "<letter-items></letter-items>");
  expect(editor.getHTML()).toBe(html);
  editor.commands.insertContentAt(1, "More. ");
  expect(editor.getHTML()).toContain("<p>More. a</p>");
  editor.destroy();
});

async function openText(): Promise<Desk & { text: HTMLElement }> {
  const desk = openDesk({ at: atClient(CLIENT.whole) });
  await prepareThree(desk.user);
  await desk.user.keyboard("t");
  return { ...desk, text: await screen.findByTestId("wording-text") };
}

async function type(desk: Desk & { text: HTMLElement }, words: string) {
  const first = desk.text.querySelector("p");
  first?.append(words);
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("wording-save").disabled).toBe(false));
}

it("sets a letter with the text that the agent typed, and gives it the one before back", async () => {
  const desk = await openText();
  expect(screen.getByTestId<HTMLButtonElement>("wording-save").disabled).toBe(true);
  await type(desk, " I called you twice.");
  await desk.user.click(screen.getByTestId("wording-save"));
  await waitFor(() => expect(screen.queryByTestId("wording-dialog")).toBeNull());
  expect(lastTake(desk.host, "letter_reword")).toMatchObject({ text: expect.stringContaining("I called you twice.</p>") });
  await waitFor(async () => expect((await screen.findByTestId("pdf-text")).textContent).toContain("I called you twice."));
  const changed = () => screen.getAllByTestId("letter-row").filter((row) => row.textContent?.includes("text changed")).length;
  expect(changed()).toBe(1);

  await desk.user.click(await screen.findByTestId("undo"));
  await waitFor(() => expect(lastTake(desk.host, "letter_reword")).toMatchObject({ text: null }));
  await waitFor(() => expect(changed()).toBe(0));
});

it("saves by its keys from inside the text, and makes no line break of them", async () => {
  const desk = await openText();
  await type(desk, " By keys.");
  desk.text.focus();
  await desk.user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.queryByTestId("wording-dialog")).toBeNull());
  expect(lastTake(desk.host, "letter_reword")).toMatchObject({ text: expect.stringContaining("By keys.</p>") });
});

it("says what is wrong with a text and keeps what was typed", async () => {
  const desk = await openText();
  await type(desk, " [ClientName]");
  await desk.user.click(screen.getByTestId("wording-save"));
  expect(await screen.findByText(/is not filled in/)).toBeTruthy();
  expect(desk.text.textContent).toContain("[ClientName]");
});

it("closes with a way back to what was typed", async () => {
  const desk = await openText();
  await type(desk, " Unsaved.");
  await desk.user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("wording-dialog")).toBeNull());
  await desk.user.click(await screen.findByTestId("undo"));
  expect((await screen.findByTestId("wording-text")).textContent).toContain("Unsaved.");
});

it("takes the text as it was made again", async () => {
  const desk = await openText();
  await type(desk, " Other.");
  await desk.user.click(screen.getByTestId("wording-as-made"));
  await waitFor(() => expect(screen.getByTestId("wording-text").textContent).not.toContain("Other."));
  expect(screen.getByTestId<HTMLButtonElement>("wording-save").disabled).toBe(true);
});
