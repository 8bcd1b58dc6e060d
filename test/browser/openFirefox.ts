import { existsSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

/** Where Firefox lies on this machine; `KERAS_PRIMER_FIREFOX` names another. */
export function findFirefox(): string | undefined {
  const { KERAS_PRIMER_FIREFOX, PATH = '' } = process.env;
  const places = PATH.split(path.delimiter).flatMap(folder =>
    ['firefox', 'firefox-esr'].map(name => path.join(folder, name)),
  );
  return [KERAS_PRIMER_FIREFOX ?? '', ...places].find(file => file !== '' && existsSync(file));
}

/** A headless Firefox of this machine, as released, that reaches no network: its proxy is a port at which nobody listens. */
export async function openFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  if (executablePath === undefined)
    throw new Error('No Firefox was found. Install it, or name it in KERAS_PRIMER_FIREFOX.');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': 9,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': 9,
      'network.proxy.no_proxies_on': '',
    },
  });
}
