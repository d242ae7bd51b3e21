// Tinjau by keyboard: A goes to the approval, R opens the request for changes, C a new note, 1 to 4
// lead to the parts of the submission. A key never decides; inside a text it is a letter.
import { heard } from "./shortcuts.js";
import "./walk.js";

document.addEventListener("keydown", (event) => {
  if (!heard(event)) return;
  const goal = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!goal) return;
  event.preventDefault();
  const box = goal.closest("details:not([open])");
  if (box) box.open = true;
  else if (goal.matches("a")) goal.click();
  else goal.focus();
});

// Opened by hand or by key: the words come next.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.open || !target.matches("details.ask")) return;
    target.querySelector("textarea:not([data-note-quote])")?.focus();
  },
  true, // a toggle does not bubble
);

// A ready sentence goes into the words; only those of the chosen reason are shown.
for (const shelf of document.querySelectorAll("[data-phrases]")) {
  const [reason, words] = ["reason", "note"].map((name) =>
    document.querySelector(`#${shelf.dataset.phrases}-${name}`),
  );
  const sort = () => {
    for (const part of shelf.querySelectorAll("[data-reason]")) {
      part.hidden = Boolean(reason.value) && part.dataset.reason !== reason.value;
    }
  };
  sort();
  reason.addEventListener("change", () => {
    sort();
    shelf.open = Boolean(reason.value);
  });
  shelf.addEventListener("click", (event) => {
    if (!event.target.closest("[data-phrase]")) return;
    const sentence = event.target.closest("li").querySelector("span").textContent;
    words.value = [words.value.trimEnd(), sentence].filter(Boolean).join("\n");
    words.focus();
  });
}
