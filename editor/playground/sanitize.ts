/** What Markdown gives, and nothing that does something. */
const allowed = new Set(
  'a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre span strong sub sup table tbody td th thead tr ul'.split(
    ' ',
  ),
);

/**
 * HTML that was made of Markdown, without what could run or load something: the comments of a shared text are shown, and anybody
 * may write a link to one. What is not known to be harmless is shown as it is written: the tags of the result are those that are
 * made here, with a link's address and names of classes at most.
 */
export function sanitize(html: string): string {
  return html.replace(/<(\/?)([a-z]\w*)((?:\s[^<>]*)?)>|</gi, (written, slash = '', name = '', attributes = '') => {
    const tag = name.toLowerCase();
    if (!allowed.has(tag)) return written.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return slash ? `</${tag}>` : `<${tag}${classOf(attributes)}${tag === 'a' ? linkOf(attributes) : ''}>`;
  });
}

function classOf(attributes: string): string {
  const names = /\sclass="([\w -]+)"/.exec(attributes)?.[1];
  return names === undefined ? '' : ` class="${names}"`;
}

function linkOf(attributes: string): string {
  const address = /\shref="(https?:\/\/[^"<>]*)"/i.exec(attributes)?.[1];
  return address === undefined ? '' : ` href="${address}" target="_blank" rel="noopener noreferrer"`;
}
