// Tulis, while typing: counters, previews, tabs of the chosen channels, phrases.
import { cut, weigh } from "./weigh.js";

const form = document.querySelector("[data-composer]");
let lastField; // where the cursor was, for phrases
const number = new Intl.NumberFormat("id-ID");
const VISIBLE = /https?:\/\/\S+|(?<![\w&])#\w+|(?<![\w@])@\w+(?:\.\w+)*/gu;

function draw(channel) {
  const own = form.elements[`text_${channel}`];
  const preview = form.querySelector(`[data-preview="${channel}"]`);
  const { platform } = preview.dataset;
  const limit = Number(preview.dataset.limit);
  const text = (own.value.trim() || form.elements.text.value).trim();
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
  const { fold, more } = place.dataset;
  if (fold && text.length > fold) place.replaceChildren(...folded(text, Number(fold), more));
  else place.replaceChildren(...rich(text.slice(0, fits)));
  if (fits === text.length) return;
  const rest = document.createElement("mark");
  rest.textContent = text.slice(fits);
  place.append(rest);
}

// As the server's filter `folded` does.
function folded(text, limit, more) {
  const head = text.slice(0, limit);
  const space = Math.max(head.lastIndexOf(" "), head.lastIndexOf("\n"));
  const cut = space > 0 ? space : limit;
  const box = document.createElement("details");
  box.className = "fold";
  box.append(document.createElement("summary"), ...rich(text.slice(cut)));
  box.firstChild.textContent = more;
  return [...rich(text.slice(0, cut)), box];
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

// Which pictures show where: when that was saved, the previews fetch them anew.
function shownPictures() {
  const rows = [...new FormData(form)].filter(([name]) => /^(media$|on_|alt_|focal_)/.test(name));
  return JSON.stringify([rows, boxes().map((box) => box.checked)]);
}

let drawn = shownPictures();

async function redrawPictures() {
  const now = shownPictures();
  if (now === drawn) return;
  const answer = await fetch(`${form.action}?drawn`);
  if (!answer.ok) return;
  drawn = now;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const { value } of boxes()) {
    const said = `[data-channel="${value}"] + .nm`; // "Instagram memerlukan gambar", or no more
    form.querySelector(said).replaceWith(fresh.querySelector(said));
  }
  for (const place of form.querySelectorAll("[data-preview]")) {
    const other = fresh.querySelector(`[data-preview="${place.dataset.preview}"]`);
    for (const part of ["[data-pictures]", ".alts"]) {
      const mine = place.querySelector(part);
      const theirs = other?.querySelector(part);
      if (mine && theirs) mine.replaceWith(theirs);
      else if (theirs) place.querySelector(".pv").after(theirs);
      else if (other) mine?.remove();
    }
  }
}

document.body.addEventListener("saved", redrawPictures);

// A phrase goes where the cursor was; a skeleton, or where no cursor was, below the text.
function insert(phrase, atCursor) {
  const field = lastField?.isConnected ? lastField : form.elements.text;
  if (field === lastField && atCursor) field.setRangeText(phrase, field.selectionStart, field.selectionEnd, "end");
  else field.value = [field.value.trimEnd(), phrase].filter(Boolean).join("\n\n");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function filled(skeleton) {
  return skeleton.replace(/\{(\w+)\}/g, (_, key) => {
    const field = form.elements[`about_${key}`];
    return (field?.value && (field.selectedOptions?.[0].text ?? field.value)) || "…";
  });
}

form.addEventListener("focusout", (event) => {
  if (/^text(_|$)/.test(event.target.name)) lastField = event.target;
});
form.addEventListener("input", (event) => {
  if (event.target.name === "text") boxes().forEach((box) => draw(box.dataset.channel));
  else if (event.target.name?.startsWith("text_")) draw(event.target.name.slice(5));
});
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-channel]")) choose(event.target);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert], [data-skeleton]");
  if (button) {
    event.preventDefault();
    const phrase = button.dataset.insert;
    insert(phrase ?? filled(button.dataset.skeleton), phrase);
    button.closest("details")?.removeAttribute("open");
  }
  const link = event.target.closest("[data-own]");
  if (!link) return;
  event.preventDefault();
  form.querySelector(`#tab-${link.dataset.own}`).click();
  form.elements[`text_${link.dataset.own}`].focus();
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !["s", "Enter"].includes(event.key)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(`[value="${event.key === "s" ? "save" : "submit"}"]`));
});

// After a refused submission of a new post the page belongs to the draft that was kept.
if (form.action !== location.href.split("#")[0]) history.replaceState(null, "", form.action);
