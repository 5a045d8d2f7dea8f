// DCGAN, compiled from examples/dcgan.net by netc 0.1.0.
// Do not edit: change the source and compile it again.

/** What the model takes, gives, and reads from its file of weights. Shapes are without the batch. */
export const metadata = {
  name: 'DCGAN',
  inputs: [{ name: 'noise', shape: [100, 1, 1], element: 'f32' }],
  outputs: [{ name: 'result', shape: [3, 64, 64] }],
  weights: [
    { name: 'main.0.weight', shape: [100, 512, 4, 4] },
    { name: 'main.1.weight', shape: [512] },
    { name: 'main.1.bias', shape: [512] },
    { name: 'main.1.running_mean', shape: [512] },
    { name: 'main.1.running_var', shape: [512] },
    { name: 'main.3.weight', shape: [512, 256, 4, 4] },
    { name: 'main.4.weight', shape: [256] },
    { name: 'main.4.bias', shape: [256] },
    { name: 'main.4.running_mean', shape: [256] },
    { name: 'main.4.running_var', shape: [256] },
    { name: 'main.6.weight', shape: [256, 128, 4, 4] },
    { name: 'main.7.weight', shape: [128] },
    { name: 'main.7.bias', shape: [128] },
    { name: 'main.7.running_mean', shape: [128] },
    { name: 'main.7.running_var', shape: [128] },
    { name: 'main.9.weight', shape: [128, 64, 4, 4] },
    { name: 'main.10.weight', shape: [64] },
    { name: 'main.10.bias', shape: [64] },
    { name: 'main.10.running_mean', shape: [64] },
    { name: 'main.10.running_var', shape: [64] },
    { name: 'main.12.weight', shape: [64, 3, 4, 4] },
  ],
  ignored: [
    'main.1.num_batches_tracked',
    'main.4.num_batches_tracked',
    'main.7.num_batches_tracked',
    'main.10.num_batches_tracked',
  ],
} as const;

/**
 * Draws a picture of 64×64 from 100 random numbers: each step doubles its size.
 * A. Radford and others, Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
 * Networks, 2015,
 * arXiv:1511.06434. The names are those of PyTorch's tutorial.
 */
export interface Model {
  /**
   * The numbers of all items, one item after the other, each in row-major order. Nothing is written to the input,
   * and the result is new. Throws a `RangeError` where the length of an input is not that of the batch, which is 1
   * by default.
   */
  run(noise: Float32Array, batch?: number): Float32Array;
}

/**
 * Makes a model of the bytes of a safetensors file; models share nothing. Throws a `WeightsError` where the file
 * is damaged, or where a tensor is missing, misshapen or not part of the model.
 */
