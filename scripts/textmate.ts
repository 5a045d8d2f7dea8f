/**
 * Writes the TextMate grammar, by which editors colour a text before anything has read it, from the table of tokens: their
 * patterns, in their order, with their scopes. What is added here says by what stands around it what a name is the name of.
 * `npm run generate` runs it; a spec sees that it was run.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TokenType } from 'chevrotain';
import { layers } from '../compiler/layers/index.ts';
import * as t from '../grammar/tokens.ts';

/** The generated files by path, with the texts that they should have. */
export function textmate(): ReadonlyMap<string, string> {
  return new Map([
    ['editor/vscode/syntaxes/netc.tmLanguage.json', json(grammar())],
    ['editor/vscode/syntaxes/netc.markdown.tmLanguage.json', json(grammarInMarkdown)],
  ]);
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

interface Rule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}

type Captures = Readonly<Record<string, Rule>>;

const include = (...names: readonly string[]): readonly Rule[] => names.map((name) => ({ include: `#${name}` }));

// --- tokens

/** Of names and numbers; Oniguruma's own `\w` takes those of all alphabets. */
const letter = '[0-9A-Za-z_]';

/** What a token looks like, in Oniguruma's syntax. */
function looks({ PATTERN, LONGER_ALT }: TokenType): string {
  if (PATTERN instanceof RegExp) return PATTERN.source.replaceAll('\\w', letter).replaceAll('\\d', '[0-9]');
  const text = String(PATTERN).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return LONGER_ALT ? `${text}(?!${letter})` : text;
}

const rowOf = (type: TokenType) => t.tokenTable.find((row) => row.type === type)!;
const scopeOf = (type: TokenType) => rowOf(type).scope!;
const isIn = (category: TokenType) => (type: TokenType) => type.CATEGORIES?.includes(category) === true;

const comment = scopeOf(t.Comment);
const escaped: Captures = {
  0: { patterns: [{ name: 'constant.character.escape.netc', match: '\\\\["\\\\nt]' }] },
};

function tokenRule({ type, scope, mistake }: t.TokenRow): Rule {
  const match = looks(type);
  if (type === t.Name) return { name: names.other, match };
  if (!mistake) return { ...(scope && { name: scope }), match, ...(type === t.Text && { captures: escaped }) };
  // A mistake looks like what it is read as, and is marked.
  const meant = mistake.becomes ? (rowOf(mistake.becomes).scope ?? names.other) : comment;
  return { name: `${meant} invalid.illegal.netc`, match };
}

/** Those that are names wherever no declaration says otherwise come from the rules of declarations. */
const isContextual = isIn(t.Name);
const skipped = new Set(['Blank', t.LineEnd.name, t.Comment.name]);
const rows = t.tokenTable.filter(({ type }) => !skipped.has(type.name) && !isContextual(type));
const keywords = rows.filter(({ type }) => isIn(t.Word)(type) && type.LONGER_ALT === t.Name);

// --- names, by what they are names of

const names = {
  other: 'variable.other.netc',
  constant: 'variable.other.constant.netc',
  value: 'variable.other.definition.netc',
  parameter: 'variable.parameter.netc',
  option: 'support.type.property-name.option.netc',
  layer: 'support.function.layer.netc',
  function: 'support.function.netc',
  element: 'support.type.element.netc',
  act: 'entity.name.function.activation.netc',
  block: 'entity.name.type.block.netc',
  net: 'entity.name.type.net.netc',
  label: 'support.type.property-name.label.netc',
} as const;

const name = looks(t.Name);
/** What is named before it; `==` and `=>` are other signs. */
const assign = `${looks(t.Assign)}(?![=>])`;
const keyword = (type: TokenType) => ({ name: scopeOf(type) });

/** Where a declaration begins without indentation, whatever is open before it ends: `grammar/balance.ts` has the same rule. */
const border = `(?=^(?:(?:${looks(t.Net)}|${looks(t.Act)})[ \\t]+${name}[ \\t]*\\(|(?:${looks(t.Block)}|${looks(t.Import)})[ \\t]+${name}))`;

/** Where a line ends: not behind a sign that wants more, but before what can only begin another one. */
const wantsMore = rows
  .filter(({ type }) => isIn(t.BinaryOperator)(type) || [t.Assign, t.Colon, t.Comma, t.Question, t.Not].includes(type))
  .map(({ type }) => String(type.PATTERN));
const wantingSigns = [...new Set(wantsMore.filter((text) => !/\w/.test(text)).map((text) => text.at(-1)!))];
const wantingWords = wantsMore.filter((text) => /\w/.test(text));
const lineEnd = [
  `(?=[;}])`,
  `(?<=[^\\s${wantingSigns.map((sign) => `\\${sign}`).join('')}]|->)(?<!${wantingWords.join('|')})(?=[ \\t]*(?:$|#))`,
  `(?=^[ \\t]*(?:${looks(t.Let)}|${looks(t.Return)}|${name}[ \\t]*${assign}))`,
  border,
].join('|');

