// The conversation itself: a log, quick replies, one field to type in, and a way out that is always in view.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Unreachable, type Conversation, type Message, type Said } from "./api";
import { leave, onThreeShifts } from "./exit";
import { Extras } from "./extras";
import { languages, switchTo, textsIn } from "./language";

export interface Options {
  conversation: Conversation;
  greeting: string | null;
  exitTo: string;
}
/** As the server has it (naast/channels/guard.py). A field that ends there would cut a long paste, and nobody would see it. */
const MAX_CHARACTERS = 5000;
const LONGEST_PAUSE = 1600;

/** Erasing is asked for first, then confirmed. */
type Erasing = "no" | "asked" | "now";

const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const pause = (text: string) => new Promise((resolve) => setTimeout(resolve, isCalm() ? 0 : Math.min(300 + text.length * 8, LONGEST_PAUSE)));

export function Chat({ conversation, greeting, exitTo, open = true, onClose }: Options & { open?: boolean; onClose?: () => void }) {
  const [language, setLanguage] = useState(conversation.language);
  const texts = textsIn(language);
  const [messages, setMessages] = useState<Message[]>([]);
  const [draft, setDraft] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ said: Said; shown: string } | null>(null);
  const [notice, setNotice] = useState("");
  const [large, setLarge] = useState(false);
  const [erasing, setErasing] = useState<Erasing>("no");
  const mustWait = busy || erasing === "now"; // nothing is said into what may be gone in a moment
  const log = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const exit = useCallback(() => leave(conversation, exitTo), [conversation, exitTo]);

  // Behind a closed panel three Shifts belong to the page around it.
  useEffect(() => (open ? onThreeShifts(exit) : undefined), [exit, open]);
  useEffect(() => {
    const begun = conversation.erasures;
    conversation.restore().then(
      (said) => {
        if (!said.length || conversation.erasures !== begun) return;
        setMessages((shown) => [...shown, ...said]);
        follow(said);
      },
      () => setNotice(texts.not_restored),
    );
  }, [conversation]);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [messages, busy, failed, notice, open]);

  const speak = (next: string) => {
    conversation.language = next;
    setLanguage(next);
  };
  /** The widget's own words follow the language of the answers. */
  const follow = (said: Message[]) => {
    const spoken = said.map((message) => message.language).filter((each) => each && languages.includes(each));
    const last = spoken[spoken.length - 1];
    if (last) speak(last);
  };

  /** Back in the field, unless the parent went somewhere else. The button that was pressed may have gone, and focus with it. */
  const keepFocus = () => {
    const form = field.current?.form;
    const isLost = document.activeElement === document.body;
    if (isLost || form?.matches(":focus-within")) field.current?.focus({ preventScroll: true });
  };

  const say = async (said: Said, shown: string, again = false) => {
    if (mustWait) return;
    setBusy(true);
    setFailed(null);
    setNotice("");
    if (!again) setMessages((before) => [...before, { from: "parent", text: shown }]);
    const begun = conversation.erasures;
    try {
      const answer = await conversation.say(said);
      follow(answer);
      for (const message of answer) {
        await pause(message.text);
        if (conversation.erasures !== begun) return; // what was still to be shown went with the conversation
        setMessages((before) => [...before, { from: "naast", ...message }]);
      }
    } catch (error) {
      if (conversation.erasures !== begun) return;
      if (!(error instanceof Unreachable)) throw error;
      setFailed({ said, shown });
      if ("text" in said) setDraft(said.text);
    } finally {
      if (conversation.erasures === begun) {
        setBusy(false);
        keepFocus();
      }
    }
  };

  const send = () => {
    const text = draft.trim();
    if (!text || mustWait) return;
    if ([...text].length > MAX_CHARACTERS) return setNotice(texts.too_long);
    setDraft("");
    // What failed and is sent unchanged stands on the page already.
    void say({ text }, text, failed?.shown === text);
  };

  const refuse = (event: Event, files: FileList | undefined | null) => {
    if (!files?.length) return;
    event.preventDefault();
    setNotice(texts.no_pictures);
  };

  const erase = async () => {
    if (erasing === "now") return;
    if (erasing === "no") return setErasing("asked");
    setErasing("now");
    setNotice("");
    const gone = await conversation.erase();
    setErasing("no");
    if (!gone) return setNotice(texts.not_erased);
    setMessages([{ from: "naast", text: texts.erased, language }]);
    setDraft((now) => (now === failed?.shown ? "" : now));
    setFailed(null);
    setBusy(false);
  };

  /** Offers what is kept as a file; what was last asked keeps its buttons. */
  const showKept = async () => {
    if (mustWait) return;
    setBusy(true);
    setNotice("");
    const begun = conversation.erasures;
    const [file, sorry] = await conversation.export().then(
      (kept) => [kept, texts.nothing_kept] as const,
      () => [null, texts.not_exported] as const,
    );
    if (conversation.erasures !== begun) return;
    setBusy(false);
    if (!file) return setNotice(sorry);
    const said: Message = { from: "naast", text: texts.kept, language, custom: { kind: "attachment", files: [file] } };
    setMessages((before) => [...before, { ...said, buttons: before[before.length - 1]?.buttons }]);
  };

  const change = (next: string) => {
    speak(next);
    if (conversation.isKnown) void say({ title: textsIn(next).language, payload: switchTo(next) }, textsIn(next).language);
  };

  const hello: Message = { from: "naast", text: greeting ?? texts.greeting, language };
  const shown = conversation.erasures ? messages : [hello, ...messages]; // after an erasure its confirmation stands alone
  const last = messages[messages.length - 1];
  return (
    <section
      class={large ? "chat large" : "chat"}
      lang={language}
      aria-label={texts.title}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        refuse(event, event.dataTransfer?.files);
      }}
    >
      <header>
        <div>
          <h2>{texts.title}</h2>
          <p class="small">{texts.subtitle}</p>
        </div>
        <button class="exit" type="button" title={texts.exit_hint} onClick={exit}>
          {texts.exit}
        </button>
        {onClose && (
          <button class="icon" type="button" aria-label={texts.close} onClick={onClose}>
            ✕
          </button>
        )}
      </header>
      <p class="emergency">
        {[
          [texts.emergency, texts.emergency_number],
          [texts.suicide, texts.suicide_number],
          [texts.suicide_be, texts.suicide_be_number],
        ].map(([name, number]) => (
          <span key={number}>
            {name}: <a href={`tel:${number}`}>{number}</a>
          </span>
        ))}
      </p>
      <div class="log" role="log" aria-live="polite" aria-label={texts.log} tabIndex={0} ref={log}>
        {shown.map((message, index) => (
          <div key={index} class={`message ${message.from}`} lang={message.language}>
            <span class="hidden">{message.from === "parent" ? texts.you : texts.naast}: </span>
            <p class="text">{message.custom?.kind === "plan" ? message.custom.lead : message.text}</p>
            {message.custom && <Extras custom={message.custom} texts={textsIn(message.language ?? language)} />}
          </div>
        ))}
        {busy && (
          <p class="typing">
            <span class="hidden">{texts.typing}</span>
            <span aria-hidden="true">• • •</span>
          </p>
        )}
        {notice && <p class="notice">{notice}</p>}
        {failed && (
          <div class="notice">
            <p>{texts.offline}</p>
            <button
              class="action"
              type="button"
              onClick={() => {
                setDraft("");
                void say(failed.said, failed.shown, true);
              }}
            >
              {texts.retry}
            </button>
          </div>
        )}
      </div>
      {!busy && !failed && last?.buttons && (
        <div class="replies" lang={last.language}>
          {last.buttons.map((button) => (
            <button key={button.title} type="button" onClick={() => void say(button, button.title)}>
              {button.title}
            </button>
          ))}
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label class="hidden" for="naast-field">
          {texts.input}
        </label>
        <textarea
          id="naast-field"
          ref={field}
          rows={2}
          placeholder={texts.input}
          autocomplete="off"
          value={draft}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onPaste={(event) => refuse(event, event.clipboardData?.files)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              send();
            }
          }}
        />
        <button class="send" type="submit" disabled={mustWait || !draft.trim()}>
          {texts.send}
        </button>
      </form>
      <footer>
        <button type="button" aria-pressed={large} onClick={() => setLarge(!large)}>
          {large ? texts.smaller : texts.larger}
        </button>
        <button type="button" onClick={() => void showKept()}>
          {texts.export}
        </button>
        <button type="button" onClick={() => void erase()}>
          {erasing === "asked" ? texts.erase_sure : texts.erase}
        </button>
        {languages
          .filter((each) => each !== language)
          .map((each) => (
            <button key={each} type="button" lang={each} disabled={mustWait} onClick={() => change(each)}>
              {textsIn(each).language}
            </button>
          ))}
        <p class="small">{texts.exit_hint}</p>
      </footer>
    </section>
  );
}
