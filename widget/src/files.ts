// Files to keep or print. A printed page lives in a window of its own, which is closed when the parent leaves.
import type { File } from "./messages";

const MILLISECONDS_TO_LOAD = 60_000;
const opened: Window[] = [];

/** Saves a file; a page is opened and printed, or saved where the browser opens no window. */
export function keep(file: File): void {
  const address = URL.createObjectURL(new Blob([file.text], { type: `${file.type};charset=utf-8` }));
  if (!isPage(file) || !print(address)) save(file, address);
  setTimeout(() => URL.revokeObjectURL(address), MILLISECONDS_TO_LOAD);
}

export const isPage = (file: File): boolean => file.type === "text/html";

export function closeOpened(): void {
  for (const page of opened) page.close();
}

function print(address: string): boolean {
  const page = window.open(address, "_blank") as (Window & typeof globalThis) | null;
  if (!page) return false;
  opened.push(page);
  page.addEventListener("load", () => {
    // It comes under the Content-Security-Policy of the page around the chat, which may refuse its <style>; a constructed sheet
    // is allowed under any.
    const sheet = new page.CSSStyleSheet();
    sheet.replaceSync(page.document.querySelector("style")?.textContent ?? "");
    page.document.adoptedStyleSheets = [sheet];
    page.print();
  });
  return true;
}

function save(file: File, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
}
