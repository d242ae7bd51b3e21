// Buttons with data-confirm="question" ask once more; data-confirm-detail says what will follow.
export function askFirst(dialog) {
  if (!dialog) return;
  const agreed = new WeakSet();

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-confirm]");
      if (!button || agreed.delete(button)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(dialog, button, () => {
        agreed.add(button);
        button.click();
      });
    },
    true, // before htmx hears the click
  );
}

function ask(dialog, button, go) {
  const label = button.dataset.confirmLabel || button.textContent.trim();
  dialog.querySelector("[data-question]").textContent = button.dataset.confirm;
  dialog.querySelector("[data-detail]").textContent = button.dataset.confirmDetail || "";
  const yes = dialog.querySelector("[data-yes]");
  yes.textContent = label;
  yes.className = button.classList.contains("danger") ? "btn danger" : "btn primary";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && go(), { once: true });
  dialog.showModal();
}
