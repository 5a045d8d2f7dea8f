import type { Summary } from '../../../compiler/index.ts';
import { bytesText, numberText } from '../../../compiler/index.ts';

/** The layers of nets with their shapes and costs, as Markdown. */
export function summaryPage(nets: readonly Summary[]): string {
  return nets.length === 0 ? '*There is no net whose shapes are known.*\n' : nets.map(section).join('\n');
}

function section({ net, signature, layers, parameters, macs, arena }: Summary): string {
  const rows = layers.map((layer) => [
    text(layer.path),
    code(layer.layer),
    code(`[${layer.output.join(', ')}]`),
    numberText(layer.parameters),
    numberText(layer.macs),
  ]);
  const total = ['**total**', '', '', `**${numberText(parameters)}**`, `**${numberText(macs)}**`];
  const memory = [
    ...(parameters === null ? [] : [`weights ${bytesText(4 * parameters)}`]),
    ...(arena === null ? [] : [`memory of a run ${bytesText(arena.bytes)}`]),
  ];
  return [
    `## ${text(net)}`,
    '',
    code(signature),
    '',
    '| path | layer | output | parameters | MACs |',
    '| :-- | :-- | :-- | --: | --: |',
    ...[...rows, total].map((row) => `| ${row.join(' | ')} |`),
    '',
    memory.join(' · '),
    '',
  ].join('\n');
}

/** Paths and names may have signs that mean something in Markdown. */
const text = (written: string) => written.replaceAll(/[\\`*_{}[\]<>()#+.!|~-]/g, '\\$&');

/** In a table a bar ends the cell, also within code. */
const code = (written: string) => `\`${written.replaceAll('|', '\\|')}\``;