export function load(weights: Uint8Array): Model {
  const [
    main0Weight, main1Weight, main1Bias, main1Running_mean, main1Running_var, main3Weight, main4Weight, main4Bias,
    main4Running_mean, main4Running_var, main6Weight, main7Weight, main7Bias, main7Running_mean, main7Running_var,
    main9Weight, main10Weight, main10Bias, main10Running_mean, main10Running_var, main12Weight,
  ] = readWeights(weights, metadata.weights, metadata.ignored);
  const arena = new Float32Array(139520);
  const main1Step1Output = new Float32Array(512);
  const main0Step1ScaledOutput = new Float32Array(819200);
  const main0Step1ShiftOutput = new Float32Array(512);
  const main4Step1Output = new Float32Array(256);
  const main3Step1ScaledOutput = new Float32Array(2097152);
  const main3Step1ShiftOutput = new Float32Array(256);
  const main7Step1Output = new Float32Array(128);
  const main6Step1ScaledOutput = new Float32Array(524288);
  const main6Step1ShiftOutput = new Float32Array(128);
  const main10Step1Output = new Float32Array(64);
  const main9Step1ScaledOutput = new Float32Array(131072);
  const main9Step1ShiftOutput = new Float32Array(64);
  const main12Step1Output = new Float32Array(3072);
  const noisePadded = arena.subarray(0, 4900);
  const relu1 = arena.subarray(18432, 26624);
  const relu1Padded = arena.subarray(0, 18432);
  const relu2 = arena.subarray(25600, 41984);
  const relu2Padded = arena.subarray(0, 25600);
  const relu3 = arena.subarray(41472, 74240);
  const relu3Padded = arena.subarray(0, 41472);
  const relu4 = arena.subarray(73984, 139520);
  const relu4Padded = arena.subarray(0, 73984);
  main1Step1(main1Running_var, main1Weight, main1Step1Output);
  main0Step1Scaled(main0Weight, main1Step1Output, main0Step1ScaledOutput);
  main0Step1Shift(main1Running_mean, main1Step1Output, main1Bias, main0Step1ShiftOutput);
  main4Step1(main4Running_var, main4Weight, main4Step1Output);
  main3Step1Scaled(main3Weight, main4Step1Output, main3Step1ScaledOutput);
  main3Step1Shift(main4Running_mean, main4Step1Output, main4Bias, main3Step1ShiftOutput);
  main7Step1(main7Running_var, main7Weight, main7Step1Output);
  main6Step1Scaled(main6Weight, main7Step1Output, main6Step1ScaledOutput);
  main6Step1Shift(main7Running_mean, main7Step1Output, main7Bias, main6Step1ShiftOutput);
  main10Step1(main10Running_var, main10Weight, main10Step1Output);
  main9Step1Scaled(main9Weight, main10Step1Output, main9Step1ScaledOutput);
  main9Step1Shift(main10Running_mean, main10Step1Output, main10Bias, main9Step1ShiftOutput);
  main12Step1(main12Weight, main12Step1Output);
  return {
    run(noise, batch = 1) {
      checkInput(metadata.inputs[0], noise, batch);
      const result = new Float32Array(batch * 12288);
      for (let item = 0; item < batch; item++) {
        main0Padding(noise, item * 100, noisePadded);
        main0(noisePadded, main0Step1ScaledOutput, main0Step1ShiftOutput, relu1);
        main3Padding(relu1, relu1Padded);
        main3(relu1Padded, main3Step1ScaledOutput, main3Step1ShiftOutput, relu2);
        main6Padding(relu2, relu2Padded);
        main6(relu2Padded, main6Step1ScaledOutput, main6Step1ShiftOutput, relu3);
        main9Padding(relu3, relu3Padded);
        main9(relu3Padded, main9Step1ScaledOutput, main9Step1ShiftOutput, relu4);
        main12Padding(relu4, relu4Padded);
        main12(relu4Padded, main12Step1Output, result, item * 12288);
      }
      return result;
    },
  };
}

/** main.1: batchnorm */
function main1Step1(runningVar: Float32Array, weight: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 512; i++) {
    output[i] = weight[i]! / Math.sqrt(runningVar[i]! + 0.00001);
  }
}

/** main.0: deconv 100->512 k4 bias=false | deconv 100->512 k4 bias=false | batchnorm */
function main0Step1Scaled(weight: Float32Array, scale: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 512; i++) {
    const weightAt0 = i * 16;
    const outputAt0 = i * 1600;
    const scale0 = scale[i]!;
    for (let j = 0; j < 100; j++) {
      const weightAt1 = weightAt0 + j * 8192;
      const outputAt1 = outputAt0 + j * 16;
      for (let k = 0; k < 16; k++) {
        output[outputAt1 + k] = scale0 * weight[weightAt1 + k * -1 + 15]!;
      }
    }
  }
}

/** main.0 step 1 shift: deconv 100->512 k4 bias=false | batchnorm */
function main0Step1Shift(
  runningMean: Float32Array,
  scale: Float32Array,
  bias: Float32Array,
  output: Float32Array,
): void {
  for (let i = 0; i < 512; i++) {
    output[i] = bias[i]! - runningMean[i]! * scale[i]!;
  }
}

/** main.0.padding: 0 around noise */
function main0Padding(x: Float32Array, xAt: number, output: Float32Array): void {
  for (let i = 0; i < 100; i++) {
    const outputAt0 = i * 49;
    for (let j = 0; j < 3; j++) {
      const outputAt1 = outputAt0 + j * 7;
      for (let k = 0; k < 7; k++) {
        output[outputAt1 + k] = 0;
      }
    }
    for (let k = 0; k < 3; k++) {
      output[outputAt0 + k + 21] = 0;
    }
    output[outputAt0 + 24] = x[xAt + i]!;
    for (let k = 4; k < 7; k++) {
      output[outputAt0 + k + 21] = 0;
    }
    for (let j = 4; j < 7; j++) {
      const outputAt1 = outputAt0 + j * 7;
      for (let k = 0; k < 7; k++) {
        output[outputAt1 + k] = 0;
      }
    }
  }
}

