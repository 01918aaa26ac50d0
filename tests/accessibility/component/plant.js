/* Plants problems in a page that others wrote, and marks them, before mutate.js changes it. `plan` is one page of others.toml. */
(plan) => {
  const ways = {
    'as it is': () => {},
    alt: (image) => ['alt', 'aria-label', 'title'].forEach((name) => image.removeAttribute(name)),
    name: (control) => {
      ['aria-label', 'title', 'value'].forEach((name) => control.removeAttribute(name));
      const walker = document.createTreeWalker(control, NodeFilter.SHOW_TEXT), words = [];
      while (walker.nextNode()) words.push(walker.currentNode);
      words.forEach((text) => text.remove());
      control.querySelectorAll('img').forEach((image) => image.setAttribute('alt', ''));
    },
    label: (field) => {
      [...(field.labels || [])].forEach((label) => label.replaceWith(...label.childNodes));
      ['aria-label', 'aria-labelledby', 'title', 'placeholder'].forEach((name) => field.removeAttribute(name));
    },
    contrast: (element) => { element.style.color = '#bbb'; element.style.backgroundColor = '#fff'; },
    lang: (root) => root.removeAttribute('lang'),
  };
  for (const [marker, [way, selector, by]] of Object.entries(plan.problems)) {
    const places = by ? [...document.querySelectorAll(by)] : [];
    for (const element of document.querySelectorAll(selector)) {
      ways[way](element);
      const number = by ? ` ${places.indexOf(element.closest(by)) + 1}` : '';
      element.setAttribute('data-suite-problem', marker + number);
    }
  }
  for (const [name, value] of [['lists', ''], ['orders', 'order'], ['flows', null]])
    for (const selector of plan[name] || [])
      for (const element of document.querySelectorAll(selector))
        value === null ? element.setAttribute('data-suite-flow', '') : element.setAttribute('data-suite-list', value);
}
