import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type IToken, tokenMatcher } from 'chevrotain';
import fc from 'fast-check';
import { endOf, tokenize } from '../../../grammar/lexer.ts';
import { parse } from '../../../grammar/parse.ts';
import type { Span } from '../../../grammar/source.ts';
import { As, From, Name, tokenTable } from '../../../grammar/tokens.ts';
import { textmate } from '../../../scripts/textmate.ts';
import { examples, examplesIn } from '../../grammar/examples.ts';
import { programs } from '../../grammar/programs.ts';
import { marked } from '../../grammar/support.ts';
import { type Colourer, colourer } from './textmate.ts';

describe('the TextMate grammar', () => {
  for (const [path, text] of textmate()) {
    it(`is fresh in ${path}: else run \`npm run generate\``, () => {
      expect(readFileSync(path, 'utf8') === text).to.equal(true);
    });
  }

  let colour: Colourer;

  before(async () => {
    colour = await colourer();
  });

  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.net'));
  const texts = [
    ...files.map((file): [string, string] => [file, readFileSync(`examples/${file}`, 'utf8')]),
    ['the prelude', readFileSync('compiler/layers/prelude.net', 'utf8')] as const,
    ['the manual', examplesIn(readFileSync('docs/language.md', 'utf8')).join('\n')] as const,
    ['the grammar’s examples', examples.join('\n')] as const,
  ];

  it('has texts to colour', () => {
    expect(files.length).to.be.greaterThan(20);
  });

  for (const [name, text] of texts) {
    it(`colours ${name} by the tokens of the lexer`, () => {
      expect(differences(text)).to.deep.equal([]);
    });
  }

  it('colours whatever the parser takes by the tokens of the lexer', () => {
    fc.assert(
      fc.property(programs, (text) => {
        expect(differences(text)).to.deep.equal([]);
      }),
      { numRuns: 150 },
    );
  });

  /** `‹ ›` mark what has the scope. */
  const inContext: readonly (readonly [text: string, scope: string])[] = [
    ['net ‹LeNet›(image: [3]) { relu }', 'entity.name.type.net.netc'],
    ['net LeNet(‹image›: [3]) { relu }', 'variable.parameter.netc'],
    ['net LeNet(image: [3]) -> (‹code›: [3]) { code = relu }', 'variable.parameter.netc'],
    ['net Tagger(tokens: ‹i32›[T]) { relu }', 'support.type.element.netc'],
    ['net Tagger(tokens: i32[‹T›]) { relu }', 'variable.other.constant.netc'],
    ['net Tagger(tokens: [‹floor›(T)]) { relu }', 'support.function.netc'],
    ['block ‹Unit› in->out (k=3) { relu }', 'entity.name.type.block.netc'],
    ['block Unit ‹in›->out (k=3) { relu }', 'variable.parameter.netc'],
    ['block Unit in->out (k=3, ‹act›=relu) { relu }', 'variable.parameter.netc'],
    ['block Unit (act={ ‹leaky_relu› slope=1 }) { relu }', 'support.function.layer.netc'],
    ['act ‹bend›(x) = x', 'entity.name.function.activation.netc'],
    ['act bend(‹x›, low = 0) = x', 'variable.parameter.netc'],
    ['act bend(x, ‹learn› low = 0) = x', 'storage.modifier.netc'],
    ['act bend(x, ‹learn› = 0) = x', 'variable.parameter.netc'],
    ['act bend(x) = ‹max›(x, 0)', 'support.function.netc'],
    ['act bend(x) = leaky_relu(x, ‹slope›=0.2)', 'support.type.property-name.option.netc'],
    ['let ‹classes› = 10', 'variable.other.constant.netc'],
    ['import ‹Unit›, bend from "./blocks.net"', 'entity.name.type.block.netc'],
    ['import from, ‹from› from "./blocks.net"', 'entity.name.function.activation.netc'],
    ['import from ‹from› "./blocks.net"', 'keyword.control.import.netc'],
    ['‹conv› 3->6 k5 | relu', 'support.function.layer.netc'],
    ['conv 3->6 k5 | ‹relu›', 'support.function.layer.netc'],
    ['conv 3->6\n  | ‹relu›', 'support.function.layer.netc'],
    ['conv 3->6; ‹relu›', 'support.function.layer.netc'],
    ['conv 3->6  # a = b +\n‹relu›', 'support.function.layer.netc'],
    ['conv 3->\n‹relu›', 'support.function.layer.netc'],
    ['‹Unit› 3->6', 'entity.name.type.block.netc'],
    ['‹half› = maxpool 2', 'variable.other.definition.netc'],
    ['half = ‹maxpool› 2', 'support.function.layer.netc'],
    ['concat ‹half› axis=0', 'variable.other.netc'],
    ['concat half ‹axis›=0', 'support.type.property-name.option.netc'],
    ['conv 3->6 ‹k›5', 'support.type.property-name.option.netc'],
    ['conv 3->6 k‹3x5›', 'constant.numeric.netc'],
    ['add ‹x1›', 'variable.other.netc'],
    ['conv ->2 * ‹width› +\n  1', 'variable.other.netc'],
    ['conv ->2 * width +\n  ‹more›', 'variable.other.netc'],
    ['‹features.1.›{i}.conv: relu', 'support.type.property-name.label.netc'],
    ['features.1.{‹i›}.conv: relu', 'variable.other.netc'],
    ['features.1.‹{›i}.conv: relu', 'punctuation.section.embedded.begin.netc'],
    ['features.1.{i}.conv: ‹relu›', 'support.function.layer.netc'],
    ['‹net.if.3a›: relu', 'support.type.property-name.label.netc'],
    ['‹"0.1"›: relu', 'support.type.property-name.label.netc'],
    ['x = ‹tower›: Tower share', 'support.type.property-name.label.netc'],
    ['repeat n ‹as› i { relu }', 'keyword.control.netc'],
    ['repeat n as ‹i› { relu }', 'variable.other.constant.netc'],
    ['if a ? b : ‹c› { relu }', 'variable.other.netc'],
    ['‹## What it is for.›', 'comment.line.documentation.netc'],
    ['## What ‹`x`› is for.', 'markup.inline.raw.netc'],
    ['let a = "b‹\\"›c"', 'constant.character.escape.netc'],
    ['x ‹=>› y', 'invalid.illegal.netc'],
  ];

  for (const [text, scope] of inContext) {
    it(`gives ${scope} in \`${text.replaceAll('\n', '⏎')}\``, () => {
      const { text: plain, start, end } = marked(text);
      const scopes = colour(plain).filter((part) => part.start < end && part.end > start);
      expect(scopes[0]?.start).to.equal(start);
      expect(scopes.at(-1)?.end).to.equal(end);
      for (const part of scopes) {
        if (!part.scopes.includes('punctuation.separator.netc')) expect(part.scopes.at(-1)).to.equal(scope);
      }
    });
  }

  it('colours a declaration whatever is left open before it', () => {
    const whole = 'net A(x: [3]) -> [3] {\n  fc: linear ->3 | relu\n}\n';
    const scopes = (text: string) => colour(text).map((each) => each.scopes.join(' '));
    for (const open of [
      'net B',
      'net B(x: [3',
      'net B(x: [3]) {',
      'block B in->out (k=',
      'block B { add {',
      'act',
      'act f(x) = max(',
    ]) {
      const before = `${open}\n`;
      expect(scopes(before + whole).slice(-scopes(whole).length), open).to.deep.equal(scopes(whole));
    }
  });

  it('colours code between the fences of Markdown', async () => {
    const markdown = await colourer('markdown.netc.codeblock');
    const inFence = markdown('```net\nnet A(x: [3]) { relu }\n```\ntext');
    expect(inFence.find(({ start }) => start === 7)?.scopes).to.include('keyword.declaration.netc');
    expect(inFence.at(-1)?.scopes).to.deep.equal(['markdown.netc.codeblock']);
  });

  /** Where a token has not the scope of its row in the table, and no other row's, at each of its characters. */
  function differences(text: string): readonly string[] {
    const source = { name: 'x.net', text };
    const scopesAt: (readonly string[])[] = [];
    for (const { start, end, scopes } of colour(text)) for (let at = start; at < end; at++) scopesAt[at] = scopes;
    const { tokens, comments } = tokenize(source);
    const { keywords, labels } = wordsOf(source);
    return [...tokens, ...comments].flatMap((token) => {
      const { startOffset, tokenType, image } = token;
      const isName = (isContextual(token) && !keywords.has(startOffset)) || labels.has(startOffset);
      const scope = scopeOf.get(tokenType.name);
      const wanted = scope === undefined || (isName && scope.startsWith('keyword')) ? '' : scope;
      const found = scopesAt.slice(startOffset, endOf(token)).map((scopes) => {
        const ofTable = scopes.filter((each) => tableScopes.has(each) || each.includes('invalid'));
        // A short form is one token, and its number looks like one.
        return tokenType === Name && /^[a-z]\d/i.test(image)
          ? ofTable.filter((each) => !/numeric/.test(each))
          : ofTable;
      });
      const isRight = found.every((scopes) => scopes.join() === wanted);
      return isRight ? [] : [`${image} at ${startOffset}: ${found.join()} rather than ${wanted}`];
    });
  }
});

