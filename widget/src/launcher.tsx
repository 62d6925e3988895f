// The button on somebody's page, and the panel it opens. Focus goes into the panel and back to the button.
import { useEffect, useRef, useState } from "preact/hooks";
import { Chat, type Options } from "./chat";
import { textsIn } from "./language";

export function Launcher(options: Options) {
  const [open, setOpen] = useState(options.conversation.isKnown);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  if (open) {
    return (
      <div class="panel" onKeyDown={(event) => event.key === "Escape" && setOpen(false)}>
        <Chat {...options} onClose={() => setOpen(false)} />
      </div>
    );
  }
  return (
    <button ref={button} class="launcher" type="button" lang={options.conversation.language} aria-expanded="false" onClick={() => setOpen(true)}>
      {textsIn(options.conversation.language).launcher}
    </button>
  );
}
