// J and K walk down and up a list: where one of its posts is open, to its neighbour.
import { heard } from "./shortcuts.js";

const STEPS = { j: 1, k: -1 };

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key.toLowerCase()];
  if (!step || !heard(event)) return;
  const rows = [...document.querySelectorAll("[data-walk] a.item")];
  const open = rows.findIndex((row) => row.ariaCurrent);
  const here = open < 0 ? rows.indexOf(document.activeElement) : open;
  const next = rows[here < 0 && step < 0 ? rows.length - 1 : here + step];
  if (!next) return;
  event.preventDefault();
  if (open < 0) next.focus();
  else next.click();
});
