import { type Examples, exampleOf, firstExample } from './examples.ts';
import { type Project, projectOf } from './project.ts';
import { recall, remember } from './store.ts';

export function exampleProject(file: string, examples: Examples): Project {
  return { main: file, texts: { [file]: examples[file] ?? '' } };
}

/** What the page begins with: what the link holds, or what was last written in this browser, or the first example. */
export async function firstProject(examples: Examples): Promise<Project> {
  const linked = await linkedProject(examples);
  return linked ?? parsed(recall('draft')) ?? exampleProject(firstExample, examples);
}

/** What the fragment of the page's own address holds; undefined where it holds nothing. */
export async function linkedProject(examples: Examples): Promise<Project | undefined> {
  const example = /^#example=([\w/.-]+)$/.exec(location.hash)?.[1];
  if (example !== undefined && exampleOf(example)) return exampleProject(example, examples);
  if (!location.hash.startsWith('#code=')) return undefined;
  const { fromFragment } = await import('./share.ts');
  return fromFragment(location.hash);
}

/** Keeps what was written for the next time. The address does not say it any more. */
export function keep(project: Project, examples: Examples): void {
  const isWritten = isOwn(project, examples);
  remember('draft', isWritten ? JSON.stringify(project) : undefined);
  history.replaceState(null, '', isWritten ? location.pathname + location.search : `#example=${project.main}`);
}

/** Whether there is anything that somebody has written, beside the examples as they are. */
export function isOwn({ texts }: Project, examples: Examples): boolean {
  return Object.entries(texts).some(([name, text]) => text !== examples[name]);
}

function parsed(draft: string | undefined): Project | undefined {
  try {
    return draft === undefined ? undefined : projectOf(JSON.parse(draft));
  } catch {
    return undefined;
  }
}
