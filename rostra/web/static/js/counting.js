// Near a limit of a text, how many characters are missing or left; said in a pause, not at every key.
const PAUSE = 700;

// As the server counts what is one's own, nearly: it also leaves out Markdown's signs, and has the last word.
function ownWords(text) {
  const lines = text.split("\n").filter((line) => !/^ {0,3}>/.test(line));
  return lines.join(" ").replace(/\s+/gu, " ").trim();
}

class TextCount extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    this.field?.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.say(), PAUSE);
    });
  }

  say() {
    const [least, most] = [Number(this.dataset.least), Number(this.dataset.most)];
    const left = most - [...this.field.value].length;
    const own = least > 1 ? [...ownWords(this.field.value)].length : least;
    if (left < 0) this.show("over", -left);
    else if (own && own < least) this.show("needed", least - own);
    else if (left <= Math.min(1000, Math.max(20, most / 10))) this.show("left", left);
    else this.textContent = "";
  }

  show(what, number) {
    this.textContent = `${this.dataset[what]} ${number.toLocaleString(document.documentElement.lang)}`;
  }
}

customElements.define("text-count", TextCount);
