// Siamese, compiled from examples/siamese.net by netc 0.1.0.
// Do not edit: change the source and compile it again.

/** What the model takes, gives, and reads from its file of weights. Shapes are without the batch. */
export const metadata = {
  name: 'Siamese',
  inputs: [{ name: 'left', shape: [1, 28, 28], element: 'f32' }, { name: 'right', shape: [1, 28, 28], element: 'f32' }],
  outputs: [{ name: 'distance', shape: [1] }, { name: 'code', shape: [64] }],
  weights: [
    { name: 'tower.conv1.weight', shape: [16, 1, 3, 3] },
    { name: 'tower.conv1.bias', shape: [16] },
    { name: 'tower.conv2.weight', shape: [32, 16, 3, 3] },
    { name: 'tower.conv2.bias', shape: [32] },
    { name: 'tower.fc.weight', shape: [64, 1568] },
    { name: 'tower.fc.bias', shape: [64] },
    { name: 'head.weight', shape: [1, 64] },
    { name: 'head.bias', shape: [1] },
  ],
  ignored: [],
} as const;

/**
 * How different two pictures are. Both go through the same layers with the same weights.
 * J. Bromley and others, Signature Verification using a "Siamese" Time Delay Neural Network, 1993.
 */
export interface Model {
  /**
   * The numbers of all items, one item after the other, each in row-major order. Nothing is written to the input,
   * and the result is new. Throws a `RangeError` where the length of an input is not that of the batch, which is 1
   * by default.
   */
  run(inputs: { readonly left: Float32Array; readonly right: Float32Array }, batch?: number): { readonly distance: Float32Array; readonly code: Float32Array };
}

/**
 * Makes a model of the bytes of a safetensors file; models share nothing. Throws a `WeightsError` where the file
 * is damaged, or where a tensor is missing, misshapen or not part of the model.
 */
export function load(weights: Uint8Array): Model {
  const [
    towerConv1Weight, towerConv1Bias, towerConv2Weight, towerConv2Bias, towerFcWeight, towerFcBias, headWeight,
    headBias,
  ] = readWeights(weights, metadata.weights, metadata.ignored);
  const arena = new Float32Array(37632);
  const towerConv2WeightTransformed = new Float32Array(8192);
  const towerConv2WeightTransformed_2 = new Float32Array(8192);
  const leftPadded = arena.subarray(12544, 13444);
  const towerRelu1 = arena.subarray(0, 12544);
  const towerMaxpool1Output = arena.subarray(12544, 15680);
  const towerMaxpool1Padded = arena.subarray(0, 4096);
  const towerRelu2Tiles = arena.subarray(25088, 37632);
  const towerRelu2Products = arena.subarray(0, 25088);
  const towerRelu2 = arena.subarray(25088, 31360);
  const towerMaxpool2Output = arena.subarray(0, 1568);
  const rightPadded = arena.subarray(12544, 13444);
  const towerRelu1_2 = arena.subarray(0, 12544);
  const towerMaxpool1_2 = arena.subarray(12544, 15680);
  const towerMaxpool1Padded_2 = arena.subarray(0, 4096);
  const towerRelu2Tiles_2 = arena.subarray(25088, 37632);
  const towerRelu2Products_2 = arena.subarray(0, 25088);
  const towerRelu2_2 = arena.subarray(25088, 31360);
  const towerMaxpool2_2 = arena.subarray(0, 1568);
  const abs1 = arena.subarray(1568, 1632);
  towerConv2Weights(towerConv2Weight, towerConv2WeightTransformed);
  towerConv2Weights(towerConv2Weight, towerConv2WeightTransformed_2);
  return {
    run({ left, right }, batch = 1) {
      checkInput(metadata.inputs[0], left, batch);
      checkInput(metadata.inputs[1], right, batch);
      const distance = new Float32Array(batch);
      const code = new Float32Array(batch * 64);
      for (let item = 0; item < batch; item++) {
        towerConv1Padding(left, item * 784, leftPadded);
        towerConv1(leftPadded, towerConv1Weight, towerConv1Bias, towerRelu1);
        towerMaxpool1(towerRelu1, towerMaxpool1Output);
        towerConv2TilesPadding(towerMaxpool1Output, towerMaxpool1Padded);
        towerConv2Tiles(towerMaxpool1Padded, towerRelu2Tiles);
        towerConv2Products(towerRelu2Tiles, towerConv2WeightTransformed, towerRelu2Products);
        towerConv2(towerRelu2Products, towerConv2Bias, towerRelu2);
        towerMaxpool2(towerRelu2, towerMaxpool2Output);
        towerFc(towerMaxpool2Output, towerFcWeight, towerFcBias, code, item * 64);
        towerConv1Padding(right, item * 784, rightPadded);
        towerConv1(rightPadded, towerConv1Weight, towerConv1Bias, towerRelu1_2);
        towerMaxpool1(towerRelu1_2, towerMaxpool1_2);
        towerConv2TilesPadding(towerMaxpool1_2, towerMaxpool1Padded_2);
        towerConv2Tiles(towerMaxpool1Padded_2, towerRelu2Tiles_2);
        towerConv2Products(towerRelu2Tiles_2, towerConv2WeightTransformed_2, towerRelu2Products_2);
        towerConv2(towerRelu2Products_2, towerConv2Bias, towerRelu2_2);
        towerMaxpool2(towerRelu2_2, towerMaxpool2_2);
        towerFc_2(towerMaxpool2_2, towerFcWeight, towerFcBias, code, item * 64, abs1);
        head(abs1, headWeight, headBias, distance, item);
      }
      return { distance, code };
    },
  };
}

