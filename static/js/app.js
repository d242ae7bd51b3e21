// What the shell adds when scripts run; every page also works as plain forms and links.
import { askFirst } from "./confirm.js";
import { showSecrets } from "./password.js";
import { startTabs } from "./tabs.js";
import { startToasts } from "./toasts.js";

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    localStorage.setItem("theme", (root.dataset.theme = next));
  });
}

// A menu closes when you look elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  if (event.target.closest("[data-print]")) print();
});
// no passkey
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-trouble]").hidden = false;
});
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
