// Makes the questionnaire kinder; without this script the same forms work as they are. Answers are kept on this device
// until they are sent, for a day at most, and nothing leaves it before a button is pressed.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const MOST = 2000; // characters, as campus/feedback/responses/rules.py
  const PREFIX = "survey:";
  const here = PREFIX + location.pathname;
  let unsent = false;
  let sending = false;
  let again = 0; // timer of the next try

  const drafts = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(draft) {
      try {
        localStorage.setItem(here, JSON.stringify(draft));
      } catch {
        // the device keeps nothing: the form itself still does
      }
    },
    erase(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // nothing was kept
      }
    },
    sweep() {
      try {
        for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
          const draft = drafts.read(key);
          if (!draft || !(Date.now() - draft.at < DAY)) drafts.erase(key);
        }
      } catch {
        // nothing is kept
      }
    },
  };

  function start() {
    const form = document.getElementById("answers");
    clearTimeout(again);
    if (document.querySelector("[data-sent]")) {
      drafts.erase(here);
      unsent = false;
    }
    if (!form) return;
    if (form.hasAttribute("data-fresh")) restore(form);
    for (const sentence of form.querySelectorAll(".if")) sentence.hidden = true;
    form.querySelectorAll("textarea").forEach(countDown);
    follow(form);
    if (!form.hasAttribute("data-fresh")) keep(form);
    form.addEventListener("input", () => {
      unsent = true;
      follow(form);
      keep(form);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
  }

  function given(form) {
    const found = {};
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("q-") && value) found[name] = value;
    }
    return found;
  }

  function keep(form) {
    const answers = given(form);
    if (!Object.keys(answers).length) return drafts.erase(here);
    unsent = true;
    drafts.write({ at: Date.now(), form: form.elements.form.value, version: form.dataset.version, answers });
  }

  function restore(form) {
    const draft = drafts.read(here);
    if (!draft) return;
    // the same mark as before: what arrived unnoticed is not taken twice
    if (draft.version === form.dataset.version) form.elements.form.value = draft.form;
    for (const [name, value] of Object.entries(draft.answers)) {
      const field = form.elements[name];
      if (field) field.value = value;
      else form.prepend(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    unsent = true;
    const erase = () => {
      drafts.erase(here);
      unsent = false;
      location.reload();
    };
    note(form, "status", form.dataset.back, form.dataset.erase, erase);
  }

  // questions that depend on an answer of this same step, in order: one may depend on another
  function follow(form) {
    for (const one of form.querySelectorAll("[data-only-if]")) {
      const parent = form.querySelector(`[data-key="${one.dataset.onlyIf}"]`);
      const field = form.elements[`q-${one.dataset.onlyIf}`];
      one.hidden = parent.hidden || !one.dataset.answers.split(" ").includes(field.value);
    }
  }

  function countDown(area) {
    const told = document.createElement("p");
    told.className = "left";
    told.setAttribute("aria-live", "polite");
    area.after(told);
    let later = 0;
    const tell = () => {
      told.textContent = `${area.form.dataset.left} ${MOST - [...area.value.trim()].length}`;
    };
    tell();
    area.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(tell, 500); // after typing, not with each letter
    });
  }

  function note(form, role, text, label, action) {
    document.querySelector(".note")?.remove();
    const box = document.createElement("div");
    const button = document.createElement("button");
    box.className = "note";
    box.setAttribute("role", role);
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
    Object.assign(button, { type: "button", textContent: label });
    button.addEventListener("click", action);
    box.append(button);
    form.before(box);
    return box;
  }

  async function send(form, button, wait = 5000) {
    if (sending) return;
    sending = true;
    clearTimeout(again);
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), credentials: "omit" });
      if (answer.status >= 500) throw new Error(answer.statusText);
      show(await answer.text());
    } catch {
      lost(form, button, wait);
    } finally {
      sending = false;
    }
  }

  function lost(form, button, wait) {
    const retry = () => form.isConnected && send(form, button, Math.min(2 * wait, 60000));
    note(form, "alert", form.dataset.lost, form.dataset.again, retry);
    window.addEventListener("online", retry, { once: true });
    again = setTimeout(retry, wait);
  }

  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    document.title = page.title;
    document.body.replaceWith(page.body);
    window.scrollTo(0, 0);
    start();
    document.querySelector(".problem, h1").focus();
  }

  window.addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });
  drafts.sweep();
  start();
})();
