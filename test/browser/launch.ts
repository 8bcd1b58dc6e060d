import { statSync } from 'node:fs';
import { launch as launchBrowser, type Browser, type Page, type Viewport } from 'puppeteer-core';
import { chromiumCandidates } from '../../scripts/testing/findChromium.mjs';
import { firefoxCandidates } from '../../scripts/testing/findFirefox.mjs';
import { chromiumArguments } from './chromiumArguments';

export type BrowserName = 'Chromium' | 'Firefox';

export interface LaunchOptions {
  /** What the viewer's system prefers; default light. */
  dark?: boolean;
  /** Whether pages may run scripts; default true. */
  scripts?: boolean;
}

/** The program of a browser, if this machine has it; at once, as mocha asks for it when it collects the tests. */
export function find(name: BrowserName): string | undefined {
  const candidates = name === 'Chromium' ? chromiumCandidates : firefoxCandidates;
  return candidates(process.platform, process.env).find(file =>
    statSync(file, { throwIfNoEntry: false })?.isFile(),
  );
}

/**
 * A browser of this machine as its makers ship it, without a network: every address leads to a closed port of this machine. Playwright drives only a Firefox
 * of its own; puppeteer drives both.
 */
export async function launch(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  const { dark = false, scripts = true } = options;
  const executablePath = find(name);
  if (!executablePath) throw new Error(`${name} was not found.`);
  if (name === 'Chromium') {
    return launchBrowser({
      browser: 'chrome',
      executablePath,
      args: [
        ...chromiumArguments,
        '--proxy-server=http://127.0.0.1:9',
        ...(dark ? ['--force-dark-mode', '--blink-settings=preferredColorScheme=0'] : []),
        ...(scripts ? [] : ['--blink-settings=scriptEnabled=false']),
      ],
    });
  }
  const proxy = Object.fromEntries(
    ['http', 'ssl'].flatMap(kind => [
      [`network.proxy.${kind}`, '127.0.0.1'],
      [`network.proxy.${kind}_port`, 9],
    ]),
  );
  return launchBrowser({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      ...proxy,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'javascript.enabled': scripts,
    },
  });
}

export interface Opened {
  page: Page;
  /** Requests beside the page, words in the console, errors, and what the security policy refused. */
  trouble: () => Promise<string[]>;
}

/** Opens a page from disk. */
export async function open(
  browser: Browser,
  address: string,
  viewport: Viewport = { width: 1280, height: 900 },
): Promise<Opened> {
  const page = await browser.newPage();
  await page.setViewport(viewport);
  const trouble: string[] = [];
  page.on('request', request => {
    if (request.url() !== address && !/^(data|blob):/.test(request.url()))
      trouble.push(`request ${request.url()}`);
  });
  page.on('console', message => trouble.push(`console ${message.text()}`));
  page.on('pageerror', error =>
    trouble.push(`error ${error instanceof Error ? error.message : String(error)}`),
  );
  // tsx names functions by a helper, which the page does not have.
  await page.evaluateOnNewDocument(`
    globalThis.__name = value => value;
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective + ' ' + event.blockedURI));
  `);
  await page.goto(address);
  return {
    page,
    trouble: async () => {
      const refused: unknown = await page.evaluate('globalThis.refused ?? []');
      return [...trouble, ...(Array.isArray(refused) ? refused.map(String) : [])];
    },
  };
}

/** Waits until every figure of the page is live. */
export async function untilLive(page: Page): Promise<void> {
  await page.waitForFunction("document.documentElement.dataset.figures === 'live'", { timeout: 60_000 });
}
