import { parse } from '../../../grammar/parse.ts';
import { activation } from '../../activation.ts';
import type { Formula } from '../../layer.ts';
import { isApplication, type Scalar, substitute, variable } from '../../scalar/scalar.ts';
import { simplify } from '../../scalar/simplify.ts';

/**
 * What tfjs's own activations do, from its sources (`activations.ts` of tfjs-layers), each as people write it: the values,
 * and the derivatives at kinks. Its `hardSigmoid` is not PyTorch's, and it has no hard swish. Beyond 20 PyTorch's softplus
 * is x, which in float32 is the same.
 */
const formulas = `
act relu(x) = max(0, x)
act relu6(x) = max(0, min(6, x))
act relu6(x) = min(6, max(0, x))
act elu(x) = x > 0 ? x : expm1(x)
act elu(x) = x <= 0 ? expm1(x) : x
act selu(x) = 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * expm1(x))
act selu(x) = 1.0507009873554805 * (x <= 0 ? 1.6732632423543772 * expm1(x) : x)
act sigmoid(x) = sigmoid(x)
act hardSigmoid(x) = clamp(0.2 * x + 0.5, 0, 1)
act softplus(x) = softplus(x)
act softplus(x) = x > 20 ? x : softplus(x)
act softsign(x) = x / (1 + abs(x))
act tanh(x) = tanh(x)
act swish(x) = x * sigmoid(x)
act mish(x) = x * tanh(softplus(x))
act mish(x) = x * tanh(x > 20 ? x : softplus(x))
act gelu(x) = x / 2 * (1 + erf(x * sqrt(1 / 2)))
act gelu(x) = x / 2 * (1 + erf(x / sqrt(2)))
act gelu(x) = 0.5 * x * (1 + erf(x / sqrt(2)))
act gelu_new(x) = x / 2 * (1 + tanh(sqrt(2 / 3.141592653589793) * (x + 0.044715 * x * x * x)))
act gelu_new(x) = 0.5 * x * (1 + tanh(sqrt(2 / 3.141592653589793) * (x + 0.044715 * x * x * x)))
`;

/** The name of tfjs's own activation that does the same as a formula of one variable, if there is one. */
export function tfjsActivation(formula: Pick<Formula, 'variable' | 'body'>): string | undefined {
  namesByFormula ??= readFormulas();
  return namesByFormula.get(keyOf(formula));
}

let namesByFormula: ReadonlyMap<string, string> | undefined;

function readFormulas(): ReadonlyMap<string, string> {
  const scope = { activation: () => undefined, constant: () => undefined, names: () => [] };
  return new Map(
    parse({ name: 'tfjs', text: formulas }).value.declarations.flatMap((act) => {
      const formula = act.kind === 'act' ? activation(act, scope).value?.formula : undefined;
      return act.kind === 'act' && formula ? [[keyOf(formula), act.name.text] as const] : [];
    }),
  );
}

/** The same for formulas that differ in the name of the variable and in the order of factors and terms. */
function keyOf({ variable: own, body }: Pick<Formula, 'variable' | 'body'>): string {
  return textOf(simplify(substitute(body, new Map([[own, variable('x')]]))));
}

function textOf(scalar: Scalar): string {
  if (!isApplication(scalar)) return scalar.op === 'variable' ? scalar.name : String(scalar.value);
  const operands = scalar.arguments.map(textOf);
  if (scalar.op === 'add' || scalar.op === 'mul') operands.sort();
  return `${scalar.op}(${operands.join(', ')})`;
}
