// Keeps the draft two seconds after a change, and a copy on this device until the server has it.
const form = document.querySelector("[data-composer]");
const sign = document.querySelector("[data-saved]");
const stopped = document.querySelector("[data-stopped]");
const PAUSE = 2000;
const AGAIN = 10000;
const HUNG = 30000;
const MOST = 1000000; // letters; what is longer the server refuses unread
const OLD = 14 * 86400000;
const NEVER = new Set(["csrfmiddlewaretoken", "do"]);
let timer;
let busy = false;
let changed = false;
let still = "paused" in form.dataset; // a conflict: only a person's own save decides
let going = false;

// One page, one copy: another tab, or the next page, never writes over it.
const [key] = form.elements.page.value.split(".");
const home = () => `tulis:${form.dataset.owner}:${new URL(form.action).pathname}:`;
const shelf = () => home() + key;

function entries() {
  const all = [...new FormData(form)];
  return all.filter(([name, value]) => typeof value === "string" && !NEVER.has(name));
}

function keepHere() {
  try {
    localStorage.setItem(shelf(), JSON.stringify({ at: Date.now(), entries: entries() }));
  } catch {
    // a full or forbidden store: the server is asked all the same
  }
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

// The page counts what it sends: the server knows a repeat, and an older one that comes late.
function count() {
  const { page } = form.elements;
  page.value = `${key}.${Number(page.value.split(".")[1]) + 1}`;
}

async function save() {
  if (busy || !changed || still) return;
  busy = true;
  changed = false;
  const body = new URLSearchParams(entries());
  body.append("do", "autosave");
  const token = form.elements.csrfmiddlewaretoken.value;
  const headers = { "X-CSRFToken": token };
  const signal = AbortSignal.timeout(HUNG);
  let delay = PAUSE;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers, signal, redirect: "manual" });
    if (answer.status >= 500) throw sign.dataset.trouble;
    if (answer.ok) kept(await answer.json());
    else await refused(answer);
  } catch (why) {
    changed = true;
    delay = AGAIN;
    sign.textContent = why.at ? why : sign.dataset.offline;
  }
  busy = false;
  if (changed) later(delay);
}

function kept(said) {
  const was = shelf();
  if (!going) {
    form.action = said.url;
    if (was !== shelf()) history.replaceState(null, "", said.url);
  }
  if (changed || !said.whole) keepHere();
  else localStorage.removeItem(shelf());
  if (was !== shelf()) localStorage.removeItem(was);
  for (const [name, value] of Object.entries({ ...said.marks, version: said.version })) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  const files = [...form.querySelectorAll("[type=file]")].some((field) => field.value);
  sign.textContent = files ? sign.dataset.file : said.said;
  stopped.hidden = true;
  document.querySelector("[data-todo]").innerHTML = said.todo;
  document.body.dispatchEvent(new Event("saved"));
}

async function refused(answer) {
  const { status } = answer;
  if (status === 400 || status === 413) {
    sign.textContent = sign.dataset.tooLong;
    return;
  }
  still = status === 409;
  const said = await answer.json().catch(() => ({}));
  stopped.hidden = false;
  stopped.querySelector("[data-stopped-why]").textContent = said.said || sign.dataset.unsaved;
  stopped.querySelector("[data-compare]").hidden = status !== 409;
  const enter = stopped.querySelector("[data-sign-in]");
  enter.hidden = ![0, 401, 403].includes(status);
  enter.search = `next=${new URL(form.action).pathname}`;
}

function touched() {
  changed = true;
  count();
  sign.textContent = sign.dataset.unsaved;
  keepHere();
  later(PAUSE);
}

form.addEventListener("input", ({ target }) => target.type !== "file" && touched());
form.addEventListener("change", ({ target }) => {
  if (target.type !== "file") touched();
  else if (target.name !== "pictures") sign.textContent = sign.dataset.file; // it goes with the form
});
form.addEventListener("submit", (event) => {
  const long = entries().reduce((sum, [, value]) => sum + value.length, 0) > MOST;
  if (long) sign.textContent = sign.dataset.tooLong;
  if (long || going) return event.preventDefault(); // the second press of a button
  going = still = true; // the whole form goes now; the copy stays until a page says that it arrived
  clearTimeout(timer);
  count();
  keepHere();
  sessionStorage.setItem("sent", shelf());
});
addEventListener("online", () => later(0));
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    going = false;
    still = "paused" in form.dataset;
  }
});

// --- what earlier pages left here ---

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

const own = new Set(["version", "page", "anew"]);
const words = (rows) => JSON.stringify(rows.filter(([name]) => !own.has(name)).sort());

// Whether the draft was last saved by the page that left this copy, with all of it.
function arrived(name, copy) {
  const [saved, step] = (form.dataset.pageKept || ".").split(".");
  const sent = Object.fromEntries(copy.entries).page?.split(".") ?? [];
  return name.endsWith(`:${saved}`) && Number(step) >= Number(sent[1]);
}

function bringBack(copy) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  const token = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
  for (const [field, value] of [token, ["do", "recall"], ...copy.entries]) {
    const box = document.createElement("textarea");
    box.name = field;
    box.value = value;
    again.append(box);
  }
  again.hidden = true;
  document.body.append(again);
  again.submit();
}

function offer(name, copy) {
  const note = document.querySelector("[data-local]");
  note.hidden = false;
  note.querySelector("[data-local-when]").textContent = new Date(copy.at).toLocaleString("id-ID");
  note.querySelector("[data-local-restore]").onclick = () => bringBack(copy);
  note.querySelector("[data-local-drop]").onclick = () => {
    localStorage.removeItem(name);
    note.hidden = true;
    lookAround();
  };
}

function lookAround() {
  const blank = home().replace(/\/\d+\/edit\//, "/new/"); // where this draft may have begun
  for (const name of Object.keys(localStorage)) {
    if (name === shelf() || !(name.startsWith(home()) || name.startsWith(blank))) continue;
    const copy = read(name);
    const gone = !copy || Date.now() - copy.at > OLD || arrived(name, copy);
    if (gone || (name.startsWith(home()) && words(copy.entries) === words(entries()))) {
      localStorage.removeItem(name);
    } else if (name.startsWith(home()) && !still) offer(name, copy);
  }
}

if (still) keepHere();
lookAround();
if ("unsaved" in form.dataset) touched();
