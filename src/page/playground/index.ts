// What a report with a playground carries beside the script of its charts, which calls `mount`.
import type { PlaygroundConfig } from '../../playground/PlaygroundConfig';
import workerText from 'inline:./worker.ts';
import { mount } from './mount';

Object.assign(globalThis, {
  kerasPrimerPlayground: {
    mount: (element: HTMLElement, config: unknown): void => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it comes from the notebook of the same build
      mount(element, config as PlaygroundConfig);
    },
    workerText,
  },
});
