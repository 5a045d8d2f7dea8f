/** A net of so many layers, each on a line of its own, whose analysis takes a while. */
export function longNet(stages: number, name = 'Long'): string {
  return `net ${name}(x: [8, 32, 32]) {\n${'  conv 8->8 k3 p1\n'.repeat(stages)}}\n`;
}
