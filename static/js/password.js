// A button beside each password that shows what was typed.
export function showSecrets(root) {
  for (const input of root.querySelectorAll('.secret > input[type="password"]')) {
    const { show, hide } = input.parentElement.dataset;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = show;
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? hide : show;
    });
    input.after(button);
  }
}
