import type { ErrorCode, Facts } from '../../src-shared/errors/index.ts';
import { fact, type Sentence } from './sentence.ts';

const say = (title: string, why: string, todo: string): Sentence => ({ title, why, todo });

/** Complete over the error codes: a new code without a sentence does not compile. */
export const problems: Readonly<Record<ErrorCode, (facts: Facts) => Sentence>> = {
  'node.folder-in-use': (facts) =>
    say(
      'Peerhold is already running here',
      `Another Peerhold keeps its worlds in ${fact(facts, 'folder', 'this folder')}. Two at once would damage them, so this one stopped.`,
      'Use the one that is running, or close it first.',
    ),
  'node.not-running': () =>
    say('Peerhold is not running', 'Nothing answers at this address. Your worlds are safe on the disk.', 'Start Peerhold and try again.'),
  'node.no-space': () =>
    say(
      'The disk is full',
      'There was not enough space to write. What was saved before is still there.',
      'Free some space, then try again.',
    ),
  'node.disk-failed': (facts) =>
    say(
      'The disk does not work as it should',
      `Peerhold could not ${fact(facts, 'operation', 'use')} ${fact(facts, 'path', 'its folder')}.`,
      'Check the disk and who may write there, then start again.',
    ),
  'node.identity-damaged': (facts) =>
    say(
      'This machine’s key is damaged',
      `${fact(facts, 'path', 'The key file')} can not be read. A new key would make this a stranger to its own worlds, so Peerhold stopped.`,
      'Bring the file back from a backup.',
    ),
  'node.port-taken': (facts) =>
    say(
      `Port ${fact(facts, 'port', 'for Minecraft')} is taken`,
      'Another program, perhaps a Minecraft server, already uses it.',
      'Close that program, or start Peerhold with another port.',
    ),
  'node.bad-option': (facts) =>
    say(
      'An option does not fit',
      `“${fact(facts, 'option', 'It')}” can not be ${fact(facts, 'value', 'set like this')}.`,
      'Correct it and start again.',
    ),
  'node.public-address-without-password': () =>
    say(
      'That address needs a password',
      'Other machines could open this page and your worlds with it.',
      'Set a password, or serve the page on this machine only.',
    ),
  'node.internal': () =>
    say(
      'Something went wrong inside Peerhold',
      'This is our mistake. What was saved before is still there.',
      'Try again. If it happens again, copy the details and tell us.',
    ),
  'world.not-found': (facts) =>
    say(
      'That world is not here',
      `No world is called “${fact(facts, 'name', 'that')}”. It may have been deleted in another window.`,
      'Go back to your worlds.',
    ),
  'world.name-taken': (facts) =>
    say('That name is taken', `You already have a world called “${fact(facts, 'name', 'that')}”.`, 'Choose another name.'),
  'world.bad-name': () =>
    say('That name does not work', 'A name needs at least one letter and none of these: / \\ : * ? " < > |', 'Choose another name.'),
  'world.not-running': (facts) => say('The world is not running', `“${fact(facts, 'name', 'It')}” has to run for this.`, 'Start it first.'),
  'world.already-running': (facts) =>
    say('The world is running', `“${fact(facts, 'name', 'It')}” can not be changed while people may play in it.`, 'Stop it first.'),
  'world.other-running': (facts) =>
    say(
      'Another world is running',
      `This machine runs one world at a time, now “${fact(facts, 'running', 'another one')}”.`,
      'Stop that one first.',
    ),
  'world.busy': (facts) =>
    say('The world is busy', `“${fact(facts, 'name', 'It')}” is being imported, exported or checked.`, 'Wait until that is done.'),
  'world.damaged': (facts) =>
    say(
      'Parts of the world can not be read',
      `What Peerhold keeps of “${fact(facts, 'name', 'this world')}” does not match its checksums any more; the disk may be failing.`,
      'Export what is left, and check the disk.',
    ),
  'world.too-new-to-play': (facts) =>
    say(
      'This world is too new to play',
      `It was made by Minecraft ${fact(facts, 'version', 'of a newer version')}. Peerhold keeps it safe and can export it, but runs 1.21.1 only.`,
      'Keep it here, or export it back.',
    ),
  'world.player-not-found': (facts) =>
    say(
      'That player is not in this world',
      `Nobody called “${fact(facts, 'player', 'that')}” has played here.`,
      'Choose one from the list.',
    ),
  'world.player-already-claimed': (facts) =>
    say(
      'Someone already plays as them',
      `“${fact(facts, 'player', 'This player')}” belongs to ${fact(facts, 'by', 'someone else')}.`,
      'Choose another player.',
    ),
  'world.snapshot-not-found': () => say('That backup is gone', 'It may have been cleaned up to save space.', 'Choose another one.'),
  'import.not-a-world': (facts) =>
    say(
      'There is no world in that folder',
      `${fact(facts, 'path', 'The folder')} has no level.dat.`,
      'Choose the folder of the world itself; it has level.dat and a folder called region.',
    ),
  'import.world-open': () =>
    say(
      'The world is open in Minecraft',
      'While it is played it changes under our hands, and the copy would be torn.',
      'Close the world in Minecraft, then try again.',
    ),
  'import.source-changed': () =>
    say(
      'The world changed while we copied',
      'Something wrote to the save. The copy was thrown away, the save is untouched.',
      'Close Minecraft and try again.',
    ),
  'import.too-old': (facts) =>
    say(
      'This world is from a very old Minecraft',
      `Its format${fact(facts, 'version', '') === '' ? '' : ` (${fact(facts, 'version', '')})`} is one that Peerhold can not read.`,
      'Open it once in Minecraft 1.21.1, save it, and try again.',
    ),
  'import.damaged-level': () =>
    say(
      'level.dat can not be read',
      'The file that describes the world is damaged.',
      'Minecraft keeps a copy called level.dat_old: rename it to level.dat and try again.',
    ),
  'import.damaged-chunks': (facts) =>
    say(
      'Parts of this world are damaged',
      `${fact(facts, 'chunks', 'Some')} chunks can not be read. Importing without them leaves holes that are filled with new land.`,
      'Import without them, or repair the save first.',
    ),
  'import.region-damaged': (facts) =>
    say(
      'A region file is damaged',
      `${fact(facts, 'file', 'One file')} can not be read as a whole.`,
      'Import without it, or bring it back from a backup.',
    ),
  'import.chunk-truncated': (facts) =>
    say(
      'A chunk is cut off',
      `It ends too early in ${fact(facts, 'file', 'its file')}.`,
      'Import without it, or bring the file back from a backup.',
    ),
  'import.chunk-damaged': (facts) =>
    say(
      'A chunk is damaged',
      `Its content in ${fact(facts, 'file', 'its file')} makes no sense.`,
      'Import without it, or bring the file back from a backup.',
    ),
  'import.chunk-compression-unknown': (facts) =>
    say(
      'A chunk is packed in an unknown way',
      `Compression ${fact(facts, 'compression', 'of that kind')} in ${fact(facts, 'file', 'a region file')} is none of Minecraft’s.`,
      'Import without it, or open the world once in Minecraft.',
    ),
  'import.chunk-external-missing': (facts) =>
    say(
      'A chunk’s own file is missing',
      `${fact(facts, 'file', 'A region file')} points to a .mcc file that is not there.`,
      'Import without it, or bring the file back from a backup.',
    ),
  'import.chunk-too-large': (facts) =>
    say(
      'A chunk is too large',
      `A chunk in ${fact(facts, 'file', 'a region file')} is larger than any that Minecraft writes.`,
      'Import without it.',
    ),
  'import.file-unreadable': (facts) =>
    say(
      'A file can not be read',
      `${fact(facts, 'file', 'It')} is locked or may not be opened.`,
      'Check who may read the folder, then try again.',
    ),
  'import.cancelled': () =>
    say('The import was cancelled', 'What had been copied was removed. The save is untouched.', 'Start again whenever you like.'),
  'export.target-not-empty': (facts) =>
    say(
      'That folder is not empty',
      `${fact(facts, 'folder', 'It')} already has files, and an export never overwrites.`,
      'Choose an empty or a new folder.',
    ),
  'export.target-inside-world': () =>
    say('That folder belongs to a world', 'An export inside a world would become part of it.', 'Choose a folder somewhere else.'),
  'nbt.malformed': (facts) =>
    say(
      'A file’s content makes no sense',
      `${fact(facts, 'file', 'It')} is not what Minecraft writes.`,
      'Bring the file back from a backup.',
    ),
  'store.damaged': () =>
    say(
      'The saved world is damaged',
      'Something on the disk does not match its checksum. Peerhold stopped before it could get worse.',
      'Check the disk; export what can be read.',
    ),
  'store.sync-failed': () =>
    say(
      'The disk refused to save',
      'Peerhold stopped at once, so that nothing is promised that is not saved. What was confirmed before is safe.',
      'Check the disk, then start again.',
    ),
  'store.full': () => say('The disk is full', 'The world stopped before anything was lost.', 'Free some space, then start it again.'),
  'store.blob-missing': () =>
    say(
      'A part of the world is missing',
      'A file that Peerhold wrote is not there any more.',
      'Check the world, and bring the folder back from a backup.',
    ),
  'store.blob-damaged': () =>
    say(
      'A part of the world is damaged',
      'A file that Peerhold wrote reads differently now; the disk may be failing.',
      'Check the world, and check the disk.',
    ),
  'store.format-newer': () =>
    say('A newer Peerhold wrote this', 'This version does not know the format and will not touch it.', 'Install the newest Peerhold.'),
  'play.out-of-reach': () => say('Too far away', 'The block is out of reach.', 'Go closer.'),
  'play.no-permission': () => say('You may not do that', 'It takes an operator.', 'Ask one.'),
  'play.position-invalid': () => say('That is no place', 'The position is outside of the world.', 'Choose another one.'),
  'play.moved-too-fast': () => say('You moved too fast', 'The world could not follow and put you back.', 'Go on playing.'),
  'play.too-fast': () => say('Too many actions at once', 'The world could not keep up and dropped some.', 'Slow down a little.'),
  'play.not-mined-long-enough': () => say('Not mined long enough', 'The block takes longer with this tool.', 'Keep digging.'),
  'play.block-protected': () => say('That block is protected', 'It can not be changed here.', 'Build somewhere else.'),
  'play.nothing-there': () => say('Nothing is there', 'The block or creature is gone.', 'Look again.'),
  'play.cannot-place-here': () => say('It does not fit there', 'The place is taken or gives no hold.', 'Choose another place.'),
  'play.item-missing': () => say('You do not have that', 'The item is not in your inventory.', 'Look at your inventory again.'),
  'play.window-closed': () => say('The container is closed', 'It was closed or broken.', 'Open it again.'),
  'play.dead': () => say('You are dead', 'The dead can not do that.', 'Respawn first.'),
  'play.not-online': (facts) => say('Not online', `${fact(facts, 'player', 'That player')} is not in the world.`, 'Wait until they join.'),
  'play.already-online': () => say('You are already in', 'This player is in the world from elsewhere.', 'Leave there first.'),
  'play.unknown-command': () => say('Unknown command', 'There is no such command.', 'Type /help for a list.'),
  'play.bad-argument': (facts) =>
    say('That does not fit', `${fact(facts, 'argument', 'A part of the command')} is not understood.`, 'Correct the command.'),
  'play.target-not-found': () => say('Nobody matches', 'No player or creature fits.', 'Check the name.'),
  'play.area-too-large': (facts) =>
    say('The area is too large', `At most ${fact(facts, 'max', '32768')} blocks can be changed at once.`, 'Choose a smaller area.'),
  'play.chunk-not-loaded': () => say('That place is not loaded', 'Nobody is near it.', 'Go there first.'),
  'play.out-of-order': () => say('That came too late', 'The world had gone on before it arrived.', 'Try again.'),
  'game.version-mismatch': (facts) =>
    say(
      'Another Minecraft version',
      `This world is played with Minecraft ${fact(facts, 'expected', '1.21.1')}.`,
      'Choose that version in your launcher.',
    ),
  'game.auth-failed': () =>
    say('Minecraft could not confirm you', 'The account servers did not know this session.', 'Restart Minecraft and try again.'),
  'game.malformed-packet': () => say('The connection was cut', 'The client sent something that makes no sense.', 'Try without mods.'),
  'game.oversized-packet': () => say('The connection was cut', 'The client sent more than fits.', 'Try without mods.'),
  'game.flooding': () => say('The connection was cut', 'The client sent too much at once.', 'Join again, more slowly.'),
  'game.too-slow': () =>
    say('The connection was cut', 'The client could not keep up with the world.', 'Join again with a smaller view distance.'),
  'game.world-frozen': () =>
    say('The world is frozen', 'It can be looked at but not changed, until enough of its machines are back.', 'Wait for them.'),
  'bridge.unauthorized': () =>
    say(
      'This page needs its key',
      'Peerhold gives a new key at every start, so that nobody else can open your worlds. This page has an old one or none.',
      'Open the address that Peerhold printed when it started.',
    ),
  'bridge.bad-request': () => say('Peerhold did not understand', 'The page may be older than the node.', 'Reload the page.'),
  'bridge.frame-too-large': () => say('That was too much at once', 'The message was larger than Peerhold takes.', 'Use less text.'),
  'bridge.rate-limited': () =>
    say('Too much at once', 'Peerhold cut the connection to protect itself.', 'Wait a minute, then reload the page.'),
  'bridge.page-missing': () =>
    say('The page has not been built', 'Peerhold runs, but its page is not there.', 'Start Peerhold with “npm start”.'),
  'bridge.connection-lost': () =>
    say(
      'Peerhold does not answer',
      'The connection to it is gone. Your worlds are not affected by this page.',
      'It reconnects by itself as soon as Peerhold runs again.',
    ),
};
