import type { WasmModule } from '../../engines/compiled/wasm';
import { Training } from '../../playground/Training';
import type { Answer, Logs, Request } from './messages';

/** How long to train between two answers, in ms: the page redraws 25 times a second, and a stop is heard as often. */
const slice = 40;

/** The worker's side: trains what the requests ask for and gives its answers to `reply`. */
export function serve(module: WasmModule, reply: (answer: Answer) => void): (request: Request) => void {
  let training: Training | undefined;
  let run = 0;
  // Each request that begins or ends training makes a new one, so that an older loop notices that its time is over.
  let turn = {};
  const isCurrent = (mine: object): boolean => mine === turn;

  const train = async (until: number, pause: number): Promise<void> => {
    const trained = training;
    if (!trained) return;
    const mine = (turn = {});
    const began = performance.now();
    const first = trained.epochs;
    while (isCurrent(mine)) {
      const begun = performance.now();
      const allowed = pause > 0 ? first + Math.floor((begun - began) / pause) + 1 : until;
      const logs: Logs[] = [];
      while (trained.epochs < Math.min(until, allowed)) {
        const epoch = trained.epoch();
        logs.push(epoch);
        if (hasNaN(epoch) || performance.now() - begun > slice) break;
      }
      const end = trained.epochs >= until || logs.some(hasNaN);
      if (logs.length > 0 || end) reply({ kind: 'progress', run, logs, answers: trained.answers(), end });
      if (end) break;
      // Lets messages in; at full speed at once.
      const rest = pause > 0 ? slice - (performance.now() - begun) : 0;
      await new Promise<void>(resolve => {
        setTimeout(resolve, Math.max(0, rest));
      });
    }
  };

  const handle = (request: Request): void => {
    switch (request.kind) {
      case 'start':
        turn = {};
        run = request.run;
        training = new Training(module, request.config, request.settings);
        break;
      case 'train':
        train(request.until, request.pause).catch(fail);
        break;
      case 'stop':
        turn = {};
        reply({ kind: 'progress', run, logs: [], answers: undefined, end: true });
        break;
      case 'test': {
        const logs = training?.test();
        if (logs) reply({ kind: 'tested', run, logs });
      }
    }
  };
  const fail = (error: unknown): void => {
    training = undefined;
    reply({ kind: 'failed', run, message: error instanceof Error ? error.message : String(error) });
  };
  return request => {
    try {
      handle(request);
    } catch (error) {
      fail(error);
    }
  };
}

function hasNaN(logs: Logs): boolean {
  return Object.values(logs).some(value => !Number.isFinite(value));
}
