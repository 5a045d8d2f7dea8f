import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import type { Log, Region, Result } from 'sarif';
import { analyze } from '../../compiler/compile.ts';
import { explain, topics } from '../../compiler/explain.ts';
import { fault } from '../../compiler/fault.ts';
import { faultsToGitHub } from '../../compiler/report/github.ts';
import { faultsToSarif } from '../../compiler/report/sarif.ts';
import { type Workplace, workplace } from './command.ts';

const wrong = 'net Wrong(x: [4]) {\n  relu\n  linear 5->2\n}\n';

describe('netc check --format', () => {
  let place: Workplace;
  before(() => {
    place = workplace();
    place.write('right.net', 'net Right(x: [4]) { linear 4->2 }\n');
    place.write('wrong.net', wrong);
    mkdirSync(join(place.folder, 'models'));
    place.write('models/wrong.net', wrong);
  });
  after(() => place.remove());

  it('prints text and JSON as it does without the option and with --json', async () => {
    for (const [format, alone] of [
      ['check wrong.net right.net --format text', 'check wrong.net right.net'],
      ['check wrong.net right.net --format json', 'check wrong.net right.net --json'],
    ] as const) {
      const { code, output, messages } = await place.netc(format);
      expect({ code, output, messages }).to.deep.equal(await place.netc(alone));
      expect(code).to.equal(1);
    }
  });

  it('prints annotations for GitHub, and the count for its log', async () => {
    expect(await place.netc('check wrong.net right.net nothing.net --format github')).to.deep.equal({
      code: 1,
      output: `\
::error file=wrong.net,line=3,endLine=3,col=10,endColumn=11,title=shape/features::\
\`linear\` is written for 5 features, but receives 4%0Awrong.net:2:3: gives [4] here%0Afix: linear 4->2
::error file=nothing.net,line=1,endLine=1,col=1,endColumn=1,title=file/missing::there is no file \`nothing.net\`
`,
      messages: '2 errors\n',
    });
    expect(await place.netc('check right.net --format github')).to.deep.equal({
      code: 0,
      output: '',
      messages: 'no errors\n',
    });
  });

  it('prints a SARIF log, also where all is right', async () => {
    const { code, output, messages } = await place.netc('check wrong.net right.net nothing.net --format sarif');
    expect([code, messages]).to.deep.equal([1, '']);
    const [run] = (JSON.parse(output) as Log).runs;
    expect(run!.originalUriBaseIds!['%SRCROOT%']!.uri).to.equal(`${pathToFileURL(place.folder).href}/`);
    expect(run!.results!.map(({ ruleId, locations }) => [ruleId, locations![0]!.physicalLocation])).to.deep.equal([
      [
        'shape/features',
        {
          artifactLocation: { uri: 'wrong.net', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 10, endLine: 3, endColumn: 11 },
        },
      ],
      ['file/missing', { artifactLocation: { uri: 'nothing.net', uriBaseId: '%SRCROOT%' } }],
    ]);
    const fine = await place.netc('check right.net --format sarif');
    expect([fine.code, (JSON.parse(fine.output) as Log).runs[0]!.results]).to.deep.equal([0, []]);
  });

  it('counts paths from the root of the repository in a workflow, and names files outside of it whole', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'netc-spec-'));
    const settings = { environment: { GITHUB_WORKSPACE: place.folder }, folder: join(place.folder, 'models') };
    const { output } = await place.netc(`check wrong.net ../wrong.net ${outside}/no.net --format github`, settings);
    expect([...output.matchAll(/file=([^,]*)/g)].map(([, file]) => file)).to.deep.equal([
      'models/wrong.net',
      'wrong.net',
      `${outside}/no.net`,
    ]);
    const log = JSON.parse(
      (await place.netc(`check wrong.net ${outside}/no.net --format sarif`, settings)).output,
    ) as Log;
    expect(
      log.runs[0]!.results!.map((result) => result.locations![0]!.physicalLocation!.artifactLocation),
    ).to.deep.equal([
      { uri: 'models/wrong.net', uriBaseId: '%SRCROOT%' },
      { uri: pathToFileURL(`${outside}/no.net`).href },
    ]);
    rmSync(outside, { recursive: true });
  });
});

