// What the playground's worker runs: bundled by itself, with the trainer in it, and started from a blob.
import bytes from '../../../dist/engines/compiled/pageTrainer.wasm';
import { wasm } from '../../engines/compiled/wasm';
import type { Request } from './messages';
import { serve } from './serve';

/** The part of a worker's global scope that is used. */
interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: Request }) => void) | null;
}

declare const self: Scope;

const handle = serve(new wasm.Module(bytes), answer => self.postMessage(answer));
self.onmessage = ({ data }) => handle(data);
