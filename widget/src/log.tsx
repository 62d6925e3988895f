// What was said, and what the page has to say about it. A screen reader reads what is added.
import type { ComponentChildren, RefObject } from "preact";
import { Extras } from "./extras";
import { textsIn, type Texts } from "./language";
import type { Button, Message, Said } from "./messages";
import { Tappable } from "./tappable";

/** A message on the page; the parent's own with what was sent under which id, and whether that failed. */
export interface Shown extends Message {
  sent?: { said: Said; id: string };
  failed?: boolean;
}

interface Props {
  place: RefObject<HTMLDivElement | null>;
  messages: Shown[];
  texts: Texts;
  language: string;
  busy: boolean;
  disabled: boolean;
  onRetry: (message: Shown) => void;
  onTick: (tick: Button) => void;
  children: ComponentChildren;
}

export function Log({ place, messages, texts, language, busy, disabled, onRetry, onTick, children }: Props) {
  const plans = messages.filter((message) => message.custom?.kind === "plan");
  const latest = plans[plans.length - 1];
  return (
    <div class="log" role="log" aria-live="polite" aria-label={texts.log} tabIndex={0} ref={place}>
      {messages.map((message, index) => (
        <div key={message.sent?.id ?? index} class={`message ${message.from}`} lang={message.language}>
          <span class="hidden">{message.from === "parent" ? texts.you : texts.naast}: </span>
          <p class="text">{message.from === "parent" ? message.text : <Tappable text={textOf(message)} />}</p>
          {message.custom && (
            <Extras
              custom={message.custom}
              texts={textsIn(message.language ?? language)}
              isLatestPlan={message === latest}
              disabled={disabled}
              onTick={onTick}
            />
          )}
          {message.failed && (
            <p class="failed">
              <strong>{texts.not_sent}</strong>{" "}
              <button class="action" type="button" disabled={disabled} onClick={() => onRetry(message)}>
                {texts.retry}
              </button>
            </p>
          )}
        </div>
      ))}
      {busy && (
        <p class="typing">
          <span class="hidden">{texts.typing}</span>
          <span aria-hidden="true">• • •</span>
        </p>
      )}
      {children}
    </div>
  );
}

const textOf = (message: Message): string => (message.custom?.kind === "plan" ? message.custom.lead : message.text);
