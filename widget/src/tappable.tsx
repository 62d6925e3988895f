// Numbers and links in what Naast says, as something to tap. Text stays text: only numbers of the guidance become links, and
// addresses that begin with https://.
import known from "naast:numbers";

const NUMBERS = [...known].sort((one, other) => other.length - one.length).map((number) => number.replace(/[^\d -]/g, "\\$&"));
const ADDRESS = "https://[^\\s<>\"']*[^\\s<>\"'.,;:!?)]";
const SPLIT = new RegExp(`(${[ADDRESS, ...NUMBERS].join("|")})`);
/** Part of something longer, or an amount or an age. */
const BEFORE = /(\d\s?|\d[.,-]|€\s?)$/;
const AFTER = /^(\d|[.,-]\d|\s?((euro|jaar|years?)\b|[€%]))/;

export const dial = (number: string): string => `tel:${number.replace(/[^\d+]/g, "")}`;

export function Tappable({ text }: { text: string }) {
  const parts = text.split(SPLIT);
  return (
    <>
      {parts.map((part, index) => {
        if (index % 2 === 0) return part;
        if (part.startsWith("https:")) {
          return (
            <a key={index} href={part} target="_blank" rel="noopener noreferrer">
              {part}
            </a>
          );
        }
        const isPart = BEFORE.test(parts[index - 1] ?? "") || AFTER.test(parts[index + 1] ?? "");
        return isPart ? (
          part
        ) : (
          <a key={index} href={dial(part)}>
            {part}
          </a>
        );
      })}
    </>
  );
}