/**
 * tower.conv1.padding: 0 around left
 * tower.conv1.padding: 0 around right
 */
function towerConv1Padding(x: Float32Array, xAt: number, output: Float32Array): void {
  for (let j = 0; j < 30; j++) {
    output[j] = 0;
  }
  for (let i = 1; i < 29; i++) {
    const xAt0 = i * 28;
    const outputAt0 = i * 30;
    output[outputAt0] = 0;
    for (let j = 1; j < 29; j++) {
      output[outputAt0 + j] = x[xAt + xAt0 + j - 29]!;
    }
    output[outputAt0 + 29] = 0;
  }
  for (let j = 0; j < 30; j++) {
    output[j + 870] = 0;
  }
}

/**
 * tower.conv1: conv 1->16 k3 p1 | relu
 * tower.conv1: conv 1->16 k3 p1 | relu
 */
function towerConv1(x: Float32Array, weight: Float32Array, bias: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 16; i += 2) {
    const weightAt0 = i * 9;
    const outputAt0 = i * 784;
    const weight0 = weight[weightAt0]!;
    const weight1 = weight[weightAt0 + 1]!;
    const weight2 = weight[weightAt0 + 2]!;
    const weight3 = weight[weightAt0 + 3]!;
    const weight4 = weight[weightAt0 + 4]!;
    const weight5 = weight[weightAt0 + 5]!;
    const weight6 = weight[weightAt0 + 6]!;
    const weight7 = weight[weightAt0 + 7]!;
    const weight8 = weight[weightAt0 + 8]!;
    const weight9 = weight[weightAt0 + 9]!;
    const weight10 = weight[weightAt0 + 10]!;
    const weight11 = weight[weightAt0 + 11]!;
    const weight12 = weight[weightAt0 + 12]!;
    const weight13 = weight[weightAt0 + 13]!;
    const weight14 = weight[weightAt0 + 14]!;
    const weight15 = weight[weightAt0 + 15]!;
    const weight16 = weight[weightAt0 + 16]!;
    const weight17 = weight[weightAt0 + 17]!;
    const bias0 = bias[i]!;
    const bias1 = bias[i + 1]!;
    for (let j = 0; j < 28; j++) {
      const xAt0 = j * 30;
      const outputAt1 = outputAt0 + j * 28;
      for (let k = 0; k < 28; k += 2) {
        const xAt1 = xAt0 + k;
        const outputAt2 = outputAt1 + k;
        const x0 = x[xAt1]!;
        const x1 = x[xAt1 + 1]!;
        const x2 = x[xAt1 + 2]!;
        const x3 = x[xAt1 + 30]!;
        const x4 = x[xAt1 + 31]!;
        const x5 = x[xAt1 + 32]!;
        const x6 = x[xAt1 + 60]!;
        const x7 = x[xAt1 + 61]!;
        const x8 = x[xAt1 + 62]!;
        output[outputAt2] = Math.max(0, x0 * weight0 + x1 * weight1 + x2 * weight2 + x3 * weight3 + x4 * weight4 + x5 *
          weight5 + x6 * weight6 + x7 * weight7 + x8 * weight8 + bias0);
        const x9 = x[xAt1 + 3]!;
        const x10 = x[xAt1 + 33]!;
        const x11 = x[xAt1 + 63]!;
        output[outputAt2 + 1] = Math.max(0, x1 * weight0 + x2 * weight1 + x9 * weight2 + x4 * weight3 + x5 * weight4 +
          x10 * weight5 + x7 * weight6 + x8 * weight7 + x11 * weight8 + bias0);
        output[outputAt2 + 784] = Math.max(0, x0 * weight9 + x1 * weight10 + x2 * weight11 + x3 * weight12 + x4 *
          weight13 + x5 * weight14 + x6 * weight15 + x7 * weight16 + x8 * weight17 + bias1);
        output[outputAt2 + 785] = Math.max(0, x1 * weight9 + x2 * weight10 + x9 * weight11 + x4 * weight12 + x5 *
          weight13 + x10 * weight14 + x7 * weight15 + x8 * weight16 + x11 * weight17 + bias1);
      }
    }
  }
}

