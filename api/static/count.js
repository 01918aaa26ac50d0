// Keeps what is typed into a count until the service has it: in this browser, by night and person.
// Without this script the form works as any other. A draft ends when the page shows the same figures as saved.
"use strict";

(() => {
  const place = document.querySelector("[data-draft]");
  if (!place) return;
  const told = document.getElementById("draft");
  const form = place.matches("form") ? place : null;
  const mine = `campus-count/${place.dataset.person}/`;
  const key = mine + place.dataset.night;
  const saved = JSON.parse(place.dataset.saved);
  const fields = form ? [...form.querySelectorAll("input[inputmode=numeric]")] : [];
  let waiting = 0;
  let sending = false;

  const say = (text, kind) => {
    told.textContent = text;
    told.className = `draft ${kind}`;
  };

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {}; // not ours, or a browser that keeps nothing
    }
  };

  const write = (draft) => {
    try {
      if (Object.keys(draft).length) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      say(told.dataset.nowhere, "warn");
    }
  };

  const unsaved = (draft) => Object.fromEntries(Object.entries(draft).filter(([name, value]) => value !== (saved[name] ?? "")));

  const keep = () => write(unsaved(Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]))));

  const restore = () => {
    const draft = unsaved(read());
    write(draft);
    const back = fields.filter((field) => field.name in draft && field.value !== draft[field.name]);
    for (const field of back) field.value = draft[field.name];
    if (back.length) say(told.dataset.restored, "info");
    else if (!form && Object.keys(draft).length) offer([place.dataset.night]);
  };

  const offer = (nights) => {
    say(`${told.dataset.unsent} `, "warn");
    for (const night of nights) {
      const link = Object.assign(document.createElement("a"), { href: `/rooms/counts/${night}`, textContent: night });
      told.append(link, " ");
    }
  };

  const others = () => {
    const nights = Object.keys(localStorage)
      .filter((name) => name.startsWith(mine) && name !== key)
      .map((name) => name.slice(mine.length))
      .filter((night) => /^\d{4}-\d\d-\d\d$/.test(night));
    if (nights.length && !told.textContent) offer(nights.sort());
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(waiting);
    waiting = 0;
    try {
      const answer = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(answer.statusText);
      form.submit();
    } catch {
      say(told.dataset.waiting, "warn");
      waiting = setTimeout(send, 15000);
    } finally {
      sending = false;
    }
  };

  const takeExpected = () => {
    for (const field of fields) if (!field.value.trim()) field.value = field.dataset.expected;
    keep();
    say(told.dataset.taken, "info");
  };

  try {
    restore();
    others();
  } catch {
    say(told.dataset.nowhere, "warn");
  }
  if (!form) return;
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "take") return takeExpected();
    keep();
    send();
  });
  addEventListener("online", () => waiting && send());
})();
