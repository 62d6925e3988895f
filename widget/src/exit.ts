// Leaving at once: nothing left on the screen, the conversation erased, no way back with one press of Back.
// The same three presses of Shift as in GOV.UK's exit-this-page.
import type { Conversation } from "./api";
import { closeOpened } from "./files";

const PRESSES = 3;
const WITHIN = 5000;

export function leave(conversation: Conversation, to: string): void {
  document.documentElement.style.display = "none";
  document.title = "\u200b";
  closeOpened();
  conversation.eraseAtOnce();
  window.location.replace(to);
}

/** Calls `callback` when Shift is pressed three times with nothing else between, and `onCount` with how often it is still to be
 * pressed: after a press by itself (a capital is none), and with null when it took too long. Gives back how to stop listening. */
export function onThreeShifts(callback: () => void, onCount: (left: number | null) => void): () => void {
  let presses: number[] = [];
  let expiry: ReturnType<typeof setTimeout>;
  const down = (event: KeyboardEvent) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) {
      presses = [...presses.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
      if (presses.length >= PRESSES) callback();
    }
  };
  const up = (event: KeyboardEvent) => {
    if (event.key !== "Shift" || !presses.length) return;
    onCount(PRESSES - presses.length);
    clearTimeout(expiry);
    expiry = setTimeout(() => {
      if (presses.length) onCount(null);
      presses = [];
    }, WITHIN);
  };
  document.addEventListener("keydown", down, true);
  document.addEventListener("keyup", up, true);
  return () => {
    clearTimeout(expiry);
    document.removeEventListener("keydown", down, true);
    document.removeEventListener("keyup", up, true);
  };
}
