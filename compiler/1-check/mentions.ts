import type { FunctionCall } from '../../grammar/ast.ts';
import { originOf } from '../../grammar/memo.ts';

/**
 * Every name that stands in a part of the tree, as a reference, a callee or an option: so that what a part uses is known
 * even where the part itself is not understood.
 */
export function mentionedNames(tree: object): ReadonlySet<string> {
  return isRemembered(tree) ? rememberedNames(tree) : collectNames(tree);
}

function collectNames(tree: object): ReadonlySet<string> {
  const names = new Set<string>();
  // An expression may be deep; a stack of our own cannot overflow. Braces are never deeper than the parser allows.
  const stack: unknown[] = [tree];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) {
      for (const item of node) stack.push(item);
    } else if (typeof node === 'object' && node !== null) {
      // The names of options are not looked up.
      if (node !== tree && isRemembered(node)) for (const name of rememberedNames(node)) names.add(name);
      else if ('kind' in node && node.kind === 'option' && 'value' in node) stack.push(node.value);
      else if ('kind' in node && node.kind === 'function') {
        const { callee, arguments: args, options } = node as FunctionCall;
        stack.push(
          callee,
          args,
          options.map(({ value }) => value),
        );
      } else if ('text' in node && typeof node.text === 'string' && 'span' in node) names.add(node.text);
      else stack.push(...Object.values(node));
    }
  }
  return names;
}

/** The names in what is large, by what was parsed: they are the same wherever a text has moved it. */
const remembered = new WeakMap<object, ReadonlySet<string>>();

const large: ReadonlySet<unknown> = new Set(['act', 'block', 'net', 'body', 'pipeline']);

function isRemembered(node: object): boolean {
  return 'kind' in node && large.has(node.kind);
}

function rememberedNames(node: object): ReadonlySet<string> {
  const origin = originOf(node);
  const known = remembered.get(origin);
  if (known) return known;
  const names = collectNames(origin);
  remembered.set(origin, names);
  return names;
}
