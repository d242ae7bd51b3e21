// The schedule of Tulis: a free hour fills its fields; advice comes for a draft that is new;
// news of danger asks until when it holds.
const form = document.querySelector("[data-composer]");

form.addEventListener("click", (event) => {
  const slot = event.target.closest("[data-slot]")?.dataset.slot;
  if (!slot) return;
  event.preventDefault();
  const { when, date, time } = form.elements;
  when.value = "at";
  [date.value, time.value] = slot.split("T");
  date.focus();
  date.dispatchEvent(new Event("input", { bubbles: true }));
});

form.addEventListener("change", (event) => {
  if (event.target.name === "kind" && event.target.value === "emergency") {
    form.querySelector("[data-end]").open = true;
  }
});

document.body.addEventListener("saved", () => {
  for (const target of form.querySelectorAll("[data-later]"))
    htmx.ajax("GET", form.action.replace(/edit\/$/, target.dataset.later), { target });
});