/** main.0: deconv 100->512 k4 bias=false | batchnorm | relu */
function main0(x: Float32Array, weight: Float32Array, shift: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 512; i += 2) {
    const weightAt0 = i * 1600;
    const outputAt0 = i * 16;
    const shift0 = shift[i]!;
    const shift1 = shift[i + 1]!;
    for (let j = 0; j < 4; j++) {
      const xAt0 = j * 7;
      const outputAt1 = outputAt0 + j * 4;
      for (let k = 0; k < 4; k += 2) {
        const xAt1 = xAt0 + k;
        const outputAt2 = outputAt1 + k;
        let sum0 = 0;
        let sum1 = 0;
        let sum2 = 0;
        let sum3 = 0;
        for (let p = 0; p < 100; p++) {
          const xAt2 = xAt1 + p * 49;
          const weightAt1 = weightAt0 + p * 16;
          for (let q = 0; q < 4; q++) {
            const xAt3 = xAt2 + q * 7;
            const weightAt2 = weightAt1 + q * 4;
            const x0 = x[xAt3]!;
            const weight0 = weight[weightAt2]!;
            sum0 += x0 * weight0;
            const x1 = x[xAt3 + 1]!;
            sum1 += x1 * weight0;
            const weight1 = weight[weightAt2 + 1600]!;
            sum2 += x0 * weight1;
            sum3 += x1 * weight1;
            const weight2 = weight[weightAt2 + 1]!;
            sum0 += x1 * weight2;
            const x2 = x[xAt3 + 2]!;
            sum1 += x2 * weight2;
            const weight3 = weight[weightAt2 + 1601]!;
            sum2 += x1 * weight3;
            sum3 += x2 * weight3;
            const weight4 = weight[weightAt2 + 2]!;
            sum0 += x2 * weight4;
            const x3 = x[xAt3 + 3]!;
            sum1 += x3 * weight4;
            const weight5 = weight[weightAt2 + 1602]!;
            sum2 += x2 * weight5;
            sum3 += x3 * weight5;
            const weight6 = weight[weightAt2 + 3]!;
            sum0 += x3 * weight6;
            const x4 = x[xAt3 + 4]!;
            sum1 += x4 * weight6;
            const weight7 = weight[weightAt2 + 1603]!;
            sum2 += x3 * weight7;
            sum3 += x4 * weight7;
          }
        }
        output[outputAt2] = Math.max(0, sum0 + shift0);
        output[outputAt2 + 1] = Math.max(0, sum1 + shift0);
        output[outputAt2 + 16] = Math.max(0, sum2 + shift1);
        output[outputAt2 + 17] = Math.max(0, sum3 + shift1);
      }
    }
  }
}

/** main.4: batchnorm */
function main4Step1(runningVar: Float32Array, weight: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 256; i++) {
    output[i] = weight[i]! / Math.sqrt(runningVar[i]! + 0.00001);
  }
}

/** main.3: deconv 512->256 k4 s2 p1 bias=false | deconv 512->256 k4 s2 p1 bias=false | batchnorm */
function main3Step1Scaled(weight: Float32Array, scale: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 256; i++) {
    const weightAt0 = i * 16;
    const outputAt0 = i * 8192;
    const scale0 = scale[i]!;
    for (let j = 0; j < 2; j++) {
      const weightAt1 = weightAt0 + j * -4;
      const outputAt1 = outputAt0 + j * 4096;
      for (let k = 0; k < 2; k++) {
        const weightAt2 = weightAt1 + k * -1;
        const outputAt2 = outputAt1 + k * 2048;
        for (let l = 0; l < 512; l++) {
          const weightAt3 = weightAt2 + l * 4096;
          const outputAt3 = outputAt2 + l * 4;
          for (let m = 0; m < 2; m++) {
            const weightAt4 = weightAt3 + m * -8;
            const outputAt4 = outputAt3 + m * 2;
            for (let n = 0; n < 2; n++) {
              output[outputAt4 + n] = scale0 * weight[weightAt4 + n * -2 + 15]!;
            }
          }
        }
      }
    }
  }
}

