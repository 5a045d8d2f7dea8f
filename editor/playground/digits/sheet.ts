import { type Point, type Stroke, side } from './normalize.ts';

/** How many units the sheet is wide and high, however large it is on the screen. */
export const extent = 280;
const penWidth = 22;

/** A canvas on which one draws with a mouse, a pen or a finger. */
export class Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #drawn: (strokes: readonly Stroke[]) => void;
  #strokes: Point[][] = [];
  #shown: Float32Array | undefined;

  /** Calls whenever something was drawn, at most once for each frame of the screen. */
  constructor(canvas: HTMLCanvasElement, drawn: (strokes: readonly Stroke[]) => void) {
    this.canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#drawn = drawn;
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#go(event));
    new ResizeObserver(() => this.paint()).observe(canvas);
  }

  clear(): void {
    this.#strokes = [];
    this.#shown = undefined;
    this.paint();
  }

  /** Shows a picture of 28×28 instead of what was drawn; the next stroke begins a new drawing. */
  show(image: Float32Array): void {
    this.#strokes = [];
    this.#shown = image;
    this.paint();
  }

  /** Draws all again: after another size, or other colours. */
  paint(): void {
    const { canvas } = this;
    const context = this.#context;
    const size = Math.round(canvas.clientWidth * devicePixelRatio);
    if (size === 0) return;
    if (canvas.width !== size) {
      canvas.width = size;
      canvas.height = size;
    }
    context.setTransform(size / extent, 0, 0, size / extent, 0, 0);
    context.clearRect(0, 0, extent, extent);
    const ink = getComputedStyle(canvas).color;
    if (this.#shown) this.#paintImage(this.#shown, ink);
    context.strokeStyle = ink;
    context.lineWidth = penWidth;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const stroke of this.#strokes) {
      context.beginPath();
      for (const { x, y } of stroke) context.lineTo(x, y);
      // A dot is a line that goes nowhere.
      context.lineTo(stroke.at(-1)!.x, stroke.at(-1)!.y);
      context.stroke();
    }
  }

  #paintImage(image: Float32Array, ink: string): void {
    const small = new OffscreenCanvas(side, side);
    const context = small.getContext('2d')!;
    context.fillStyle = ink;
    for (const [index, dark] of image.entries()) {
      context.globalAlpha = dark;
      context.fillRect(index % side, Math.floor(index / side), 1, 1);
    }
    this.#context.imageSmoothingQuality = 'high';
    this.#context.drawImage(small, 0, 0, extent, extent);
  }

  #begin(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.#shown = undefined;
    this.#strokes.push([this.#place(event)]);
    this.#changed();
  }

  #go(event: PointerEvent): void {
    if (!this.canvas.hasPointerCapture(event.pointerId)) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length > 0 ? all : [event]) this.#strokes.at(-1)!.push(this.#place(each));
    this.#changed();
  }

  #place({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return { x: ((clientX - left) * extent) / width, y: ((clientY - top) * extent) / height };
  }

  #isAsked = false;

  #changed(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.paint();
      this.#drawn(this.#strokes);
    });
  }
}