const scopeOf = new Map(tokenTable.flatMap(({ type, scope }) => (scope ? [[type.name, scope] as const] : [])));
const tableScopes = new Set(scopeOf.values());

const isContextual = (token: IToken) => token.tokenType !== Name && tokenMatcher(token, Name);

/** Where words are keywords that may be names elsewhere, and where they are parts of labels, as the parser reads them. */
function wordsOf(source: { readonly name: string; readonly text: string }) {
  const { tokens } = tokenize(source);
  const keywords = new Set<number>();
  const labels = new Set<number>();
  const lastBefore = (offset: number, type: typeof As) =>
    tokens.findLast((token) => token.startOffset < offset && token.tokenType === type)!.startOffset;
  visit(parse(source).value, (node) => {
    if (/^(import|act|block|net)$/.test(String(node.kind))) keywords.add(spanOf(node).start);
    if (node.kind === 'import') keywords.add(lastBefore(spanOf(node.from as Node).start, From));
    if (node.kind === 'repeat' && node.index) keywords.add(lastBefore(spanOf(node.index as Node).start, As));
    if (node.learn === true) keywords.add(spanOf(node).start);
    if (Array.isArray(node.parts)) {
      const computed = node.parts.filter((part): part is Node => typeof part === 'object').map(spanOf);
      for (const { startOffset } of tokens) {
        const isIn = ({ start, end }: Span) => start <= startOffset && startOffset < end;
        if (isIn(spanOf(node)) && !computed.some(isIn)) labels.add(startOffset);
      }
    }
  });
  return { keywords, labels };
}

type Node = Readonly<Record<string, unknown>>;
const spanOf = (node: Node) => node.span as Span;

function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) look(value as Node);
  for (const part of Object.values(value)) visit(part, look);
}
