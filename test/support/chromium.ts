import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Chromium of the system: `EZD_TEST_CHROMIUM`, else the usual places; null when there is none. Nothing is downloaded. */
export function findChromium(): string | null {
  const asked = process.env['EZD_TEST_CHROMIUM'];
  if (asked !== undefined && asked !== '') return asked;
  const usual = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ];
  return usual.find((file) => existsSync(file)) ?? null;
}

/** Starts it. Root may not use its sandbox, so there it goes without. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
