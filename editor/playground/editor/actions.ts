import { LSPPlugin } from '@codemirror/lsp-client';
import { StateEffect, StateField } from '@codemirror/state';
import { type Command, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import type {
  CodeAction,
  CodeActionParams,
  Diagnostic,
  Command as ServerCommand,
} from 'vscode-languageserver-protocol';
import { element } from '../dom.ts';
import { applyEdit } from './edits.ts';

/** What the server proposes to do with a part of the text. */
export async function codeActions(
  plugin: LSPPlugin,
  { from, to }: { readonly from: number; readonly to: number },
  diagnostics: readonly Diagnostic[],
  only?: string,
): Promise<readonly CodeAction[]> {
  const found = await plugin.client.request<CodeActionParams, (CodeAction | ServerCommand)[] | null>(
    'textDocument/codeAction',
    {
      textDocument: { uri: plugin.uri },
      range: { start: plugin.toPosition(from), end: plugin.toPosition(to) },
      context: { diagnostics: [...diagnostics], ...(only !== undefined && { only: [only] }) },
    },
  );
  return (found ?? []).filter((action): action is CodeAction => 'edit' in action && action.edit !== undefined);
}

const setMenu = StateEffect.define<Tooltip | null>();

const menu = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, docChanged, selection }) {
    for (const effect of effects) if (effect.is(setMenu)) return effect.value;
    return docChanged || selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows what can be done at the cursor, or with what is selected, as a menu. */
const showActions: Command = (view) => {
  const plugin = LSPPlugin.get(view);
  if (!plugin) return false;
  plugin.client.sync();
  const { doc, selection } = view.state;
  void codeActions(plugin, selection.main, []).then((actions) => {
    if (!view.state.doc.eq(doc)) return;
    view.dispatch({ effects: setMenu.of({ pos: selection.main.head, create: () => menuOf(plugin, actions) }) });
  });
  return true;
};

function menuOf(plugin: LSPPlugin, actions: readonly CodeAction[]) {
  const { view, client } = plugin;
  const close = () => {
    view.dispatch({ effects: setMenu.of(null) });
    view.focus();
  };
  const choices = actions.map(({ title, edit }) =>
    element(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        click: () => {
          close();
          if (edit) applyEdit(client, edit);
        },
      },
      title,
    ),
  );
  const keydown = (event: Event) => {
    const { key } = event as KeyboardEvent;
    const at = choices.indexOf(document.activeElement as HTMLButtonElement);
    if (key === 'Escape') close();
    else if (key === 'ArrowDown') choices[(at + 1) % choices.length]?.focus();
    else if (key === 'ArrowUp') choices.at(at - 1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // Whoever goes on by Tab leaves the menu.
  const focusout = (event: Event) => {
    const { relatedTarget } = event as FocusEvent;
    if (relatedTarget instanceof Node && !dom.contains(relatedTarget)) view.dispatch({ effects: setMenu.of(null) });
  };
  const content = choices.length > 0 ? choices : [element('p', {}, 'Nothing to do here')];
  const dom = element(
    'div',
    { class: 'action-menu', role: 'menu', 'aria-label': 'What can be done here', keydown, focusout },
    ...content,
  );
  return { dom, mount: () => choices[0]?.focus() };
}

const closeActions: Command = (view) => {
  if (!view.state.field(menu)) return false;
  view.dispatch({ effects: setMenu.of(null) });
  return true;
};

export const actionMenu = [
  menu,
  keymap.of([
    { key: 'Mod-.', run: showActions, preventDefault: true },
    { key: 'Escape', run: closeActions },
  ]),
];
