import { fileFaults } from './file.ts';
import { importFaults } from './import.ts';
import { inputFaults } from './input.ts';
import { nameFaults } from './name.ts';
import { shapeFaults } from './shape.ts';
import { syntaxFaults } from './syntax.ts';
import { typeFaults } from './type.ts';
import { useFaults } from './use.ts';
import { weightsFaults } from './weights.ts';

/** Every code that netc reports, with its words. */
export const faultKinds = {
  ...syntaxFaults,
  ...nameFaults,
  ...importFaults,
  ...typeFaults,
  ...shapeFaults,
  ...useFaults,
  ...weightsFaults,
  ...fileFaults,
  ...inputFaults,
} as const;

export type FaultCode = keyof typeof faultKinds;
