import {
  EmbeddedActionsParser,
  type IParserErrorMessageProvider,
  type IToken,
  tokenLabel,
  tokenMatcher,
} from 'chevrotain';
import type {
  Act,
  Argument,
  Block,
  BlockSizes,
  Body,
  Call,
  Conditional,
  Declaration,
  Expression,
  FunctionCall,
  Group,
  If,
  Import,
  Label,
  Let,
  Line,
  Name,
  Net,
  NetInput,
  NetResult,
  Parameter,
  Pipeline,
  Repeat,
  Return,
  ShapeLiteral,
  Stage,
  TensorType,
} from './ast.ts';
import * as build from './build.ts';
import { endOf, spanOf } from './lexer.ts';
import type { Span } from './source.ts';
import * as t from './tokens.ts';

/** The rules that a line may be read by: at the top of a file and in a body. */
export interface Rules {
  readonly declaration: Declaration;
  readonly line: Line;
}

export type Parsed<Node> = { readonly node: Node } | { readonly failure: Failure };

/** Where a line stops making sense, as an index into its tokens, and what could have stood there, for people. */
export interface Failure {
  readonly index: number;
  readonly expected: string;
}

/**
 * The grammar, one logical line at a time; `outline.ts` has cut the text into lines, with bodies as single tokens. So no
 * rule recurses through bodies, and a mistake never reaches beyond its line.
 *
 * `'word'` and `'sign'` are tokens, `{ x }` is repetition, `[ x ]` is option. `CallLeft` and `IndexLeft` are a `(` and a
 * `[` right behind a name; elsewhere in the productions `(` and `[` are either kind.
 */
export class LineParser extends EmbeddedActionsParser {
  private source = '';
  private text: string | undefined;
  private bodies = noBodies;

  constructor(options: { readonly validate: boolean }) {
    super(t.parserTokens, {
      // The few places where one token does not tell have gates; more lookahead would double the time to start.
      maxLookahead: 1,
      skipValidations: !options.validate,
      errorMessageProvider: expectations,
      recoveryEnabled: false,
    });
    this.performSelfAnalysis();
  }

  /**
   * Parses one line. The bodies are those of the braces in it, which may be filled later; nothing is kept of it here. The text
   * that the tokens were cut from is absent where they are others than it says.
   */
  parse<Rule extends keyof Rules>(
    rule: Rule,
    source: string,
    tokens: readonly IToken[],
    bodies: ReadonlyMap<IToken, Body>,
    text?: string,
  ): Parsed<Rules[Rule]> {
    this.source = source;
    this.text = text;
    this.bodies = bodies;
    this.input = [...tokens];
    const { [rule]: read }: { readonly [Name in keyof Rules]: () => Rules[Name] } = this;
    const node = read.call(this);
    const error = this.errors[0];
    this.text = undefined;
    this.bodies = noBodies;
    this.input = [];
    if (!error) return { node };
    const index = tokens.indexOf(error.token);
    return { failure: { index: index < 0 ? tokens.length : index, expected: error.message } };
  }

  // --- declarations

  /** declaration = import | let | act | block | net */
  readonly declaration = this.RULE(
    'declaration',
    (): Declaration =>
      this.OR<Declaration>([
        { ALT: () => this.SUBRULE(this.import) },
        { ALT: () => this.SUBRULE(this.let) },
        { ALT: () => this.SUBRULE(this.act) },
        { ALT: () => this.SUBRULE(this.block) },
        { ALT: () => this.SUBRULE(this.net) },
      ]),
  );

