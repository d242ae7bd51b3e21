// Kalender by mouse and by key. Every chip is a link to a page that does the same without a script.
import { heard } from "./shortcuts.js";

const card = document.querySelector("#kartu");
const form = document.querySelector("#pindah");
const days = [...document.querySelectorAll("td[data-day]")];
let held = null;

// --- a post, or a whole day, in a dialog over the calendar ---

async function open(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign(address);
  card.innerHTML = await answer.text();
  card.setAttribute("aria-label", card.querySelector("[data-title]")?.textContent || "");
  if (!card.open) card.showModal();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-shut]")) return card.close();
  const link = event.target.closest("a[data-card], a[data-v], td > a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link.href.split("?")[0] + location.search);
});

// --- dragging keeps the hour; what has none is asked for one ---

for (const chip of document.querySelectorAll("a[data-v]")) chip.draggable = true;

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[draggable=true]");
  if (held) event.dataTransfer.setData("text/plain", held.textContent.trim());
});
document.addEventListener("dragend", () => {
  held = null;
  for (const day of days) day.classList.remove("over");
});

for (const day of days) {
  day.addEventListener("dragover", (event) => {
    if (!held || held.closest("td") === day) return;
    event.preventDefault();
    day.classList.add("over");
  });
  day.addEventListener("dragleave", (event) => {
    if (!day.contains(event.relatedTarget)) day.classList.remove("over");
  });
  day.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    if (held.closest("td") !== day) drop(held, day.dataset.day);
  });
}

function drop(post, day) {
  const time = post.querySelector("time")?.textContent;
  const address = new URL(post.dataset.move || post.href, location.href);
  if (!post.dataset.v || !time) {
    address.search = `${location.search || "?"}&ke=${day}`;
    return open(address);
  }
  form.action = address.pathname;
  form.elements.version.value = post.dataset.v;
  form.elements.date.value = day;
  form.elements.time.value = time;
  form.requestSubmit();
}

// --- keys ---

document.addEventListener("keydown", (event) => {
  if (!heard(event) || event.shiftKey || event.repeat) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const goals = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  const goal = [...goals].find((one) => one.checkVisibility());
  if (!goal) return;
  event.preventDefault();
  goal.click();
});

// What just happened is said once the reader listens: a region that was there at first is not read.
const news = document.querySelector("[data-say]");
if (news) {
  setTimeout(() => (document.querySelector("[data-said]").textContent = news.textContent), 400);
  // who moved it by key goes on from where it stands now
  const ways = document.querySelectorAll(`main [href^="${news.dataset.say}"]`);
  [...ways].find((one) => one.checkVisibility())?.focus();
}