/**
 * tower.maxpool1: maxpool 2
 * tower.maxpool1: maxpool 2
 */
function towerMaxpool1(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 224; i++) {
    const xAt0 = i * 56;
    const outputAt0 = i * 14;
    for (let j = 0; j < 14; j++) {
      const xAt1 = xAt0 + j * 2;
      output[outputAt0 + j] = Math.max(x[xAt1]!, x[xAt1 + 1]!, x[xAt1 + 28]!, x[xAt1 + 29]!);
    }
  }
}

/**
 * tower.conv2.weights: transformed tower.conv2.weight
 * tower.conv2.weights: transformed tower.conv2.weight
 */
function towerConv2Weights(weight00: Float32Array, output: Float32Array): void {
  for (let k = 0; k < 512; k++) {
    const weight00At0 = k * 9;
    const weight000 = weight00[weight00At0]!;
    output[k] = weight000;
    const weight010 = weight00[weight00At0 + 1]!;
    const weight020 = weight00[weight00At0 + 2]!;
    output[k + 512] = 0.5 * weight000 + 0.5 * weight010 + 0.5 * weight020;
    output[k + 1024] = 0.5 * weight000 + -0.5 * weight010 + 0.5 * weight020;
    output[k + 1536] = weight020;
    const weight100 = weight00[weight00At0 + 3]!;
    const weight200 = weight00[weight00At0 + 6]!;
    output[k + 2048] = 0.5 * weight000 + 0.5 * weight100 + 0.5 * weight200;
    const weight110 = weight00[weight00At0 + 4]!;
    const weight210 = weight00[weight00At0 + 7]!;
    const weight120 = weight00[weight00At0 + 5]!;
    const weight220 = weight00[weight00At0 + 8]!;
    output[k + 2560] = 0.5 * (0.5 * weight000 + 0.5 * weight100 + 0.5 * weight200) + 0.5 * (0.5 * weight010 + 0.5 *
      weight110 + 0.5 * weight210) + 0.5 * (0.5 * weight020 + 0.5 * weight120 + 0.5 * weight220);
    output[k + 3072] = 0.5 * (0.5 * weight000 + 0.5 * weight100 + 0.5 * weight200) + -0.5 * (0.5 * weight010 + 0.5 *
      weight110 + 0.5 * weight210) + 0.5 * (0.5 * weight020 + 0.5 * weight120 + 0.5 * weight220);
    output[k + 3584] = 0.5 * weight020 + 0.5 * weight120 + 0.5 * weight220;
    output[k + 4096] = 0.5 * weight000 + -0.5 * weight100 + 0.5 * weight200;
    output[k + 4608] = 0.5 * (0.5 * weight000 + -0.5 * weight100 + 0.5 * weight200) + 0.5 * (0.5 * weight010 + -0.5 *
      weight110 + 0.5 * weight210) + 0.5 * (0.5 * weight020 + -0.5 * weight120 + 0.5 * weight220);
    output[k + 5120] = 0.5 * (0.5 * weight000 + -0.5 * weight100 + 0.5 * weight200) + -0.5 * (0.5 * weight010 + -0.5 *
      weight110 + 0.5 * weight210) + 0.5 * (0.5 * weight020 + -0.5 * weight120 + 0.5 * weight220);
    output[k + 5632] = 0.5 * weight020 + -0.5 * weight120 + 0.5 * weight220;
    output[k + 6144] = weight200;
    output[k + 6656] = 0.5 * weight200 + 0.5 * weight210 + 0.5 * weight220;
    output[k + 7168] = 0.5 * weight200 + -0.5 * weight210 + 0.5 * weight220;
    output[k + 7680] = weight220;
  }
}

