// The editor, improved: what is typed is kept in this browser at once and on the server soon after, Ctrl+Enter sends.
const SAVE_AFTER = 3000;
const KEEP_DAYS = 30;

const store = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // storage is full or switched off
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // nothing is there then
    }
  },
};

// A cookie of two minutes says which form made a post: this browser's copy of its text can go.
function forgetPosted() {
  const token = /(?:^|; )posted=([0-9a-f]+)/.exec(document.cookie)?.[1];
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("text:")) continue;
      const kept = store.read(key);
      if (!kept || kept.token === token || Date.now() - kept.at > KEEP_DAYS * 864e5) store.drop(key);
    }
  } catch {
    // storage is switched off
  }
  if (token) document.cookie = "posted=; max-age=0; path=/; samesite=lax";
}

class TextComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.querySelector("textarea[name=body]");
    if (!this.form || !this.text) return;
    this.status = this.querySelector("[data-status]");
    this.words = document.querySelector("[data-words]")?.dataset ?? {};
    this.key = `text:${this.dataset.me}:${this.dataset.place}`;
    this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.sendOnEnter(event));
    this.form.addEventListener("submit", () => this.send());
    addEventListener("pagehide", () => this.isWaiting && this.save(true));
    addEventListener("online", () => this.isWaiting && this.save());
  }

  field(name) {
    return this.form.elements[name];
  }

  typed() {
    const value = (name) => this.field(name)?.value ?? "";
    return { title: value("title"), body: value("body"), reason: value("reason"), token: value("token"), base: value("base") };
  }

  // The newer of the two comes back: what the page brought, or what this browser kept.
  restore() {
    const kept = store.read(this.key);
    if (!kept || (!kept.body?.trim() && !kept.title?.trim())) return;
    const brought = Date.parse(this.dataset.saved ?? "") || 0;
    const same = kept.body === this.text.value && kept.title === this.typed().title;
    const isUntouched = "quick" in this.dataset ? !this.text.value.trim() || brought : true;
    if (same && this.field("token") && kept.token) this.field("token").value = kept.token; // sent before, perhaps
    const isAnswer = document.querySelector(".fault, .meanwhile") && !brought; // to what was just sent: nothing is newer
    if (same || kept.at < brought || isAnswer || !isUntouched) return;
    this.before = this.typed();
    for (const name of ["title", "body", "reason", "token", "base"]) {
      if (this.field(name) && kept[name] !== undefined) this.field(name).value = kept[name];
    }
    this.offerDiscard();
    this.wait();
  }

  offerDiscard() {
    const notice = Object.assign(document.createElement("p"), { className: "notice", textContent: `${this.words.restored} ` });
    notice.setAttribute("role", "status");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: this.words.discard });
    button.addEventListener("click", () => {
      for (const [name, value] of Object.entries(this.before)) if (this.field(name)) this.field(name).value = value;
      store.drop(this.key);
      notice.remove();
      this.save();
      this.text.focus();
    });
    notice.append(button);
    this.form.prepend(notice);
  }

  changed() {
    this.keep();
    this.wait();
  }

  keep() {
    const typed = this.typed();
    if (typed.body.trim() || typed.title.trim()) store.write(this.key, { ...typed, at: Date.now() });
    else store.drop(this.key);
  }

  // What is being posted is no draft any more; should it not arrive, this browser still has it, with the same token.
  send() {
    this.keep();
    this.isSent = true;
    this.isWaiting = false;
    clearTimeout(this.timer);
    this.underWay?.abort();
  }

  wait() {
    this.isWaiting = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  // One save at a time: what is typed meanwhile is saved by the next.
  async save(isLast = false) {
    clearTimeout(this.timer);
    if (this.underWay && !isLast) return this.wait();
    this.isWaiting = false;
    this.underWay = new AbortController();
    const body = new URLSearchParams({ ...this.typed(), place: this.dataset.place, version: this.field("version")?.value ?? "0" });
    body.set("csrfmiddlewaretoken", this.field("csrfmiddlewaretoken").value);
    try {
      const answer = await fetch("/drafts/save", { method: "POST", body, keepalive: isLast, signal: isLast ? undefined : this.underWay.signal, headers: { Accept: "application/json" } });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (answer.status === 409) return void this.showNewer(told);
      if (answer.status === 410) {
        this.field("version").value = 0; // posted or discarded elsewhere: the next key begins a new draft
        return;
      }
      if (!answer.ok) throw new Error(answer.status);
      this.field("version").value = told.version;
      this.say(told.version ? this.words.saved : "");
    } catch {
      if (this.isSent) return;
      this.isWaiting = true; // tried again with the next key, or when the network is back
      this.say(this.words.onlyHere);
    } finally {
      this.underWay = null;
    }
  }

  showNewer({ version, title, body }) {
    this.field("version").value = version;
    this.isWaiting = true;
    this.newer?.remove();
    const notice = (this.newer = Object.assign(document.createElement("div"), { className: "notice" }));
    notice.setAttribute("role", "status");
    const line = Object.assign(document.createElement("p"), { textContent: this.words.newer });
    const other = Object.assign(document.createElement("textarea"), { value: title ? `${title}\n\n${body}` : body, rows: 6, readOnly: true });
    other.setAttribute("aria-label", this.words.newer);
    notice.append(line, other);
    this.form.before(notice);
  }

  say(text) {
    if (this.status) this.status.textContent = text ?? "";
  }

  sendOnEnter(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("button[value=post]"));
    }
  }
}

// On a shared computer nothing stays behind after signing out; the server still has the drafts.
document.querySelector("form[action='/sign-out/']")?.addEventListener("submit", () => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("text:")) store.drop(key);
  } catch {
    // storage is switched off
  }
});

forgetPosted();
customElements.define("text-composer", TextComposer);
