import { defaultSettings, type Settings } from './protocol.ts';

/** The settings as a client gives them, which may be anything; what is not there is as usual, or as it was given before. */
export function settingsOf(given: unknown, usual = defaultSettings): Settings {
  return overlaid(usual, given);
}

function overlaid<Value extends object>(usual: Value, given: unknown): Value {
  const entries = Object.entries(usual).map(([key, value]) => {
    const other = isRecord(given) ? given[key] : undefined;
    if (typeof value === 'object') return [key, overlaid(value, other)];
    return [key, typeof other === typeof value ? other : value];
  });
  return Object.fromEntries(entries) as Value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
