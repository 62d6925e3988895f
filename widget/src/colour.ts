// The colour that a site's owner chose, and what is read on it: white, or dark where that reads better.

/** Where white and black text stand out equally. */
const HALFWAY = 0.179;

export function paint(place: HTMLElement, colour: string | null): void {
  if (!colour || !CSS.supports("color", colour)) return;
  place.style.setProperty("--naast-colour", colour);
  if (!isLight(place, colour)) return;
  place.style.setProperty("--on-colour", "#000");
  place.style.setProperty("--edge", "var(--line)");
}

/** The browser says in red, green and blue what a name or a hue is. */
function isLight(place: HTMLElement, colour: string): boolean {
  place.style.color = colour;
  const parts = getComputedStyle(place).color.match(/[\d.]+/g);
  place.style.color = "";
  if (!parts || parts.length < 3) return false;
  const [red, green, blue] = parts.map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > HALFWAY;
}