/**
 * tower.conv2.tiles.padding: 0 around tower.maxpool1
 * tower.conv2.tiles.padding: 0 around tower.maxpool1
 */
function towerConv2TilesPadding(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 16; i++) {
    const xAt0 = i * 196;
    const outputAt0 = i * 256;
    for (let k = 0; k < 16; k++) {
      output[outputAt0 + k] = 0;
    }
    for (let j = 1; j < 15; j++) {
      const xAt1 = xAt0 + j * 14;
      const outputAt1 = outputAt0 + j * 16;
      output[outputAt1] = 0;
      for (let k = 1; k < 15; k++) {
        output[outputAt1 + k] = x[xAt1 + k - 15]!;
      }
      output[outputAt1 + 15] = 0;
    }
    for (let k = 0; k < 16; k++) {
      output[outputAt0 + k + 240] = 0;
    }
  }
}

/**
 * tower.conv2.tiles: transformed 4×4 tiles of tower.maxpool1
 * tower.conv2.tiles: transformed 4×4 tiles of tower.maxpool1
 */
function towerConv2Tiles(x00: Float32Array, output: Float32Array): void {
  for (let k = 0; k < 16; k++) {
    const x00At0 = k * 256;
    const outputAt0 = k * 49;
    for (let l = 0; l < 7; l++) {
      const x00At1 = x00At0 + l * 32;
      const outputAt1 = outputAt0 + l * 7;
      for (let m = 0; m < 7; m++) {
        const x00At2 = x00At1 + m * 2;
        const outputAt2 = outputAt1 + m;
        const x200 = x00[x00At2 + 32]!;
        const x220 = x00[x00At2 + 34]!;
        const x020 = x00[x00At2 + 2]!;
        output[outputAt2] = x00[x00At2]! - x200 + (x220 - x020);
        const x010 = x00[x00At2 + 1]!;
        const x210 = x00[x00At2 + 33]!;
        output[outputAt2 + 784] = x010 - x210 + (x020 - x220);
        output[outputAt2 + 1568] = x210 - x010 + (x020 - x220);
        const x230 = x00[x00At2 + 35]!;
        output[outputAt2 + 2352] = x010 - x210 + (x230 - x00[x00At2 + 3]!);
        const x100 = x00[x00At2 + 16]!;
        const x120 = x00[x00At2 + 18]!;
        output[outputAt2 + 3136] = x100 + x200 - (x120 + x220);
        const x110 = x00[x00At2 + 17]!;
        output[outputAt2 + 3920] = x110 + x210 + (x120 + x220);
        output[outputAt2 + 4704] = x120 + x220 - (x110 + x210);
        const x130 = x00[x00At2 + 19]!;
        output[outputAt2 + 5488] = x110 + x210 - (x130 + x230);
        output[outputAt2 + 6272] = x200 - x100 + (x120 - x220);
        output[outputAt2 + 7056] = x210 - x110 + (x220 - x120);
        output[outputAt2 + 7840] = x110 - x210 + (x220 - x120);
        output[outputAt2 + 8624] = x210 - x110 + (x130 - x230);
        const x320 = x00[x00At2 + 50]!;
        output[outputAt2 + 9408] = x100 - x00[x00At2 + 48]! + (x320 - x120);
        const x310 = x00[x00At2 + 49]!;
        output[outputAt2 + 10192] = x110 - x310 + (x120 - x320);
        output[outputAt2 + 10976] = x310 - x110 + (x120 - x320);
        output[outputAt2 + 11760] = x110 - x310 + (x00[x00At2 + 51]! - x130);
      }
    }
  }
}

