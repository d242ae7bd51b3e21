// Tinjau by keyboard: A goes to the approval, R opens the request for changes. A key only moves the
// focus, it never decides; inside a text it is a letter.
const FIELDS = ":read-write, select, dialog";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
  const goal = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!goal) return;
  event.preventDefault();
  const box = goal.closest("details:not([open])");
  if (box) box.open = true;
  else goal.focus();
});

// Opened by hand or by key: the words come next.
for (const box of document.querySelectorAll("details.ask")) {
  box.addEventListener("toggle", () => box.open && box.querySelector("textarea")?.focus());
}
