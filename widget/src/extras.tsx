// What rides along with a bubble: people to call, the plan as a checklist, files to keep or print.
import type { Contact, Custom, File } from "./api";
import type { Texts } from "./language";

function Person({ contact, texts }: { contact: Contact; texts: Texts }) {
  const open = contact.open_now === null ? "" : contact.open_now ? texts.open_now : texts.closed_now;
  return (
    <li>
      <strong>{contact.name}</strong> {open && <span class="open">({open})</span>}
      <p class="small">{contact.what_happens}</p>
      <p class="actions">
        {contact.phone && (
          <a class="action" href={`tel:${contact.phone.replace(/[^\d+]/g, "")}`}>
            {texts.call} {contact.phone}
          </a>
        )}
        {contact.url && (
          <a class="action" href={contact.url} target="_blank" rel="noopener noreferrer">
            {texts.visit} {contact.name}
          </a>
        )}
      </p>
    </li>
  );
}

function keep(file: File, print: boolean): void {
  const address = URL.createObjectURL(new Blob([file.text], { type: `${file.type};charset=utf-8` }));
  if (print) {
    const page = window.open(address, "_blank");
    page?.addEventListener("load", () => page.print());
  } else {
    const link = document.createElement("a");
    link.href = address;
    link.download = file.name;
    link.click();
  }
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function Extras({ custom, texts }: { custom: Custom; texts: Texts }) {
  if (custom.kind === "contact") {
    return (
      <ul class="contacts">
        {custom.contacts.map((contact) => (
          <Person key={contact.id} contact={contact} texts={texts} />
        ))}
      </ul>
    );
  }
  if (custom.kind === "plan") {
    const done = custom.steps.filter((step) => step.done).length;
    return (
      <div>
        <ol class="plan">
          {custom.steps.map((step) => (
            <li key={step.title} class={step.done ? "done" : ""}>
              <span aria-hidden="true">{step.done ? "☑" : "☐"}</span> {step.title}
              <span class="hidden"> ({step.done ? texts.step_done : texts.step_open})</span>
            </li>
          ))}
        </ol>
        <p class="small">
          <progress max={custom.steps.length} value={done} aria-label={texts.progress} /> {done}/{custom.steps.length} {texts.progress}
        </p>
      </div>
    );
  }
  return (
    <p class="actions">
      {custom.files.map((file) => (
        <button key={file.name} class="action" type="button" onClick={() => keep(file, file.type === "text/html")}>
          {file.type === "text/html" ? texts.print : texts.download} {file.name}
        </button>
      ))}
    </p>
  );
}
