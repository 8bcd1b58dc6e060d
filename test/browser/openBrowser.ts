import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium } from '../../scripts/testing/findChromium.mjs';
import { chromiumArguments } from './chromiumArguments';

/** A headless Chromium of this machine, which itself asks for nothing on the network. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath)
    throw new Error('No Chromium was found. Install it, or name it in KERAS_PRIMER_CHROMIUM.');
  return chromium.launch({
    executablePath,
    args: [...chromiumArguments],
  });
}
