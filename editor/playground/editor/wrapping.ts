import { type Extension, type Line, RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** Long lines are broken, and their parts are indented as the line is. */
export const wrapping: Extension = [
  EditorView.lineWrapping,
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = hanging(view);
      }

      update({ docChanged, viewportChanged, view }: ViewUpdate): void {
        if (docChanged || viewportChanged) this.decorations = hanging(view);
      }
    },
    { decorations: ({ decorations }) => decorations },
  ),
];

function hanging({ state, visibleRanges }: EditorView): DecorationSet {
  const built = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let line: Line | undefined = state.doc.lineAt(from); line; line = lineAfter(line)) {
      const indent = hangOf(line.text);
      built.add(line.from, line.from, Decoration.line({ attributes: { style: `--hang: ${indent}ch` } }));
    }

    function lineAfter({ number, to: end }: Line): Line | undefined {
      return end < to && number < state.doc.lines ? state.doc.line(number + 1) : undefined;
    }
  }
  return built.finish();
}

/** How far the rest of a long line is indented, in letters: a comment under its words, and others further than the line is. */
function hangOf(text: string): number {
  const [before = '', comment] = /^ *(#+ *)?/.exec(text) ?? [];
  return comment ? before.length : before.length + 4;
}