/** main.3 step 1 shift: deconv 512->256 k4 s2 p1 bias=false | batchnorm */
function main3Step1Shift(
  runningMean: Float32Array,
  scale: Float32Array,
  bias: Float32Array,
  output: Float32Array,
): void {
  for (let i = 0; i < 256; i++) {
    output[i] = bias[i]! - runningMean[i]! * scale[i]!;
  }
}

/** main.3.padding: 0 around relu1 */
function main3Padding(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 512; i++) {
    const xAt0 = i * 16;
    const outputAt0 = i * 36;
    for (let k = 0; k < 6; k++) {
      output[outputAt0 + k] = 0;
    }
    for (let j = 1; j < 5; j++) {
      const xAt1 = xAt0 + j * 4;
      const outputAt1 = outputAt0 + j * 6;
      output[outputAt1] = 0;
      for (let k = 1; k < 5; k++) {
        output[outputAt1 + k] = x[xAt1 + k - 5]!;
      }
      output[outputAt1 + 5] = 0;
    }
    for (let k = 0; k < 6; k++) {
      output[outputAt0 + k + 30] = 0;
    }
  }
}

/** main.3: deconv 512->256 k4 s2 p1 bias=false | batchnorm | relu */
function main3(x: Float32Array, weight: Float32Array, shift: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 256; i += 2) {
    const weightAt0 = i * 8192;
    const outputAt0 = i * 64;
    const shift0 = shift[i]!;
    const shift1 = shift[i + 1]!;
    for (let j = 0; j < 4; j++) {
      const xAt0 = j * 6;
      const outputAt1 = outputAt0 + j * 16;
      for (let k = 0; k < 2; k++) {
        const xAt1 = xAt0 + k * 6;
        const weightAt1 = weightAt0 + k * 4096;
        const outputAt2 = outputAt1 + k * 8;
        for (let l = 0; l < 4; l += 2) {
          const xAt2 = xAt1 + l;
          const outputAt3 = outputAt2 + l * 2;
          for (let m = 0; m < 2; m++) {
            const xAt3 = xAt2 + m;
            const weightAt2 = weightAt1 + m * 2048;
            const outputAt4 = outputAt3 + m;
            let sum0 = 0;
            let sum1 = 0;
            let sum2 = 0;
            let sum3 = 0;
            for (let p = 0; p < 512; p++) {
              const xAt4 = xAt3 + p * 36;
              const weightAt3 = weightAt2 + p * 4;
              const x0 = x[xAt4]!;
              const weight0 = weight[weightAt3]!;
              sum0 += x0 * weight0;
              const x1 = x[xAt4 + 1]!;
              sum1 += x1 * weight0;
              const weight1 = weight[weightAt3 + 8192]!;
              sum2 += x0 * weight1;
              sum3 += x1 * weight1;
              const weight2 = weight[weightAt3 + 1]!;
              sum0 += x1 * weight2;
              const x2 = x[xAt4 + 2]!;
              sum1 += x2 * weight2;
              const weight3 = weight[weightAt3 + 8193]!;
              sum2 += x1 * weight3;
              sum3 += x2 * weight3;
              const x3 = x[xAt4 + 6]!;
              const weight4 = weight[weightAt3 + 2]!;
              sum0 += x3 * weight4;
              const x4 = x[xAt4 + 7]!;
              sum1 += x4 * weight4;
              const weight5 = weight[weightAt3 + 8194]!;
              sum2 += x3 * weight5;
              sum3 += x4 * weight5;
              const weight6 = weight[weightAt3 + 3]!;
              sum0 += x4 * weight6;
              const x5 = x[xAt4 + 8]!;
              sum1 += x5 * weight6;
              const weight7 = weight[weightAt3 + 8195]!;
              sum2 += x4 * weight7;
              sum3 += x5 * weight7;
            }
            output[outputAt4] = Math.max(0, sum0 + shift0);
            output[outputAt4 + 2] = Math.max(0, sum1 + shift0);
            output[outputAt4 + 64] = Math.max(0, sum2 + shift1);
            output[outputAt4 + 66] = Math.max(0, sum3 + shift1);
          }
        }
      }
    }
  }
}

/** main.7: batchnorm */
function main7Step1(runningVar: Float32Array, weight: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 128; i++) {
    output[i] = weight[i]! / Math.sqrt(runningVar[i]! + 0.00001);
  }
}

