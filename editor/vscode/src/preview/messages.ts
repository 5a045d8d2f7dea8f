import type { Diagram } from '../../../server/protocol.ts';

/** What the panel and its page say to each other. */
export type ToPage =
  /** A picture to show instead of the last one; its boxes are those that lead to some text. */
  | { readonly kind: 'picture'; readonly net: string; readonly svg: string; readonly boxes: readonly string[] }
  /** Why the picture is not that of the text as it is now; nothing where it is. */
  | { readonly kind: 'note'; readonly text: string }
  /** The boxes of the stage at the cursor. */
  | { readonly kind: 'here'; readonly boxes: readonly string[] };

export type FromPage =
  /** It can be told something. */
  | { readonly kind: 'ready' }
  /** A box was chosen. */
  | { readonly kind: 'chosen'; readonly box: string };

export type Boxes = Diagram['boxes'];
