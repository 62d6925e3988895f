// Talks to the web channel (naast/channels/web.py). The token lives in sessionStorage: gone with the tab.

export interface Button {
  title: string;
  payload: string;
}
export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  url: string | null;
  what_happens: string;
  open_now: boolean | null;
}
export interface File {
  name: string;
  type: string;
  text: string;
}
export type Custom =
  | { kind: "contact"; contacts: Contact[] }
  | { kind: "attachment" | "calendar"; files: File[] }
  | { kind: "plan"; lead: string; steps: { title: string; done: boolean }[] };
export interface Message {
  from?: "parent" | "naast";
  text: string;
  language?: string;
  buttons?: Button[];
  custom?: Custom;
}
export type Said = { text: string } | Button;

/** The server cannot be reached, or could not answer: what was typed is to be kept. */
export class Unreachable extends Error {}
/** The server answered that it cannot, or hangs: the page says so at once and lets the parent send it again. */
class Failed extends Unreachable {}
/** The conversation is over or erased; a new one begins. */
class Over extends Error {}
/** It was erased while something was still to be sent, which went with it. */
class Erased extends Error {}
/** Too much at once: after so many seconds it may be tried again; until then these messages stand. */
class Wait extends Error {
  constructor(
    readonly seconds: number,
    readonly messages: Message[],
  ) {
    super();
  }
}

const TRIES = 3;
const PAUSE = 1500;
/** Milliseconds: the server has answered in five seconds or hangs. Null in a browser that cannot end a request. */
const inTime = () => AbortSignal.timeout?.(10_000) ?? null;
/** Seconds; whoever must wait longer is told so. */
const LONGEST_WAIT = 5;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Random, also on a page without TLS, where crypto.randomUUID is missing. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Conversation {
  /** Under which name the token is kept. */
  private readonly kept: string;
  /** What was said last and has no answer yet, with its id. */
  private unanswered: { said: string; id: string } | null = null;
  /** How often it was erased: what was said before is not sent, nor shown, after it. */
  erasures = 0;
  /** The erasure that is under way, or the last one. */
  private erasing: Promise<unknown> = Promise.resolve();

  /** `region` is the country of the website, nl or be: whom to call there; `language` what the page is shown in;
   *  with an `invitation` a test conversation is held, apart from any other. */
  constructor(
    private readonly base: string,
    private readonly region: string | null,
    public language: string,
    private readonly invitation: string | null = null,
  ) {
    this.kept = invitation ? "naast.guest" : "naast.token";
  }

  private get token(): string | null {
    return sessionStorage.getItem(this.kept);
  }

  get isKnown(): boolean {
    return this.token !== null;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { "Content-Language": this.language };
    if (this.token) headers["Authorization"] = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(`${this.base}/${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: inTime(),
    }).catch((error) => {
      throw error.name === "TimeoutError" ? new Failed() : error;
    });
    if (answer.status === 401) throw new Over();
    if (answer.status === 429) {
      throw new Wait(Number(answer.headers.get("Retry-After")) || 1, (await answer.json()).messages);
    }
    if (answer.status >= 500) throw new Failed();
    return answer;
  }

  private async begin(): Promise<void> {
    const begun = this.erasures;
    const answer = await this.ask("POST", "conversations", this.invitation ? { invitation: this.invitation } : undefined);
    if (answer.status !== 201) throw new Unreachable();
    const { token } = await answer.json();
    await this.unlessErased(begun);
    sessionStorage.setItem(this.kept, token);
  }

  /** Says something and gives the answer. Tried again under the same id, also when the parent does so, so that it never
   * counts twice. */
  async say(said: Said): Promise<Message[]> {
    const same = JSON.stringify(said);
    if (this.unanswered?.said !== same) this.unanswered = { said: same, id: newId() };
    const messages = await this.send(said, this.unanswered.id);
    this.unanswered = null;
    return messages;
  }

  private async send(said: Said, id: string): Promise<Message[]> {
    const begun = this.erasures;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.unlessErased(begun);
        if (!this.token) await this.begin();
        const answer = await this.ask("POST", "messages", { id, region: this.region ?? undefined, ...said });
        const content = await answer.json();
        await this.unlessErased(begun);
        return answer.ok ? content : content.messages;
      } catch (error) {
        await this.unlessErased(begun);
        if (error instanceof Failed) throw error;
        if (attempt === TRIES) {
          if (error instanceof Wait) return error.messages;
          throw new Unreachable();
        }
        if (error instanceof Over) sessionStorage.removeItem(this.kept);
        else await pause(error instanceof Wait ? Math.min(error.seconds, LONGEST_WAIT) * 1000 : PAUSE * attempt);
      }
    }
  }

  /** Waits for an erasure that is under way; what was said before it ends here. */
  private async unlessErased(begun: number): Promise<void> {
    await this.erasing;
    if (this.erasures !== begun) throw new Erased();
  }

  /** What was said before the page was loaded anew. */
  async restore(): Promise<Message[]> {
    return (await (await this.look("conversation"))?.json()) ?? [];
  }

  /** What is kept of the conversation, as a file to save; null where nothing is. */
  async export(): Promise<File | null> {
    const answer = await this.look("export");
    if (!answer) return null;
    const name = /filename="(.+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    return { name: name ?? "naast.txt", type: "text/plain", text: await answer.text() };
  }

  /** Something of the conversation; null where it has not begun or is over. */
  private async look(path: string): Promise<Response | null> {
    if (!this.token) return null;
    try {
      const answer = await this.ask("GET", path);
      if (answer.ok) return answer;
    } catch (error) {
      if (error instanceof Over) {
        sessionStorage.removeItem(this.kept);
        return null;
      }
    }
    throw new Unreachable();
  }

  /** Erases the conversation, on the server first: without its token nobody could try again. True when it is gone. */
  async erase(): Promise<boolean> {
    const gone = this.eraseOnServer().then((done) => {
      if (done) this.forget();
      return done;
    });
    this.erasing = gone;
    return gone;
  }

  /** Erases it for somebody who cannot wait for the server. */
  eraseAtOnce(): void {
    void this.eraseOnServer();
    this.forget();
  }

  /** The request outlives the page. */
  private async eraseOnServer(): Promise<boolean> {
    if (!this.token) return true;
    const headers = { Authorization: `Bearer ${this.token}` };
    try {
      const answer = await fetch(`${this.base}/conversation`, { method: "DELETE", headers, keepalive: true, credentials: "omit", signal: inTime() });
      return answer.ok || answer.status === 401; // 401: there is no such conversation any more
    } catch {
      return false;
    }
  }

  private forget(): void {
    sessionStorage.removeItem(this.kept);
    this.unanswered = null;
    this.erasures += 1;
  }
}
