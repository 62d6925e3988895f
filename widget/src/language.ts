// The widget's own words, in the language of the conversation. It begins in that of the page around it.
import all from "naast:texts";

export type Texts = Record<string, string>;
const FIRST = "nl";
export const languages = Object.keys(all).sort((one, other) => Number(other === FIRST) - Number(one === FIRST));

export const textsIn = (language: string): Texts => all[language] ?? all[FIRST];

/** The first of these that there are words in: what the site's owner chose, then what the page says of itself. */
export function startIn(...wanted: (string | null | undefined)[]): string {
  const codes = wanted.map((each) => each?.slice(0, 2).toLowerCase() ?? "");
  return codes.find((code) => code in all) ?? FIRST;
}

/** What the channel takes for a wish to go on in this language: naast/channels/language.py. */
export const switchTo = (language: string): string => `/greet${JSON.stringify({ language }).replace(":", ": ")}`;
