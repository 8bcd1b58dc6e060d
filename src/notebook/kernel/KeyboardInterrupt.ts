/** What the stop button throws into a cell. Named as in Python notebooks. */
export class KeyboardInterrupt extends Error {
  override readonly name = 'KeyboardInterrupt';

  constructor() {
    super('The cell was stopped.');
  }
}
