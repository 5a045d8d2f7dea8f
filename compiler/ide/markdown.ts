/** Small pieces of the Markdown that editors show, which all of them lay out alike: short paragraphs, code spans, lists. */

export function code(text: string): string {
  // A code span that holds a backtick is fenced by more of them.
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Lines of the language. */
export function fenced(text: string): string {
  return `\`\`\`net\n${text}\n\`\`\``;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Paragraphs, those that are empty left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** What somebody asks of this place, and what holds everywhere. */
export function sections(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n---\n\n');
}

/** The first of many things, and how many more there are. */
export function shortened(items: readonly string[], most: number): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ');
}
