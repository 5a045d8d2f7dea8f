import { expect } from 'chai';
import { codeActions } from '../../compiler/ide/code-actions.ts';
import { expectSameNet, placesIn } from './actions.ts';
import { exampleFiles, exampleSnapshot } from './examples.ts';

/** What is offered anywhere in the examples leaves each net as it is. */
describe('refactorings of the examples', () => {
  const offered = new Set<string>();

  for (const file of exampleFiles) {
    it(file, () => {
      const before = exampleSnapshot(file);
      const ofFile = codeActions(before, { start: 0, end: 0 }, ['source.writeSizes', 'source.leaveSizesOut']);
      const ofPlaces = placesIn(before, 2).flatMap((range) => codeActions(before, range, ['refactor']));
      for (const action of [...ofFile, ...ofPlaces]) {
        expectSameNet(before, action);
        offered.add(action.title.replace(/ \(.*|`.*/g, '').trim());
      }
    });
  }

  it('are of all sorts', () => {
    expect([...offered]).to.include.members([
      'Extract block',
      'Inline block',
      'Inline all calls of',
      'Introduce',
      'Unroll',
      'Leave inferred sizes out',
      'Write inferred sizes',
    ]);
  });
});