/**
 * tower.conv2.products: products of tiles and weights
 * tower.conv2.products: products of tiles and weights
 */
function towerConv2Products(tile: Float32Array, weight: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 16; i++) {
    const tileAt0 = i * 784;
    const weightAt0 = i * 512;
    const outputAt0 = i * 1568;
    for (let j = 0; j < 32; j += 4) {
      const weightAt1 = weightAt0 + j * 16;
      const outputAt1 = outputAt0 + j * 49;
      for (let k = 0; k < 48; k += 2) {
        const tileAt1 = tileAt0 + k;
        const outputAt2 = outputAt1 + k;
        let sum0 = 0;
        let sum1 = 0;
        let sum2 = 0;
        let sum3 = 0;
        let sum4 = 0;
        let sum5 = 0;
        let sum6 = 0;
        let sum7 = 0;
        for (let p = 0; p < 16; p++) {
          const tileAt2 = tileAt1 + p * 49;
          const weightAt2 = weightAt1 + p;
          const tile0 = tile[tileAt2]!;
          const weight0 = weight[weightAt2]!;
          sum0 += tile0 * weight0;
          const tile1 = tile[tileAt2 + 1]!;
          sum1 += tile1 * weight0;
          const weight1 = weight[weightAt2 + 16]!;
          sum2 += tile0 * weight1;
          sum3 += tile1 * weight1;
          const weight2 = weight[weightAt2 + 32]!;
          sum4 += tile0 * weight2;
          sum5 += tile1 * weight2;
          const weight3 = weight[weightAt2 + 48]!;
          sum6 += tile0 * weight3;
          sum7 += tile1 * weight3;
        }
        output[outputAt2] = sum0;
        output[outputAt2 + 1] = sum1;
        output[outputAt2 + 49] = sum2;
        output[outputAt2 + 50] = sum3;
        output[outputAt2 + 98] = sum4;
        output[outputAt2 + 99] = sum5;
        output[outputAt2 + 147] = sum6;
        output[outputAt2 + 148] = sum7;
      }
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let p = 0; p < 16; p++) {
        const weightAt2 = weightAt1 + p;
        const tile0 = tile[tileAt0 + p * 49 + 48]!;
        sum0 += tile0 * weight[weightAt2]!;
        sum1 += tile0 * weight[weightAt2 + 16]!;
        sum2 += tile0 * weight[weightAt2 + 32]!;
        sum3 += tile0 * weight[weightAt2 + 48]!;
      }
      output[outputAt1 + 48] = sum0;
      output[outputAt1 + 97] = sum1;
      output[outputAt1 + 146] = sum2;
      output[outputAt1 + 195] = sum3;
    }
  }
}

/**
 * tower.conv2: conv 16->32 k3 p1 | relu
 * tower.conv2: conv 16->32 k3 p1 | relu
 */
