// The button on somebody's page, and the panel it opens. Focus goes into the panel and back to the button. What was typed in a
// panel that is closed stays there.
import { useEffect, useRef, useState } from "preact/hooks";
import { Chat, type Options } from "./chat";
import { textsIn } from "./language";

export function Launcher(options: Options) {
  const [open, setOpen] = useState(options.conversation.isKnown);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    if (!wasOpen.current && open) panel.current?.querySelector("textarea")?.focus({ preventScroll: true });
    wasOpen.current = open;
  }, [open]);
  return (
    <>
      <div ref={panel} class="panel" hidden={!open} onKeyDown={(event) => event.key === "Escape" && setOpen(false)}>
        <Chat {...options} open={open} onClose={() => setOpen(false)} />
      </div>
      {!open && (
        <button ref={button} class="launcher" type="button" lang={options.conversation.language} aria-expanded="false" onClick={() => setOpen(true)}>
          {textsIn(options.conversation.language).launcher}
        </button>
      )}
    </>
  );
}
