// Tulis, while typing: counters, previews, tabs of the chosen channels, pictures sent at once.
import { cut, weigh } from "./weigh.js";

const form = document.querySelector("[data-composer]");
const shared = form.elements.text;
const number = new Intl.NumberFormat("id-ID");
const VISIBLE = /https?:\/\/\S+|(?<![\w&])#\w+|(?<![\w@])@\w+(?:\.\w+)*/gu;

function of(channel) {
  const preview = form.querySelector(`[data-preview="${channel}"]`);
  return {
    own: form.elements[`text_${channel}`],
    preview,
    platform: preview.dataset.platform,
    limit: Number(preview.dataset.limit),
  };
}

function draw(channel) {
  const { own, preview, platform, limit } = of(channel);
  const text = (own.value.trim() || shared.value).trim();
  const weight = weigh(platform, text);
  count(channel, weight, limit);
  const over = Math.max(0, weight - limit);
  const trouble = form.querySelector(`[data-over="${channel}"]`);
  trouble.hidden = !over || !isChosen(channel);
  trouble.querySelector("[data-excess]").textContent = number.format(over);
  const dot = form.querySelector(`#tab-${channel} [data-dot]`);
  dot.hidden = !over && !own.value.trim();
  dot.classList.toggle("bad", over > 0);
  const fits = platform === "x" ? cut(platform, text, limit) : text.length;
  mirror(preview.querySelector("[data-mirror]"), text, fits);
}

function count(channel, weight, limit) {
  const counter = form.querySelector(`.counters [data-of="${channel}"] .counter`);
  const share = Math.min(100, Math.round((100 * weight) / limit));
  counter.dataset.state = weight > limit ? "over" : share > 90 ? "near" : "ok";
  counter.querySelector(".fg").setAttribute("stroke-dasharray", `${share} 100`);
  counter.querySelector("[data-n]").textContent = `${number.format(weight)}/${number.format(limit)}`;
}

function mirror(place, text, fits) {
  place.replaceChildren(...rich(text.slice(0, fits)));
  if (fits === text.length) return;
  const rest = document.createElement("mark");
  rest.textContent = text.slice(fits);
  place.append(rest);
}

function rich(text) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(VISIBLE)) {
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.textContent = found[0];
    pieces.push(text.slice(end, found.index), tag);
    end = found.index + found[0].length;
  }
  return [...pieces, text.slice(end)];
}

function boxes() {
  return [...form.querySelectorAll("[data-channel]")];
}

function isChosen(channel) {
  return form.querySelector(`[data-channel="${channel}"]`).checked;
}

function choose(box) {
  const channel = box.dataset.channel;
  for (const part of form.querySelectorAll(`[data-of="${channel}"]`)) part.hidden = !box.checked;
  draw(channel);
  form.querySelector("[data-no-preview]").hidden = boxes().some((other) => other.checked);
  showAChosenTab(form.querySelector("#pratinjau [role=tablist]"));
  showAChosenTab(form.querySelector("#teks [role=tablist]"));
}

function showAChosenTab(list) {
  if (!list.querySelector('[aria-selected="true"]:not([hidden])')) {
    list.querySelector("[role=tab]:not([hidden])")?.click();
  }
}

// Chosen pictures are seen at once, and sent at once: an alternative text needs a place to stand.
function sendPictures(files) {
  const tray = form.querySelector("[data-tray]");
  for (const file of files) {
    const item = document.createElement("li");
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.width = 112;
    item.append(image, file.name);
    tray.append(item);
  }
  form.requestSubmit(form.querySelector("[data-upload]"));
}

function unsaved() {
  const sign = document.querySelector("[data-saved]");
  sign.textContent = sign.dataset.unsaved;
}

form.addEventListener("input", (event) => {
  unsaved();
  if (event.target === shared) boxes().forEach((box) => draw(box.dataset.channel));
  else if (event.target.name?.startsWith("text_")) draw(event.target.name.slice(5));
});
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-channel]")) choose(event.target);
  if (event.target.matches("[data-files]") && event.target.files.length) {
    sendPictures(event.target.files);
  }
});
form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-own]");
  if (!link) return;
  event.preventDefault();
  form.querySelector(`#tab-${link.dataset.own}`).click();
  of(link.dataset.own).own.focus();
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !["s", "Enter"].includes(event.key)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(`[value="${event.key === "s" ? "save" : "submit"}"]`));
});

// After a refused submission of a new post the page belongs to the draft that was kept.
if (form.action !== location.href.split("#")[0]) history.replaceState(null, "", form.action);
form.querySelector("[data-upload]").hidden = true; // choosing sends
