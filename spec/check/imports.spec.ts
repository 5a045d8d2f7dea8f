import { expect } from 'chai';
import { analyze } from '../../compiler/compile.ts';
import { faultMessage, renderFaults } from '../../compiler/report/report.ts';
import { nearest } from '../../compiler/suggest.ts';

/** Files that import each other, the first of which is asked for. */
function analyzed(files: Readonly<Record<string, string>>, set: ReadonlyMap<string, number> = new Map()) {
  const [name, text] = Object.entries(files)[0]!;
  const { value, faults } = analyze(
    { name, text },
    {
      set,
      files: {
        read(wanted) {
          if (files[wanted] !== undefined) return { text: files[wanted] };
          const near = nearest(wanted, Object.keys(files));
          return { why: 'there is no such file', ...(near !== undefined && { nearest: near }) };
        },
      },
    },
  );
  const repaired = faults.flatMap(({ fix }) => fix?.edits.map((edit) => edit.text) ?? []);
  const report = renderFaults(faults, new Map(value.sources.map((source) => [source.name, source.text])));
  return { value, faults, codes: faults.map(({ code }) => code), messages: faults.map(faultMessage), repaired, report };
}

const blocks = `
let width = 16
let unit = width / 2
act bend(x, low = -1) = max(x, low)
## Two layers.
block Two in->out (act=bend) { conv in->out k3 p1 | act | conv out->out k3 p1 }
net Whole(x: [3, 8, 8]) { Two 3->4 }
`;

