import { expect } from 'chai';
import { inputsOf, readInputs, showInputs } from '../../../editor/vscode/src/inputs.ts';
import { boxesAt, rangeOf } from '../../../editor/vscode/src/preview/boxes.ts';
import { summaryPage } from '../../../editor/vscode/src/summary-page.ts';
import { readable, revealed, whole, zoomed } from '../../../editor/vscode/webview/camera.ts';

describe('the inputs that one may change', () => {
  const signatures: readonly (readonly [signature: string, shown: string])[] = [
    ['LeNet(image: [3, 32, 32]) -> [10]', '[3, 32, 32]'],
    ['Siamese(left: [1, 28, 28], right: [1, 28, 28]) -> (distance: [1])', 'left: [1, 28, 28], right: [1, 28, 28]'],
    ['Tagger(tokens: i32[T]) -> [T, 9]', 'i32[T]'],
    ['Half(x: [2 * (n + 1)]) -> [floor((H - 2) / 2)]', '[2 * (n + 1)]'],
    ['None() -> []', ''],
  ];

  for (const [signature, shown] of signatures) {
    it(`are \`${shown}\` of \`${signature}\`, and are read back`, () => {
      const inputs = inputsOf(signature);
      expect(showInputs(inputs)).to.equal(shown);
      expect(readInputs(shown, Object.keys(inputs))).to.deep.equal(inputs);
    });
  }

  it('are by name where a name is written, and of the first input otherwise', () => {
    expect(readInputs(' [3, 64, 64] ', ['image'])).to.deep.equal({ image: '[3, 64, 64]' });
    expect(readInputs('mask: [1]', ['image', 'mask'])).to.deep.equal({ mask: '[1]' });
  });
});

describe('the boxes of a place', () => {
  const range = (line: number, start: number, end: number, endLine = line) => ({
    start: { line, character: start },
    end: { line: endLine, character: end },
  });
  const boxes = [
    { id: 'group', range: range(1, 2, 3, 4) },
    { id: 'conv', range: range(2, 4, 12) },
    { id: 'conv', range: range(2, 15, 19) },
    { id: 'again', range: range(2, 4, 12) },
    { id: 'far', range: range(3, 4, 8) },
    { id: 'far', range: range(6, 4, 8) },
  ];

  it('are those of the innermost stage, all of them', () => {
    expect(boxesAt(boxes, { line: 2, character: 6 })).to.deep.equal(['conv', 'again']);
    expect(boxesAt(boxes, { line: 2, character: 12 })).to.deep.equal(['conv', 'again']);
    expect(boxesAt(boxes, { line: 4, character: 1 })).to.deep.equal(['group']);
    expect(boxesAt(boxes, { line: 2, character: 16 })).to.deep.equal(['conv']);
    expect(boxesAt(boxes, { line: 5, character: 0 })).to.deep.equal([]);
  });

  it('are those of the stage before it, between the stages of a line, or of the first one', () => {
    expect(boxesAt(boxes, { line: 2, character: 13 })).to.deep.equal(['conv', 'again']);
    expect(boxesAt(boxes, { line: 2, character: 25 })).to.deep.equal(['conv']);
    expect(boxesAt(boxes, { line: 2, character: 0 })).to.deep.equal(['conv', 'again']);
  });

  it('lead back to the text: to a layer with what follows it on its line', () => {
    expect(rangeOf(boxes, 'conv')).to.deep.equal(range(2, 4, 19));
    expect(rangeOf(boxes, 'again')).to.deep.equal(range(2, 4, 12));
    expect(rangeOf(boxes, 'far')).to.deep.equal(range(3, 4, 8));
    expect(rangeOf(boxes, 'none')).to.equal(undefined);
  });
});

describe('the camera', () => {
  const window = { width: 400, height: 300 };

  it('shows a small picture as it was drawn, in the middle', () => {
    expect(readable({ width: 100, height: 100 }, window)).to.deep.equal({ scale: 1, x: 150, y: 100 });
    expect(whole({ width: 100, height: 100 }, window)).to.deep.equal({ scale: 1, x: 150, y: 100 });
  });

  it('begins at the top of a long picture, and can show all of it', () => {
    expect(readable({ width: 100, height: 3000 }, window)).to.deep.equal({ scale: 1, x: 150, y: 16 });
    const { scale } = whole({ width: 100, height: 3000 }, window);
    expect(scale * 3000).to.be.closeTo(268, 1);
  });

  it('keeps a place where it is while it zooms, and zooms no further than it can', () => {
    const before = { scale: 1, x: 10, y: 20 };
    const after = zoomed(before, 2, { x: 110, y: 70 });
    expect(after).to.deep.equal({ scale: 2, x: -90, y: -30 });
    expect(zoomed(after, 100, { x: 0, y: 0 }).scale).to.equal(8);
  });

  it('moves only to what cannot be seen', () => {
    const camera = { scale: 1, x: 0, y: 0 };
    expect(revealed(camera, { x: 10, y: 10, width: 50, height: 50 }, window)).to.equal(camera);
    expect(revealed(camera, { x: 10, y: 1000, width: 50, height: 50 }, window)).to.deep.equal({
      scale: 1,
      x: 0,
      y: -875,
    });
    expect(revealed(camera, { x: 10, y: 400, width: 50, height: 900 }, window).y).to.equal(-400);
  });
});

describe('the page of a summary', () => {
  it('keeps what Markdown would take for something else', () => {
    const layer = {
      path: 'features.0_a',
      layer: 'Unit act={ relu | relu }',
      output: [3, 'H / 2'],
      parameters: null,
      macs: 1234,
    };
    const page = summaryPage([
      { net: 'A', signature: 'A(x: [3]) -> [3]', layers: [layer], parameters: null, macs: 1234, arena: null },
    ]);
    expect(page).to.include('| features\\.0\\_a | `Unit act={ relu \\| relu }` | `[3, H / 2]` | ? | 1,234 |');
  });

  it('says so where there is no net', () => {
    expect(summaryPage([])).to.match(/no net/);
  });
});
