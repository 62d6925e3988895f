// One request to the server, and what can come of it. It never waits longer than PATIENCE.
import type { Message } from "./messages";

/** The server cannot be reached, or could not answer: what was typed is to be kept. `messages` is what it says of it itself. */
export class Unreachable extends Error {
  constructor(readonly messages: Message[] = []) {
    super();
  }
}
/** The server answered that it cannot, or not in time: the page says so at once and lets the parent send it again. */
export class Failed extends Unreachable {}
/** Too much at once: after so many seconds it may be tried again. */
export class Wait extends Unreachable {
  constructor(
    readonly seconds: number,
    messages: Message[],
  ) {
    super(messages);
  }
}
/** The conversation is over or erased; a new one begins. */
export class Over extends Error {}

export interface Answer {
  status: number;
  ok: boolean;
  headers: Headers;
  body: string;
}

/** A turn takes five seconds at most, and a proxy may try a second server. */
const PATIENCE = 20_000;

export async function request(address: string, init: RequestInit): Promise<Answer> {
  const { status, ok, headers, body } = await inTime(address, init);
  if (status === 401) throw new Over();
  if (status === 429) throw new Wait(Number(headers.get("Retry-After")) || 1, messagesIn(body));
  if (status >= 500) throw new Failed(messagesIn(body));
  return { status, ok, headers, body };
}

async function inTime(address: string, init: RequestInit): Promise<Answer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const asked = { ...init, signal: patience.signal, credentials: "omit", referrerPolicy: "no-referrer" } as const;
    const answer = await fetch(address, asked);
    return { status: answer.status, ok: answer.ok, headers: answer.headers, body: await answer.text() };
  } catch (error) {
    throw patience.signal.aborted ? new Failed() : error;
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy in between answers with no message of ours. */
function messagesIn(body: string): Message[] {
  try {
    return JSON.parse(body).messages ?? [];
  } catch {
    return [];
  }
}