function towerConv2(product00: Float32Array, bias: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 32; i++) {
    const product00At0 = i * 49;
    const outputAt0 = i * 196;
    const bias0 = bias[i]!;
    for (let j = 0; j < 7; j++) {
      const product00At1 = product00At0 + j * 7;
      const outputAt1 = outputAt0 + j * 28;
      for (let l = 0; l < 7; l++) {
        const product00At2 = product00At1 + l;
        const outputAt2 = outputAt1 + l * 2;
        const product100 = product00[product00At2 + 6272]!;
        const product200 = product00[product00At2 + 12544]!;
        const product010 = product00[product00At2 + 1568]!;
        const product110 = product00[product00At2 + 7840]!;
        const product210 = product00[product00At2 + 14112]!;
        const product020 = product00[product00At2 + 3136]!;
        const product120 = product00[product00At2 + 9408]!;
        const product220 = product00[product00At2 + 15680]!;
        output[outputAt2] = Math.max(0, product00[product00At2]! + product100 + product200 + (product010 + product110 +
          product210) + (product020 + product120 + product220) + bias0);
        const product130 = product00[product00At2 + 10976]!;
        const product230 = product00[product00At2 + 17248]!;
        output[outputAt2 + 1] = Math.max(0, product010 + product110 + product210 - (product020 + product120 +
          product220) - (product00[product00At2 + 4704]! + product130 + product230) + bias0);
        const product310 = product00[product00At2 + 20384]!;
        const product320 = product00[product00At2 + 21952]!;
        output[outputAt2 + 14] = Math.max(0, product100 - product200 - product00[product00At2 + 18816]! + (product110 -
          product210 - product310) + (product120 - product220 - product320) + bias0);
        output[outputAt2 + 15] = Math.max(0, product110 - product210 - product310 + (product320 - (product120 -
          product220)) + (product00[product00At2 + 23520]! - (product130 - product230)) + bias0);
      }
    }
  }
}

/**
 * tower.maxpool2: maxpool 2
 * tower.maxpool2: maxpool 2
 */
function towerMaxpool2(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 224; i++) {
    const xAt0 = i * 28;
    const outputAt0 = i * 7;
    for (let j = 0; j < 7; j++) {
      const xAt1 = xAt0 + j * 2;
      output[outputAt0 + j] = Math.max(x[xAt1]!, x[xAt1 + 1]!, x[xAt1 + 14]!, x[xAt1 + 15]!);
    }
  }
}

/** tower.fc: linear 1568->64 */
function towerFc(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
  output: Float32Array,
  outputAt: number,
): void {
  for (let i = 0; i < 64; i += 4) {
    const weightAt0 = i * 1568;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let p = 0; p < 1568; p += 4) {
      const weightAt1 = weightAt0 + p;
      const x0 = x[p]!;
      sum0 += x0 * weight[weightAt1]!;
      sum1 += x0 * weight[weightAt1 + 1568]!;
      sum2 += x0 * weight[weightAt1 + 3136]!;
      sum3 += x0 * weight[weightAt1 + 4704]!;
      const x1 = x[p + 1]!;
      sum0 += x1 * weight[weightAt1 + 1]!;
      sum1 += x1 * weight[weightAt1 + 1569]!;
      sum2 += x1 * weight[weightAt1 + 3137]!;
      sum3 += x1 * weight[weightAt1 + 4705]!;
      const x2 = x[p + 2]!;
      sum0 += x2 * weight[weightAt1 + 2]!;
      sum1 += x2 * weight[weightAt1 + 1570]!;
      sum2 += x2 * weight[weightAt1 + 3138]!;
      sum3 += x2 * weight[weightAt1 + 4706]!;
      const x3 = x[p + 3]!;
      sum0 += x3 * weight[weightAt1 + 3]!;
      sum1 += x3 * weight[weightAt1 + 1571]!;
      sum2 += x3 * weight[weightAt1 + 3139]!;
      sum3 += x3 * weight[weightAt1 + 4707]!;
    }
    output[outputAt + i] = sum0 + bias[i]!;
    output[outputAt + i + 1] = sum1 + bias[i + 1]!;
    output[outputAt + i + 2] = sum2 + bias[i + 2]!;
    output[outputAt + i + 3] = sum3 + bias[i + 3]!;
  }
}

