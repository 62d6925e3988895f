// What the page remembers: in sessionStorage, gone with the tab. Where the browser refuses that (cookies are blocked, a frame
// without an origin) in memory, gone with the page.
const memory = new Map<string, string>();

export function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return memory.get(name) ?? null;
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    if (value === null) memory.delete(name);
    else memory.set(name, value);
  }
}
