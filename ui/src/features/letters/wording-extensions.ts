import { TextAlign } from "@tiptap/extension-text-align";
import { StarterKit } from "@tiptap/starter-kit";
import { WORDING_NODES } from "./wording-nodes";

/** What the editor of a letter's text can do. */
export const EXTENSIONS = [
  StarterKit.configure({
    paragraph: false,
    horizontalRule: false,
    code: false,
    codeBlock: false,
    link: false,
    trailingNode: false,
    heading: { levels: [1, 2, 3] },
  }),
  ...WORDING_NODES,
  TextAlign.configure({ types: ["paragraph", "heading"] }),
];
