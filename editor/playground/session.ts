import { type Examples, exampleOf, firstExample } from './examples.ts';
import type { Project } from './project.ts';
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
  const isExample = Object.entries(project.texts).every(([name, text]) => text === examples[name]);
  remember('draft', isExample ? undefined : JSON.stringify(project));
  history.replaceState(null, '', isExample ? `#example=${project.main}` : location.pathname + location.search);
}

function parsed(draft: string | undefined): Project | undefined {
  return draft === undefined ? undefined : (JSON.parse(draft) as Project);
}
