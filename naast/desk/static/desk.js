// Keys, and words selected with the mouse. Every page works without this file; it only saves a hand some way.
"use strict";

const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");

// j and k: the next and the previous row, turn or group.
function step(by) {
  const stops = [...document.querySelectorAll("[data-row], .turn [data-opens], [data-group]")];
  const here = stops.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement));
  const next = stops[Math.min(stops.length - 1, Math.max(0, here + by))];
  if (!next) return;
  const target = next.matches("[data-group]") ? next.querySelector("button") : next;
  if (target) { target.focus(); next.scrollIntoView({ block: "nearest" }); }
}

// From a group that is labelled to the next one that waits: what had the focus is gone, and what came there undoes.
function onwardsFrom(done) {
  const waiting = [...document.querySelectorAll("[data-group]:has(button.first)")];
  const next = waiting.find((group) => done.compareDocumentPosition(group) & Node.DOCUMENT_POSITION_FOLLOWING) || waiting[0];
  if (next) { next.querySelector("button.first").focus(); next.scrollIntoView({ block: "nearest" }); }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else {
    const group = document.activeElement.closest("[data-group]") || document.querySelector("[data-group]:has(button.first)");
    const quoted = CSS.escape(event.key);
    const found = (group && group.querySelector(`[data-group-key="${quoted}"]`)) || document.querySelector(`[data-key="${quoted}"]`);
    const field = document.querySelector(`[data-key-focus="${quoted}"]`);
    if (found) found.click();
    else if (field) field.focus();
    else return;
  }
  event.preventDefault();
});

// On a tablet the list comes first: filters that are not in use are folded away.
for (const box of document.querySelectorAll("[data-closes-when-narrow='']")) {
  if (matchMedia("(max-width: 60rem)").matches) box.open = false;
}

// A panel that is open closes by the same button.
document.addEventListener("htmx:beforeRequest", (event) => {
  const opens = event.detail.elt.dataset.opens;
  const panel = opens && document.getElementById(opens);
  if (panel && panel.childElementCount) { event.preventDefault(); panel.replaceChildren(); }
});
document.addEventListener("htmx:afterSwap", (event) => {
  const field = event.target.classList.contains("panel") && event.target.querySelector("select, input:not([type=hidden])");
  if (field) field.focus();
  if (event.target.matches("[data-group]")) onwardsFrom(event.target);
});

// Words selected in a message are the words of a new fact.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.anchorNode) return;
  const shown = selection.anchorNode.parentElement && selection.anchorNode.parentElement.closest(".selectable");
  if (!shown || !shown.contains(selection.focusNode)) return;
  const said = selection.toString();
  const from = Math.min(selection.anchorOffset, selection.focusOffset);
  const form = shown.closest("form");
  form.elements.words.value = said.trim();
  // Python counts characters, JavaScript units of UTF-16: an emoji before the words would shift them.
  const before = shown.textContent.slice(0, from) + said.slice(0, said.length - said.trimStart().length);
  form.elements.start.value = [...before].length;
});

// What htmx is refused it would leave at that: whoever is logged out goes to log in, everybody else is told.
function refused(event) {
  if (event.detail.xhr && event.detail.xhr.status === 401) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  const told = document.getElementById("refused");
  told.textContent = told.dataset.says;
  told.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:responseError", refused);
document.addEventListener("htmx:sendError", refused);
document.addEventListener("htmx:afterSwap", () => { document.getElementById("refused").textContent = ""; });