const brackets: Rule = { begin: '\\[', end: `\\]|(?=\\})|${border}` };

// --- the grammar

function grammar(): object {
  return {
    name: 'netc',
    scopeName: 'source.netc',
    fileTypes: ['net'],
    // Lines of a body may stand alone, as they do in the examples of a manual.
    patterns: include('comment', 'import', 'act', 'block', 'net', 'line'),
    repository: { ...declarations, ...lines, ...parts },
  };
}

/** `net Name`: the keyword where a name follows, or where one is just being typed. */
function head(type: TokenType, scope: string): Pick<Rule, 'begin' | 'beginCaptures'> {
  const keywordAlone = `${looks(type)}(?=[ \\t]*$)`;
  return {
    begin: `(${looks(type)})[ \\t]+(${name})|(${keywordAlone})`,
    beginCaptures: { 1: keyword(type), 2: { name: scope }, 3: keyword(type) },
  };
}

/** A head ends behind its body, or without one where something else begins. */
const headEnd = `(?<=\\})|(?=^${looks(t.Let)})|${border}`;

const declarations: Readonly<Record<string, Rule>> = {
  import: {
    begin: `(${looks(t.Import)})(?=[ \\t]*(?:${name}|$))`,
    beginCaptures: { 1: keyword(t.Import) },
    end: `(?<=["'])|${lineEnd}`,
    patterns: [
      { name: scopeOf(t.From), match: `${looks(t.From)}(?=[ \\t]*(?:["']|$))` },
      { name: names.block, match: `[A-Z]${letter}*` },
      { name: names.act, match: name },
      ...include('comment', 'token'),
    ],
  },
  act: {
    ...head(t.Act, names.act),
    end: lineEnd,
    patterns: [
      { begin: assign, beginCaptures: { 0: keyword(t.Assign) }, end: lineEnd, patterns: include('expression') },
      ...include('comment', 'parameters', 'token'),
    ],
  },
  block: {
    ...head(t.Block, names.block),
    end: headEnd,
    patterns: [{ name: names.parameter, match: name }, ...include('comment', 'parameters', 'body', 'token')],
  },
  net: {
    ...head(t.Net, names.net),
    end: headEnd,
    patterns: include('comment', 'inputs', 'type', 'body', 'token'),
  },
  /** `(in, k=3, learn slope=0.25)` */
  parameters: {
    begin: '\\(',
    end: `\\)|${border}`,
    patterns: [
      {
        begin: assign,
        beginCaptures: { 0: keyword(t.Assign) },
        end: `(?=[,)}])|${border}`,
        patterns: include('body', 'expression'),
      },
      { name: scopeOf(t.Learn), match: `${looks(t.Learn)}(?=[ \\t]+${name})` },
      { name: names.parameter, match: name },
      ...include('comment', 'token'),
    ],
  },
  /** `(image: [3, H, W], tokens: i32[T])`, and the same with names of outputs. */
  inputs: {
    begin: '\\(',
    end: `\\)|(?=\\{)|${border}`,
    patterns: [{ name: names.parameter, match: `${name}(?=[ \\t]*:)` }, ...include('comment', 'type', 'token')],
  },
  /** `i32[T]`, whose names are sizes that are open, or constants. */
  type: {
    patterns: [
      { name: names.element, match: `${name}(?=[ \\t]*\\[)` },
      {
        ...brackets,
        patterns: [...include('function', 'keyword'), { name: names.constant, match: name }, ...include('expression')],
      },
    ],
  },
};

const labelPart = `(?:[ \\t]*\\.[ \\t]*(?:${letter}+|(?=\\{))|\\{[^{}\\n]*\\})`;