/** Names that mean something in one format or another. */
const hostileNames = [
  'a\n::error::b.net',
  '100%,x=1:2.net',
  'größe 画像/😀.net',
  '##[error]\r.net',
  'a?b#c&d.net',
  '\ud800.net',
];

describe('annotations for GitHub', () => {
  it('may hold any name and any words, and stay one line for each fault', () => {
    for (const name of hostileNames) {
      const evidence = { layer: name, written: '1', received: '2' };
      const because = [{ span: { source: name, start: 0, end: 1 }, message: name }];
      const text = faultsToGitHub(
        [fault('shape/features', { source: name, start: 0, end: 1 }, evidence, { because })],
        new Map([[name, 'x']]),
      );
      expect(text).to.match(
        /^::error file=[^,:\r\n]*,line=1,endLine=1,col=1,endColumn=2,title=shape\/features::[^\r\n]*$/,
      );
      expect(text).to.not.match(/%(?!25|0A|0D|3A|2C)/);
      // As GitHub reads it, the percent sign last.
      const [, property = ''] = /file=([^,]*)/.exec(text) ?? [];
      const read = property
        .replaceAll('%0D', '\r')
        .replaceAll('%0A', '\n')
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',');
      expect(read.replaceAll('%25', '%')).to.equal(name);
    }
  });

  it('names no columns where a fault has several lines, and not the line below it', () => {
    const annotation = (start: number, end: number) =>
      faultsToGitHub(
        [fault('use/unused', { source: 'x.net', start, end }, { what: '`y`' })],
        new Map([['x.net', 'one\ntwo\nthree\n']]),
      );
    expect(annotation(1, 6)).to.match(/ file=x.net,line=1,endLine=2,title=/);
    expect(annotation(4, 8)).to.match(/ file=x.net,line=2,endLine=2,title=/);
  });

  it('has a command for each severity', () => {
    const span = { source: 'x.net', start: 0, end: 0 };
    const faults = [
      fault('file/missing', span, { path: 'x.net' }),
      fault('use/unused', span, { what: '`y`' }),
      fault('name/shadow', span, { what: 'block', name: 'relu' }),
    ];
    const commands = faultsToGitHub(faults, new Map()).split('\n');
    expect(commands.map((line) => line.slice(0, line.indexOf(' ')))).to.deep.equal([
      '::error',
      '::warning',
      '::notice',
    ]);
  });
});

