// Notes beside what they are about: marks in the words, pins on the pictures; where somebody may
// write one, selected words or a point of a picture open the form.
const UNSAID = "summary, .no"; // inside a preview, and no part of its text
const watchers = [];

function pieces(box) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const found = [];
  let at = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(UNSAID)) continue;
    found.push([node, at]);
    at += node.length;
  }
  return found;
}

const wordsOf = (box) => pieces(box).map(([node]) => node.data).join("");
const textOf = (channel) => document.querySelector(`.shown[data-channel="${channel}"] [data-mirror]`);
const field = (name) => document.querySelector(`[data-note-${name}]`);

function numbered(note, name) {
  const link = Object.assign(document.createElement("a"), {
    className: `no ${name}`,
    href: `#catatan-${note.dataset.pk}`,
    textContent: note.dataset.note,
    ariaLabel: `${note.closest("[data-notes]").dataset.label} ${note.dataset.note}`,
  });
  if (!document.getElementById(`tanda-${note.dataset.pk}`)) link.id = `tanda-${note.dataset.pk}`;
  return link;
}

// --- words ---

function mark(note, range) {
  const [channel, ...ends] = range.split(":").map(Number);
  const box = textOf(channel);
  if (!box) return;
  const letters = [...wordsOf(box)]; // the server counts letters, a browser their halves too
  const [from, to] = ends.map((end) => letters.slice(0, end).join("").length);
  let first = true;
  for (const [node, at] of pieces(box)) {
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, node.length)];
    if (start >= end) continue;
    const part = node.splitText(start);
    part.splitText(end - start);
    const sign = Object.assign(document.createElement("mark"), { className: "noted" });
    part.replaceWith(sign);
    sign.append(part);
    if (first) sign.prepend(numbered(note, "tag-no"));
    first = false;
  }
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const ancestor = range.commonAncestorContainer;
  const box = (ancestor.closest ? ancestor : ancestor.parentElement).closest(".shown [data-mirror]");
  if (!box) return null;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const said = (some) => {
    const copy = some.cloneContents();
    for (const unsaid of copy.querySelectorAll(UNSAID)) unsaid.remove();
    return copy.textContent;
  };
  const quote = said(range);
  return quote.trim() && { box, range, quote, near: [...said(before)].length };
}

// --- pictures ---

// How a picture that covers its frame lies in it: the middle stays, the larger scale counts.
function laid(img) {
  const box = img.getBoundingClientRect();
  const [w, h] = ["width", "height"].map((name) => Number(img.getAttribute(name)));
  const scale = Math.max(box.width / w, box.height / h);
  return { box, w: w * scale, h: h * scale };
}

const inside = (value, most) => Math.min(Math.max(value, 0), most);

function stick(img, link, x, y) {
  const frame = img.closest("figure, [data-pictures]");
  frame.append(link);
  const place = () => {
    const { box, w, h } = laid(img);
    const around = frame.getBoundingClientRect();
    const across = inside(box.width / 2 + (x / 1000 - 0.5) * w, box.width);
    const down = inside(box.height / 2 + (y / 1000 - 0.5) * h, box.height);
    link.style.left = `${box.left - around.left + across}px`;
    link.style.top = `${box.top - around.top + down}px`;
  };
  const watcher = new ResizeObserver(place);
  watcher.observe(img);
  watchers.push(watcher);
}

const ratio = (img) => img.getAttribute("width") / img.getAttribute("height");

function pin(note) {
  const { media, point } = note.dataset;
  if (!media) return;
  const all = [...document.querySelectorAll(`.shown img[src*="/media/${media}/"]`)];
  const [channel, x = 70, y = 70] = point ? point.split(":").map(Number) : [];
  const own = all.find((img) => Number(img.closest(".shown").dataset.channel) === channel) || all[0];
  for (const img of all) {
    if (Math.abs(ratio(img) - ratio(own)) < 0.02) stick(img, numbered(note, "pin"), x, y);
  }
}

// --- all of it, again whenever the notes come anew ---

