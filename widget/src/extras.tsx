// What rides along with a bubble: people to call, the plan, files to keep or print.
import { isPage, keep } from "./files";
import type { Button, Contact, Custom } from "./messages";
import type { Texts } from "./language";
import { Plan } from "./plan";
import { dial } from "./tappable";

function Person({ contact, texts }: { contact: Contact; texts: Texts }) {
  const open = contact.open_now === null ? "" : contact.open_now ? texts.open_now : texts.closed_now;
  return (
    <li>
      <strong>{contact.name}</strong> {open && <span class="open">({open})</span>}
      <p class="small">{contact.what_happens}</p>
      <p class="actions">
        {contact.phone && (
          <a class="action" href={dial(contact.phone)}>
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

interface Props {
  custom: Custom;
  texts: Texts;
  isLatestPlan: boolean;
  disabled: boolean;
  onTick: (tick: Button) => void;
}

export function Extras({ custom, texts, isLatestPlan, disabled, onTick }: Props) {
  if (custom.kind === "erase") return null;
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
    return <Plan steps={custom.steps} texts={texts} isLatest={isLatestPlan} disabled={disabled} onTick={onTick} />;
  }
  return (
    <p class="actions">
      {custom.files.map((file) => (
        <button key={file.name} class="action" type="button" onClick={() => keep(file)}>
          {isPage(file) ? texts.print : texts.download} {file.name}
        </button>
      ))}
    </p>
  );
}
