// The conversation itself: a log, quick replies, one field to type in, and a way out that is always in view.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { newId, type Conversation } from "./api";
import { leave, onThreeShifts } from "./exit";
import { languages, switchTo, textsIn } from "./language";
import { Leaving } from "./leaving";
import { Log, type Shown } from "./log";
import type { Button, Message, Said } from "./messages";
import { Unreachable } from "./request";

export interface Options {
  conversation: Conversation;
  greeting: string | null;
  exitTo: string;
  /** The page holds nothing else: what is dropped beside the chat is dropped on it. */
  isAlone: boolean;
}
/** As naast/channels/guard.py counts them. */
const MAX_CHARACTERS = 5000;
const LONGEST_PAUSE = 1600;

/** Erasing is asked for first, then confirmed. */
type Erasing = "no" | "asked" | "now";

const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const pause = (text: string) => new Promise((resolve) => setTimeout(resolve, isCalm() ? 0 : Math.min(300 + text.length * 8, LONGEST_PAUSE)));

export function Chat({ conversation, greeting, exitTo, isAlone, open = true, onClose }: Options & { open?: boolean; onClose?: () => void }) {
  const [language, setLanguage] = useState(conversation.language);
  const texts = textsIn(language);
  const [messages, setMessages] = useState<Shown[]>([]);
  const [draft, setDraft] = useState("");
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState("");
  const [large, setLarge] = useState(false);
  const [erasing, setErasing] = useState<Erasing>("no");
  const [left, setLeft] = useState<number | null>();
  const mustWait = busy || erasing === "now"; // nothing is said into what may be gone in a moment
  const log = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const exit = useCallback(() => leave(conversation, exitTo), [conversation, exitTo]);

  // Behind a closed panel three Shifts belong to the page around it.
  useEffect(() => (open ? onThreeShifts(exit, setLeft) : undefined), [exit, open]);
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
  }, [messages, busy, notice, open]);

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

  /** What was said and failed is said again under the same id, as the last thing. */
  const say = async (said: Said, text: string, id = newId()) => {
    if (mustWait) return;
    setBusy(true);
    setNotice("");
    setMessages((before) => [...before.filter((each) => each.sent?.id !== id), { from: "parent", text, sent: { said, id } }]);
    const begun = conversation.erasures;
    try {
      const answer = await conversation.say(said, id);
      follow(answer);
      if (answer.some((message) => message.custom?.kind === "erase")) {
        conversation.erased();
        showErased(answer.map((message) => ({ from: "naast", ...message })));
        return keepFocus();
      }
      for (const message of answer) {
        await pause(message.text);
        if (conversation.erasures !== begun) return; // what was still to be shown went with the conversation
        setMessages((before) => [...before, { from: "naast", ...message }]);
      }
    } catch (error) {
      if (conversation.erasures !== begun) return;
      if (!(error instanceof Unreachable)) throw error;
      setMessages((before) => before.map((each) => (each.sent?.id === id ? { ...each, failed: true } : each)));
      setNotice(error.messages.map((message) => message.text).join("\n") || texts.offline);
      if ("text" in said) setDraft((now) => now || said.text);
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
    void say({ text }, text, failed(text)?.sent?.id);
  };
  /** What failed and stands on the page already. */
  const failed = (text: string) => messages.find((each) => each.failed && each.text === text);

  const retry = ({ sent, text }: Shown) => {
    if (!sent) return;
    setDraft((now) => (now.trim() === text ? "" : now));
    void say(sent.said, text, sent.id);
  };

  const refuse = (event: Event, files: FileList | undefined | null) => {
    if (!files?.length) return;
    event.preventDefault();
    setNotice(texts.no_pictures);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    refuse(event, event.dataTransfer?.files);
  };
  useEffect(() => {
    if (!isAlone) return;
    const over = (event: Event) => event.preventDefault();
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [isAlone, language]);

  /** What is on the screen goes with the conversation; what is being typed stays, unless it was said already. */
  const showErased = (confirmation: Shown[]) => {
    setErasing("no");
    setNotice("");
    setDraft((now) => (failed(now.trim()) ? "" : now));
    setMessages(confirmation);
    setBusy(false);
  };
  const erased: Shown = { from: "naast", text: texts.erased, language };
  conversation.onErasedElsewhere = () => showErased([erased]);

  const erase = async () => {
    if (erasing === "now") return;
    if (erasing === "no") return setErasing("asked");
    setErasing("now");
    setNotice("");
    if (await conversation.erase()) return showErased([erased]);
    setErasing("no");
    setNotice(texts.not_erased);
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

  const press = (button: Button) => void say(button, button.title);
  const change = (next: string) => {
    speak(next);
    if (conversation.isKnown) press({ title: textsIn(next).language, payload: switchTo(next) });
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
      onDrop={drop}
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
        <p class="hidden" role="status">
          {left === undefined ? "" : left === null ? texts.shift_over : texts.shift_more.replace("{left}", String(left))}
        </p>
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
      <Log place={log} messages={shown} texts={texts} language={language} busy={busy} disabled={mustWait} onRetry={retry} onTick={press}>
        {notice && <p class="notice text">{notice}</p>}
      </Log>
      {!busy && last?.buttons && (
        <div class="replies" lang={last.language}>
          {last.buttons.map((button) => (
            <button key={button.title} type="button" onClick={() => press(button)}>
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
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (!files?.length) return;
            // A word processor puts a picture of the text beside it: the text goes in, the browser never reads the picture.
            if (!event.clipboardData?.getData("text/plain")) event.preventDefault();
            setNotice(texts.no_pictures);
          }}
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
        <Leaving texts={texts} />
      </footer>
    </section>
  );
}
