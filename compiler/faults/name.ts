export const nameFaults = {} as const;
