/** Layers of the language that this version does not have, so that nobody is sent after a slip of the pen. */
export const later: ReadonlySet<string> = new Set<string>();
