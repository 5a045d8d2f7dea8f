/** What Markdown gives, and nothing that does something. */
const allowed = new Set(
  'A B BLOCKQUOTE BR CODE DEL EM H1 H2 H3 H4 H5 H6 HR I LI OL P PRE SPAN STRONG SUB SUP TABLE TBODY TD TH THEAD TR UL'.split(
    ' ',
  ),
);

/**
 * HTML that was made of Markdown, without what could run or load something: the comments of a shared text are shown, and anybody
 * may write a link to one.
 */
export function sanitize(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const each of [...body.querySelectorAll('*')]) {
    if (!allowed.has(each.tagName)) {
      each.replaceWith(each.textContent ?? '');
      continue;
    }
    for (const { name, value } of [...each.attributes]) {
      const isLink = name === 'href' && /^(https?:|#)/i.test(value);
      if (!isLink && name !== 'class') each.removeAttribute(name);
    }
    if (each.tagName === 'A') {
      each.setAttribute('target', '_blank');
      each.setAttribute('rel', 'noopener noreferrer');
    }
  }
  return body.innerHTML;
}
