// What leaving at once cannot do: the browser keeps its own history. How to clear that, for the browsers parents have.
import type { Texts } from "./language";

const BROWSERS = ["history_chrome", "history_safari", "history_samsung", "history_firefox", "history_computer"];

export function Leaving({ texts }: { texts: Texts }) {
  return (
    <details class="leaving">
      <summary>{texts.history}</summary>
      <p>{texts.exit_hint}</p>
      <ul>
        {BROWSERS.map((browser) => (
          <li key={browser}>{texts[browser]}</li>
        ))}
      </ul>
      <p>{texts.history_next}</p>
    </details>
  );
}
