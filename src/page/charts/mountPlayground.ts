/** What the script of the playground (src/page/playground) leaves for this one. */
interface Playground {
  mount(element: HTMLElement, config: unknown): void | Promise<void>;
}

declare global {
  // oxlint-disable-next-line no-var
  var kerasPrimerPlayground: Playground | undefined;
}

/**
 * Puts a playground into a figure, in the place of its picture, which stays for print.
 * @throws when there is no playground in the page, or what it throws
 */
export async function mountPlayground(figure: HTMLElement, config: unknown): Promise<void> {
  const playground = globalThis.kerasPrimerPlayground;
  if (!playground) throw new Error('The page carries no playground.');
  const element = document.createElement('div');
  element.className = 'live playground';
  figure.prepend(element);
  try {
    await playground.mount(element, config);
    figure.classList.add('is-live');
  } catch (error) {
    element.remove();
    throw error;
  }
}
