// <script src="https://HOST/webhooks/web/naast.js" defer></script> puts a button on the page that opens the chat.
// <naast-chat></naast-chat> stands open in its place. Both live in a shadow root: no style goes in or out.
import { render } from "preact";
import { Conversation } from "./api";
import { Chat } from "./chat";
import { paint } from "./colour";
import { startIn } from "./language";
import { Launcher } from "./launcher";
import style from "./style.css";

const TAG = "naast-chat";
const script = document.currentScript as HTMLScriptElement | null;
const server = script ? new URL(".", script.src).href.replace(/\/$/, "") : "/webhooks/web";

class NaastChat extends HTMLElement {
  private place: HTMLElement | null = null;

  connectedCallback(): void {
    this.place ??= this.makePlace();
    const around = this.closest<HTMLElement>("[lang]")?.lang;
    const language = startIn(this.getAttribute("language"), around, document.documentElement.lang);
    const options = {
      conversation: new Conversation(
        this.getAttribute("server") ?? server,
        this.getAttribute("region"),
        language,
        this.getAttribute("invitation") || null,
      ),
      greeting: this.getAttribute("greeting"),
      exitTo: this.getAttribute("exit-to") ?? "https://www.buienradar.nl",
      isAlone: this.hasAttribute("alone"),
    };
    render(this.hasAttribute("launcher") ? <Launcher {...options} /> : <Chat {...options} />, this.place);
  }

  /** Taken out of the page it listens to nothing any more. */
  disconnectedCallback(): void {
    if (this.place) render(null, this.place);
  }

  private makePlace(): HTMLElement {
    const root = this.attachShadow({ mode: "open" });
    // A constructed sheet is allowed under any Content-Security-Policy of the page around it; a <style> is not.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const place = document.createElement("div");
    place.className = "root";
    place.dataset.side = this.getAttribute("position") === "left" ? "left" : "right";
    root.append(place);
    paint(place, this.getAttribute("colour"));
    return place;
  }
}

customElements.define(TAG, NaastChat);

// A page that holds the element already needs no button of its own.
const start = () => {
  if (!script || document.querySelector(TAG)) return;
  const chat = document.createElement(TAG);
  chat.setAttribute("launcher", "");
  for (const option of ["colour", "position", "greeting", "region", "language", "exit-to"]) {
    const value = script.getAttribute(`data-${option}`);
    if (value) chat.setAttribute(option, value);
  }
  document.body.append(chat);
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
