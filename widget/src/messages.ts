// What the server and the page say to each other: see naast/channels/web.py.

export interface Button {
  title: string;
  payload: string;
}
export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  url: string | null;
  what_happens: string;
  open_now: boolean | null;
}
export interface File {
  name: string;
  type: string;
  text: string;
}
/** A step of the plan; `tick` is what to say when it is done. */
export interface Step {
  title: string;
  done: boolean;
  tick?: Button;
}
export type Custom =
  | { kind: "contact"; contacts: Contact[] }
  | { kind: "attachment" | "calendar"; files: File[] }
  | { kind: "plan"; lead: string; steps: Step[] }
  /** The conversation was erased on the server: the page erases what it shows. */
  | { kind: "erase" };
export interface Message {
  from?: "parent" | "naast";
  text: string;
  language?: string;
  buttons?: Button[];
  custom?: Custom;
}
export type Said = { text: string } | Button;
