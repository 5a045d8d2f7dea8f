import type { Stage } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { BlockCall, LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import type { ValueType } from '../shape.ts';
import type { Constant } from './constant.ts';

/**
 * Hears what the checker finds as it goes, also of a net that is not right yet and has no graph. Editors show it; it
 * changes nothing of what is checked. Lines of a block and of a repeat are heard each time that they are written out.
 */
export interface Observer {
  /** What flows into a stage and out of it, where that is known. */
  flows(stage: Stage, before: ValueType | undefined, after: ValueType | undefined): void;
  /** The type of a value, at the name that it was given; of an input, at its name. */
  value(name: Span, type: ValueType): void;
  /** What a `let`, a parameter, an index or a symbolic size is worth, at its name. */
  constant(name: Span, value: Constant): void;
  /** The layer that an `act` declares, at its name. */
  activation(name: Span, layer: AnyLayer): void;
  /** All layers of a net that could be checked, and the calls of blocks that they come from. */
  net(nodes: readonly LayerNode[], calls: readonly BlockCall[]): void;
}
