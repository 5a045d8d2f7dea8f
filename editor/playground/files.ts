import { byId, element } from './dom.ts';
import type { Editor } from './editor/editor.ts';
import { Tabs } from './tabs.ts';

/** Tabs for the text and what it imports, where it imports something. */
export function startFiles(editor: Editor): () => void {
  const bar = byId('files');
  const tabs = new Tabs(bar, (name) => void editor.show(name));
  let shown = '';
  return () => {
    const { files } = editor;
    bar.hidden = files.length < 2;
    const key = files.join('\n');
    if (key !== shown) {
      shown = key;
      bar.replaceChildren(
        ...files.map((name) =>
          element(
            'button',
            { type: 'button', role: 'tab', 'aria-controls': 'editor', 'data-name': name },
            name.replace(/^.*:\//, ''),
          ),
        ),
      );
    }
    tabs.mark(editor.shown);
  };
}
