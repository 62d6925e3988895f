// The button on somebody's page, and the panel it opens. Focus goes into the panel and back to the button. What was typed in a
// panel that is closed stays there. A panel with a conversation is open on the next page too, unless the parent closed it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Chat, type Options } from "./chat";
import { textsIn } from "./language";
import { recall, remember } from "./store";

const CLOSED = "naast.closed";

export function Launcher(options: Options) {
  const [open, setOpen] = useState(options.conversation.isKnown && recall(CLOSED) === null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    if (!wasOpen.current && open) panel.current?.querySelector("textarea")?.focus({ preventScroll: true });
    wasOpen.current = open;
  }, [open]);
  const turn = (next: boolean) => {
    remember(CLOSED, next || !options.conversation.isKnown ? null : "yes");
    setOpen(next);
  };
  const texts = textsIn(options.conversation.language);
  return (
    <>
      <div ref={panel} class="panel" hidden={!open} onKeyDown={(event) => event.key === "Escape" && turn(false)}>
        <Chat {...options} open={open} onClose={() => turn(false)} />
      </div>
      {!open && (
        <section lang={options.conversation.language} aria-label={texts.title}>
          <button ref={button} class="launcher" type="button" aria-expanded="false" onClick={() => turn(true)}>
            {texts.launcher}
          </button>
        </section>
      )}
    </>
  );
}