/** tower.fc: linear 1568->64 | sub | abs */
function towerFc_2(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
  x0: Float32Array,
  x0At: number,
  output: Float32Array,
): void {
  for (let i = 0; i < 64; i += 4) {
    const weightAt0 = i * 1568;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let p = 0; p < 1568; p += 4) {
      const weightAt1 = weightAt0 + p;
      const x1 = x[p]!;
      sum0 += x1 * weight[weightAt1]!;
      sum1 += x1 * weight[weightAt1 + 1568]!;
      sum2 += x1 * weight[weightAt1 + 3136]!;
      sum3 += x1 * weight[weightAt1 + 4704]!;
      const x2 = x[p + 1]!;
      sum0 += x2 * weight[weightAt1 + 1]!;
      sum1 += x2 * weight[weightAt1 + 1569]!;
      sum2 += x2 * weight[weightAt1 + 3137]!;
      sum3 += x2 * weight[weightAt1 + 4705]!;
      const x3 = x[p + 2]!;
      sum0 += x3 * weight[weightAt1 + 2]!;
      sum1 += x3 * weight[weightAt1 + 1570]!;
      sum2 += x3 * weight[weightAt1 + 3138]!;
      sum3 += x3 * weight[weightAt1 + 4706]!;
      const x4 = x[p + 3]!;
      sum0 += x4 * weight[weightAt1 + 3]!;
      sum1 += x4 * weight[weightAt1 + 1571]!;
      sum2 += x4 * weight[weightAt1 + 3139]!;
      sum3 += x4 * weight[weightAt1 + 4707]!;
    }
    output[i] = Math.abs(x0[x0At + i]! - (sum0 + bias[i]!));
    output[i + 1] = Math.abs(x0[x0At + i + 1]! - (sum1 + bias[i + 1]!));
    output[i + 2] = Math.abs(x0[x0At + i + 2]! - (sum2 + bias[i + 2]!));
    output[i + 3] = Math.abs(x0[x0At + i + 3]! - (sum3 + bias[i + 3]!));
  }
}

/** head: linear 64->1 */
function head(x: Float32Array, weight: Float32Array, bias: Float32Array, output: Float32Array, outputAt: number): void {
  let sum0 = 0;
  for (let p = 0; p < 64; p++) {
    sum0 += x[p]! * weight[p]!;
  }
  output[outputAt] = sum0 + bias[0]!;
}

/** What a model takes under one name. */
interface InputInfo {
  readonly name: string;
  /** For one item, without the batch. */
  readonly shape: readonly number[];
}

/** Throws a `RangeError` unless these are the numbers of so many items. */
function checkInput({ name, shape }: InputInfo, values: ArrayLike<number> | undefined, batch: number): void {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`the batch is ${batch}, but must be 1, 2, 3, …`);
  const expected = shape.reduce((product, size) => product * size, batch);
  if (values?.length === expected) return;
  const found = `the input "${name}" has ${values?.length ?? 'no'} numbers`;
  const items = batch === 1 ? 'one item' : `a batch of ${batch} items`;
  throw new RangeError(`${found}, but ${items} of shape [${shape.join(', ')}] has ${expected}`);
}

/** Weights that cannot be read, or are not those of the model. The message names the tensor. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** A tensor as it lies in a file. */
interface StoredTensor {
  /** The file's name of the element type: `F32`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: DataView;
}

/**
 * The tensors of a file by name. Together they must cover the data without a gap or an overlap, as the format asks, so
 * that no header can lie about lengths. Throws a `WeightsError`.
 */
function readTensors(file: Uint8Array): Map<string, StoredTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const length = file.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  const start = 8 + length;
  if (start > file.length) throw new WeightsError('the file is cut off, or is not in the safetensors format');
  // Real headers have some 100 bytes for a tensor; JSON that is made for it takes a hundred times its size in memory.
  if (length > 4e6) throw new WeightsError('the header is too long');
  const sorted = parseHeader(file.subarray(8, start)).sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let at = 0;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { dtype, shape, data_offsets }] of sorted) {
    const [begin, end] = data_offsets;
    if (begin !== at || end < begin || start + end > file.length)
      throw new WeightsError(`the data of ${quote(name)} is cut off, or not where the header says`);
    at = end;
    tensors.set(name, { dtype, shape, bytes: new DataView(file.buffer, file.byteOffset + start + begin, end - begin) });
  }
  if (start + at !== file.length) throw new WeightsError('the file has data that belongs to no tensor');
  return tensors;
}