/** main.6: deconv 256->128 k4 s2 p1 bias=false | deconv 256->128 k4 s2 p1 bias=false | batchnorm */
function main6Step1Scaled(weight: Float32Array, scale: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 128; i++) {
    const weightAt0 = i * 16;
    const outputAt0 = i * 4096;
    const scale0 = scale[i]!;
    for (let j = 0; j < 2; j++) {
      const weightAt1 = weightAt0 + j * -4;
      const outputAt1 = outputAt0 + j * 2048;
      for (let k = 0; k < 2; k++) {
        const weightAt2 = weightAt1 + k * -1;
        const outputAt2 = outputAt1 + k * 1024;
        for (let l = 0; l < 256; l++) {
          const weightAt3 = weightAt2 + l * 2048;
          const outputAt3 = outputAt2 + l * 4;
          for (let m = 0; m < 2; m++) {
            const weightAt4 = weightAt3 + m * -8;
            const outputAt4 = outputAt3 + m * 2;
            for (let n = 0; n < 2; n++) {
              output[outputAt4 + n] = scale0 * weight[weightAt4 + n * -2 + 15]!;
            }
          }
        }
      }
    }
  }
}

/** main.6 step 1 shift: deconv 256->128 k4 s2 p1 bias=false | batchnorm */
function main6Step1Shift(
  runningMean: Float32Array,
  scale: Float32Array,
  bias: Float32Array,
  output: Float32Array,
): void {
  for (let i = 0; i < 128; i++) {
    output[i] = bias[i]! - runningMean[i]! * scale[i]!;
  }
}

/** main.6.padding: 0 around relu2 */
function main6Padding(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 256; i++) {
    const xAt0 = i * 64;
    const outputAt0 = i * 100;
    for (let k = 0; k < 10; k++) {
      output[outputAt0 + k] = 0;
    }
    for (let j = 1; j < 9; j++) {
      const xAt1 = xAt0 + j * 8;
      const outputAt1 = outputAt0 + j * 10;
      output[outputAt1] = 0;
      for (let k = 1; k < 9; k++) {
        output[outputAt1 + k] = x[xAt1 + k - 9]!;
      }
      output[outputAt1 + 9] = 0;
    }
    for (let k = 0; k < 10; k++) {
      output[outputAt0 + k + 90] = 0;
    }
  }
}

/** main.6: deconv 256->128 k4 s2 p1 bias=false | batchnorm | relu */
function main6(x: Float32Array, weight: Float32Array, shift: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 128; i += 2) {
    const weightAt0 = i * 4096;
    const outputAt0 = i * 256;
    const shift0 = shift[i]!;
    const shift1 = shift[i + 1]!;
    for (let j = 0; j < 8; j++) {
      const xAt0 = j * 10;
      const outputAt1 = outputAt0 + j * 32;
      for (let k = 0; k < 2; k++) {
        const xAt1 = xAt0 + k * 10;
        const weightAt1 = weightAt0 + k * 2048;
        const outputAt2 = outputAt1 + k * 16;
        for (let l = 0; l < 8; l += 2) {
          const xAt2 = xAt1 + l;
          const outputAt3 = outputAt2 + l * 2;
          for (let m = 0; m < 2; m++) {
            const xAt3 = xAt2 + m;
            const weightAt2 = weightAt1 + m * 1024;
            const outputAt4 = outputAt3 + m;
            let sum0 = 0;
            let sum1 = 0;
            let sum2 = 0;
            let sum3 = 0;
            for (let p = 0; p < 256; p++) {
              const xAt4 = xAt3 + p * 100;
              const weightAt3 = weightAt2 + p * 4;
              const x0 = x[xAt4]!;
              const weight0 = weight[weightAt3]!;
              sum0 += x0 * weight0;
              const x1 = x[xAt4 + 1]!;
              sum1 += x1 * weight0;
              const weight1 = weight[weightAt3 + 4096]!;
              sum2 += x0 * weight1;
              sum3 += x1 * weight1;
              const weight2 = weight[weightAt3 + 1]!;
              sum0 += x1 * weight2;
              const x2 = x[xAt4 + 2]!;
              sum1 += x2 * weight2;
              const weight3 = weight[weightAt3 + 4097]!;
              sum2 += x1 * weight3;
              sum3 += x2 * weight3;
              const x3 = x[xAt4 + 10]!;
              const weight4 = weight[weightAt3 + 2]!;
              sum0 += x3 * weight4;
              const x4 = x[xAt4 + 11]!;
              sum1 += x4 * weight4;
              const weight5 = weight[weightAt3 + 4098]!;
              sum2 += x3 * weight5;
              sum3 += x4 * weight5;
              const weight6 = weight[weightAt3 + 3]!;
              sum0 += x4 * weight6;
              const x5 = x[xAt4 + 12]!;
              sum1 += x5 * weight6;
              const weight7 = weight[weightAt3 + 4099]!;
              sum2 += x4 * weight7;
              sum3 += x5 * weight7;
            }
            output[outputAt4] = Math.max(0, sum0 + shift0);
            output[outputAt4 + 2] = Math.max(0, sum1 + shift0);
            output[outputAt4 + 256] = Math.max(0, sum2 + shift1);
            output[outputAt4 + 258] = Math.max(0, sum3 + shift1);
          }
        }
      }
    }
  }
}

