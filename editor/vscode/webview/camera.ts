/** Where a picture is in its window: moved by `x` and `y` after it was scaled. Sizes and places are in pixels of the window. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of the picture, in its own units. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export const smallest = 0.05;
export const largest = 8;
const margin = 16;

/** All of the picture, no larger than it was drawn. */
export function whole(picture: Size, window: Size): Camera {
  return placed(picture, window, Math.min(1, wide(picture, window), high(picture, window)));
}

/** The same where it can still be read; otherwise its upper end, which the window's width must hold. */
export function readable(picture: Size, window: Size): Camera {
  const all = high(picture, window);
  return placed(picture, window, Math.min(1, wide(picture, window), all < smallestRead ? 1 : all));
}

const smallestRead = 0.7;

const wide = (picture: Size, window: Size) => (window.width - 2 * margin) / picture.width;
const high = (picture: Size, window: Size) => (window.height - 2 * margin) / picture.height;

function placed({ width, height }: Size, window: Size, scale: number): Camera {
  const kept = within(scale);
  return {
    scale: kept,
    x: (window.width - kept * width) / 2,
    y: Math.max(margin, (window.height - kept * height) / 2),
  };
}

/** Larger or smaller, so that what lies under a place of the window stays there. */
export function zoomed(
  { x, y, scale }: Camera,
  factor: number,
  at: { readonly x: number; readonly y: number },
): Camera {
  const next = within(scale * factor);
  const ratio = next / scale;
  return { scale: next, x: at.x - ratio * (at.x - x), y: at.y - ratio * (at.y - y) };
}

/** Moved so that a part of the picture is in the middle; the same where all of it can be seen already. */
export function revealed(camera: Camera, box: Box, window: Size): Camera {
  const move = (from: number, size: number, room: number) =>
    from >= 0 && from + size <= room ? 0 : (room - Math.min(size, room)) / 2 - from;
  const x = move(camera.x + camera.scale * box.x, camera.scale * box.width, window.width);
  const y = move(camera.y + camera.scale * box.y, camera.scale * box.height, window.height);
  return x === 0 && y === 0 ? camera : { ...camera, x: camera.x + x, y: camera.y + y };
}

const within = (scale: number) => Math.min(largest, Math.max(smallest, scale));
