// The editor, improved: Ctrl+Enter sends, leaving with unsent text asks first, a second press sends nothing twice.
class TextComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.querySelector("textarea");
    if (!this.form || !this.text) return;
    this.first = "unsent" in this.dataset ? null : this.text.value;
    this.text.addEventListener("keydown", (event) => this.sendOnEnter(event));
    this.form.addEventListener("submit", () => this.send());
    addEventListener("beforeunload", (event) => this.ask(event));
    addEventListener("pageshow", () => this.removeAttribute("data-sent"));
  }

  sendOnEnter(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("button[value=post]"));
    }
  }

  send() {
    this.dataset.sent = "1";
  }

  ask(event) {
    if (!("sent" in this.dataset) && this.text.value !== this.first) event.preventDefault();
  }
}

customElements.define("text-composer", TextComposer);
