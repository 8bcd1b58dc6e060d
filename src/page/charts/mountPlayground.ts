/** What the script of the playground (src/page/playground) leaves for this one. */
interface Playground {
  mount(element: HTMLElement, config: unknown): void | Promise<void>;
}

declare global {
  // oxlint-disable-next-line no-var
  var kerasPrimerPlayground: Playground | undefined;
}

/** Puts a playground before the picture of a figure; the picture goes when the playground stands, and stays for print and where it fails. */
export function mountPlayground(figure: HTMLElement, config: unknown): void {
  const playground = globalThis.kerasPrimerPlayground;
  if (!playground) return;
  const element = document.createElement('div');
  element.className = 'playground live';
  figure.prepend(element);
  const failed = (error: unknown): void => {
    console.warn('The playground stays a picture:', error);
    element.remove();
    figure.classList.remove('is-live');
  };
  try {
    figure.classList.add('is-live');
    Promise.resolve(playground.mount(element, config)).catch(failed);
  } catch (error) {
    failed(error);
  }
}
