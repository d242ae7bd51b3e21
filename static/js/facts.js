// Facts of the bank go into the text that is being written, and words of it lean on a source.
const picker = document.querySelector("[data-facts-picker]");
const search = picker?.querySelector("[type=search]");
let form; // whose button opened the picker
let field; // the text that was last written in: text, text_7, …
const MOST = 20; // sources of one post
const TEXT = 'textarea[name^="text"]';

function tell(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function insert(said) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const before = start && !/\s$/.test(value.slice(0, start)) ? " " : "";
  const after = /^[\p{L}\d]/u.test(value.slice(end)) ? " " : "";
  field.setRangeText(before + said + after, start, end, "end");
  tell(field);
}

function use({ fact, label }) {
  const used = form.querySelector("[data-facts-used]");
  if (!used || used.querySelector(`[value="${fact}"]`)) return;
  const item = form.querySelector("[data-facts-item]").content.cloneNode(true);
  item.querySelector("input").value = fact;
  item.querySelector("span").textContent = label;
  used.append(item);
}

function cell(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

function support(row, words) {
  const quotes = cell(row, "supports");
  const lines = quotes.value.split("\n").filter((line) => line.trim());
  if (!lines.includes(words)) quotes.value = [...lines, words].join("\n");
  row.querySelector("details").open = true;
  tell(quotes);
}

function rest(fact) {
  const rows = [...form.querySelectorAll("[data-source]")];
  if (!rows.length) return;
  const same = (row) => ["document", "number", "date"].every((name) => cell(row, name).value === fact[name]);
  let row = rows.find(same);
  if (!row) {
    row = rows.find((one) => !cell(one, "document").value) ?? (rows.length < MOST ? another(rows) : null);
    if (!row) return;
    for (const name of ["document", "number", "date", "url", "owner", "valid_until"]) {
      cell(row, name).value = fact[name];
    }
  }
  support(row, fact.said);
}

// A blank row after the last one: the same fields under the next number.
function another(rows) {
  const row = rows.at(-1).cloneNode(true);
  const old = row.dataset.source;
  row.dataset.source = Math.max(...rows.map((one) => Number(one.dataset.source))) + 1;
  for (const part of row.querySelectorAll("[data-warnings], [data-kept], .err")) part.remove();
  for (const part of row.querySelectorAll("*")) {
    for (const { name, value } of [...part.attributes]) {
      if (/^(name|id|for|aria-describedby)$/.test(name)) {
        part.setAttribute(name, value.replace(`source-${old}-`, `source-${row.dataset.source}-`));
      }
    }
    part.removeAttribute("aria-invalid");
    if (part.matches("input, textarea")) part.value = "";
    if (part.name === "do") part.value = `remove_source:${row.dataset.source}`;
  }
  rows.at(-1).after(row);
  return row;
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches(TEXT)) field = event.target;
});
document.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-facts-open]");
  const choice = target.closest("[data-fact]");
  const lean = target.closest("[data-lean]");
  if (opener && picker) {
    event.preventDefault();
    form = opener.closest("form");
    if (field?.form !== form) field = form.querySelector(TEXT);
    picker.showModal();
    search.dispatchEvent(new Event("facts-open"));
  } else if (choice && picker.open) {
    event.preventDefault();
    insert(choice.dataset.said);
    use(choice.dataset);
    rest(choice.dataset);
    picker.close();
    field.focus();
  } else if (lean) {
    const row = lean.closest("[data-source]");
    const text = field?.form === lean.form ? field : null;
    const words = text?.value.slice(text.selectionStart, text.selectionEnd).trim();
    if (words) words.split(/\s*\n\s*/).forEach((line) => support(row, line));
    else cell(row, "supports").focus();
  }
});
