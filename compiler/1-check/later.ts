/** Layers of the language that this version does not have, so that nobody is sent after a slip of the pen. */
export const later: ReadonlySet<string> = new Set(
  ['embedding rnn lstm gru adaptiveavgpool adaptivemaxpool', 'pad crop upsample pixelshuffle pixelunshuffle'].flatMap(
    (names) => names.split(' '),
  ),
);
