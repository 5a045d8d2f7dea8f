/** What is shown beside the text. */
export interface Panel {
  /**
   * The panel has come to be seen, or the text or the cursor has changed while it is. What it shows may take a while; the next
   * change does not wait for it.
   */
  refresh(reason: Reason): void;
}

export type Reason = 'shown' | 'text' | 'cursor';
