import { samples } from 'netc:samples';
import { fromBase64 } from '../base64.ts';
import { loadCompiled } from '../digits/compiled.ts';
import { editedReader } from '../digits/edited.ts';
import { Maps } from '../digits/maps.ts';
import { normalize, type Stroke, side } from '../digits/normalize.ts';
import { indexOfLargest, type Reading, softmax } from '../digits/reading.ts';
import { extent, Sheet } from '../digits/sheet.ts';
import { debounced, element, setText, words } from '../dom.ts';
import type { Editor } from '../editor/editor.ts';
import { type Examples, firstExample } from '../examples.ts';
import { onTheme } from '../theme.ts';
import type { Panel, Reason } from './panel.ts';

/**
 * A sheet to draw a digit on, which the compiled network of `examples/digits.net` reads while it is drawn. Where the text holds a
 * changed network that can have the same weights, that one reads it.
 */
export class DrawPanel implements Panel {
  readonly #editor: Editor;
  readonly #examples: Examples;
  readonly #edited: ReturnType<typeof editedReader>;
  readonly #compiled = loadCompiled();
  readonly #sheet: Sheet;
  readonly #seen = element('canvas', {
    class: 'seen',
    width: side,
    height: side,
    role: 'img',
    'aria-label': 'What the network sees',
  });
  readonly #digit = element('output', { class: 'digit', 'aria-hidden': 'true' });
  readonly #said = element('p', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
  readonly #reader = element('p', { class: 'reader' });
  readonly #openFirst: () => void;
  /** The text that was last seen not to hold a network that can read, and why. */
  #unfit: { readonly key: string; readonly problem: string } | undefined;
  readonly #bars: readonly HTMLElement[];
  readonly #maps: Maps;
  readonly #say = debounced(500, () => setText(this.#said, this.#words));
  #words = '';
  #image: Float32Array | undefined;
  #last: Reading | undefined;

  constructor(
    place: HTMLElement,
    editor: Editor,
    { examples, interpreter, openFirst }: Readonly<{ examples: Examples; interpreter: string; openFirst: () => void }>,
  ) {
    this.#editor = editor;
    this.#examples = examples;
    this.#openFirst = openFirst;
    this.#edited = editedReader(interpreter);
    const canvas = element('canvas', {
      class: 'sheet-of-paper',
      role: 'img',
      'aria-label': 'Draw a digit here, by mouse, pen or finger',
    });
    this.#sheet = new Sheet(canvas, (strokes) => this.#drawn(strokes));
    this.#bars = Array.from({ length: 10 }, (_, digit) =>
      element(
        'li',
        {},
        element('span', { class: 'name' }, String(digit)),
        element('span', { class: 'meter' }),
        element('span', { class: 'percent' }),
      ),
    );
    const chooser = samples.map(({ label, image }) => {
      const picture = element('canvas', { width: side, height: side });
      const numbers = Float32Array.from(fromBase64(image), (byte) => byte / 255);
      const title = `A ${label} that somebody wrote`;
      const click = () => this.#show(numbers);
      return {
        picture,
        numbers,
        button: element('button', { type: 'button', title, 'aria-label': title, click }, picture),
      };
    });
    const maps = element('div', { class: 'stages' });
    this.#maps = new Maps(maps);
    place.append(
      element(
        'div',
        { class: 'draw' },
        element(
          'div',
          { class: 'paper' },
          canvas,
          element('button', { type: 'button', class: 'clear', click: () => this.#clear() }, 'Clear'),
        ),
        element(
          'div',
          { class: 'answer' },
          element(
            'div',
            { class: 'verdict' },
            this.#digit,
            element('figure', {}, this.#seen, element('figcaption', {}, 'what it sees')),
          ),
          element('ol', { class: 'bars', 'aria-label': 'How likely each digit is' }, ...this.#bars),
        ),
      ),
      element(
        'div',
        { class: 'samples', role: 'group', 'aria-label': 'Digits to try' },
        ...chooser.map(({ button }) => button),
      ),
      this.#reader,
      this.#said,
      element('h2', {}, 'What each layer makes of it'),
      maps,
    );
    onTheme(() => {
      for (const { picture, numbers } of chooser) paint(picture, numbers);
      this.#repaint();
    });
    this.#show(chooser[7]!.numbers);
  }

  refresh(reason: Reason): void {
    if (reason === 'shown') this.#sheet.paint();
    if (reason !== 'cursor') void this.#read();
  }

  #drawn(strokes: readonly Stroke[]): void {
    this.#image = normalize(strokes, extent);
    void this.#read();
  }

  #show(image: Float32Array): void {
    this.#sheet.show(image);
    this.#image = image;
    void this.#read();
  }

  #clear(): void {
    this.#sheet.clear();
    this.#image = undefined;
    void this.#read();
  }

  async #read(): Promise<void> {
    const image = this.#image;
    const picture = image ?? new Float32Array(side * side);
    const readCompiled = await this.#compiled.catch((error: Error) => this.#tell(error.message));
    if (!readCompiled || image !== this.#image) return;
    const compiled = readCompiled(picture);
    const { whole } = this.#editor;
    if (whole.texts[whole.main] === this.#examples[firstExample]) {
      this.#tell(`The module that netc compiled reads it in ${timeText(compiled.milliseconds)}.`);
      this.#use(compiled);
      return;
    }
    const key = JSON.stringify(whole);
    if (this.#unfit?.key === key) {
      this.#use(compiled);
      return;
    }
    const answer = await this.#edited({ project: whole, image: picture });
    if (!answer) return;
    if ('problem' in answer) {
      this.#unfit = { key, problem: answer.problem };
      this.#tell(`${answer.problem} This is what examples/${firstExample} makes of the picture.`, true);
      this.#use(compiled);
    } else {
      this.#tell(`Your own network reads it, interpreted in ${timeText(answer.milliseconds)}.`);
      this.#use(answer);
    }
  }

  #tell(text: string, isOther = false): void {
    if (this.#reader.dataset.text === text) return;
    this.#reader.dataset.text = text;
    this.#reader.classList.toggle('other', isOther);
    const open = element('button', { type: 'button', click: this.#openFirst }, 'Open it');
    this.#reader.replaceChildren(...words(text), ...(isOther ? [open] : []));
  }

  #use(reading: Reading): void {
    this.#last = reading;
    const isEmpty = this.#image === undefined;
    const likely = softmax(reading.scores);
    const best = indexOfLargest(likely);
    setText(this.#digit, isEmpty ? '' : String(best));
    for (const [digit, bar] of this.#bars.entries()) {
      const percent = isEmpty ? 0 : 100 * likely[digit]!;
      bar.style.setProperty('--share', `${percent.toFixed(1)}%`);
      bar.classList.toggle('best', !isEmpty && digit === best);
      setText(bar.lastElementChild!, isEmpty ? '' : `${percent.toFixed(percent < 99.95 ? 1 : 0)} %`);
    }
    this.#words = isEmpty ? 'Nothing is drawn' : `Read as ${best}, ${Math.round(100 * likely[best]!)} percent sure`;
    this.#say();
    this.#repaint();
  }

  #repaint(): void {
    this.#sheet.paint();
    paint(this.#seen, this.#image ?? new Float32Array(side * side));
    if (this.#last) this.#maps.show(this.#last.stages);
  }
}

function timeText(milliseconds: number): string {
  return milliseconds < 1 ? `${Math.max(0.1, milliseconds).toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

/** A picture of 28×28 numbers in the colours of its surroundings. */
function paint(canvas: HTMLCanvasElement, image: Float32Array): void {
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, side, side);
  context.fillStyle = getComputedStyle(canvas).color;
  for (const [index, dark] of image.entries()) {
    if (dark === 0) continue;
    context.globalAlpha = dark;
    context.fillRect(index % side, Math.floor(index / side), 1, 1);
  }
  context.globalAlpha = 1;
}