/** main.10: batchnorm */
function main10Step1(runningVar: Float32Array, weight: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 64; i++) {
    output[i] = weight[i]! / Math.sqrt(runningVar[i]! + 0.00001);
  }
}

/** main.9: deconv 128->64 k4 s2 p1 bias=false | deconv 128->64 k4 s2 p1 bias=false | batchnorm */
function main9Step1Scaled(weight: Float32Array, scale: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 64; i++) {
    const weightAt0 = i * 16;
    const outputAt0 = i * 2048;
    const scale0 = scale[i]!;
    for (let j = 0; j < 2; j++) {
      const weightAt1 = weightAt0 + j * -4;
      const outputAt1 = outputAt0 + j * 1024;
      for (let k = 0; k < 2; k++) {
        const weightAt2 = weightAt1 + k * -1;
        const outputAt2 = outputAt1 + k * 512;
        for (let l = 0; l < 128; l++) {
          const weightAt3 = weightAt2 + l * 1024;
          const outputAt3 = outputAt2 + l * 4;
          for (let m = 0; m < 2; m++) {
            const weightAt4 = weightAt3 + m * -8;
            const outputAt4 = outputAt3 + m * 2;
            for (let n = 0; n < 2; n++) {
              output[outputAt4 + n] = scale0 * weight[weightAt4 + n * -2 + 15]!;
            }
          }
        }
      }
    }
  }
}

/** main.9 step 1 shift: deconv 128->64 k4 s2 p1 bias=false | batchnorm */
function main9Step1Shift(
  runningMean: Float32Array,
  scale: Float32Array,
  bias: Float32Array,
  output: Float32Array,
): void {
  for (let i = 0; i < 64; i++) {
    output[i] = bias[i]! - runningMean[i]! * scale[i]!;
  }
}

/** main.9.padding: 0 around relu3 */
function main9Padding(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 128; i++) {
    const xAt0 = i * 256;
    const outputAt0 = i * 324;
    for (let k = 0; k < 18; k++) {
      output[outputAt0 + k] = 0;
    }
    for (let j = 1; j < 17; j++) {
      const xAt1 = xAt0 + j * 16;
      const outputAt1 = outputAt0 + j * 18;
      output[outputAt1] = 0;
      for (let k = 1; k < 17; k++) {
        output[outputAt1 + k] = x[xAt1 + k - 17]!;
      }
      output[outputAt1 + 17] = 0;
    }
    for (let k = 0; k < 18; k++) {
      output[outputAt0 + k + 306] = 0;
    }
  }
}

