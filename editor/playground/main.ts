/** The playground: an editor with the language server beside it in a worker, and what becomes of the text. */
import './styles/index.css';
import { texts } from 'netc:examples';
import { startExamples, startHelp } from './dialogs.ts';
import { byId, debounced, setText } from './dom.ts';
import type { LanguageServer } from './editor/assistance.ts';
import { Editor } from './editor/editor.ts';
import { type Examples, exampleGroups, exampleOf } from './examples.ts';
import { startFiles } from './files.ts';
import type { Project } from './project.ts';
import { Results } from './results.ts';
import { exampleProject, firstProject, isOwn, keep, linkedProject } from './session.ts';
import { startSplitter } from './splitter.ts';
import { startTheme } from './theme.ts';
import { toast } from './toast.ts';

const own = exampleGroups.flatMap((group) => group.examples).flatMap(({ file, text }) => (text ? [[file, text]] : []));
/** Without a prototype, since a text may import any name. */
const examples: Examples = Object.assign(Object.create(null) as object, texts, Object.fromEntries(own));
/** The page says where its workers are. */
const { server: serverScript = '', interpreter = '' } =
  document.querySelector<HTMLScriptElement>('script[data-server]')?.dataset ?? {};
const scripts = { server: serverScript, interpreter };

startTheme();
startSplitter();
startHelp();
startSides();
const editor = new Editor(byId('editor'), examples, await firstProject(examples));
const server = startServer();
const results = new Results({
  editor,
  server,
  examples,
  scripts,
  open: (file) => void choose(file),
});
const showFiles = startFiles(editor);

const textChanged = debounced(250, () => {
  results.refresh('text');
  keep(editor.project, examples);
});
const cursorMoved = debounced(60, () => results.refresh('cursor'));

editor.on(({ kind }) => {
  if (kind === 'text') textChanged();
  if (kind === 'cursor') cursorMoved();
  showPlace();
  if (kind === 'shown' || kind === 'text') showFiles();
});
showFiles();
showPlace();

startExamples((file) => void choose(file));
addEventListener('hashchange', async () => {
  const project = await linkedProject(examples);
  if (project) open(project);
});
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  editor.view.focus();
});
byId('format').addEventListener('click', async () => (await server).format());
byId('share').addEventListener('click', () => void share());
byId('hints').addEventListener('click', ({ currentTarget }) => {
  const button = currentTarget as HTMLElement;
  const shows = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(shows));
  byId('editor').classList.toggle('without-hints', !shows);
  editor.view.requestMeasure();
});

/** The server's script is fetched beside the page's own; what the editor needs to talk to it is loaded meanwhile. */
async function startServer(): Promise<LanguageServer> {
  const worker = new Worker(scripts.server, { type: 'module' });
  worker.addEventListener('error', () => setText(byId('tally'), 'The checker has failed; please load the page again'));
  const { LanguageServer } = await import('./editor/assistance.ts');
  const started = new LanguageServer(worker, editor);
  editor.assist(started);
  return started;
}

/** Opens an example. The way back leads to what was written, which the address before holds. */
async function choose(file: string): Promise<void> {
  if (isOwn(editor.project, examples)) {
    await addressAll();
    history.pushState(null, '', location.href);
  }
  open(exampleProject(file, examples));
}

function open(project: Project): void {
  editor.open(project);
  keep(project, examples);
  results.opened();
  editor.view.focus();
}

/** Makes the address of the page one that holds the whole text. */
async function addressAll(): Promise<void> {
  const { toFragment } = await import('./share.ts');
  history.replaceState(null, '', `#${toFragment(editor.project)}`);
}

async function share(): Promise<void> {
  await addressAll();
  try {
    await navigator.clipboard.writeText(location.href);
    toast(`Link copied: ${location.href.length.toLocaleString('en')} letters that hold the whole text`);
  } catch {
    toast('The link is in the address bar');
  }
}

function showPlace(): void {
  const { state } = editor.view;
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  setText(byId('place'), `${line.number}:${head - line.from + 1}`);
  setText(byId('chosen'), exampleOf(editor.main)?.title ?? editor.main);
}

/** On a narrow screen either the text or the results are shown. */
function startSides(): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('.sides button')];
  for (const button of buttons) {
    button.addEventListener('click', () => {
      byId('workbench').dataset.side = button.dataset.side;
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
    });
  }
}
