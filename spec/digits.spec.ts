import { readFileSync, statSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'chai';
import { analyze, checkWeights, expand, interpret, readSafetensors } from '../compiler/index.ts';
import { readDigits } from '../examples/digits.ts';
import * as tfjs from '../examples/generated/digits.tfjs.ts';
import * as typescript from '../examples/generated/digits.ts';

/** The example that reads real handwriting: `examples/digits.net` with its weights, on digits that it has not seen. */
describe('the digits', () => {
  const file = 'examples/digits.safetensors';
  const bytes = readFileSync(file);
  const { train, test } = readDigits();
  const images = Float32Array.from(test.flatMap(({ image }) => [...image]));
  const answers = typescript.load(bytes).run(images, test.length);
  const read = predictions(answers);

  it('are split into 8,000 to train and 2,000 to test, 200 of each, none in both', () => {
    const key = ({ image }: { image: Float32Array }) => image.join();
    expect([train.length, test.length]).to.deep.equal([8000, 2000]);
    for (let digit = 0; digit < 10; digit++) {
      expect(test.filter(({ label }) => label === digit)).to.have.length(200);
      expect(train.filter(({ label }) => label === digit).length).to.be.greaterThan(600);
    }
    const known = new Set(train.map(key));
    expect(test.filter((digit) => known.has(key(digit)))).to.have.length(0);
  });

  it('are read right at least 98.5 times of 100', () => {
    const right = test.filter(({ label }, index) => read[index] === label).length;
    expect(right / test.length).to.be.at.least(0.985);
  });

  it('need less than 300 kB of weights, all of which the net uses', () => {
    const { value, faults } = analyze({ name: 'digits.net', text: readFileSync('examples/digits.net', 'utf8') });
    expect(faults).to.deep.equal([]);
    expect(checkWeights(value.graphs[0]!, file, readSafetensors(file, bytes).value)).to.deep.equal([]);
    expect(statSync(file).size).to.be.lessThan(300_000);
  });

  it('are read as the same digits by tfjs, every fifth of them', async () => {
    await tf.setBackend('cpu');
    const { pictures, count, digits } = every(5);
    const given = tf.tidy(() => {
      const all = tf.tensor(pictures, [count, 1, 28, 28]);
      return (tfjs.load(bytes).predict(all, { batchSize: 100 }) as tf.Tensor).dataSync<'float32'>();
    });
    expect(predictions(given)).to.deep.equal(digits);
  });

  it('are read as the same digits by the interpreter, every twentieth of them', () => {
    const { pictures, count, digits } = every(20);
    const { value } = analyze({ name: 'digits.net', text: readFileSync('examples/digits.net', 'utf8') });
    const weights = readSafetensors(file, bytes).value;
    const given = interpret(expand(value.graphs[0]!), new Map([['image', pictures]]), weights, count);
    expect(predictions(given.get('result')!)).to.deep.equal(digits);
  });

  /** Some of the pictures, for what is slower, and the digits that the generated code reads in them. */
  function every(step: number) {
    const some = test.filter((_, index) => index % step === 0);
    const pictures = Float32Array.from(some.flatMap(({ image }) => [...image]));
    return { pictures, count: some.length, digits: read.filter((_, index) => index % step === 0) };
  }
});

/** For each picture the digit with the largest of its ten numbers. */
function predictions(scores: Float32Array): number[] {
  return Array.from({ length: scores.length / 10 }, (_, index) => {
    const own = scores.subarray(10 * index, 10 * index + 10);
    return own.indexOf(Math.max(...own));
  });
}
