import type { Client } from '../domain/client';
import { readTextList } from './structured-list';

/** What a browser says of itself in `Sec-CH-UA*`, as far as it says it. */
export interface ClientHints {
  readonly brand: Brand | undefined;
  readonly mobile: boolean | undefined;
  /** `Windows`, `macOS`, `Android`, … */
  readonly platform: string | undefined;
  readonly platformVersion: string | undefined;
  readonly model: string | undefined;
  /** `Desktop`, `Mobile`, `Tablet`, … */
  readonly formFactors: readonly string[];
}

export interface Brand {
  readonly name: string;
  /** In full where the browser gives that, else the major one. */
  readonly version: string | undefined;
}

// Of a browser's brands the one that tells most: these are what others are made of, those that tell more last.
const foundations = ['Chromium', 'Google Chrome', 'Android WebView', 'Microsoft Edge WebView2', 'Microsoft Edge'];

/** undefined where there are none. */
export function readClientHints({ hints }: Client): ClientHints | undefined {
  if (!hints) return undefined;
  return {
    brand: readBrand(hints['sec-ch-ua'], hints['sec-ch-ua-full-version-list']),
    mobile: readBoolean(hints['sec-ch-ua-mobile']),
    platform: readText(hints['sec-ch-ua-platform']),
    platformVersion: readText(hints['sec-ch-ua-platform-version']),
    model: readText(hints['sec-ch-ua-model']),
    formFactors: readTextList(hints['sec-ch-ua-form-factors'] ?? '').map(({ text }) => text),
  };
}

function readBrand(majors = '', full = ''): Brand | undefined {
  const versions = new Map<string, string | undefined>();
  for (const { text, parameters } of [...readTextList(majors), ...readTextList(full)]) {
    if (!isGrease(text)) versions.set(text, parameters['v'] ?? versions.get(text));
  }
  const names = [...versions.keys()];
  const name = names.find((one) => !foundations.includes(one)) ?? foundations.findLast((one) => versions.has(one));
  return name === undefined ? undefined : { name, version: versions.get(name) };
}

/** A brand that stands for none, spelled in ever new ways so that no list is taken for closed: `Not)A;Brand`, ` Not?A_Brand`. */
function isGrease(name: string): boolean {
  return name.replace(/[^a-z]/gi, '').toLowerCase() === 'notabrand';
}

function readBoolean(field: string | undefined): boolean | undefined {
  const text = field?.trim();
  return text === '?1' ? true : text === '?0' ? false : undefined;
}

/** Browsers send an empty text for what they do not tell. */
function readText(field: string | undefined): string | undefined {
  return readTextList(field ?? '')[0]?.text.trim() || undefined;
}
