export const typeFaults = {} as const;
