// A button that shows what is typed into a password field; when the form is sent it is a password again.
class ShowPassword extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    if (!this.field) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.setAttribute("aria-controls", this.field.id);
    this.button.addEventListener("click", () => this.show(this.field.type === "password"));
    this.field.form.addEventListener("submit", () => this.show(false));
    this.append(this.button);
    this.show(false);
  }

  show(isShown) {
    this.field.type = isShown ? "text" : "password";
    this.button.textContent = isShown ? this.dataset.hide : this.dataset.show;
  }
}

customElements.define("show-password", ShowPassword);