  /** import = 'import' name { ',' name } 'from' text */
  private readonly import = this.RULE('import', (): Import => {
    const first = this.CONSUME(t.Import);
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => names.push(this.SUBRULE(this.name)) });
    this.CONSUME(t.From);
    const text = this.CONSUME(t.Text);
    return this.ACTION(() => ({ kind: 'import', span: this.from(first), names, from: build.text(this.source, text) }));
  });

  /** let = 'let' name '=' expression */
  private readonly let = this.RULE('let', (): Let => {
    const first = this.CONSUME(t.Let);
    const name = this.SUBRULE(this.name);
    this.CONSUME(t.Assign);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => ({ kind: 'let', span: this.from(first), name, value }));
  });

  /** act = 'act' name '(' name { ',' parameter } ')' '=' expression */
  private readonly act = this.RULE('act', (): Act => {
    const first = this.CONSUME(t.Act);
    const name = this.SUBRULE(this.name);
    this.SUBRULE(this.leftParen);
    const variable = this.SUBRULE1(this.name);
    const parameters: Parameter[] = [];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      parameters.push(this.SUBRULE(this.parameter));
    });
    this.CONSUME(t.RightParen);
    this.CONSUME(t.Assign);
    const body = this.SUBRULE(this.expression);
    return this.ACTION(() => ({ kind: 'act', span: this.from(first), name, variable, parameters, body }));
  });

  /** block = 'block' name [ name [ '->' name ] ] [ '(' [ parameter { ',' parameter } ] ')' ] braces */
  private readonly block = this.RULE('block', (): Block => {
    const first = this.CONSUME(t.Block);
    const name = this.SUBRULE(this.name);
    const sizes = this.OPTION(() => this.SUBRULE(this.blockSizes));
    const parameters: Parameter[] = [];
    this.OPTION1(() => {
      this.SUBRULE(this.leftParen);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => parameters.push(this.SUBRULE(this.parameter)) });
      this.CONSUME(t.RightParen);
    });
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({
      kind: 'block',
      span: this.from(first),
      name,
      ...(sizes && { sizes }),
      parameters,
      body,
    }));
  });

  /** blockSizes = name [ '->' name ] */
  private readonly blockSizes = this.RULE('blockSizes', (): BlockSizes => {
    const first = this.LA(1);
    const from = this.SUBRULE(this.name);
    const out = this.OPTION(() => {
      this.CONSUME(t.Arrow);
      return this.SUBRULE1(this.name);
    });
    return this.ACTION(() => ({ span: this.from(first), in: from, ...(out && { out }) }));
  });

  /** parameter = [ 'learn' ] name [ '=' value ] */
  private readonly parameter = this.RULE('parameter', (): Parameter => {
    const first = this.LA(1);
    const learn = this.OPTION({
      GATE: () => tokenMatcher(this.LA(2), t.Name),
      DEF: () => this.CONSUME(t.Learn),
    });
    const name = this.SUBRULE(this.name);
    const value = this.OPTION1(() => {
      this.CONSUME(t.Assign);
      return this.SUBRULE(this.value);
    });
    return this.ACTION(() => ({
      span: this.from(first),
      name,
      learn: learn !== undefined,
      ...(value && { default: value }),
    }));
  });

  /** net = 'net' name '(' [ input { ',' input } ] ')' [ '->' result ] braces */
  private readonly net = this.RULE('net', (): Net => {
    const first = this.CONSUME(t.Net);
    const name = this.SUBRULE(this.name);
    this.SUBRULE(this.leftParen);
    const inputs: NetInput[] = [];
    this.MANY_SEP({ SEP: t.Comma, DEF: () => inputs.push(this.SUBRULE(this.netInput)) });
    this.CONSUME(t.RightParen);
    const result = this.OPTION(() => {
      this.CONSUME(t.Arrow);
      return this.SUBRULE(this.result);
    });
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({
      kind: 'net',
      span: this.from(first),
      name,
      inputs,
      ...(result && { result }),
      body,
    }));
  });

  /** input = name ':' type */
  private readonly netInput = this.RULE('netInput', (): NetInput => {
    const first = this.LA(1);
    const name = this.SUBRULE(this.name);
    this.CONSUME(t.Colon);
    const type = this.SUBRULE(this.type);
    return this.ACTION(() => ({ span: this.from(first), name, type }));
  });

  /** result = type | '(' input { ',' input } ')' */
  private readonly result = this.RULE('result', (): NetResult => {
    const first = this.LA(1);
    const outputs: { readonly name?: Name; readonly type: TensorType }[] = [];
    this.OR([
      { ALT: () => void outputs.push({ type: this.SUBRULE(this.type) }) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.AT_LEAST_ONE_SEP({
            SEP: t.Comma,
            DEF: () => {
              const { name, type } = this.SUBRULE(this.netInput);
              outputs.push({ name, type });
            },
          });
          this.CONSUME(t.RightParen);
        },
      },
    ]);
    return this.ACTION(() => ({ span: this.from(first), outputs }));
  });

  /** type = [ name ] '[' [ expression { ',' expression } ] ']' */
  private readonly type = this.RULE('type', (): TensorType => {
    const first = this.LA(1);
    const element = this.OPTION(() => this.SUBRULE(this.name));
    const dims = this.SUBRULE(this.items);
    return this.ACTION(() => ({ span: this.from(first), ...(element && { element }), dims }));
  });

  // --- lines

  /** line = let | return | pipeline */
  readonly line = this.RULE(
    'line',
    (): Line =>
      this.OR<Line>([
        { ALT: () => this.SUBRULE(this.let) },
        { ALT: () => this.SUBRULE(this.return) },
        { ALT: () => this.SUBRULE(this.pipeline) },
      ]),
  );

  /** return = 'return' name { ',' name } */
  private readonly return = this.RULE('return', (): Return => {
    const first = this.CONSUME(t.Return);
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => names.push(this.SUBRULE(this.name)) });
    return this.ACTION(() => ({ kind: 'return', span: this.from(first), names }));
  });

  /** pipeline = [ name '=' ] [ '|' ] stage { '|' stage } */
  private readonly pipeline = this.RULE('pipeline', (): Pipeline => {
    const first = this.LA(1);
    const name = this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Assign,
      DEF: () => {
        const name = this.SUBRULE(this.name);
        this.CONSUME(t.Assign);
        return name;
      },
    });
    const stages: Stage[] = [];
    this.OPTION1(() => this.CONSUME(t.Bar));
    this.AT_LEAST_ONE_SEP({ SEP: t.Bar, DEF: () => stages.push(this.SUBRULE(this.stage)) });
    return this.ACTION(() => ({ kind: 'pipeline', span: this.from(first), ...(name && { name }), stages }));
  });

  /** stage = [ label ':' ] ( group | repeat | if | call ) */
  private readonly stage = this.RULE('stage', (): Stage => {
    const first = this.LA(1);
    const label = this.OPTION({
      GATE: () => this.atLabel(),
      DEF: () => {
        const label = this.SUBRULE(this.label);
        this.CONSUME(t.Colon);
        return label;
      },
    });
    const stage = this.OR<Stage>([
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.repeat) },
      { ALT: () => this.SUBRULE(this.if) },
      { ALT: () => this.SUBRULE(this.call) },
    ]);
    return this.ACTION(() => (label ? { ...stage, span: this.from(first), label } : stage));
  });

  /** label = text | name { '.' ( word | computed ) | computed } */
  private readonly label = this.RULE('label', (): Label => {
    const first = this.LA(1);
    const parts: (string | Expression)[] = [];
    this.OR([
      { ALT: () => this.textOf(parts, this.CONSUME(t.Text)) },
      {
        ALT: () => {
          this.textOf(parts, this.CONSUME(t.Name));
          this.MANY(() => {
            this.OR1([
              {
                ALT: () => {
                  this.textOf(parts, this.CONSUME(t.Dot));
                  this.OR2([
                    { ALT: () => this.textOf(parts, this.CONSUME(t.Word)) },
                    { ALT: () => parts.push(this.SUBRULE(this.computed)) },
                  ]);
                },
              },
              { ALT: () => parts.push(this.SUBRULE1(this.computed)) },
            ]);
          });
        },
      },
    ]);
    return this.ACTION(() => ({ span: this.from(first), parts }));
  });

  /** computed = '{' expression '}', right behind a dot or a word */
  private readonly computed = this.RULE('computed', (): Expression => {
    this.CONSUME(t.LabelLeft);
    const value = this.SUBRULE(this.expression);
    this.CONSUME(t.RightBrace);
    return value;
  });

  /** group = braces */
  private readonly group = this.RULE('group', (): Group => {
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({ kind: 'group', span: body.span, body }));
  });

  /** repeat = 'repeat' expression [ 'as' name ] braces */
  private readonly repeat = this.RULE('repeat', (): Repeat => {
    const first = this.CONSUME(t.Repeat);
    const count = this.SUBRULE(this.expression);
    const index = this.OPTION(() => {
      this.CONSUME(t.As);
      return this.SUBRULE(this.name);
    });
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => ({ kind: 'repeat', span: this.from(first), count, ...(index && { index }), body }));
  });

  /** if = 'if' expression braces [ 'else' ( if | braces ) ] */
  private readonly if = this.RULE('if', (): If => {
    const first = this.CONSUME(t.If);
    const condition = this.SUBRULE(this.expression);
    const then = this.SUBRULE(this.body);
    const otherwise = this.OPTION(() => {
      this.CONSUME(t.Else);
      return this.OR<Body>([
        {
          ALT: () => {
            const stage = this.SUBRULE(this.if);
            return this.ACTION(() => build.bodyOf(stage));
          },
        },
        { ALT: () => this.SUBRULE1(this.body) },
      ]);
    });
    return this.ACTION(() => ({
      kind: 'if',
      span: this.from(first),
      condition,
      then,
      ...(otherwise && { else: otherwise }),
    }));
  });

  /** call = name { argument } */
  private readonly call = this.RULE('call', (): Call => {
    const callee = this.SUBRULE(this.name);
    const args: Argument[] = [];
    this.MANY({
      // A minus behind the name, or behind an argument, would read as something else than it does elsewhere.
      GATE: () => this.LA(1).tokenType !== t.Minus,
      DEF: () => args.push(this.SUBRULE(this.argument)),
    });
    return this.ACTION(() => ({
      kind: 'call',
      span: { ...callee.span, end: endOf(this.LA(0)) },
      callee,
      arguments: args,
      ...this.written(callee.span.start, endOf(this.LA(0))),
    }));
  });

  /** argument = braces | '->' expression | name '=' value | expression [ '->' [ expression ] ] */
  private readonly argument = this.RULE('argument', (): Argument => {
    const first = this.LA(1);
    return this.OR<Argument>([
      {
        ALT: () => {
          const body = this.SUBRULE(this.body);
          return this.ACTION(() => ({ kind: 'branch', span: body.span, body }));
        },
      },
      {
        ALT: () => {
          const arrow = this.CONSUME(t.Arrow);
          const out = this.SUBRULE(this.expression, { ARGS: [true] });
          return this.ACTION(() => ({ kind: 'sizes', span: this.from(first), out, arrow: this.spanOf(arrow) }));
        },
      },
      {
        GATE: () => this.LA(2).tokenType === t.Assign,
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const name = this.SUBRULE(this.name);
          this.CONSUME(t.Assign);
          const value = this.SUBRULE(this.value, { ARGS: [true] });
          return this.ACTION(() => ({ kind: 'option', span: this.from(first), name, value }));
        },
      },
      {
        ALT: () => {
          const value = this.SUBRULE1(this.expression, { ARGS: [true] });
          const sizes = this.OPTION(() => this.SUBRULE(this.sizesAfter));
          return this.ACTION(() =>
            sizes
              ? { kind: 'sizes', span: this.from(first), in: value, ...sizes }
              : { kind: 'positional', span: this.from(first), value },
          );
        },
      },
    ]);
  });

  /** sizesAfter = '->' [ expression ] */
  private readonly sizesAfter = this.RULE('sizesAfter', (): { readonly out?: Expression; readonly arrow: Span } => {
    const arrow = this.CONSUME(t.Arrow);
    const out = this.OPTION({
      GATE: () => this.atOutSize(),
      DEF: () => this.SUBRULE(this.expression, { ARGS: [true] }),
    });
    return this.ACTION(() => ({ arrow: this.spanOf(arrow), ...(out && { out }) }));
  });

  /** value = braces | expression */
  private readonly value = this.RULE('value', (inCall?: boolean): Expression | Body =>
    this.OR<Expression | Body>([
      { ALT: () => this.SUBRULE(this.body) },
      { ALT: () => this.SUBRULE(this.expression, { ARGS: [inCall] }) },
    ]),
  );

  // --- expressions

  /**
   * expression = operand { operator operand } [ '?' expression ':' expression ]
   *
   * Which operator binds how is for `build.operators`: one flat rule keeps the stack low and the start fast.
   */
  private readonly expression = this.RULE('expression', (inCall?: boolean): Expression => {
    const items: (IToken | Expression)[] = [];
    this.SUBRULE(this.operand, { ARGS: [items] });
    this.MANY({
      GATE: () => !(inCall && this.atNegative()),
      DEF: () => {
        const operator = this.CONSUME(t.BinaryOperator);
        this.ACTION(() => items.push(operator));
        this.SUBRULE1(this.operand, { ARGS: [items] });
      },
    });
    const choice = this.OPTION((): Pick<Conditional, 'then' | 'else'> => {
      this.CONSUME(t.Question);
      const then = this.SUBRULE(this.expression);
      this.CONSUME(t.Colon);
      return { then, else: this.SUBRULE1(this.expression) };
    });
    return this.ACTION(() => {
      const value = build.operators(this.source, items);
      if (!choice) return value;
      return { kind: 'conditional', span: { ...value.span, end: choice.else.span.end }, condition: value, ...choice };
    });
  });

  /** operand = { '-' | 'not' } primary { IndexLeft expression ']' } */
  private readonly operand = this.RULE('operand', (items: (IToken | Expression)[]): void => {
    this.MANY(() => {
      const sign = this.OR<IToken>([{ ALT: () => this.CONSUME(t.Minus) }, { ALT: () => this.CONSUME(t.Not) }]);
      this.ACTION(() => items.push(sign));
    });
    let value = this.SUBRULE(this.primary);
    this.MANY1(() => {
      this.CONSUME(t.IndexLeft);
      const index = this.SUBRULE(this.expression);
      this.CONSUME(t.RightBracket);
      const object = value;
      value = this.ACTION(() => ({
        kind: 'index',
        span: { ...object.span, end: endOf(this.LA(0)) },
        object,
        index,
      }));
    });
    this.ACTION(() => items.push(value));
  });

  /** primary = number | size | text | 'true' | 'false' | shape | '(' expression ')' | function | name */
  private readonly primary = this.RULE('primary', (): Expression => {
    const literal = (read: () => IToken, make: (source: string, token: IToken) => Expression) => ({
      ALT: () => {
        const token = read();
        return this.ACTION(() => make(this.source, token));
      },
    });
    return this.OR<Expression>([
      literal(() => this.CONSUME(t.NumberToken), build.number),
      literal(() => this.CONSUME(t.Size), build.size),
      literal(() => this.CONSUME(t.Text), build.text),
      literal(() => this.CONSUME(t.True), build.boolean),
      literal(() => this.CONSUME(t.False), build.boolean),
      { ALT: () => this.SUBRULE(this.shape) },
      {
        ALT: () => {
          const first = this.CONSUME(t.LeftParen);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
          return this.ACTION(() => ({ kind: 'parenthesized', span: this.from(first), inner }));
        },
      },
      {
        GATE: () => this.LA(2).tokenType === t.CallLeft,
        IGNORE_AMBIGUITIES: true,
        ALT: () => this.SUBRULE(this.function),
      },
      literal(() => this.CONSUME(t.Name), build.reference),
    ]);
  });

  /** shape = '[' [ expression { ',' expression } ] ']' */
  private readonly shape = this.RULE('shape', (): ShapeLiteral => {
    const first = this.LA(1);
    const items = this.SUBRULE(this.items);
    return this.ACTION(() => ({ kind: 'shape', span: this.from(first), items }));
  });

  /** items = '[' [ expression { ',' expression } ] ']' */
  private readonly items = this.RULE('items', (): Expression[] => {
    const items: Expression[] = [];
    this.OR([{ ALT: () => this.CONSUME(t.LeftBracket) }, { ALT: () => this.CONSUME(t.IndexLeft) }]);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.expression)) });
    this.CONSUME(t.RightBracket);
    return items;
  });

  /** function = name CallLeft [ ( name '=' expression | expression ) { ',' … } ] ')' */
  private readonly function = this.RULE('function', (): FunctionCall => {
    const callee = this.SUBRULE(this.name);
    const args: Expression[] = [];
    const options: { readonly name: Name; readonly value: Expression }[] = [];
    this.CONSUME(t.CallLeft);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        this.OR([
          {
            GATE: () => this.LA(2).tokenType === t.Assign,
            IGNORE_AMBIGUITIES: true,
            ALT: () => {
              const name = this.SUBRULE1(this.name);
              this.CONSUME(t.Assign);
              options.push({ name, value: this.SUBRULE(this.expression) });
            },
          },
          { ALT: () => void args.push(this.SUBRULE1(this.expression)) },
        ]);
      },
    });
    this.CONSUME(t.RightParen);
    return this.ACTION(() => ({
      kind: 'function',
      span: { ...callee.span, end: endOf(this.LA(0)) },
      callee,
      arguments: args,
      options,
    }));
  });

  // --- parts

  private readonly name = this.RULE('name', (): Name => {
    const token = this.CONSUME(t.Name);
    return this.ACTION(() => ({ text: token.image, span: this.spanOf(token) }));
  });

  private readonly body = this.RULE('body', (): Body => {
    const token = this.CONSUME(t.Braces);
    return this.ACTION(() => this.bodies.get(token) ?? { kind: 'body', span: this.spanOf(token), lines: [] });
  });

  private readonly leftParen = this.RULE('leftParen', (): void => {
    this.OR([{ ALT: () => this.CONSUME(t.LeftParen) }, { ALT: () => this.CONSUME(t.CallLeft) }]);
  });

  private textOf(parts: (string | Expression)[], token: IToken): void {
    this.ACTION(() => parts.push(build.labelText(token)));
  }

  /** Whether a label stands here: only the `:` behind its last part tells. */
  private atLabel(): boolean {
    if (this.LA(1).tokenType === t.Text) return this.LA(2).tokenType === t.Colon;
    if (!tokenMatcher(this.LA(1), t.Name)) return false;
    let ahead = 2;
    for (;;) {
      const isPart = this.LA(ahead).tokenType === t.Dot;
      if (isPart) ahead++;
      if (this.LA(ahead).tokenType === t.LabelLeft) {
        while (this.LA(ahead).tokenType !== t.RightBrace && !Number.isNaN(this.LA(ahead).startOffset)) ahead++;
      } else if (!isPart) {
        return this.LA(ahead).tokenType === t.Colon;
      } else if (!tokenMatcher(this.LA(ahead), t.Word)) {
        return false;
      }
      ahead++;
    }
  }

  /** `2 -1` would be one argument, 1, which nobody means: among arguments a minus stands close to both sides or to none. */
  private atNegative(): boolean {
    const [before, sign, next] = [this.LA(0), this.LA(1), this.LA(2)];
    return sign.tokenType === t.Minus && endOf(before) < sign.startOffset && endOf(sign) === next.startOffset;
  }

  /** In `3-> k5` the name is an option and the size is left out; `3 -> out` and `3->out` name a size. */
  private atOutSize(): boolean {
    const [before, arrow, next] = [this.LA(-1), this.LA(0), this.LA(1)];
    if (!tokenMatcher(next, t.Name)) return true;
    if (this.LA(2).tokenType === t.Assign) return false;
    return endOf(arrow) === next.startOffset || endOf(before) !== arrow.startOffset;
  }

  /** The words of a call, but of one with braces: what their lines give depends on more than their words. */
  private written(start: number, end: number): Pick<Call, 'written'> {
    const written = this.text?.slice(start, end);
    return written === undefined || written.includes('{') ? {} : { written };
  }

  private spanOf(token: IToken): Span {
    return spanOf(this.source, token);
  }

  /** From a token to the last one that was consumed. */
  private from(first: IToken): Span {
    return spanOf(this.source, first, this.LA(0));
  }
}

const noBodies: ReadonlyMap<IToken, Body> = new Map();

/** The message of a parser's exception is what it expected; the rest of the words stand with the faults. */
const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) =>
    expected === t.RightParen || expected === t.RightBracket
      ? `${listRules.has(ruleName) ? '`,` or ' : ''}${tokenLabel(expected)}`
      : tokenLabel(expected),
  buildNotAllInputParsedMessage: () => 'the end of the line',
  buildNoViableAltMessage: ({ ruleName }) => alternatives[ruleName] ?? 'a value',
  buildEarlyExitMessage: ({ ruleName }) => alternatives[ruleName] ?? 'a name',
};

const listRules = new Set(['items', 'function', 'block', 'net', 'act', 'result']);

const alternatives: Readonly<Record<string, string>> = {
  declaration: '`import`, `let`, `act`, `block` or `net`',
  line: 'a layer, a block or `{`',
  pipeline: 'a layer, a block or `{`',
  stage: 'a layer, a block or `{`',
  label: 'a part of a label',
  result: 'a shape like `[10]`',
  type: 'a shape like `[3, 32, 32]`',
  items: 'a shape like `[3, 32, 32]`',
  if: '`if` or `{`',
  leftParen: '`(`',
};
