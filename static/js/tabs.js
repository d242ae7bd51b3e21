// Tabs with arrow keys; without a script all panels simply stand below each other.
export function startTabs(root) {
  for (const list of root.querySelectorAll('[role="tablist"]:not([data-ready])')) {
    const tabs = [...list.querySelectorAll('[role="tab"]')];
    list.dataset.ready = "";
    list.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) pick(tabs, tab);
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const shown = tabs.filter((tab) => !tab.hidden);
      const here = shown.indexOf(document.activeElement);
      const next = shown[(here + step + shown.length) % shown.length];
      pick(tabs, next);
      next.focus();
    });
    pick(tabs, tabs.find((tab) => tab.getAttribute("aria-selected") === "true") || tabs[0]);
  }
}

function pick(tabs, chosen) {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute("aria-controls"));
    if (panel?.getAttribute("role") === "tabpanel") panel.hidden = !on;
  }
}
