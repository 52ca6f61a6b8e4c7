// A guest who has seen a forum's rules once finds them folded; what was seen stays in this browser.
class ForumRules extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    if (!details) return;
    const key = `rules-seen-${this.dataset.forum}`;
    try {
      if (localStorage.getItem(key)) details.open = false;
      else localStorage.setItem(key, "1");
    } catch {
      // storage is switched off: the rules stay open
    }
  }
}

customElements.define("forum-rules", ForumRules);
