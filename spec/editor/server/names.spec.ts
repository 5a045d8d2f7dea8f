import { expect } from 'chai';
import fc from 'fast-check';
import { snapshot } from '../../../compiler/ide.ts';
import { folderOf, nameOf, uriOf } from '../../../editor/server/names.ts';

/** What the compiler asks for, where a text imports `./parts/b.net` and `../c.net`. */
function asked(uri: string): readonly string[] {
  const names: string[] = [];
  const text = 'import B from "./parts/b.net"\nimport C from "../c.net"\n';
  const read = (name: string) => {
    names.push(name);
    return { why: 'it is not there' };
  };
  snapshot({ name: nameOf(uri), text }, { files: { read } });
  return names.map(uriOf);
}

describe('the names that the server gives to texts', () => {
  it('are paths, for files', () => {
    expect(nameOf('file:///home/me/my%20nets/k%C3%B6rper.net')).to.equal('/home/me/my nets/körper.net');
    expect(uriOf('/home/me/my nets/körper (1).net')).to.equal('file:///home/me/my%20nets/k%C3%B6rper%20%281%29.net');
  });

  it('are the same for a drive that is written in several ways', () => {
    for (const uri of ['file:///c%3A/nets/a.net', 'file:///C:/nets/a.net', 'file:///c:/nets/a.net']) {
      expect(nameOf(uri)).to.equal('c:/nets/a.net');
    }
    expect(uriOf('c:/nets/a.net')).to.equal('file:///c%3A/nets/a.net');
  });

  it('lead imports to files of the same kind', () => {
    for (const folder of [
      'file:///home/me',
      'file:///c%3A/nets',
      'file://server/share',
      'vscode-vfs://github/me/nets',
      'memory:/nets',
    ]) {
      expect(asked(`${folder}/sub/a.net`)).to.deep.equal([`${folder}/sub/parts/b.net`, `${folder}/c.net`]);
    }
  });

  it('are found again, whatever a file is called', () => {
    const part = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/[/\\]|^\.+$/.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const name = `/${parts.join('/')}`;
        expect(nameOf(uriOf(name))).to.equal(name);
        expect(uriOf(name)).to.match(/^file:\/\/[\w/.~%-]*$/);
        expect(folderOf(name) + parts.at(-1)).to.equal(name);
      }),
    );
  });

  it('are never missing', () => {
    for (const uri of ['untitled:Untitled-1', 'file:///%zz.net', 'nonsense', '', 'a:b:c', 'file:']) {
      expect(uriOf(nameOf(uri))).to.be.a('string');
    }
  });
});
