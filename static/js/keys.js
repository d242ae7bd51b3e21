// The list of single keys: fetched from Bantuan when it is asked for, with the switch for all.
const dialog = document.querySelector("#pintasan");
const list = dialog?.querySelector("[data-list]");

dialog?.addEventListener("change", (event) => {
  localStorage.setItem("pintasan", event.target.checked ? "mati" : "");
});

export async function show() {
  if (!dialog) return;
  dialog.querySelector("[data-off]").checked = localStorage.getItem("pintasan") === "mati";
  dialog.showModal();
  const { list: source } = list.dataset;
  if (!source) return;
  await htmx.ajax("GET", source, { target: list, select: "[data-keys]" });
  list.dataset.list = "";
  for (const part of list.querySelectorAll("[data-keys]:not([data-keys=''])")) {
    part.hidden = !document.querySelector(part.dataset.keys);
  }
}
