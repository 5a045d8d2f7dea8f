import type { FaultKind } from '../fault.ts';

/** Sizes that do not fit together. */
export const shapeFaults = {
  'shape/features': {
    severity: 'error',
    message: (e) => `\`${e.layer}\` is written for ${e.written} features, but receives ${e.received}`,
    label: (e) => e.received,
    explain: `The size before the arrow must be the size that arrives.

\`\`\`net
net Wrong(image: [3, 32, 32]) { conv 1->6 k5 }   # a picture of 3 channels arrives
net Right(image: [3, 32, 32]) { conv 3->6 k5 }
net Inferred(image: [3, 32, 32]) { conv ->6 k5 }
\`\`\``,
  } satisfies FaultKind<{ layer: string; written: string; received: string }>,
} as const;