describe('a SARIF log', () => {
  const text =
    'block B in->out {\r\n  conv in->out k3\r\n  conv 5->out k3 # 😀\r\n}\r\nnet N(x: [3, 9, 9]) { B 3->4 }\r\n';

  function log(name: string, written: string): Log {
    const { value, faults } = analyze({ name, text: written });
    expect(faults).to.not.be.empty;
    const texts = new Map(value.sources.map((source) => [source.name, source.text]));
    return faultsToSarif(faults, texts, { version: '1.2.3' });
  }

  it('has the rules of its results, with what netc explain says of them', () => {
    const [run] = log('n.net', text).runs;
    const { name, semanticVersion, rules } = run!.tool.driver;
    expect([name, semanticVersion, rules!.map(({ id }) => id)]).to.deep.equal(['netc', '1.2.3', ['shape/features']]);
    expect(rules![0]!.shortDescription!.text).to.equal(
      'The size before the arrow must be the size that arrives: the channels for a convolution, the last axis for `linear`.',
    );
    expect(explain('shape/features')).to.include(rules![0]!.help!.markdown);
    expect(run!.results!.map(({ ruleId, ruleIndex }) => rules![ruleIndex!]!.id === ruleId)).to.deep.equal([true]);
  });

  it('has what led to a result, the calls down to it, and its edit', () => {
    const [result] = log('n.net', text).runs[0]!.results!;
    const physicalLocation = (region: Region) => ({
      artifactLocation: { uri: 'n.net', uriBaseId: '%SRCROOT%' },
      region,
    });
    const place = physicalLocation({ startLine: 3, startColumn: 8, endLine: 3, endColumn: 9 });
    const words = '`conv` is written for 5 features, but receives 4';
    expect(result).to.deep.equal({
      ruleId: 'shape/features',
      ruleIndex: 0,
      level: 'error',
      message: { text: words },
      locations: [{ physicalLocation: place }],
      relatedLocations: [
        {
          id: 1,
          physicalLocation: physicalLocation({ startLine: 2, startColumn: 3, endLine: 2, endColumn: 18 }),
          message: { text: 'gives [4, 7, 7] here' },
        },
      ],
      codeFlows: [
        {
          threadFlows: [
            {
              locations: [
                {
                  location: {
                    physicalLocation: physicalLocation({ startLine: 5, startColumn: 23, endLine: 5, endColumn: 29 }),
                    message: { text: 'in this call of `B`' },
                  },
                },
                { location: { physicalLocation: place, message: { text: words } } },
              ],
            },
          ],
        },
      ],
      fixes: [
        {
          description: { text: 'conv 4->4' },
          artifactChanges: [
            {
              artifactLocation: { uri: 'n.net', uriBaseId: '%SRCROOT%' },
              replacements: [
                {
                  deletedRegion: { startLine: 3, startColumn: 8, endLine: 3, endColumn: 9 },
                  insertedContent: { text: '4' },
                },
              ],
            },
          ],
        },
      ],
    } satisfies Result);
  });

  it('is what the schema of the format asks for, whatever is wrong', () => {
    const schema = JSON.parse(
      readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'),
    );
    // It is of an earlier draft, in which nothing that it uses means something else, and its patterns are of an earlier kind.
    const { $schema, id, ...rest } = schema;
    expect([$schema, id]).to.not.include(undefined);
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    addFormats.default(ajv);
    const validate = ajv.compile(rest);
    // One of those about use has a million layers.
    const codes = topics().codes.filter((code) => !code.startsWith('use/'));
    const examples = codes.flatMap((code) => [...explain(code)!.matchAll(/^```net\n([^`]*)^```/gm)]);
    expect(examples).to.have.length.above(50);
    const texts = new Map(examples.map(([, example], index) => [`${index}.net`, example!]));
    const faults = [...texts].flatMap(([name, text]) => analyze({ name, text }).faults);
    const log = JSON.parse(
      JSON.stringify(faultsToSarif(faults, texts, { version: '1.2.3', root: 'file:///x/' })),
    ) as Log;
    expect(validate(log), JSON.stringify(validate.errors)).to.equal(true);
    expect(log.runs[0]!.results).to.have.length.above(50);
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).to.equal(false);
  });

  it('has URIs for all names, which lead back to them', () => {
    for (const name of [
      ...hostileNames,
      'a:b/c.net',
      '/abs/olute é.net',
      'C:\\models\\a b.net',
      'file:///already.net',
    ]) {
      const { artifactLocation } = log(name, wrong).runs[0]!.results![0]!.locations![0]!.physicalLocation!;
      const { uri, uriBaseId } = artifactLocation!;
      expect(uri).to.match(/^[\w\-.~!*'()%:/]+$/);
      const url = new URL(uri!, uriBaseId === '%SRCROOT%' ? 'file:///root/' : undefined);
      expect(url.search + url.hash).to.equal('');
      const whole = /^(\/|C:|file:)/.test(name) ? name.replaceAll('\\', '/').replace(/^C:/, '/C:') : `/root/${name}`;
      expect(decodeURIComponent(url.pathname)).to.equal(whole.replace('file://', '').replace('\ud800', '\ufffd'));
    }
  });

  it('has no words in which a reader finds a link', () => {
    const evidence = { layer: '[here](https://example.org)', written: '1', received: '2' };
    const { runs } = faultsToSarif(
      [fault('shape/features', { source: 'n.net', start: 0, end: 0 }, evidence)],
      new Map(),
      { version: '1.2.3' },
    );
    expect(runs[0]!.results![0]!.message.text).to.include('`[here] (https://example.org)`');
  });
});
