export const weightsFaults = {} as const;
