import type { FunctionCall } from '../../grammar/ast.ts';

/**
 * Every name that stands in a part of the tree, as a reference, a callee or an option: so that what a part uses is known
 * even where the part itself is not understood.
 */
export function mentionedNames(tree: object): ReadonlySet<string> {
  const names = new Set<string>();
  // The tree may be deep; a stack of our own cannot overflow.
  const stack: unknown[] = [tree];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) {
      for (const item of node) stack.push(item);
    } else if (typeof node === 'object' && node !== null) {
      // The names of options are not looked up.
      if ('kind' in node && node.kind === 'option' && 'value' in node) stack.push(node.value);
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