describe('a file that imports another one', () => {
  it('has its blocks, activations and constants', () => {
    const { value, codes } = analyzed({
      'models/a.net': 'import Two, width, bend from "../lib/b.net"\nnet A(x: [3, 8, 8]) { Two 3->width | bend low=0 }',
      'lib/b.net': blocks,
    });
    expect(codes).to.deep.equal([]);
    expect(value.graphs.map(({ name }) => name)).to.deep.equal(['A']);
    expect(value.graphs[0]!.nodes.map(({ path }) => path)).to.deep.equal([
      'Two1.conv1',
      'Two1.bend1',
      'Two1.conv2',
      'bend1',
    ]);
    expect(value.sources.map(({ name }) => name)).to.deep.equal(['models/a.net', 'lib/b.net']);
  });

  it('reads a file once that several import', () => {
    const { value, codes } = analyzed({
      'a.net': 'import B from "./b.net"\nimport C from "./c.net"\nnet A(x: [8]) { B 8 | C 8 }',
      'b.net': 'import D from "./d.net"\nblock B c { D c }',
      'c.net': 'import D from "./d.net"\nblock C c { D c }',
      'd.net': 'block D c { linear c->c }',
    });
    expect(codes).to.deep.equal([]);
    expect(value.sources.map(({ name }) => name)).to.deep.equal(['a.net', 'b.net', 'd.net', 'c.net']);
    expect(value.graphs[0]!.nodes.map(({ path }) => path)).to.deep.equal(['B1.D1.linear1', 'C1.D1.linear1']);
  });

  it('keeps its own constants apart from those of the other file, also where they are set from outside', () => {
    const { value, codes } = analyzed(
      {
        'a.net': 'import Two from "./b.net"\nlet width = 5\nnet A(x: [3, 8, 8]) { Two 3->width }',
        'b.net': 'let width = 16\nblock Two in->out { conv in->width k1 | conv width->out k1 }',
      },
      new Map([['width', 6]]),
    );
    expect(codes).to.deep.equal([]);
    expect(value.graphs[0]!.nodes.map(({ sizes }) => sizes)).to.deep.equal([
      { in: 3, out: 16 },
      { in: 16, out: 6 },
    ]);
  });

  it('says which file is not there, and which is meant', () => {
    const { codes, messages, repaired } = analyzed({
      'a.net': 'import Two from "./blcks.net"\nnet A(x: [3, 8, 8]) { Two 3->4 | relu }',
      'blocks.net': blocks,
    });
    expect(codes).to.deep.equal(['import/file']);
    expect(messages[0]).to.equal('`blcks.net` cannot be imported: there is no such file; did you mean "./blocks.net"?');
    expect(repaired).to.deep.equal(['"./blocks.net"']);
  });

  it('says which name is not there, and which is meant', () => {
    const { codes, messages, repaired } = analyzed({
      'a.net': 'import Tow, Whole, imported from "./b.net"\nnet A(x: [3, 8, 8]) { Tow 3->4 | relu }',
      'b.net': blocks,
    });
    expect(codes).to.deep.equal(['import/name', 'import/name', 'import/name']);
    expect(messages).to.deep.equal([
      '`b.net` declares no `Tow`; did you mean `Two`?',
      '`Whole` of `b.net` is a `net`: only what `let`, `act` and `block` declare is imported',
      '`b.net` declares no `imported`',
    ]);
    expect(repaired).to.deep.equal(['Two']);
  });

  it('shows a circle as one', () => {
    const { codes, messages } = analyzed({
      'a.net': 'import B from "./b.net"\nblock A c { relu }\nnet N(x: [8]) { B 8 }',
      'b.net': 'import C from "./c.net"\nblock B c { C c }',
      'c.net': 'import A from "./a.net"\nblock C c { A c }',
    });
    expect(codes).to.deep.equal(['import/cycle']);
    expect(messages[0]).to.equal('files import each other in a circle: a.net → b.net → c.net → a.net');
  });

  it('says how a path is written', () => {
    const { codes, repaired } = analyzed({ 'a.net': 'import B from "b.net"\nnet N(x: [8]) { relu }', 'b.net': blocks });
    expect(codes).to.deep.equal(['import/path']);
    expect(repaired).to.deep.equal(['"./b.net"']);
  });

  it('shows a mistake in a block of the other file with the call in this one', () => {
    const { report } = analyzed({
      'a.net': 'import Two from "./b.net"\nnet A(x: [3, 8, 8]) {\n  Two 4->8\n}',
      'b.net': 'block Two in->out { conv in->out k3 }',
    });
    expect(report).to.equal(
      [
        'error[shape/features]: `conv` is written for 4 features, but receives 3',
        '  ┌ b.net:1:26',
        '1 │ block Two in->out { conv in->out k3 }',
        '  │                          ^^ 3',
        '  ┌ a.net:2:7',
        '2 │ net A(x: [3, 8, 8]) {',
        '  │       ------------ gives [3, 8, 8] here',
        '3 │   Two 4->8',
        '  │   -------- in this call of `Two`',
        '  = fix: 3 in the call',
      ].join('\n'),
    );
  });

  it('reports files that are too many once', () => {
    const names = Array.from({ length: 1200 }, (_, index) => `f${index}`);
    const { codes, messages } = analyzed({
      'a.net': `${names.map((name) => `import ${name} from "./${name}.net"`).join('\n')}\nnet N(x: [8]) { relu }`,
      ...Object.fromEntries(names.map((name) => [`${name}.net`, `let ${name} = 1`])),
    });
    expect(codes).to.deep.equal(['import/file']);
    expect(messages[0]).to.match(/more than 1000 files are imported$/);
  });

  it('reports files that import each other too deep', () => {
    const chain = Array.from({ length: 900 }, (_, index) => [
      `f${index}.net`,
      `import v${index + 1} from "./f${index + 1}.net"\nlet v${index} = v${index + 1}`,
    ]);
    const { codes, messages } = analyzed({
      'a.net': 'import v0 from "./f0.net"\nnet N(x: [8]) { linear ->v0 }',
      ...Object.fromEntries(chain),
    });
    expect(codes).to.deep.equal(['import/file']);
    expect(messages[0]).to.match(/files import files here, more than 100 deep$/);
  });

  it('reports what is wrong in the other file, whether it is used or not', () => {
    const { faults } = analyzed({
      'a.net': 'import Two from "./b.net"\nnet A(x: [3, 8, 8]) { Two 3->4 }',
      'b.net': `${blocks}\nblock Wrong { cnov ->6 k5 }\nblock Broken { conv ->->6 }`,
    });
    expect(faults.map(({ code, span }) => `${code} in ${span.source}`)).to.have.members([
      'name/unknown in b.net',
      'syntax/unexpected in b.net',
    ]);
  });
});
