import manifest from '../../package.json' with { type: 'json' };

/** Of the package; taken into whatever the server is bundled into. */
export const { version } = manifest;
