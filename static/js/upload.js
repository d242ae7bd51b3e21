// Pictures go up one by one, each with its progress, its error and a button to try again.
const STALLED = 60000; // a line that moves nothing for so long is cut

function start(box) {
  const input = box.querySelector("[type=file]");
  const words = box.querySelector("[data-lines]").dataset;
  const queue = [];
  let busy = false;

  function wait(file, line) {
    tell(line, words.waiting);
    queue.push([file, line]);
    next();
  }

  function next() {
    if (busy || !queue.length) return;
    busy = true;
    const [file, line] = queue.shift();
    send(box, file, line, (trouble, row) => {
      busy = false;
      tell(line, trouble || words.done);
      box.querySelector("[data-heard]").textContent = `${file.name}: ${trouble || words.done}`;
      line.dataset.ended = trouble ? "bad" : "good";
      const again = line.querySelector("[data-retry]");
      again.hidden = !trouble;
      again.onclick = () => {
        again.hidden = true;
        wait(file, line);
      };
      if (row) place(box, row);
      next();
    });
  }

  input.addEventListener("change", () => {
    for (const file of input.files) wait(file, lineFor(box, file));
    input.value = "";
  });
  box.querySelector("[data-send], [data-upload]").hidden = true; // choosing sends
}

function lineFor(box, file) {
  const line = box.querySelector("[data-line]").content.firstElementChild.cloneNode(true);
  line.querySelector("[data-name]").textContent = file.name;
  line.querySelector("progress").setAttribute("aria-label", file.name);
  box.querySelector("[data-lines]").append(line);
  return line;
}

function tell(line, state) {
  line.querySelector("[data-state]").textContent = state;
}

function send(box, file, line, done) {
  const words = box.querySelector("[data-lines]").dataset;
  const form = box.closest("form");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (box !== form) {
    body.append("place", box.querySelector("[data-tray]").children.length + 1);
    for (const channel of new FormData(form).getAll("channels")) body.append("channels", channel);
  }
  body.append("pictures", file);
  const request = new XMLHttpRequest();
  let percent = 0;
  let watch;
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(() => request.abort(), STALLED);
  };
  request.upload.onprogress = (event) => {
    alive();
    percent = Math.min(99, Math.floor((100 * event.loaded) / event.total));
    line.querySelector("progress").value = percent;
    tell(line, `${percent} %`);
  };
  request.onloadend = () => {
    clearTimeout(watch);
    if (request.status === 201) line.querySelector("progress").value = 100;
    done(troubleOf(request, percent, words), request.status === 201 && request.responseText);
  };
  request.open("POST", box.dataset.uploads);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  alive();
  request.send(body);
}

function troubleOf({ status, responseText }, percent, words) {
  if (status === 201) return "";
  if (status === 422) return `${words.failed} ${responseText}`;
  if (!status) return words.cut.replace("{n}", percent);
  return status === 200 || status === 403 ? words.closed : words.lost; // 200: the sign-in page
}

function place(box, markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  const row = holder.content.querySelector("li");
  if (document.getElementById(row.id)) return; // the same picture again
  box.querySelector("[data-tray]").append(row);
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

document.querySelectorAll("[data-uploads]").forEach(start);

// What the frame of a channel would cut, while a focal point is being chosen.
document.addEventListener("change", ({ target }) => {
  const framed = document.querySelector(`[data-framed="${target.name}"]`);
  if (framed) frame(framed, target.value);
});
for (const framed of document.querySelectorAll("[data-framed]")) {
  const chosen = document.querySelector(`[name="${framed.dataset.framed}"]:checked`);
  frame(framed, chosen?.value);
}

function frame(image, focal) {
  image.classList.toggle("cut", Boolean(focal));
  const [x, y] = (focal || "50,50").split(",");
  image.style.objectPosition = `${x}% ${y}%`;
}