const lines: Readonly<Record<string, Rule>> = {
  body: { begin: '\\{', end: `\\}|${border}`, patterns: include('line') },
  line: {
    patterns: include('comment', 'let', 'return', 'value', 'label', 'if', 'repeat', 'body', 'keyword', 'call', 'token'),
  },
  let: {
    begin: `(${looks(t.Let)})(?:[ \\t]+(${name}))?`,
    beginCaptures: { 1: keyword(t.Let), 2: { name: names.constant } },
    end: lineEnd,
    patterns: include('expression'),
  },
  return: {
    begin: looks(t.Return),
    beginCaptures: { 0: keyword(t.Return) },
    end: lineEnd,
    patterns: include('comment', 'token'),
  },
  /** `skip = …` */
  value: { match: `(${name})[ \\t]*(${assign})`, captures: { 1: { name: names.value }, 2: keyword(t.Assign) } },
  /** `features.{i}.conv1:` or `"0.1":`. Numbers and strings in it look like the rest of it. */
  label: {
    patterns: [
      {
        match: `(${looks(t.Text)})[ \\t]*(:)`,
        captures: { 1: { name: `${scopeOf(t.Text)} ${names.label}` }, 2: keyword(t.Colon) },
      },
      {
        begin: `(?=${name}${labelPart}*[ \\t]*:)`,
        end: ':',
        endCaptures: { 0: keyword(t.Colon) },
        patterns: [
          {
            begin: '\\{',
            beginCaptures: { 0: { name: 'punctuation.section.embedded.begin.netc' } },
            end: '\\}',
            endCaptures: { 0: { name: 'punctuation.section.embedded.end.netc' } },
            contentName: 'meta.embedded.netc',
            patterns: include('expression'),
          },
          { name: scopeOf(t.Dot), match: looks(t.Dot) },
          { name: `${scopeOf(t.NumberToken)} ${names.label}`, match: `${looks(t.Size)}|${looks(t.NumberToken)}` },
          { name: names.label, match: `${letter}+` },
        ],
      },
    ],
  },
  if: {
    begin: looks(t.If),
    beginCaptures: { 0: keyword(t.If) },
    end: `(?=\\{)|${lineEnd}`,
    patterns: include('expression'),
  },
  repeat: {
    begin: looks(t.Repeat),
    beginCaptures: { 0: keyword(t.Repeat) },
    end: `(?=\\{)|${lineEnd}`,
    patterns: [
      {
        match: `(${looks(t.As)})(?:[ \\t]+(${name}))?(?=[ \\t]*(?:\\{|$))`,
        captures: { 1: keyword(t.As), 2: { name: names.constant } },
      },
      ...include('expression'),
    ],
  },
  /** A layer or a block with its arguments. Blocks begin with a capital letter, as people write them. */
  call: {
    begin: `([A-Z]${letter}*)|(${name})`,
    beginCaptures: { 1: { name: names.block }, 2: { name: names.layer } },
    end: `(?=\\|)|${lineEnd}`,
    patterns: include('body', 'short', 'expression'),
  },
};

/** The letters of all short forms, such as the `k` of `k5`. */
const letters = [
  ...new Set(layers.flatMap((layer) => Object.values(layer.options).flatMap(({ short }) => short ?? []))),
].sort();

const parts: Readonly<Record<string, Rule>> = {
  comment: {
    patterns: [
      {
        name: `${comment} comment.line.documentation.netc`,
        match: `#${looks(t.Comment)}`,
        captures: { 0: { patterns: [{ name: 'markup.inline.raw.netc', match: '`[^`]+`' }] } },
      },
      { name: comment, match: looks(t.Comment) },
    ],
  },
  expression: { patterns: include('comment', 'option', 'function', 'parentheses', 'brackets', 'token') },
  /** `axis=0` */
  option: { name: names.option, match: `${name}(?=[ \\t]*${assign})` },
  short: {
    match: `(${letters.join('|')})(${looks(t.Size)}|[0-9]+(?!${letter}))`,
    captures: { 1: { name: names.option }, 2: { name: scopeOf(t.NumberToken) } },
  },
  function: { name: names.function, match: `${name}(?=\\()` },
  parentheses: { begin: '\\(', end: `\\)|(?=\\})|${border}`, patterns: include('expression') },
  brackets: { ...brackets, patterns: include('expression') },
  keyword: { patterns: keywords.map(tokenRule) },
  token: { patterns: rows.map(tokenRule) },
};

/** Colours code of this language between the fences of Markdown. */
const grammarInMarkdown = {
  scopeName: 'markdown.netc.codeblock',
  injectionSelector: 'L:text.html.markdown',
  patterns: [{ include: '#fenced' }],
  repository: {
    fenced: {
      name: 'markup.fenced_code.block.markdown',
      begin: '(^|\\G)(\\s*)(`{3,}|~{3,})\\s*(?i:(netc?)(?=\\s|$)[^`]*)$',
      beginCaptures: {
        3: { name: 'punctuation.definition.markdown' },
        4: { name: 'fenced_code.block.language.markdown' },
      },
      end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
      endCaptures: { 3: { name: 'punctuation.definition.markdown' } },
      patterns: [
        {
          begin: '(^|\\G)(\\s*)(.*)',
          while: '(^|\\G)(?!\\s*([`~]{3,})\\s*$)',
          contentName: 'meta.embedded.block.netc',
          patterns: [{ include: 'source.netc' }],
        },
      ],
    },
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of textmate()) writeFileSync(path, text);
}
