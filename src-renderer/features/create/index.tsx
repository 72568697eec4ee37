import { useState, type ReactNode } from 'react';
import { NAME_CHARACTERS_MAX } from '../../../src-shared/config/index.ts';
import { Button, Choice, Dialog, ProblemPanel, TextField } from '../../design/index.ts';
import { useMirror, useRequest, useUi } from '../../state/index.ts';
import { describe, pickLanguage, texts } from '../../strings/index.ts';

/** Name, seed, mode. A name that is taken or does not work is said beside the name. */
export function CreateDialog(): ReactNode {
  const go = useUi((ui) => ui.go);
  const language = useUi((ui) => pickLanguage(ui.language, navigator.languages));
  const text = texts[language];
  const worlds = useMirror((mirror) => mirror.worlds);
  const [name, setName] = useState(() => freeName(text.create.nameExample, worlds?.map((world) => world.name) ?? []));
  const [seed, setSeed] = useState('');
  const [mode, setMode] = useState<'survival' | 'creative'>('survival');
  const create = useRequest();
  const aboutName = create.problem !== null && /^world\.(name-taken|bad-name)$/.test(create.problem.code);
  const submit = (): void => {
    const wish = { name: name.trim(), seed: seed.trim() === '' ? null : seed.trim(), version: null, mode };
    create.run(
      (client) => client.worlds.create(wish),
      (world) => go({ view: 'world', name: world.name }),
    );
  };
  return (
    <Dialog
      title={text.create.title}
      onClose={() => go({ view: 'home' })}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={() => go({ view: 'home' })}>{text.app.cancel}</Button>
          <Button kind="main" submit busy={create.pending} disabled={name.trim() === ''}>
            {text.create.submit}
          </Button>
        </>
      }
    >
      <TextField
        label={text.create.nameLabel}
        value={name}
        onChange={(value) => {
          setName(value);
          create.clear();
        }}
        maxLength={NAME_CHARACTERS_MAX}
        problem={aboutName ? describe(language, create.problem).why : undefined}
        first
      />
      <TextField label={text.create.seedLabel} value={seed} onChange={setSeed} hint={text.create.seedHint} mono maxLength={64} />
      <Choice
        label={text.create.mode}
        value={mode}
        onChange={setMode}
        options={(['survival', 'creative'] as const).map((value) => ({
          value,
          label: text.modes[value],
          why: text.create.modeWhy[value],
        }))}
      />
      {create.problem !== null && !aboutName && <ProblemPanel sentence={describe(language, create.problem)} words={text.app} />}
    </Dialog>
  );
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${wanted} ${number}`;
  return name;
}
