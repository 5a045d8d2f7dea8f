// Written from compiler/layers/prelude.net by scripts/embed.ts. Do not edit; run `npm run generate`.
export const prelude = `# The activations that netc knows, each as its formula. One definition gives the layer, its derivative, its kinks, its
# plot and the code of every target. Options have PyTorch's defaults.
#
# Where two branches meet, the formula chooses PyTorch's derivative: \`min\` and \`max\` of equal numbers follow the first,
# so that \`max(0, x)\` is flat at 0, while \`clamp(x, 0, 6)\` follows x at both of its bounds.

## Nothing below 0, the number itself above.
## PyTorch: \`torch.nn.ReLU\`. Source: V. Nair, G. Hinton, *Rectified Linear Units Improve Restricted Boltzmann Machines*,
## 2010.
act relu(x) = max(0, x)

## \`relu\` that grows no further than 6.
## PyTorch: \`torch.nn.ReLU6\`. Source: A. Krizhevsky, *Convolutional Deep Belief Networks on CIFAR-10*, 2010.
act relu6(x) = max(0, min(6, x))

## \`relu\` that keeps a small slope below 0.
## PyTorch: \`torch.nn.LeakyReLU\`, where the slope is \`negative_slope\`. Source: A. Maas, A. Hannun, A. Ng, *Rectifier
## Nonlinearities Improve Neural Network Acoustic Models*, 2013.
act leaky_relu(x, slope = 0.01) = x > 0 ? x : slope * x

## \`leaky_relu\` whose slope is learned: one for all channels, or with \`per_channel\` one for each.
## PyTorch: \`torch.nn.PReLU\`, which has \`num_parameters\` slopes. Source: K. He et al., *Delving Deep into Rectifiers*, 2015,
## arXiv:1502.01852.
act prelu(x, learn weight = 0.25) = x > 0 ? x : weight * x

## \`leaky_relu\` with the mean of the slopes that training draws by chance.
## PyTorch: \`torch.nn.RReLU\` in its evaluation form. Source: B. Xu et al., *Empirical Evaluation of Rectified
## Activations in Convolutional Network*, 2015, arXiv:1505.00853.
act rrelu(x, lower = 1 / 8, upper = 1 / 3) = x > 0 ? x : (lower + upper) / 2 * x

## The number itself above the threshold, a fixed value otherwise.
## PyTorch: \`torch.nn.Threshold\`.
act threshold(x, threshold, value) = x <= threshold ? value : x

## The number itself between two bounds, and the bounds beyond them.
## PyTorch: \`torch.nn.Hardtanh\`.
act hardtanh(x, min_val = -1, max_val = 1) = max(min_val, min(max_val, x))

## A cheap likeness of \`sigmoid\` made of three lines.
## PyTorch: \`torch.nn.Hardsigmoid\`. (Elsewhere, as in Keras, it has another slope: 0.2 rather than 1/6.)
act hardsigmoid(x) = relu6(x + 3) / 6

## \`hardsigmoid\` under its short name.
act hsigmoid(x) = hardsigmoid(x)

## A cheap likeness of \`silu\`: \`x\` times \`hardsigmoid\`. It has kinks at -3 and 3.
## PyTorch: \`torch.nn.Hardswish\`. Source: A. Howard et al., *Searching for MobileNetV3*, 2019, arXiv:1905.02244.
act hardswish(x) = x * clamp(x + 3, 0, 6) / 6

## \`hardswish\` under its short name.
act hswish(x) = hardswish(x)

## From 0 to 1 along an S, 1/2 at 0.
## PyTorch: \`torch.nn.Sigmoid\`.
act sigmoid(x) = sigmoid(x)

## The logarithm of \`sigmoid\`, exact where that is too small for a number.
## PyTorch: \`torch.nn.LogSigmoid\`.
act logsigmoid(x) = -softplus(-x)

## From -1 to 1 along an S, 0 at 0.
## PyTorch: \`torch.nn.Tanh\`.
act tanh(x) = tanh(x)

## What \`tanh\` takes off a number.
## PyTorch: \`torch.nn.Tanhshrink\`.
act tanhshrink(x) = x - tanh(x)

## \`x\` times \`sigmoid\`: smooth, with a shallow dip below 0.
## PyTorch: \`torch.nn.SiLU\`. Source: S. Elfwing, E. Uchibe, K. Doya, *Sigmoid-Weighted Linear Units for Neural Network
## Function Approximation in Reinforcement Learning*, 2017, arXiv:1702.03118.
act silu(x) = x * sigmoid(x)

## \`silu\` under the name that P. Ramachandran, B. Zoph and Q. Le gave it in *Searching for Activation Functions*, 2017,
## arXiv:1710.05941.
act swish(x) = silu(x)

## \`x\` times \`tanh\` of \`softplus\`: smooth, with a shallow dip below 0.
## PyTorch: \`torch.nn.Mish\`. Source: D. Misra, *Mish: A Self Regularized Non-Monotonic Activation Function*, 2019,
## arXiv:1908.08681.
act mish(x) = x * tanh(softplus(x))

## The number itself above 0, an exponential that levels off at -alpha below.
## PyTorch: \`torch.nn.ELU\`. Source: D. Clevert, T. Unterthiner, S. Hochreiter, *Fast and Accurate Deep Network Learning
## by Exponential Linear Units*, 2015, arXiv:1511.07289.
act elu(x, alpha = 1) = x <= 0 ? alpha * expm1(x) : x

## \`elu\` that is smooth for every alpha.
## PyTorch: \`torch.nn.CELU\`. Source: J. Barron, *Continuously Differentiable Exponential Linear Units*, 2017,
## arXiv:1704.07483.
act celu(x, alpha = 1) = x <= 0 ? alpha * expm1(x / alpha) : x

## \`elu\` scaled so that mean 0 and variance 1 stay through many layers.
## PyTorch: \`torch.nn.SELU\`. Source: G. Klambauer et al., *Self-Normalizing Neural Networks*, 2017, arXiv:1706.02515.
act selu(x) = 1.0507009873554805 * elu(x, alpha=1.6732632423543772)

## \`x\` times the chance that a normal random number is smaller.
## PyTorch: \`torch.nn.GELU\`. Source: D. Hendrycks, K. Gimpel, *Gaussian Error Linear Units*, 2016, arXiv:1606.08415.
act gelu(x) = x / 2 * (1 + erf(x * sqrt(1 / 2)))

## \`gelu\` by an approximation that needs \`tanh\` only.
## PyTorch: \`torch.nn.GELU\` with \`approximate='tanh'\`.
act gelu_tanh(x) = x / 2 * (1 + tanh(sqrt(2 / 3.141592653589793) * (x + 0.044715 * x * x * x)))

## 0 between -lambd and lambd, the number itself beyond.
## PyTorch: \`torch.nn.Hardshrink\`.
act hardshrink(x, lambd = 0.5) = abs(x) <= lambd ? 0 : x

## 0 between -lambd and lambd, beyond that the number less lambd.
## PyTorch: \`torch.nn.Softshrink\`.
act softshrink(x, lambd = 0.5) = x > lambd ? x - lambd : (x < -lambd ? x + lambd : 0)

## A smooth \`relu\`; beyond the threshold it is the number itself.
## PyTorch: \`torch.nn.Softplus\`.
act softplus(x, beta = 1, threshold = 20) = beta * x > threshold ? x : softplus(beta * x) / beta

## From -1 to 1 like \`tanh\`, but slower.
## PyTorch: \`torch.nn.Softsign\`.
act softsign(x) = x / (1 + abs(x))

## The number without its sign.
## PyTorch: \`torch.abs\`.
act abs(x) = abs(x)
`;
