import type { View } from 'vega';
import { stateOf } from './stateOf';

// A slider that is dragged passes many states; only one at which it rests is spoken.
const rest = 500;

interface How {
  /** Whether something was moved, when the words of the picture are no longer true. */
  readonly moved: boolean;
  /** Whether the reader did it just now. */
  readonly told?: boolean;
}

type Speak = (view: View, room: Element, how: How) => void;

/**
 * Lets a screen reader follow what a reader moves: a slider has the chart's state in words as its value, and a status tells it when the slider rests.
 * @returns what to call whenever the chart was drawn: the view and its element
 */
export function speakState(figure: HTMLElement): Speak {
  const controls = figure.querySelector('.controls');
  if (!controls) return () => {};
  const sliders = controls.querySelectorAll('input[type=range]');
  const title = figure.querySelector('.still title')?.textContent ?? '';
  const status = document.createElement('p');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  let timer: number | undefined;

  return (view, room, { moved, told = false }) => {
    const state = stateOf(view);
    if (!state) return;
    for (const slider of sliders) slider.setAttribute('aria-valuetext', state);
    // A live region must be there before it has something to tell.
    if (!status.isConnected) controls.after(status);
    if (moved) {
      room.removeAttribute('aria-labelledby');
      room.setAttribute('aria-label', `${title}. ${state}`);
    }
    if (!told) return;
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = state), rest);
  };
}
