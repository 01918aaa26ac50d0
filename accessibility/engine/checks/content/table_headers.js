/* The tables of a document as a grid of cells: headers that head nothing, and what tells data from mere arrangement.
   Cells and the kinds of headers are those of HTML's table model; a `headers` attribute replaces the place in the grid. */
() => {
  const { walk, visible, exposed, tidy, pointAt } = campusAudit;
  const MOST_TABLES = 40, MOST_CELLS = 2000, MOST_FOUND = 5, MOST_SPAN = 1000;
  const ROLES = ['', 'table', 'grid', 'treegrid'], BLOCKS = 'table, h1, h2, h3, h4, h5, h6, ul, ol, form, nav, section, article, pre, iframe, video, textarea';

  const textOf = (element) => tidy(element.textContent);
  const roleOf = (element) => (element.getAttribute('role') || '').trim().toLowerCase();
  const idsOf = (cell) => (cell.getAttribute('headers') || '').split(/\s+/).filter(Boolean);
  const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

  /* `grid[y][x]` is the cell there; each cell knows its place. */
  function gridOf(table) {
    const grid = [], cells = [], rows = [...table.rows];
    rows.forEach((row, y) => {
      grid[y] ||= [];
      let x = 0;
      for (const element of row.cells) {
        if (cells.length >= MOST_CELLS) return;
        while (grid[y][x]) x++;
        const left = rows.slice(y).findIndex((other) => other.parentNode !== row.parentNode);
        const most = left < 0 ? rows.length - y : left;
        const height = Math.min(element.rowSpan || most, most), width = Math.min(element.colSpan, MOST_SPAN);
        const role = roleOf(element);
        const header = ['columnheader', 'rowheader'].includes(role) || (element.localName === 'th' && !role);
        const cell = { element, x, y, width, height, role, header, placed: !element.hasAttribute('headers') };
        cells.push(cell);
        for (let j = y; j < y + height; j++) for (let i = x; i < x + width; i++) (grid[j] ||= [])[i] ||= cell;
        x += width;
      }
    });
    return { grid, cells, rows, columns: Math.max(0, ...grid.map((row) => row.length)) };
  }

  const sharesRow = (a, b) => a.y < b.y + b.height && b.y < a.y + a.height;
  const sharesColumn = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width;

  /* "column" or "row", and "group" for a header of a whole group; "" for a header that HTML makes neither. */
  function kindOf(cell, cells) {
    const scope = (cell.element.getAttribute('scope') || '').toLowerCase();
    if (scope.endsWith('group')) return 'group';
    if (cell.role) return cell.role === 'rowheader' ? 'row' : 'column';
    if (scope === 'col') return 'column';
    if (scope === 'row') return 'row';
    const data = cells.filter((other) => !other.header);
    if (!data.some((other) => sharesRow(cell, other))) return 'column';
    return data.some((other) => sharesColumn(cell, other)) ? '' : 'row';
  }

  /* Whether any cell may count this one among its headers; generous, so that what remains is certain. */
  function heads(cell, kind, cells) {
    if (kind === 'group' || kind === '') return true;
    const { id } = cell.element;
    return cells.some((other) => other !== cell && ((id && idsOf(other.element).includes(id)) || (other.placed
      && (kind === 'column' ? other.y > cell.y && sharesColumn(cell, other) : other.x > cell.x && sharesRow(cell, other)))));
  }

  /* Headers with nothing under them; `after` where data stands on their other side, as above a repeated header. */
  function lonely({ cells }) {
    const data = cells.filter((cell) => !cell.header), headers = cells.filter((cell) => cell.header);
    const notice = data.length === 1 && data[0].width > 1;
    if (headers.length < 2 || notice || !data.some((cell) => textOf(cell.element))) return [];
    return headers.flatMap((cell) => {
      if (!visible(cell.element) || !exposed(cell.element) || !textOf(cell.element)) return [];
      const kind = kindOf(cell, cells);
      if (heads(cell, kind, cells)) return [];
      const shares = kind === 'column' ? sharesColumn : sharesRow;
      const again = headers.some((other) => other !== cell && shares(cell, other) && textOf(other.element) === textOf(cell.element));
      if (again || cell.element.closest('tfoot')) return [];
      return [{ element: cell.element, kind, after: data.some((other) => other.placed && shares(cell, other)), text: textOf(cell.element) }];
    });
  }

  /* Headers without a word over columns of words. */
  function nameless({ cells }) {
    return cells.filter((cell) => cell.header && cell.y === 0 && cell.x > 0 && cell.width === 1 && visible(cell.element)
      && !textOf(cell.element) && !cell.element.querySelector('img, svg, input, [aria-label], [title]')
      && !cell.element.matches('[aria-label], [aria-labelledby], [title], [abbr]')
      && cells.filter((other) => !other.header && sharesColumn(cell, other) && !other.element.querySelector('a, button, input, select')
        && textOf(other.element).length > 1).length >= 3).map((cell) => cell.element);
  }

  const bold = (element) => {
    let inner = element;
    while (inner.children.length === 1 && textOf(inner.children[0]) === textOf(inner)) [inner] = inner.children;
    return Number(getComputedStyle(inner).fontWeight) >= 600;
  };

  /* What a table holds that only arranges the page, or that says it is no such one. */
  const frameOf = (table, { cells, rows, columns }) => ({
    rows: rows.length, columns, cells: cells.length, headers: cells.filter((cell) => cell.header).length,
    blocks: cells.filter((cell) => cell.element.querySelector(BLOCKS)).length,
    caption: tidy(table.caption?.textContent), summary: tidy(table.getAttribute('summary')),
  });

  /* What a person sees of a table whose cells are all alike to a screen reader. */
  function looks(table, { cells, rows, columns }) {
    const filled = cells.filter((cell) => textOf(cell.element));
    const first = cells.filter((cell) => cell.y === 0), others = cells.filter((cell) => cell.y > 0);
    const column = cells.filter((cell) => cell.x === 0 && cell.y > 0), rest = others.filter((cell) => cell.x > 0);
    const every = (some) => some.length > 1 && some.every((cell) => textOf(cell.element) && bold(cell.element));
    return {
      filled: filled.length / cells.length, length: median(filled.map((cell) => textOf(cell.element).length)),
      numbers: rest.filter((cell) => /^[^\p{L}]*\d[^\p{L}]*\p{L}{0,3}\.?$/u.test(textOf(cell.element))).length / Math.max(1, rest.length),
      regular: rows.every((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0) === columns),
      firstRow: every(first) && !others.some((cell) => bold(cell.element)),
      firstColumn: columns > 1 && every(column) && !rest.some((cell) => bold(cell.element)),
      head: !!table.tHead?.rows.length, marked: !!table.querySelector('[scope], [headers]'),
    };
  }

  const answer = { lonely: [], nameless: [], bare: [], arranged: [], judged: false }, found = [];
  const point = (element) => found.push(element) - 1;
  let left = MOST_TABLES;
  walk(document.documentElement, (element) => {
    if (element.localName !== 'table' || !left || !visible(element) || !exposed(element)) return true;
    if (!ROLES.includes(roleOf(element)) || element.closest('[contenteditable="true"]')) return true;
    left--;
    const grid = gridOf(element);
    if (grid.cells.length < 2 || grid.cells.length >= MOST_CELLS) return true;
    if (grid.cells.some((cell) => cell.header)) {
      answer.judged = true;
      for (const { element: cell, ...more } of lonely(grid).slice(0, MOST_FOUND)) answer.lonely.push({ ...more, at: point(cell) });
      for (const cell of nameless(grid).slice(0, 1)) answer.nameless.push({ at: point(cell) });
    }
    const seen = frameOf(element, grid);
    if (!seen.headers && seen.rows > 1 && seen.columns > 1) {
      if (!seen.blocks) answer.bare.push({ ...seen, ...looks(element, grid), at: point(element) });
    } else if (seen.blocks && (seen.headers || seen.caption || seen.summary)) answer.arranged.push({ ...seen, at: point(element) });
    return true;
  });
  const described = pointAt(found);
  for (const list of [answer.lonely, answer.nameless, answer.bare, answer.arranged]) for (const one of list) one.at = described[one.at];
  return answer;
}
