import { Plugin } from "@tiptap/pm/state";
import { Extension, Mark, Node } from "@tiptap/react";

/**
 * What a letter's text is made of in the editor. The letter engine's own HTML comes in and must come out as it was, so
 * everything that an agent cannot change here is carried along untouched.
 */

/** Line and paragraph: one is set close to its neighbours, the other apart. */
const Line = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  addAttributes() {
    return {
      close: {
        default: false,
        parseHTML: (element) => element.tagName === "DIV",
        // It names the element, and is no attribute of it.
        rendered: false,
      },
    };
  },
  parseHTML() {
    return [{ tag: "p" }, { tag: "div" }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return [node.attrs["close"] === true ? "div" : "p", HTMLAttributes, 0];
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-0": () => this.editor.commands.setNode(this.name) };
  },
});

/** A style without the alignment, which is changed here and kept by itself. */
function withoutAlignment(style: string | null): string | null {
  const kept = (style ?? "").split(";").filter((part) => part.trim() !== "" && !part.trim().toLowerCase().startsWith("text-align"));
  return kept.length > 0 ? kept.map((part) => part.trim()).join("; ") : null;
}

/** Margins, indents and distances of lines, as they came. */
const KeptStyle = Extension.create({
  name: "keptStyle",
  addGlobalAttributes() {
    return [
      {
        types: ["paragraph", "heading"],
        attributes: {
          style: {
            default: null,
            parseHTML: (element) => withoutAlignment(element.getAttribute("style")),
            renderHTML: ({ style }) => (typeof style === "string" ? { style } : {}),
          },
        },
      },
    ];
  },
});

/** Face, size and colour of a run, as they came. */
const KeptLook = Mark.create({
  name: "keptLook",
  addAttributes() {
    return { style: { default: null } };
  },
  parseHTML() {
    return [{ tag: "span[style]" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["span", HTMLAttributes, 0];
  },
});

function raised(name: string, tag: "sup" | "sub") {
  return Mark.create({
    name,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });
}

/** A rule or, by its class, a break of the page. */
const Rule = Node.create({
  name: "rule",
  group: "block",
  atom: true,
  addAttributes() {
    return { class: { default: null } };
  },
  parseHTML() {
    return [{ tag: "hr" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["hr", HTMLAttributes];
  },
});

/** A table or a picture of the template: it can be taken out, and is otherwise as it came. */
const KeptBlock = Node.create({
  name: "keptBlock",
  group: "block",
  atom: true,
  addAttributes() {
    return { html: { default: "", parseHTML: (element) => element.outerHTML, rendered: false } };
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "img" }];
  },
  renderHTML({ node }) {
    const template = document.createElement("template");
    template.innerHTML = String(node.attrs["html"]);
    return template.content.firstElementChild ?? document.createElement("p");
  },
});

/** Where the engine puts a part of the letter that is not text. */
function standing(name: string, tag: string, label: string) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    selectable: false,
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag],
    addNodeView: () => () => {
      const dom = document.createElement("div");
      dom.dataset["part"] = name;
      dom.contentEditable = "false";
      dom.textContent = label;
      return { dom };
    },
    addProseMirrorPlugins() {
      const count = (doc: { descendants: (visit: (node: { type: { name: string } }) => void) => void }) => {
        let found = 0;
        doc.descendants((node) => {
          found += node.type.name === name ? 1 : 0;
        });
        return found;
      };
      // A letter keeps what it was made with: whatever would take this out, or put a second one in, does not happen.
      return [
        new Plugin({
          filterTransaction: (transaction, state) =>
            !transaction.docChanged || count(transaction.doc) === count(state.doc),
        }),
      ];
    },
  });
}

/** Text from elsewhere comes as paragraphs: its tables and pictures belong to no letter. */
const PlainPaste = Extension.create({
  name: "plainPaste",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html) => {
            const page = new DOMParser().parseFromString(html, "text/html");
            page.querySelectorAll("img, script, style, letter-items, letter-signature").forEach((element) => element.remove());
            page.querySelectorAll("table").forEach((table) => {
              const lines = [...table.rows].map((row) => {
                const line = page.createElement("p");
                line.textContent = [...row.cells].map((cell) => cell.textContent.trim()).join(", ");
                return line;
              });
              table.replaceWith(...lines);
            });
            page.querySelectorAll("[style]").forEach((element) => element.removeAttribute("style"));
            return page.body.innerHTML;
          },
        },
      }),
    ];
  },
});

export const WORDING_NODES = [
  Line,
  KeptStyle,
  KeptLook,
  raised("superscript", "sup"),
  raised("subscript", "sub"),
  Rule,
  KeptBlock,
  standing("letterItems", "letter-items", "The table of disputed items"),
  standing("letterSignature", "letter-signature", "Room for the signature, and the printed name"),
  PlainPaste,
];

/** What the editor holds, as the letter engine reads it: an empty paragraph is an empty line. */
export function asWording(html: string): string {
  return html.replaceAll(/<(p|div)([^>]*)><\/\1>/g, "<$1$2><br></$1>");
}
