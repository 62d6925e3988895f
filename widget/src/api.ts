// One conversation with the web channel (naast/channels/web.py): begin, say, restore, take away, erase.
import type { File, Message, Said } from "./messages";
import { Failed, Over, request, Unreachable, Wait, type Answer } from "./request";
import { recall, remember } from "./store";
import { Tabs } from "./tabs";

/** It was erased while something was still to be sent, which went with it. */
class Erased extends Error {}

const TRIES = 3;
const PAUSE = 1500;
/** Seconds; whoever must wait longer is told so. */
const LONGEST_WAIT = 5;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Random, also on a page without TLS, where crypto.randomUUID is missing. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Conversation {
  /** Under which name the token is kept. */
  private readonly kept: string;
  /** How often it was erased: what was said before is not sent, nor shown, after it. */
  erasures = 0;
  /** Called when another tab has erased it. */
  onErasedElsewhere: () => void = () => {};
  /** The erasure that is under way, or the last one. */
  private erasing: Promise<unknown> = Promise.resolve();
  private readonly tabs = new Tabs(() => {
    this.forget();
    this.onErasedElsewhere();
  });

  /** `region` is the country of the website, nl or be: whom to call there; `language` what the page is shown in;
   *  with an `invitation` a test conversation is held, apart from any other. */
  constructor(
    private readonly base: string,
    private readonly region: string | null,
    public language: string,
    private readonly invitation: string | null = null,
  ) {
    this.kept = invitation ? "naast.guest" : "naast.token";
    this.tabs.share(this.token);
  }

  private get token(): string | null {
    return recall(this.kept);
  }

  private set token(token: string | null) {
    remember(this.kept, token);
    this.tabs.share(token);
  }

  get isKnown(): boolean {
    return this.token !== null;
  }

  private ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { "Content-Language": this.language };
    if (this.token) headers["Authorization"] = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    // An erasure outlives the page.
    return request(`${this.base}/${path}`, { method, headers, body: body ? JSON.stringify(body) : undefined, keepalive: method === "DELETE" });
  }

  private async begin(): Promise<void> {
    const begun = this.erasures;
    const answer = await this.ask("POST", "conversations", this.invitation ? { invitation: this.invitation } : undefined);
    if (answer.status !== 201) throw new Unreachable();
    await this.unlessErased(begun);
    this.token = JSON.parse(answer.body).token;
  }

  /** Says something and gives the answer. Tried again under the same id, also when the parent does so, so that it never
   * counts twice. */
  async say(said: Said, id: string): Promise<Message[]> {
    const begun = this.erasures;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.unlessErased(begun);
        if (!this.token) await this.begin();
        const answer = await this.ask("POST", "messages", { id, region: this.region ?? undefined, ...said });
        const content = JSON.parse(answer.body);
        await this.unlessErased(begun);
        return answer.ok ? content : content.messages;
      } catch (error) {
        await this.unlessErased(begun);
        if (error instanceof Failed) throw error;
        if (attempt === TRIES) throw error instanceof Wait ? error : new Unreachable();
        if (error instanceof Over) this.token = null;
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
    const answer = await this.look("conversation");
    return answer ? JSON.parse(answer.body) : [];
  }

  /** What is kept of the conversation, as a file to save; null where nothing is. */
  async export(): Promise<File | null> {
    const answer = await this.look("export");
    if (!answer) return null;
    const name = /filename="(.+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    return { name: name ?? "naast.txt", type: "text/plain", text: answer.body };
  }

  /** Something of the conversation; null where it has not begun or is over. */
  private async look(path: string): Promise<Answer | null> {
    if (!this.token) return null;
    try {
      const answer = await this.ask("GET", path);
      if (answer.ok) return answer;
    } catch (error) {
      if (error instanceof Over) {
        this.token = null;
        return null;
      }
    }
    throw new Unreachable();
  }

  /** Erases the conversation, on the server first: without its token nobody could try again. True when it is gone. */
  async erase(): Promise<boolean> {
    const gone = this.eraseOnServer().then((done) => {
      if (done) this.erased();
      return done;
    });
    this.erasing = gone;
    return gone;
  }

  /** Erases it for somebody who cannot wait for the server. */
  eraseAtOnce(): void {
    void this.eraseOnServer();
    this.erased();
  }

  /** The server has erased it. */
  erased(): void {
    this.tabs.erased();
    this.forget();
  }

  private async eraseOnServer(): Promise<boolean> {
    if (!this.token) return true;
    try {
      return (await this.ask("DELETE", "conversation")).ok;
    } catch (error) {
      return error instanceof Over; // there is no such conversation any more
    }
  }

  private forget(): void {
    this.token = null;
    this.erasures += 1;
  }
}
