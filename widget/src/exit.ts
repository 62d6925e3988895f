// Leaving at once: nothing left on the screen, the conversation erased, no way back with one press of Back.
// The same three presses of Shift as in GOV.UK's exit-this-page.
import type { Conversation } from "./api";

const PRESSES = 3;
const WITHIN = 5000;

export function leave(conversation: Conversation, to: string): void {
  document.documentElement.style.display = "none";
  document.title = "\u200b";
  conversation.eraseAtOnce();
  window.location.replace(to);
}

/** Calls back when Shift is pressed three times with nothing else between; gives back how to stop listening. */
export function onThreeShifts(callback: () => void): () => void {
  let presses: number[] = [];
  const listen = (event: KeyboardEvent) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) {
      presses = [...presses.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
      if (presses.length >= PRESSES) callback();
    }
  };
  document.addEventListener("keydown", listen, true);
  return () => document.removeEventListener("keydown", listen, true);
}