/** main.9: deconv 128->64 k4 s2 p1 bias=false | batchnorm | relu */
function main9(x: Float32Array, weight: Float32Array, shift: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 64; i += 2) {
    const weightAt0 = i * 2048;
    const outputAt0 = i * 1024;
    const shift0 = shift[i]!;
    const shift1 = shift[i + 1]!;
    for (let j = 0; j < 16; j++) {
      const xAt0 = j * 18;
      const outputAt1 = outputAt0 + j * 64;
      for (let k = 0; k < 2; k++) {
        const xAt1 = xAt0 + k * 18;
        const weightAt1 = weightAt0 + k * 1024;
        const outputAt2 = outputAt1 + k * 32;
        for (let l = 0; l < 16; l += 2) {
          const xAt2 = xAt1 + l;
          const outputAt3 = outputAt2 + l * 2;
          for (let m = 0; m < 2; m++) {
            const xAt3 = xAt2 + m;
            const weightAt2 = weightAt1 + m * 512;
            const outputAt4 = outputAt3 + m;
            let sum0 = 0;
            let sum1 = 0;
            let sum2 = 0;
            let sum3 = 0;
            for (let p = 0; p < 128; p++) {
              const xAt4 = xAt3 + p * 324;
              const weightAt3 = weightAt2 + p * 4;
              const x0 = x[xAt4]!;
              const weight0 = weight[weightAt3]!;
              sum0 += x0 * weight0;
              const x1 = x[xAt4 + 1]!;
              sum1 += x1 * weight0;
              const weight1 = weight[weightAt3 + 2048]!;
              sum2 += x0 * weight1;
              sum3 += x1 * weight1;
              const weight2 = weight[weightAt3 + 1]!;
              sum0 += x1 * weight2;
              const x2 = x[xAt4 + 2]!;
              sum1 += x2 * weight2;
              const weight3 = weight[weightAt3 + 2049]!;
              sum2 += x1 * weight3;
              sum3 += x2 * weight3;
              const x3 = x[xAt4 + 18]!;
              const weight4 = weight[weightAt3 + 2]!;
              sum0 += x3 * weight4;
              const x4 = x[xAt4 + 19]!;
              sum1 += x4 * weight4;
              const weight5 = weight[weightAt3 + 2050]!;
              sum2 += x3 * weight5;
              sum3 += x4 * weight5;
              const weight6 = weight[weightAt3 + 3]!;
              sum0 += x4 * weight6;
              const x5 = x[xAt4 + 20]!;
              sum1 += x5 * weight6;
              const weight7 = weight[weightAt3 + 2051]!;
              sum2 += x4 * weight7;
              sum3 += x5 * weight7;
            }
            output[outputAt4] = Math.max(0, sum0 + shift0);
            output[outputAt4 + 2] = Math.max(0, sum1 + shift0);
            output[outputAt4 + 1024] = Math.max(0, sum2 + shift1);
            output[outputAt4 + 1026] = Math.max(0, sum3 + shift1);
          }
        }
      }
    }
  }
}

/** main.12: deconv 64->3 k4 s2 p1 bias=false */
function main12Step1(weight: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 3; i++) {
    const weightAt0 = i * 16;
    const outputAt0 = i * 1024;
    for (let j = 0; j < 2; j++) {
      const weightAt1 = weightAt0 + j * -4;
      const outputAt1 = outputAt0 + j * 512;
      for (let k = 0; k < 2; k++) {
        const weightAt2 = weightAt1 + k * -1;
        const outputAt2 = outputAt1 + k * 256;
        for (let l = 0; l < 64; l++) {
          const weightAt3 = weightAt2 + l * 48;
          const outputAt3 = outputAt2 + l * 4;
          for (let m = 0; m < 2; m++) {
            const weightAt4 = weightAt3 + m * -8;
            const outputAt4 = outputAt3 + m * 2;
            for (let n = 0; n < 2; n++) {
              output[outputAt4 + n] = weight[weightAt4 + n * -2 + 15]!;
            }
          }
        }
      }
    }
  }
}

/** main.12.padding: 0 around relu4 */
function main12Padding(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 64; i++) {
    const xAt0 = i * 1024;
    const outputAt0 = i * 1156;
    for (let k = 0; k < 34; k++) {
      output[outputAt0 + k] = 0;
    }
    for (let j = 1; j < 33; j++) {
      const xAt1 = xAt0 + j * 32;
      const outputAt1 = outputAt0 + j * 34;
      output[outputAt1] = 0;
      for (let k = 1; k < 33; k++) {
        output[outputAt1 + k] = x[xAt1 + k - 33]!;
      }
      output[outputAt1 + 33] = 0;
    }
    for (let k = 0; k < 34; k++) {
      output[outputAt0 + k + 1122] = 0;
    }
  }
}

