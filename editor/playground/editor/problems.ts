import { forEachDiagnostic, setDiagnosticsEffect } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { byId, element, setText, words } from '../dom.ts';
import type { Problem } from './diagnostics.ts';

/** Lists what is wrong under the text, each with what mends it, whenever that was found out. */
export const problemList = EditorView.updateListener.of(({ view, transactions }) => {
  if (transactions.some(({ effects }) => effects.some((effect) => effect.is(setDiagnosticsEffect)))) show(view);
});

function show(view: EditorView): void {
  const problems: { readonly problem: Problem; readonly from: number; readonly to: number }[] = [];
  forEachDiagnostic(view.state, (problem, from, to) => problems.push({ problem: problem as Problem, from, to }));
  const list = byId('problems');
  const items = problems.map(({ problem, from, to }) => {
    const line = view.state.doc.lineAt(from);
    const go = element(
      'button',
      {
        type: 'button',
        class: 'problem',
        click: () => {
          view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
          view.focus();
        },
      },
      element('span', { class: `mark ${problem.severity}` }, problem.severity),
      element('span', { class: 'words' }, ...words(problem.message)),
      element('span', { class: 'place' }, `${line.number}:${from - line.from + 1}`),
    );
    const fixes = problem.actions.map(({ name, apply }) =>
      element('button', { type: 'button', class: 'fix', click: () => apply(view, from, to) }, ...words(name)),
    );
    return element('li', {}, go, ...fixes);
  });
  list.replaceChildren(...items);
  list.parentElement!.hidden = items.length === 0;
  const all = problems.map(({ problem }) => problem);
  setText(byId('tally'), tally(all));
  byId('tally').dataset.severity = worst(all);
}

function tally(problems: readonly Problem[]): string {
  const counts = (['error', 'warning', 'hint'] as const)
    .map((severity) => ({ severity, count: problems.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0);
  return counts.length === 0
    ? 'All shapes fit'
    : counts.map(({ severity, count }) => `${count} ${severity}${count > 1 ? 's' : ''}`).join(', ');
}

function worst(problems: readonly Problem[]): string {
  const order = ['error', 'warning', 'hint'] as const;
  return order.find((each) => problems.some(({ severity }) => severity === each)) ?? 'none';
}
