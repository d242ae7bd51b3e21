// What the shell adds when scripts run; every page also works as plain forms and links.
import { askFirst } from "./confirm.js";
import { showSecrets } from "./password.js";
import { startTabs } from "./tabs.js";
import { startToasts } from "./toasts.js";

const root = document.documentElement;

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}

// A menu closes when you look elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("details.menu[open] > summary")?.focus();
  closeMenus();
});

askFirst(document.querySelector("#confirm"));
startToasts(document);
startTabs(document);
showSecrets(document);
document.querySelector("[data-summary]")?.focus();

// htmx brings new fragments: give them the same manners.
document.addEventListener("htmx:load", (event) => {
  startToasts(event.target);
  startTabs(event.target);
});