function paint() {
  for (const watcher of watchers.splice(0)) watcher.disconnect();
  for (const link of document.querySelectorAll(".shown .no")) link.remove();
  for (const sign of document.querySelectorAll("mark.noted")) {
    const parent = sign.parentNode;
    sign.replaceWith(...sign.childNodes);
    parent.normalize();
  }
  for (const note of document.querySelectorAll("[data-note]:not([data-settled])")) {
    for (const range of note.dataset.ranges.split(" ").filter(Boolean)) mark(note, range);
    pin(note);
    const sign = `tanda-${note.dataset.pk}`;
    if (document.getElementById(sign)) note.querySelector(".no").href = `#${sign}`;
  }
}

function begin(values) {
  const box = document.querySelector("#tambah-catatan");
  for (const [name, value] of Object.entries(values)) field(name).value = value;
  document.querySelector("[data-pointed]").hidden = !values.point;
  document.querySelector("[data-comment]").hidden = true;
  box.open = true;
  // on a phone the form comes to the thumb, and what it is about stays in sight
  const comes = getComputedStyle(field("words").closest(".stack")).position === "fixed";
  if (!comes) box.scrollIntoView({ block: "nearest" });
  field("words").focus({ preventScroll: comes });
}

function quoteSelected({ box, quote, near }) {
  const said = wordsOf(box);
  const place = [...field("place").options].find(({ value }) => {
    const [kind, channel] = value.split(":");
    const other = kind === "text" && textOf(channel);
    return other && wordsOf(other) === said;
  });
  begin({ place: place?.value ?? "whole", quote: quote.trim(), near, point: "" });
}

function pointAt(img, event) {
  const { box, w, h } = laid(img);
  const across = ((event.clientX - box.left - box.width / 2) / w + 0.5) * 1000;
  const down = ((event.clientY - box.top - box.height / 2) / h + 0.5) * 1000;
  const [x, y] = [across, down].map((part) => Math.round(inside(part, 1000)));
  const { channel } = img.closest(".shown").dataset;
  document.querySelector(".pin.fresh")?.remove();
  const spot = Object.assign(document.createElement("span"), { className: "no pin fresh", textContent: "+" });
  stick(img, spot, x, y);
  const [, media] = img.src.match(/\/media\/(\d+)\//);
  begin({ place: `picture:${media}`, point: `${channel}:${x}:${y}`, quote: "", near: "" });
}

document.addEventListener("selectionchange", () => {
  const button = document.querySelector("[data-comment]");
  if (!button) return;
  const words = selected();
  button.hidden = !words;
  if (!words) return;
  const at = words.range.getBoundingClientRect();
  button.style.left = `${inside(at.left, innerWidth - 140)}px`;
  button.style.top = `${inside(at.bottom + 8, innerHeight - 60)}px`;
});

document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-comment]")) event.preventDefault(); // keeps the selection
});

document.addEventListener("click", (event) => {
  const { target } = event;
  const link = target.closest("a.no");
  if (link) document.getElementById(link.hash.slice(1))?.closest("details")?.setAttribute("open", "");
  if (!field("words")) return;
  const img = target.closest(".shown [data-pictures] img");
  if (img) pointAt(img, event);
  const words = target.closest("[data-comment]") && selected();
  if (words) quoteSelected(words);
  if (target.closest("[data-shut]")) shut(target.closest("details"));
});

function unpoint() {
  field("point").value = "";
  document.querySelector("[data-pointed]").hidden = true;
  document.querySelector(".pin.fresh")?.remove();
}

// What nobody wrote about is not kept: a quote alone is no note.
function shut(box) {
  box.open = false;
  if (field("words").value.trim() || field("reason").value) return;
  for (const name of ["quote", "near"]) field(name).value = "";
  field("place").selectedIndex = 0;
  unpoint();
}

// Opened by a key while words are selected: they are what it is about. The form takes the focus, and
// with it the selection, so it is read before.
let chosen = null;
document.addEventListener("keydown", () => (chosen = field("words") && selected()), true);
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!chosen || target.id !== "tambah-catatan" || !target.open || field("words").value) return;
    quoteSelected(chosen);
    chosen = null;
  },
  true,
);

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-note-place]")) unpoint();
});

document.addEventListener("htmx:load", ({ target }) => {
  if (!target.matches("[data-notes]")) return;
  paint();
  target.querySelector("[aria-invalid=true], [role=alert], [data-said]")?.focus();
});

paint();
