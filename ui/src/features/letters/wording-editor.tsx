import "@mantine/tiptap/styles.css";
import { RichTextEditor } from "@mantine/tiptap";
import { useEditor } from "@tiptap/react";
import { useLayoutEffect, useRef } from "react";
import { isShortcut } from "../../lib/shortcuts";
import classes from "./wording-editor.module.css";
import { EXTENSIONS } from "./wording-extensions";
import { asWording } from "./wording-nodes";

interface WordingEditorProps {
  /** What it starts from. */
  initial: string;
  label: string;
  onChange: (text: string) => void;
  /** What stands in the editor at that moment, also when its last letters were not told as a change yet. */
  onSave: (text: string) => void;
}

/** A letter's text with the few things that a letter needs. It is heavy, so it comes when it is first needed. */
export function WordingEditor({ initial, label, onChange, onSave }: WordingEditorProps) {
  const save = useRef(onSave);
  useLayoutEffect(() => {
    save.current = onSave;
  });
  const editor = useEditor({
    extensions: EXTENSIONS,
    content: initial,
    autofocus: "start",
    shouldRerenderOnTransaction: true,
    editorProps: {
      // The editor would make a line break of it.
      handleKeyDown: (_, event) => {
        const saves = isShortcut(event, "dialogDo");
        if (saves && editor) {
          event.stopPropagation();
          save.current(asWording(editor.getHTML()));
        }
        return saves;
      },
      attributes: { "aria-label": label, "aria-multiline": "true", role: "textbox", "data-testid": "wording-text" },
    },
    onUpdate: ({ editor: updated }) => onChange(asWording(updated.getHTML())),
  });

  return (
    <RichTextEditor editor={editor} withTypographyStyles={false} classNames={{ root: classes["root"] ?? "", content: classes["content"] ?? "", toolbar: classes["toolbar"] ?? "" }}>
      <RichTextEditor.Toolbar>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Bold />
          <RichTextEditor.Italic />
          <RichTextEditor.Underline />
          <RichTextEditor.Strikethrough />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.H2 />
          <RichTextEditor.H3 />
          <RichTextEditor.BulletList />
          <RichTextEditor.OrderedList />
          <RichTextEditor.Blockquote />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.AlignLeft />
          <RichTextEditor.AlignCenter />
          <RichTextEditor.AlignRight />
          <RichTextEditor.AlignJustify />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Undo />
          <RichTextEditor.Redo />
        </RichTextEditor.ControlsGroup>
      </RichTextEditor.Toolbar>
      <RichTextEditor.Content />
    </RichTextEditor>
  );
}
