// Single keys: whether one may act now. "?" lists them all, "/" goes to the search.
export const heard = (event) =>
  !(event.ctrlKey || event.metaKey || event.altKey) &&
  localStorage.getItem("pintasan") !== "mati" &&
  !event.target.closest(":read-write, select") &&
  !document.querySelector("dialog[open]");

async function list(event) {
  if (!document.querySelector("#pintasan")) return; // a page without single keys: the link leads
  event.preventDefault();
  (await import("./keys.js")).show();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-shortcuts]")) list(event);
});
document.addEventListener("keydown", (event) => {
  if (!heard(event)) return;
  if (event.key === "?") list(event);
  const search = event.key === "/" && document.querySelector("[role=search] [name=q]");
  if (!search) return;
  event.preventDefault();
  search.focus();
});
