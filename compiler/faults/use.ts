export const useFaults = {} as const;
