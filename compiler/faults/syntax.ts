export const syntaxFaults = {} as const;
