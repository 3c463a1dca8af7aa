import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { requireProgram } from './debian-package';
import { runFolder } from './run-folder';

// While this file is loaded, since an installation takes longer than a test may.
const executablePath = requireProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium');

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** A real browser with an empty profile of its own. `close()` ends it. */
export function launchBrowser(): Promise<BrowserContext> {
  const profile = mkdtempSync(join(runFolder(), 'browser-'));
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
  });
}
