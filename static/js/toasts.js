// Toasts leave after their seconds, but not while somebody points at them or has focus inside.
export function startToasts(root) {
  for (const toast of root.querySelectorAll("[data-toast]:not([data-ready])")) {
    toast.dataset.ready = "";
    // the server has what the composer kept on this device
    if (toast.matches("[data-arrived]")) localStorage.removeItem(sessionStorage.getItem("sent"));
    toast.querySelector("[data-close]")?.addEventListener("click", () => toast.remove());
    leaveLater(toast, 1000 * Number(toast.dataset.toast));
  }
}

function leaveLater(toast, delay) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast, 1000);
    else toast.remove();
  }, delay);
}
