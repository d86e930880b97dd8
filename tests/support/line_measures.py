"""What of each line a browser really shows, in its own measures (widths in em)."""

_SCRIPT = """() => [...document.querySelectorAll('.cda-line')].map(line => {
  const fields = line.querySelector('.cda-line__fields');
  const box = fields.getBoundingClientRect();
  const em = parseFloat(getComputedStyle(line).fontSize);
  const part = name => {
    const found = line.querySelector('.cda-line__' + name);
    if (!found) return null;
    const boxes = getComputedStyle(found).display === 'contents' ? [...found.children] : [found];
    let width = 0, cut = false;
    for (const one of boxes) {
      const at = one.getBoundingClientRect();
      const hidden = getComputedStyle(one).clipPath !== 'none';
      const seen = Math.min(at.right, box.right) - Math.max(at.left, box.left);
      width += hidden ? 0 : Math.max(0, seen);
      cut = cut || hidden || one.scrollWidth > one.clientWidth + 1 || seen < at.width - 1;
    }
    return {width: width / em, cut, whole: !cut, date: boxes[0].tagName === 'TIME'};
  };
  const names = ['type', 'date', 'title', 'start', 'core', 'author', 'details', 'others'];
  const found = Object.fromEntries(names.map(name => [name, part(name)]));
  const height = parseFloat(getComputedStyle(line).lineHeight);
  return {...found, rows: box.height / height, text: fields.textContent};
}).filter(line => line.type)"""


def measured(sheet):
    """Return one object a line: ``rows``, ``text``, and its parts with ``width`` and ``cut``."""
    return sheet.page.evaluate(_SCRIPT)
