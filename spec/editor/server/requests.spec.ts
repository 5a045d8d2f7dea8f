import { expect } from 'chai';
import type {
  DiagramRequest,
  GenerateRequest,
  PlotRequest,
  SummaryRequest,
  WhatIfRequest,
} from '../../../editor/server/protocol.ts';
import { Editor, failure, type OpenText } from './editor.ts';

type Asked = DiagramRequest | GenerateRequest | PlotRequest | SummaryRequest | WhatIfRequest;
type Without<Params> = Omit<Params, 'textDocument'>;

const source = `import Body from "./body.net"

act wavy(x) = x + sin(x)

net First(image: [3, 8, 8]) -> [10] {
  conv 3->4 k3 | wavy
  flatten
  linear ->10
}

net Second(x: [C, 8]) { Body }
`;

describe('what the server shows beside a text', () => {
  let editor: Editor;
  let main: OpenText;

  before(async () => {
    editor = await Editor.start();
    editor.write('body.net', 'block Body { relu }\n');
    main = await editor.open('main.net', source);
  });
  after(() => editor.stop());

  async function ask<Request extends Asked>(
    method: Request['method'],
    params: Without<Request['params']>,
    text = main,
  ): Promise<Request['result']> {
    return editor.connection.sendRequest<Request['result']>(method, { ...text.only(), ...params });
  }

  it('draws a net, and says which stages the boxes are', async () => {
    const first = await ask<DiagramRequest>('netc/diagram', {});
    if ('problem' in first) throw new Error(first.problem);
    expect(first.net).to.equal('First');
    expect(first.svg).to.contain('<svg');
    for (const { id } of first.boxes) expect(first.svg).to.contain(`id="${id}"`);
    expect(first.boxes.map(({ range }) => main.slice(range))).to.include.members([
      'conv 3->4 k3',
      'flatten',
      'linear ->10',
    ]);
    const second = await ask<DiagramRequest>('netc/diagram', { net: 'Second' });
    if ('problem' in second) throw new Error(second.problem);
    // The layer itself stands in another text.
    expect(second.boxes.map(({ range }) => main.slice(range))).to.have.members(['x: [C, 8]', 'Body']);
    expect(await ask<DiagramRequest>('netc/diagram', { net: 'Third' })).to.have.property('problem');
  });

  it('takes the net at a place, or else the one that is shown already', async () => {
    const shown = async (words: string, net: string) => {
      const found = await ask<DiagramRequest>('netc/diagram', { position: main.range(words).start, net });
      return 'net' in found && found.net;
    };
    expect(await shown('flatten', 'Second')).to.equal('First');
    expect(await shown('wavy(x)', 'Second')).to.equal('Second');
    expect(await shown('wavy(x)', 'Gone')).to.equal('First');
    const text = await editor.open('typed.net', 'net A(x: [3]) { relu }\nnet B(x: [3]) { con }');
    const typed = await ask<DiagramRequest>('netc/diagram', { position: text.range('con').end, net: 'A' }, text);
    expect(typed).to.have.property('problem').that.contains('`B`');
  });

  it('draws what is understood of a net that is being written', async () => {
    const text = await editor.open('half.net', 'net A(x: [3, 8, 8]) {\n  conv 4->6 k3\n}\n');
    const half = await ask<DiagramRequest>('netc/diagram', {}, text);
    expect(half).to.include({ net: 'A', errors: '1 error' });
  });

  it('lists layers with their costs and places', async () => {
    const { nets } = await ask<SummaryRequest>('netc/summary', {});
    expect(nets.map(({ net }) => net)).to.deep.equal(['First', 'Second']);
    const [first, second] = nets;
    expect(first!.parameters).to.equal(3 * 4 * 9 + 4 + 144 * 10 + 10);
    expect(first!.arena?.bytes).to.be.greaterThan(0);
    expect(first!.layers.map(({ range }) => main.slice(range!))).to.deep.equal([
      'conv 3->4 k3',
      'wavy',
      'flatten',
      'linear ->10',
    ]);
    expect(second!.arena).to.equal(null);
    expect(second!.layers.map(({ range }) => range)).to.deep.equal([undefined]);
  });

  it('writes code', async () => {
    const plain = await ask<GenerateRequest>('netc/generate', { target: 'ts' });
    expect(plain).to.have.property('text').that.contains('export function load').and.contains('main.net');
    const tfjs = await ask<GenerateRequest>('netc/generate', { target: 'tfjs', net: 'First' });
    expect(tfjs).to.have.property('text').that.contains('@tensorflow/tfjs');
    const open = await ask<GenerateRequest>('netc/generate', { target: 'ts', net: 'Second' });
    expect(open).to.have.property('problem').that.contains('`Second`').and.contains('C');
    const text = await editor.open('wrong.net', 'net A(x: [3]) { wrong }');
    const wrong = await ask<GenerateRequest>('netc/generate', { target: 'ts' }, text);
    expect(wrong).to.have.property('problem').that.contains('1 error');
  });

  it('plots activations, those of the text and those that are built in', async () => {
    for (const activation of ['wavy', 'hswish', 'leaky_relu slope=0.2']) {
      expect(await ask<PlotRequest>('netc/plot', { activation }))
        .to.have.property('svg')
        .that.contains('<svg');
    }
    for (const activation of ['flatten', 'nothing', '} net X(x: [1]) {', '']) {
      expect(await ask<PlotRequest>('netc/plot', { activation }), activation).to.have.property('problem');
    }
  });

  it('says what would be', async () => {
    const inputs = { image: '[3, 9, 9]' };
    const found = await ask<WhatIfRequest>('netc/whatIf', { net: 'First', inputs });
    expect(found).to.have.property('text').that.contains('[3, 9, 9]');
    expect(await ask<WhatIfRequest>('netc/whatIf', { net: 'Third', inputs })).to.have.property('problem');
  });

  it('knows no text that is not there', async () => {
    const missing = { textDocument: { uri: editor.uri('missing.net') } };
    expect(await failure(editor.connection.sendRequest('netc/summary', missing))).to.equal(-32803);
  });
});
