import { byId, element, icon } from './dom.ts';
import { exampleGroups } from './examples.ts';

const command = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';

const keys: readonly (readonly [string, string])[] = [
  [`${command} Space`, 'What could stand here'],
  [`${command} .`, 'What can be done here'],
  ['Shift Alt F', 'Format'],
  ['F2', 'Rename'],
  [`F12, ${command} click`, 'Go to the definition'],
  ['Shift F12', 'Find all uses'],
  ['F8', 'Next problem'],
  [`${command} Shift Space`, 'What a layer takes'],
  [`${command} Z`, 'Undo'],
  [`${command} /`, 'Comment the line'],
  ['Tab', 'Indent'],
  ['Escape, then Tab', 'Leave the editor'],
];

/** Lets an example be chosen. */
export function startExamples(open: (file: string) => void): void {
  const dialog = byId<HTMLDialogElement>('examples');
  const groups = exampleGroups.map(({ title, examples }) =>
    element(
      'section',
      {},
      element('h3', {}, title),
      element(
        'ul',
        { class: 'cards' },
        ...examples.map(({ file, title: name, shows }) =>
          element(
            'li',
            {},
            element(
              'button',
              {
                type: 'button',
                class: 'card',
                'data-example': file,
                click: () => {
                  dialog.close();
                  open(file);
                },
              },
              element('b', {}, name),
              element('span', {}, shows),
            ),
          ),
        ),
      ),
    ),
  );
  fill(dialog, 'examples-title', 'Examples', ...groups);
  byId('choose').addEventListener('click', () => dialog.showModal());
}

/** What the keys do, and what there is to know. */
export function startHelp(): void {
  const dialog = byId<HTMLDialogElement>('help');
  const rows = keys.map(([key, does]) =>
    element(
      'div',
      {},
      element(
        'dt',
        {},
        ...key.split(/(, then |, )/).map((part) => (part.startsWith(',') ? part : element('kbd', {}, part))),
      ),
      element('dd', {}, does),
    ),
  );
  fill(
    dialog,
    'help-title',
    'Keys and help',
    element(
      'p',
      {},
      'netc is a small language for neural networks. Every shape is checked while you type, in this page: nothing is sent anywhere. ' +
        'Point at a layer to read what it does and how its shape comes about; point at an underlined place to mend it.',
    ),
    element('dl', { class: 'keys' }, ...rows),
  );
  byId('keys').addEventListener('click', () => dialog.showModal());
}

function fill(dialog: HTMLDialogElement, id: string, title: string, ...content: readonly HTMLElement[]): void {
  const close = element('button', {
    type: 'button',
    class: 'square',
    'aria-label': 'Close',
    click: () => dialog.close(),
  });
  close.append(icon('M4 4l8 8M12 4l-8 8'));
  dialog.append(
    element('header', {}, element('h2', { id: id }, title), close),
    element('div', { class: 'body' }, ...content),
  );
  // A click beside the dialog is one on the dialog itself, whose content covers it.
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
}