/** The numbers of a tensor. Throws a `WeightsError` where they are not of a floating-point type. */
function toFloats(name: string, { dtype, shape, bytes }: StoredTensor): Float32Array {
  const type = floatTypes.get(dtype);
  if (!type) throw new WeightsError(`${quote(name)} is of ${quote(dtype)}, but F32 is expected, or F64, F16, BF16`);
  const size = shape.reduce((product, each) => product * each, 1);
  if (size * type.bytes !== bytes.byteLength)
    throw new WeightsError(
      `${quote(name)} has ${bytes.byteLength} bytes, but ${shapeText(shape)} of ${dtype} needs ${size * type.bytes}`,
    );
  if (dtype === 'F32' && isLittleEndian) return new Float32Array(copyOf(bytes));
  const floats = new Float32Array(size);
  for (let index = 0; index < size; index++) floats[index] = type.read(bytes, index * type.bytes);
  return floats;
}

/** Whether this machine has its numbers as files have them, so that they can be copied as a whole. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function copyOf({ buffer, byteOffset, byteLength }: DataView): ArrayBuffer {
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}

/** Read byte by byte, so that data need not be aligned and any machine gives the same. */
const floatTypes: ReadonlyMap<string, FloatType> = new Map([
  ['F64', { bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
  ['F32', { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  ['F16', { bytes: 2, read: (view, at) => half(view.getUint16(at, true), 10) }],
  ['BF16', { bytes: 2, read: (view, at) => half(view.getUint16(at, true), 7) }],
]);

interface FloatType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

/** The number of 16 bits: a sign, an exponent, and a fraction of so many bits. */
function half(bits: number, fractionBits: number): number {
  const one = 2 ** fractionBits;
  const largest = 2 ** (15 - fractionBits) - 1;
  const exponent = (bits & 0x7fff) >> fractionBits;
  const fraction = (bits & (one - 1)) / one;
  const scale = 2 ** (Math.max(exponent, 1) - (largest >> 1));
  const magnitude = exponent === largest ? (fraction ? NaN : Infinity) : (fraction + (exponent ? 1 : 0)) * scale;
  return bits >> 15 ? -magnitude : magnitude;
}

/** What a model wants of a file. */
interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The tensors of a file in the order in which they are wanted. Throws a `WeightsError` where one is missing or
 * misshapen, and where the file has one that is neither wanted nor among those to be ignored.
 */
function readWeights<const Wanted extends readonly WantedTensor[]>(
  file: Uint8Array,
  wanted: Wanted,
  ignored: readonly string[],
): { readonly [Index in keyof Wanted]: Float32Array } {
  const tensors = readTensors(file);
  const unused = new Set(tensors.keys());
  for (const name of ignored) unused.delete(name);
  const weights = wanted.map(({ name, shape }) => {
    const tensor = tensors.get(name);
    unused.delete(name);
    if (!tensor) throw new WeightsError(`the tensor ${quote(name)} is missing`);
    if (`${tensor.shape}` !== `${shape}`)
      throw new WeightsError(
        `${quote(name)} is of shape ${shapeText(tensor.shape)}, but ${shapeText(shape)} is expected`,
      );
    return toFloats(name, tensor);
  });
  for (const name of unused) {
    // In I64 PyTorch stores counts and indices, in which nothing is learned.
    if (tensors.get(name)!.dtype !== 'I64')
      throw new WeightsError(`the tensor ${quote(name)} is not part of the model`);
  }
  return weights as { readonly [Index in keyof Wanted]: Float32Array };
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

function parseHeader(bytes: Uint8Array): [name: string, entry: Entry][] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // It is no object then, which is what is said of it.
  }
  if (!header || typeof header !== 'object') throw new WeightsError('the header is not a JSON object');
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => {
      if (typeof entry?.dtype === 'string' && isSizes(entry.shape) && isSizes(entry.data_offsets, 2))
        return [name, entry];
      throw new WeightsError(`the header does not describe ${quote(name)} as a tensor`);
    });
}

function isSizes(value: unknown, length?: number): boolean {
  if (!Array.isArray(value) || value.length !== (length ?? value.length)) return false;
  return value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** For messages: a shape that is not longer than a line. */
function shapeText(shape: readonly number[]): string {
  return `[${shape.slice(0, 9).join(', ')}${shape.length > 9 ? ', …' : ''}]`;
}

/** For messages: no control characters, and not longer than a line. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}
