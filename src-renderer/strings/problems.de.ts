import type { ErrorCode, Facts } from '../../src-shared/errors/index.ts';
import { fact, type Sentence } from './sentence.ts';

const say = (title: string, why: string, todo: string): Sentence => ({ title, why, todo });

export const problems: Readonly<Record<ErrorCode, (facts: Facts) => Sentence>> = {
  'node.folder-in-use': (facts) =>
    say(
      'Peerhold läuft hier schon',
      `Ein anderes Peerhold bewahrt seine Welten in ${fact(facts, 'folder', 'diesem Ordner')} auf. Zwei zugleich würden sie beschädigen, darum hat dieses angehalten.`,
      'Nimm das, das schon läuft, oder beende es zuerst.',
    ),
  'node.not-running': () =>
    say(
      'Peerhold läuft nicht',
      'Unter dieser Adresse antwortet niemand. Deine Welten sind auf der Festplatte sicher.',
      'Starte Peerhold und versuch es noch einmal.',
    ),
  'node.no-space': () =>
    say(
      'Die Festplatte ist voll',
      'Der Platz hat zum Schreiben nicht gereicht. Was vorher gespeichert war, ist noch da.',
      'Schaff etwas Platz und versuch es noch einmal.',
    ),
  'node.disk-failed': (facts) =>
    say(
      'Die Festplatte arbeitet nicht richtig',
      `Peerhold konnte ${fact(facts, 'path', 'seinen Ordner')} nicht benutzen.`,
      'Prüf die Festplatte und wer dort schreiben darf, und starte dann neu.',
    ),
  'node.identity-damaged': (facts) =>
    say(
      'Der Schlüssel dieses Rechners ist beschädigt',
      `${fact(facts, 'path', 'Die Schlüsseldatei')} ist nicht lesbar. Mit einem neuen Schlüssel wäre dieser Rechner seinen eigenen Welten fremd, darum hat Peerhold angehalten.`,
      'Hol die Datei aus einer Sicherung zurück.',
    ),
  'node.port-taken': (facts) =>
    say(
      `Anschluss ${fact(facts, 'port', 'für Minecraft')} ist belegt`,
      'Ein anderes Programm, vielleicht ein Minecraft-Server, benutzt ihn schon.',
      'Beende das Programm, oder starte Peerhold mit einem anderen Anschluss.',
    ),
  'node.bad-option': (facts) =>
    say(
      'Eine Einstellung passt nicht',
      `„${fact(facts, 'option', 'Sie')}“ kann nicht ${fact(facts, 'value', 'so')} sein.`,
      'Berichtige sie und starte noch einmal.',
    ),
  'node.public-address-without-password': () =>
    say(
      'Diese Adresse braucht ein Passwort',
      'Andere Rechner könnten diese Seite öffnen und damit deine Welten.',
      'Setz ein Passwort, oder zeig die Seite nur auf diesem Rechner.',
    ),
  'node.internal': () =>
    say(
      'In Peerhold ist etwas schiefgegangen',
      'Das ist unser Fehler. Was vorher gespeichert war, ist noch da.',
      'Versuch es noch einmal. Passiert es wieder, kopier die Einzelheiten und sag uns Bescheid.',
    ),
  'world.not-found': (facts) =>
    say(
      'Diese Welt ist nicht hier',
      `Keine Welt heißt „${fact(facts, 'name', 'so')}“. Vielleicht wurde sie in einem anderen Fenster gelöscht.`,
      'Geh zurück zu deinen Welten.',
    ),
  'world.name-taken': (facts) =>
    say('Der Name ist vergeben', `Du hast schon eine Welt namens „${fact(facts, 'name', 'so')}“.`, 'Wähl einen anderen Namen.'),
  'world.bad-name': () =>
    say(
      'Dieser Name geht nicht',
      'Ein Name braucht mindestens einen Buchstaben und keines dieser Zeichen: / \\ : * ? " < > |',
      'Wähl einen anderen Namen.',
    ),
  'world.not-running': (facts) => say('Die Welt läuft nicht', `Dafür muss „${fact(facts, 'name', 'sie')}“ laufen.`, 'Starte sie zuerst.'),
  'world.already-running': (facts) =>
    say(
      'Die Welt läuft',
      `„${fact(facts, 'name', 'Sie')}“ kann nicht geändert werden, solange jemand darin spielen könnte.`,
      'Stopp sie zuerst.',
    ),
  'world.other-running': (facts) =>
    say(
      'Eine andere Welt läuft',
      `Dieser Rechner führt eine Welt zugleich aus, gerade „${fact(facts, 'running', 'eine andere')}“.`,
      'Stopp zuerst jene.',
    ),
  'world.busy': (facts) =>
    say(
      'Die Welt ist beschäftigt',
      `„${fact(facts, 'name', 'Sie')}“ wird gerade kopiert, exportiert oder geprüft.`,
      'Warte, bis das fertig ist.',
    ),
  'world.damaged': (facts) =>
    say(
      'Teile der Welt sind nicht lesbar',
      `Was Peerhold von „${fact(facts, 'name', 'dieser Welt')}“ aufbewahrt, passt nicht mehr zu seinen Prüfsummen; vielleicht geht die Festplatte kaputt.`,
      'Exportier, was übrig ist, und prüf die Festplatte.',
    ),
  'world.too-new-to-play': (facts) =>
    say(
      'Diese Welt ist zu neu zum Spielen',
      `Sie stammt aus Minecraft ${fact(facts, 'version', 'in einer neueren Version')}. Peerhold bewahrt sie auf und kann sie exportieren, spielt aber nur 1.21.1.`,
      'Lass sie hier, oder exportier sie wieder.',
    ),
  'world.player-not-found': (facts) =>
    say(
      'Diesen Spieler gibt es hier nicht',
      `Niemand namens „${fact(facts, 'player', 'so')}“ hat hier gespielt.`,
      'Wähl einen aus der Liste.',
    ),
  'world.player-already-claimed': (facts) =>
    say(
      'Den spielt schon jemand',
      `„${fact(facts, 'player', 'Dieser Spieler')}“ gehört zu ${fact(facts, 'by', 'jemand anderem')}.`,
      'Wähl einen anderen Spieler.',
    ),
  'world.snapshot-not-found': () =>
    say('Diese Sicherung ist weg', 'Vielleicht wurde sie entfernt, um Platz zu sparen.', 'Wähl eine andere.'),
  'import.not-a-world': (facts) =>
    say(
      'In diesem Ordner ist keine Welt',
      `${fact(facts, 'path', 'Der Ordner')} hat keine level.dat.`,
      'Wähl den Ordner der Welt selbst; in ihm liegen level.dat und ein Ordner namens region.',
    ),
  'import.world-open': () =>
    say(
      'Die Welt ist in Minecraft offen',
      'Solange sie gespielt wird, ändert sie sich unter unseren Händen, und die Kopie wäre zerrissen.',
      'Schließ die Welt in Minecraft und versuch es noch einmal.',
    ),
  'import.source-changed': () =>
    say(
      'Die Welt hat sich beim Kopieren geändert',
      'Etwas hat in den Spielstand geschrieben. Die Kopie wurde verworfen, der Spielstand ist unberührt.',
      'Schließ Minecraft und versuch es noch einmal.',
    ),
  'import.too-old': (facts) =>
    say(
      'Diese Welt ist aus einem sehr alten Minecraft',
      `Ihr Format${fact(facts, 'version', '') === '' ? '' : ` (${fact(facts, 'version', '')})`} kann Peerhold nicht lesen.`,
      'Öffne sie einmal in Minecraft 1.21.1, speichere sie und versuch es noch einmal.',
    ),
  'import.damaged-level': () =>
    say(
      'level.dat ist nicht lesbar',
      'Die Datei, die die Welt beschreibt, ist beschädigt.',
      'Minecraft hat eine Kopie namens level.dat_old: benenn sie in level.dat um und versuch es noch einmal.',
    ),
  'import.damaged-chunks': (facts) =>
    say(
      'Teile dieser Welt sind beschädigt',
      `${fact(facts, 'chunks', 'Einige')} Chunks sind nicht lesbar. Ohne sie bleiben Löcher, in denen neues Land wächst.`,
      'Kopier sie ohne diese Teile, oder reparier zuerst den Spielstand.',
    ),
  'import.region-damaged': (facts) =>
    say(
      'Eine Regionsdatei ist beschädigt',
      `${fact(facts, 'file', 'Eine Datei')} ist im Ganzen nicht lesbar.`,
      'Kopier ohne sie, oder hol sie aus einer Sicherung zurück.',
    ),
  'import.chunk-truncated': (facts) =>
    say(
      'Ein Chunk ist abgeschnitten',
      `Er endet zu früh in ${fact(facts, 'file', 'seiner Datei')}.`,
      'Kopier ohne ihn, oder hol die Datei aus einer Sicherung zurück.',
    ),
  'import.chunk-damaged': (facts) =>
    say(
      'Ein Chunk ist beschädigt',
      `Sein Inhalt in ${fact(facts, 'file', 'seiner Datei')} ergibt keinen Sinn.`,
      'Kopier ohne ihn, oder hol die Datei aus einer Sicherung zurück.',
    ),
  'import.chunk-compression-unknown': (facts) =>
    say(
      'Ein Chunk ist unbekannt gepackt',
      `Die Kompression ${fact(facts, 'compression', 'dieser Art')} in ${fact(facts, 'file', 'einer Regionsdatei')} kennt Minecraft nicht.`,
      'Kopier ohne ihn, oder öffne die Welt einmal in Minecraft.',
    ),
  'import.chunk-external-missing': (facts) =>
    say(
      'Die eigene Datei eines Chunks fehlt',
      `${fact(facts, 'file', 'Eine Regionsdatei')} verweist auf eine .mcc-Datei, die nicht da ist.`,
      'Kopier ohne ihn, oder hol die Datei aus einer Sicherung zurück.',
    ),
  'import.chunk-too-large': (facts) =>
    say(
      'Ein Chunk ist zu groß',
      `Ein Chunk in ${fact(facts, 'file', 'einer Regionsdatei')} ist größer als jeder, den Minecraft schreibt.`,
      'Kopier ohne ihn.',
    ),
  'import.file-unreadable': (facts) =>
    say(
      'Eine Datei ist nicht lesbar',
      `${fact(facts, 'file', 'Sie')} ist gesperrt oder darf nicht geöffnet werden.`,
      'Prüf, wer den Ordner lesen darf, und versuch es noch einmal.',
    ),
  'import.cancelled': () =>
    say(
      'Das Kopieren wurde angehalten',
      'Was schon kopiert war, wurde entfernt. Der Spielstand ist unberührt.',
      'Fang wieder an, wann du magst.',
    ),
  'export.target-not-empty': (facts) =>
    say(
      'Dieser Ordner ist nicht leer',
      `${fact(facts, 'folder', 'Er')} enthält schon Dateien, und ein Export überschreibt nie etwas.`,
      'Wähl einen leeren oder neuen Ordner.',
    ),
  'export.target-inside-world': () =>
    say(
      'Dieser Ordner gehört zu einer Welt',
      'Ein Export in einer Welt würde ein Teil von ihr.',
      'Wähl einen Ordner an einem anderen Ort.',
    ),
  'nbt.malformed': (facts) =>
    say(
      'Der Inhalt einer Datei ergibt keinen Sinn',
      `${fact(facts, 'file', 'Sie')} ist nicht so, wie Minecraft schreibt.`,
      'Hol die Datei aus einer Sicherung zurück.',
    ),
  'store.damaged': () =>
    say(
      'Die gespeicherte Welt ist beschädigt',
      'Etwas auf der Festplatte passt nicht zu seiner Prüfsumme. Peerhold hat angehalten, bevor es schlimmer wird.',
      'Prüf die Festplatte; exportier, was lesbar ist.',
    ),
  'store.sync-failed': () =>
    say(
      'Die Festplatte hat nicht gespeichert',
      'Peerhold hat sofort angehalten, damit nichts versprochen wird, was nicht gespeichert ist. Was vorher bestätigt war, ist sicher.',
      'Prüf die Festplatte und starte dann neu.',
    ),
  'store.full': () =>
    say('Die Festplatte ist voll', 'Die Welt hat angehalten, bevor etwas verloren ging.', 'Schaff etwas Platz und starte sie dann wieder.'),
  'store.blob-missing': () =>
    say(
      'Ein Teil der Welt fehlt',
      'Eine Datei, die Peerhold geschrieben hat, ist nicht mehr da.',
      'Prüf die Welt, und hol den Ordner aus einer Sicherung zurück.',
    ),
  'store.blob-damaged': () =>
    say(
      'Ein Teil der Welt ist beschädigt',
      'Eine Datei, die Peerhold geschrieben hat, liest sich jetzt anders; vielleicht geht die Festplatte kaputt.',
      'Prüf die Welt und die Festplatte.',
    ),
  'store.format-newer': () =>
    say(
      'Das hat ein neueres Peerhold geschrieben',
      'Diese Version kennt das Format nicht und rührt es nicht an.',
      'Installier das neueste Peerhold.',
    ),
  'play.out-of-reach': () => say('Zu weit weg', 'Der Block ist außer Reichweite.', 'Geh näher heran.'),
  'play.no-permission': () => say('Das darfst du nicht', 'Dafür muss man Operator sein.', 'Frag einen.'),
  'play.position-invalid': () => say('Das ist kein Ort', 'Die Stelle liegt außerhalb der Welt.', 'Wähl eine andere.'),
  'play.moved-too-fast': () => say('Du warst zu schnell', 'Die Welt kam nicht mit und hat dich zurückgesetzt.', 'Spiel weiter.'),
  'play.too-fast': () => say('Zu viel auf einmal', 'Die Welt kam nicht mit und hat etwas verworfen.', 'Mach etwas langsamer.'),
  'play.not-mined-long-enough': () => say('Nicht lange genug abgebaut', 'Der Block braucht mit diesem Werkzeug länger.', 'Bau weiter ab.'),
  'play.block-protected': () => say('Dieser Block ist geschützt', 'Er kann hier nicht geändert werden.', 'Bau woanders.'),
  'play.nothing-there': () => say('Da ist nichts', 'Der Block oder das Wesen ist weg.', 'Sieh noch einmal hin.'),
  'play.cannot-place-here': () => say('Da passt es nicht hin', 'Die Stelle ist belegt oder gibt keinen Halt.', 'Wähl eine andere Stelle.'),
  'play.item-missing': () => say('Das hast du nicht', 'Der Gegenstand ist nicht in deinem Inventar.', 'Sieh noch einmal in dein Inventar.'),
  'play.window-closed': () => say('Der Behälter ist zu', 'Er wurde geschlossen oder zerstört.', 'Öffne ihn noch einmal.'),
  'play.dead': () => say('Du bist tot', 'Tote können das nicht.', 'Steig zuerst wieder ein.'),
  'play.not-online': (facts) =>
    say('Nicht dabei', `${fact(facts, 'player', 'Dieser Spieler')} ist nicht in der Welt.`, 'Warte, bis er da ist.'),
  'play.already-online': () => say('Du bist schon drin', 'Dieser Spieler ist von woanders in der Welt.', 'Geh zuerst dort hinaus.'),
  'play.unknown-command': () => say('Unbekannter Befehl', 'Diesen Befehl gibt es nicht.', 'Eine Liste zeigt /help.'),
  'play.bad-argument': (facts) =>
    say('Das passt nicht', `${fact(facts, 'argument', 'Ein Teil des Befehls')} ist nicht zu verstehen.`, 'Berichtige den Befehl.'),
  'play.target-not-found': () => say('Niemand passt', 'Kein Spieler und kein Wesen ist gemeint.', 'Prüf den Namen.'),
  'play.area-too-large': (facts) =>
    say(
      'Der Bereich ist zu groß',
      `Höchstens ${fact(facts, 'max', '32768')} Blöcke lassen sich auf einmal ändern.`,
      'Wähl einen kleineren Bereich.',
    ),
  'play.chunk-not-loaded': () => say('Diese Stelle ist nicht geladen', 'Niemand ist in der Nähe.', 'Geh zuerst hin.'),
  'play.out-of-order': () => say('Das kam zu spät', 'Die Welt war schon weiter.', 'Versuch es noch einmal.'),
  'game.version-mismatch': (facts) =>
    say(
      'Eine andere Minecraft-Version',
      `Diese Welt wird mit Minecraft ${fact(facts, 'expected', '1.21.1')} gespielt.`,
      'Wähl diese Version in deinem Launcher.',
    ),
  'game.auth-failed': () =>
    say(
      'Minecraft konnte dich nicht bestätigen',
      'Die Kontoserver kennen diese Sitzung nicht.',
      'Starte Minecraft neu und versuch es noch einmal.',
    ),
  'game.malformed-packet': () =>
    say('Die Verbindung wurde getrennt', 'Das Spiel hat etwas geschickt, das keinen Sinn ergibt.', 'Versuch es ohne Mods.'),
  'game.oversized-packet': () => say('Die Verbindung wurde getrennt', 'Das Spiel hat mehr geschickt, als passt.', 'Versuch es ohne Mods.'),
  'game.flooding': () =>
    say('Die Verbindung wurde getrennt', 'Das Spiel hat zu viel auf einmal geschickt.', 'Tritt noch einmal bei, etwas langsamer.'),
  'game.too-slow': () =>
    say(
      'Die Verbindung wurde getrennt',
      'Das Spiel kam mit dem, was die Welt schickt, nicht mit.',
      'Verringere die Sichtweite und tritt noch einmal bei.',
    ),
  'game.world-frozen': () =>
    say('Die Welt ist eingefroren', 'Man kann sie ansehen, aber nicht ändern, bis genug ihrer Rechner zurück sind.', 'Warte auf sie.'),
  'bridge.unauthorized': () =>
    say(
      'Diese Seite braucht ihren Schlüssel',
      'Peerhold vergibt bei jedem Start einen neuen, damit niemand sonst deine Welten öffnen kann. Diese Seite hat einen alten oder keinen.',
      'Öffne die Adresse, die Peerhold beim Start ausgegeben hat.',
    ),
  'bridge.bad-request': () =>
    say('Peerhold hat das nicht verstanden', 'Vielleicht ist die Seite älter als der Knoten.', 'Lade die Seite neu.'),
  'bridge.frame-too-large': () =>
    say('Das war zu viel auf einmal', 'Die Nachricht war größer, als Peerhold annimmt.', 'Nimm weniger Text.'),
  'bridge.rate-limited': () =>
    say('Zu viel auf einmal', 'Peerhold hat die Verbindung getrennt, um sich zu schützen.', 'Warte eine Minute und lade die Seite neu.'),
  'bridge.page-missing': () =>
    say('Die Seite ist nicht gebaut', 'Peerhold läuft, aber seine Seite fehlt.', 'Starte Peerhold mit „npm start“.'),
  'bridge.connection-lost': () =>
    say(
      'Peerhold antwortet nicht',
      'Die Verbindung ist weg. Deinen Welten macht das nichts.',
      'Sie kommt von selbst wieder, sobald Peerhold läuft.',
    ),
};
