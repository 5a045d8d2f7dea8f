import fc from 'fast-check';

/**
 * Properties are tried with the same random cases in every run, so that a failure is one of the change under test.
 * `SEED=1234 npm test` tries others. It is loaded twice, as mocha takes specs as CommonJS where it can, and each of the two
 * module systems has a fast-check of its own.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 2026) });