/** main.12: deconv 64->3 k4 s2 p1 bias=false | tanh */
function main12(x: Float32Array, weight: Float32Array, output: Float32Array, outputAt: number): void {
  for (let j = 0; j < 32; j++) {
    const xAt0 = j * 34;
    const outputAt0 = j * 128;
    for (let k = 0; k < 2; k++) {
      const xAt1 = xAt0 + k * 34;
      const weightAt0 = k * 512;
      const outputAt1 = outputAt0 + k * 64;
      for (let l = 0; l < 32; l += 2) {
        const xAt2 = xAt1 + l;
        const outputAt2 = outputAt1 + l * 2;
        for (let m = 0; m < 2; m++) {
          const xAt3 = xAt2 + m;
          const weightAt1 = weightAt0 + m * 256;
          const outputAt3 = outputAt2 + m;
          let sum0 = 0;
          let sum1 = 0;
          let sum2 = 0;
          let sum3 = 0;
          for (let p = 0; p < 64; p++) {
            const xAt4 = xAt3 + p * 1156;
            const weightAt2 = weightAt1 + p * 4;
            const x0 = x[xAt4]!;
            const weight0 = weight[weightAt2]!;
            sum0 += x0 * weight0;
            const x1 = x[xAt4 + 1]!;
            sum1 += x1 * weight0;
            const weight1 = weight[weightAt2 + 1024]!;
            sum2 += x0 * weight1;
            sum3 += x1 * weight1;
            const weight2 = weight[weightAt2 + 1]!;
            sum0 += x1 * weight2;
            const x2 = x[xAt4 + 2]!;
            sum1 += x2 * weight2;
            const weight3 = weight[weightAt2 + 1025]!;
            sum2 += x1 * weight3;
            sum3 += x2 * weight3;
            const x3 = x[xAt4 + 34]!;
            const weight4 = weight[weightAt2 + 2]!;
            sum0 += x3 * weight4;
            const x4 = x[xAt4 + 35]!;
            sum1 += x4 * weight4;
            const weight5 = weight[weightAt2 + 1026]!;
            sum2 += x3 * weight5;
            sum3 += x4 * weight5;
            const weight6 = weight[weightAt2 + 3]!;
            sum0 += x4 * weight6;
            const x5 = x[xAt4 + 36]!;
            sum1 += x5 * weight6;
            const weight7 = weight[weightAt2 + 1027]!;
            sum2 += x4 * weight7;
            sum3 += x5 * weight7;
          }
          output[outputAt + outputAt3] = Math.tanh(sum0);
          output[outputAt + outputAt3 + 2] = Math.tanh(sum1);
          output[outputAt + outputAt3 + 4096] = Math.tanh(sum2);
          output[outputAt + outputAt3 + 4098] = Math.tanh(sum3);
        }
      }
    }
  }
  for (let j = 0; j < 32; j++) {
    const xAt0 = j * 34;
    const outputAt0 = j * 128;
    for (let k = 0; k < 2; k++) {
      const xAt1 = xAt0 + k * 34;
      const weightAt0 = k * 512;
      const outputAt1 = outputAt0 + k * 64;
      for (let l = 0; l < 32; l += 2) {
        const xAt2 = xAt1 + l;
        const outputAt2 = outputAt1 + l * 2;
        for (let m = 0; m < 2; m++) {
          const xAt3 = xAt2 + m;
          const weightAt1 = weightAt0 + m * 256;
          const outputAt3 = outputAt2 + m;
          let sum0 = 0;
          let sum1 = 0;
          for (let p = 0; p < 64; p++) {
            const xAt4 = xAt3 + p * 1156;
            const weightAt2 = weightAt1 + p * 4;
            const weight0 = weight[weightAt2 + 2048]!;
            sum0 += x[xAt4]! * weight0;
            const x1 = x[xAt4 + 1]!;
            sum1 += x1 * weight0;
            const weight1 = weight[weightAt2 + 2049]!;
            sum0 += x1 * weight1;
            sum1 += x[xAt4 + 2]! * weight1;
            const weight2 = weight[weightAt2 + 2050]!;
            sum0 += x[xAt4 + 34]! * weight2;
            const x4 = x[xAt4 + 35]!;
            sum1 += x4 * weight2;
            const weight3 = weight[weightAt2 + 2051]!;
            sum0 += x4 * weight3;
            sum1 += x[xAt4 + 36]! * weight3;
          }
          output[outputAt + outputAt3 + 8192] = Math.tanh(sum0);
          output[outputAt + outputAt3 + 8194] = Math.tanh(sum1);
        }
      }
    }
  }
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
