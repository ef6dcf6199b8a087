# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports as people in Brandenburg's villages write them, and the office's public answers: for the demo, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A citizen's words. ``photo`` names a motif of sample_photos, empty where nobody took a picture."""

    category: str
    title: str
    description: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """The office's public sentence; ``body`` is who got the report when it was forwarded."""

    text: str
    body: str = ""


SAMPLE_REPORTS = (
    SampleReport("street-light", "Laterne seit einer Woche dunkel", "Die Laterne vor dem Feuerwehrhaus geht abends nicht mehr an. Da laufen die Kinder vom Training nach Hause.", "street-lamp"),
    SampleReport("street-light", "Licht flackert die ganze Nacht", "Die zweite Lampe hinter der Kirche flackert, seit es so feucht ist. Wir können das Fenster nicht mehr offen lassen.", "street-lamp"),
    SampleReport("street-light", "Ganze Straße ohne Licht", "Seit gestern Abend sind alle Laternen zwischen Bushaltestelle und Ortsausgang aus. Davor war ein kurzes Gewitter."),
    SampleReport("street-light", "Laterne brennt am helllichten Tag", "Am Friedhof brennt die Lampe auch mittags. Schade um den Strom."),
    SampleReport("street-light", "Lampenschirm hängt schief", "Nach dem Sturm hängt der Schirm nur noch an einer Seite. Ich habe Angst, dass er jemandem auf den Kopf fällt.", "street-lamp"),
    SampleReport("street-light", "Bushaltestelle stockdunkel", "Morgens um sechs sieht der Busfahrer die wartenden Schulkinder nicht. Die Lampe dort ist ausgefallen.", "street-lamp"),
    SampleReport("road-damage", "Tiefes Schlagloch hinter der Kurve", "Etwa so groß wie ein Wäschekorb und bestimmt zehn Zentimeter tief. Mit dem Rad sehr gefährlich.", "pothole"),
    SampleReport("road-damage", "Schlagloch an der Einfahrt zum Kindergarten", "Jeden Morgen fahren alle im Bogen darum herum, auf die Gegenspur. Bitte vor dem Winter zumachen.", "pothole"),
    SampleReport("road-damage", "Fahrbahnrand bricht ab", "Auf der Straße zum Nachbarort bröckelt der Rand auf gut zwanzig Metern. Zwei Autos kommen kaum noch aneinander vorbei.", "pothole"),
    SampleReport("road-damage", "Pflaster hat sich gesenkt", "Vor der Bäckerei ist eine Mulde entstanden, seit dort der Graben für das Glasfaser war. Nach Regen steht das Wasser knöcheltief."),
    SampleReport("road-damage", "Loser Split in der Abfahrt", "Nach dem Flicken liegt überall loser Split. Ich bin mit dem Moped fast weggerutscht.", "pothole"),
    SampleReport("road-damage", "Sandweg ausgespült", "Der Weg zu den Gärten ist nach dem Starkregen nur noch mit dem Traktor zu befahren. Die Post kommt nicht mehr durch."),
    SampleReport("pavement", "Platte wippt vor dem Arzthaus", "Eine Gehwegplatte steht hoch und wippt. Meine Mutter ist mit dem Rollator daran hängen geblieben.", "pavement"),
    SampleReport("pavement", "Wurzel drückt den Radweg hoch", "An der alten Linde ist der Asphalt aufgeplatzt. Im Dunkeln sieht man die Kante nicht.", "pavement"),
    SampleReport("pavement", "Gehweg endet im Matsch", "Nach der Baustelle wurden drei Meter Gehweg nicht wieder hergestellt. Bei Regen laufen alle auf der Straße."),
    SampleReport("pavement", "Bordstein zu hoch für den Kinderwagen", "An der neuen Querung ist der Bord auf einer Seite nicht abgesenkt. Für den Rollstuhl meines Nachbarn unüberwindbar.", "pavement"),
    SampleReport("pavement", "Hecke wächst über den Gehweg", "Man kommt nur noch einzeln durch, mit dem Kinderwagen gar nicht mehr.", "path"),
    SampleReport("pavement", "Glasscherben auf dem Radweg", "Vom Wochenende liegen Scherben zwischen Sportplatz und Brücke. Zwei Reifen sind schon platt."),
    SampleReport("traffic-sign", "Vorfahrtschild verdreht", "Das Schild an der Kreuzung zeigt jetzt in die falsche Straße. Wahrscheinlich hat es ein Lkw gestreift.", "sign"),
    SampleReport("traffic-sign", "Tempo-30-Schild zugewachsen", "Man sieht es erst, wenn man schon daran vorbei ist. Ein Rückschnitt würde reichen.", "sign"),
    SampleReport("traffic-sign", "Straßenname fehlt", "Der Rettungswagen hat neulich zweimal gefragt. Das Schild liegt seit Wochen im Graben."),
    SampleReport("traffic-sign", "Verkehrsspiegel blind", "Der Spiegel an der Ausfahrt ist zerkratzt und beschlagen. Man sieht die Autos nicht kommen."),
    SampleReport("traffic-sign", "Ortsschild beschmiert", "Jemand hat unser Ortsschild angesprüht. Man kann den Namen kaum noch lesen.", "sign"),
    SampleReport("traffic-sign", "Schild liegt auf der Wiese", "Das Haltverbot vor der Feuerwehrausfahrt wurde umgefahren. Seitdem parken dort wieder Autos.", "sign"),
    SampleReport("drainage", "Gully verstopft, Straße unter Wasser", "Bei jedem stärkeren Regen läuft das Wasser in unsere Einfahrt. Der Gully ist voller Laub und Sand.", "drain"),
    SampleReport("drainage", "Kanaldeckel klappert", "Wenn Autos darüber fahren, scheppert es die ganze Nacht. Der Deckel liegt nicht richtig auf.", "drain"),
    SampleReport("drainage", "Gully riecht stark", "Seit es warm ist, stinkt es vor dem Dorfladen sehr aus dem Ablauf."),
    SampleReport("drainage", "Graben zugewachsen", "Der Graben am Sportplatz ist komplett zu. Nach dem letzten Regen stand der Bolzplatz unter Wasser."),
    SampleReport("drainage", "Durchlass unter der Straße verstopft", "Ein dicker Ast steckt im Rohr, davor sammelt sich alles. Das Fließ tritt bald über.", "drain"),
    SampleReport("drainage", "Gitter vom Ablauf gebrochen", "Zwei Stäbe fehlen. Ein Kinderfuß passt genau hindurch.", "drain"),
    SampleReport("greenery", "Abgebrochener Ast auf dem Weg", "Ein großer Ast der Eiche liegt quer über dem Weg zum Friedhof. Mit dem Rollator kommt man nicht vorbei.", "branch"),
    SampleReport("greenery", "Trockene Äste über der Bank", "In der Krone der Kastanie am Dorfteich hängen tote Äste. Genau darunter steht die Bank.", "branch"),
    SampleReport("greenery", "Fußweg zum Bahnhof zugewachsen", "Brennnesseln und Brombeeren von beiden Seiten. In kurzer Hose geht da niemand mehr durch.", "path"),
    SampleReport("greenery", "Eichenprozessionsspinner am Waldrand", "An drei Eichen neben dem Spielplatz sind Nester zu sehen. Die Kinder spielen direkt darunter."),
    SampleReport("greenery", "Wiese am Denkmal nicht gemäht", "Das Gras steht kniehoch, die Inschrift ist nicht mehr zu lesen. Am Sonntag ist dort die Gedenkfeier."),
    SampleReport("greenery", "Junge Bäume vertrocknen", "Die im Herbst gepflanzten Linden lassen die Blätter hängen. Wir gießen gern mit, wenn uns jemand einen Anschluss zeigt."),
    SampleReport("greenery", "Baum lehnt an der Leitung", "Seit dem Sturm lehnt eine Birke an der Telefonleitung. Bei Wind knarrt es bedenklich.", "branch"),
    SampleReport("playground", "Schaukel ist gerissen", "Die linke Kette hängt nur noch an einem Glied. Wir haben die Schaukel hochgebunden, damit niemand darauf geht.", "swing"),
    SampleReport("playground", "Schaukelsitz fehlt", "Vom Sitz ist nur noch die Hälfte da. Die Kleinen sind sehr traurig.", "swing"),
    SampleReport("playground", "Latte an der Bank gebrochen", "Die mittlere Latte ist durch, es steht ein langer Splitter hoch. Am Dorfteich, Blick zur Kirche.", "bench"),
    SampleReport("playground", "Bank umgekippt und beschädigt", "Am Wanderweg liegt die Bank im Gras, ein Fuß ist abgebrochen. Da ruhen sich viele Ältere aus.", "bench"),
    SampleReport("playground", "Scherben im Sandkasten", "Ich habe heute früh fünf Stücke herausgelesen, es sind aber noch mehr. Bitte den Sand durchsieben."),
    SampleReport("playground", "Rutsche hat eine scharfe Kante", "Unten am Auslauf steht das Blech hoch. Mein Sohn hat sich die Hose aufgerissen."),
    SampleReport("playground", "Tor auf dem Bolzplatz wackelt", "Die Verankerung ist lose. Wenn sich jemand an die Latte hängt, kippt es nach vorn."),
    SampleReport("dumped-waste", "Sperrmüll am Waldweg", "Ein Sofa, zwei Reifen und Säcke mit Bauschutt liegen seit dem Wochenende am Abzweig zum See.", "waste"),
    SampleReport("dumped-waste", "Altreifen im Graben", "Bestimmt zwanzig Stück, wohl von einem Anhänger gekippt. Es sind Spuren vom Fahrzeug zu sehen.", "waste"),
    SampleReport("dumped-waste", "Papierkorb quillt über", "Am Badesee liegt schon alles daneben, die Krähen verteilen es auf der Wiese.", "waste"),
    SampleReport("dumped-waste", "Müllsäcke hinter den Glascontainern", "Jedes Wochenende stellt dort jemand seinen Hausmüll ab. Langsam kommen die Ratten.", "waste"),
    SampleReport("dumped-waste", "Alte Kühlschränke am Feldrand", "Zwei Kühlschränke ohne Türen. Es läuft etwas Öliges aus."),
    SampleReport("dumped-waste", "Farbeimer an der Bushaltestelle", "Fünf halbvolle Eimer, einer ist umgefallen. Die Farbe läuft Richtung Gully.", "waste"),
    SampleReport("graffiti", "Bushaltestelle beschmiert", "Über Nacht wurde das frisch gestrichene Wartehäuschen besprüht. Es waren die Kinder vom Hort, die es bemalt hatten.", "graffiti"),
    SampleReport("graffiti", "Schmiererei am Trafohaus", "Große schwarze Buchstaben über dem schönen Storchenbild. Sehr ärgerlich.", "graffiti"),
    SampleReport("graffiti", "Scheibe im Wartehäuschen zerschlagen", "Das Glas liegt auf dem ganzen Gehweg. Morgen früh stehen dort wieder die Schulkinder."),
    SampleReport("graffiti", "Aufkleber an allen Laternen", "An der Hauptstraße klebt an jedem Mast etwas, auch über den Hinweisen für den Rettungsdienst."),
    SampleReport("graffiti", "Beleidigender Spruch an der Turnhalle", "Bitte schnell entfernen, am Freitag ist Einschulung.", "graffiti"),
    SampleReport("other", "Schaukasten lässt sich nicht schließen", "Die Bekanntmachungen werden nass, das Schloss ist kaputt."),
    SampleReport("other", "Glocke läutet zur falschen Zeit", "Seit der Zeitumstellung läutet es eine Stunde zu früh. Ist dafür die Gemeinde zuständig?"),
    SampleReport("other", "Pumpe auf dem Dorfplatz gibt kein Wasser", "Wir holen dort das Gießwasser für die Blumenkübel. Der Schwengel geht ganz leicht, es kommt nichts."),
    SampleReport("other", "Storchennest neigt sich", "Die Plattform auf dem alten Schornstein hängt schief. Im März kommen die Störche zurück."),
    SampleReport("other", "Badesteg wackelt", "Am Ende fehlen zwei Schrauben, der Steg gibt beim Betreten nach."),
    SampleReport("other", "Fahnenmast klappert bei Wind", "Das Seil schlägt nachts gegen den Mast, in den Häusern gegenüber schläft niemand."),
)  # fmt: skip

_DONE = {
    "street-light": ("Die Leuchte wurde getauscht und brennt wieder. Danke für den Hinweis.", "Unsere Elektrofirma hat eine Sicherung im Schaltkasten ersetzt. Die Straße ist wieder hell."),
    "road-damage": ("Der Bauhof hat das Loch mit Kaltasphalt geschlossen. Im Frühjahr folgt die dauerhafte Reparatur.", "Die Stelle wurde gefräst und neu asphaltiert."),
    "pavement": ("Die Platten liegen wieder eben. Vielen Dank für Ihre Meldung.", "Die Stolperstelle wurde angeschrägt und der Weg gekehrt."),
    "traffic-sign": ("Das Schild steht wieder richtig und ist fest verschraubt.", "Wir haben das Schild freigeschnitten und gereinigt."),
    "drainage": ("Der Ablauf wurde gespült, das Wasser läuft wieder ab.", "Deckel und Rahmen wurden erneuert, es klappert nichts mehr."),
    "greenery": ("Der Bauhof hat den Ast beseitigt und die Krone geprüft.", "Der Weg ist wieder auf ganzer Breite frei geschnitten."),
    "playground": ("Kette und Sitz sind neu, das Gerät ist geprüft und freigegeben.", "Die Latte wurde ersetzt und abgeschliffen. Setzen Sie sich gern wieder."),
    "dumped-waste": ("Der Abfall ist abgeholt und entsorgt. Wir haben Anzeige gegen unbekannt gestellt.", "Der Bauhof hat geräumt. Der Platz wird jetzt häufiger kontrolliert."),
    "graffiti": ("Die Fläche wurde gereinigt und neu gestrichen.", "Die Scheibe ist ersetzt, die Scherben sind weggeräumt."),
    "other": ("Das ist erledigt. Danke, dass Sie hingeschaut haben.", "Der Bauhof hat sich darum gekümmert."),
}  # fmt: skip

_NOT_REPAIRED = {
    "street-light": ("Die Leuchte ist ein Privatlicht des Grundstücks und gehört nicht zur Straßenbeleuchtung.",),
    "road-damage": ("Der Weg ist nicht öffentlich gewidmet. Wir haben die Eigentümer angeschrieben, können ihn aber nicht selbst ausbessern.",),
    "pavement": ("Die Unebenheit liegt unter zwei Zentimetern. Eine Reparatur ist derzeit nicht vorgesehen, wir behalten die Stelle im Auge.",),
    "traffic-sign": ("Nach Prüfung mit der Verkehrsbehörde bleibt das Schild, wie es ist: Es steht richtig und ist aus 50 Metern zu sehen.",),
    "drainage": ("Der Graben liegt auf Privatland. Wir haben den Eigentümer an seine Unterhaltungspflicht erinnert.",),
    "greenery": ("Vom 1. März bis 30. September dürfen Hecken wegen der Brutvögel nicht stark geschnitten werden. Wir merken die Stelle für Oktober vor.",),
    "playground": ("Das Gerät ist so alt, dass es keine Ersatzteile mehr gibt. Wir bauen es ab; über einen Ersatz entscheidet die Gemeindevertretung.",),
    "dumped-waste": ("Bei unserer Kontrolle war der Abfall schon weg.",),
    "graffiti": ("Die Wand gehört einem privaten Eigentümer. Wir haben ihn informiert, dürfen sie aber nicht selbst reinigen.",),
    "other": ("Dafür können wir leider nichts tun: Die Anlage gehört nicht der Gemeinde. Den Eigentümer haben wir verständigt.",),
}  # fmt: skip

_FORWARDED = {
    "street-light": SampleAnswer("Der Fehler liegt im Kabel des Netzbetreibers. Wir haben ihm die Störung gemeldet.", "Netzbetreiber Strom"),
    "road-damage": SampleAnswer("Das ist eine Landesstraße. Ihre Meldung ist mit Foto bei der zuständigen Straßenmeisterei.", "Landesbetrieb Straßenwesen Brandenburg"),
    "pavement": SampleAnswer("Der Radweg gehört zur Kreisstraße. Der Landkreis hat Ihre Meldung erhalten.", "Landkreis, Straßenverwaltung"),
    "traffic-sign": SampleAnswer("Über Verkehrszeichen an dieser Straße entscheidet die Straßenverkehrsbehörde. Dort liegt Ihr Hinweis jetzt.", "Landkreis, Straßenverkehrsbehörde"),
    "drainage": SampleAnswer("Für den Kanal ist der Zweckverband zuständig. Er hat Ihre Meldung mit der genauen Stelle.", "Trink- und Abwasserzweckverband"),
    "greenery": SampleAnswer("Der Baum steht im Landeswald. Die Revierförsterei schaut ihn sich an.", "Landesbetrieb Forst Brandenburg"),
    "playground": SampleAnswer("Die Bank hat der Tourismusverein aufgestellt. Er kümmert sich um die Reparatur.", "Tourismusverein"),
    "dumped-waste": SampleAnswer("Abfall außerhalb der Ortschaft holt der Landkreis ab. Wir haben ihm Ort und Fotos geschickt.", "Landkreis, Abfallbehörde"),
    "graffiti": SampleAnswer("Das Häuschen gehört der Verkehrsgesellschaft. Sie lässt es reinigen.", "Verkehrsgesellschaft"),
    "other": SampleAnswer("Dafür ist die Kirchengemeinde zuständig. Wir haben Ihren Hinweis weitergegeben.", "Kirchengemeinde"),
}  # fmt: skip

IN_REVIEW = (
    "Danke für Ihre Meldung. Wir schauen uns die Stelle in den nächsten Tagen an.",
    "Ihre Meldung ist beim Bauhof. Wir prüfen, wer zuständig ist.",
)
IN_PROGRESS = (
    "Der Bauhof war vor Ort und hat das Material bestellt.",
    "Die Stelle ist gesichert, die Reparatur ist beauftragt.",
)
SCHEDULED = (
    "Die Reparatur ist eingeplant. Den Termin sehen Sie oben.",
    "Wir erledigen das zusammen mit weiteren Stellen im Ort, dann muss die Firma nur einmal anfahren.",
)
QUESTION = (
    "Wir haben die Stelle nicht gefunden. Können Sie uns sagen, vor welcher Hausnummer sie liegt?",
    "Steht eine Nummer am Mast? Sie ist etwa in Augenhöhe angebracht. Damit finden wir die Leuchte sofort.",
)
DUPLICATE = (
    "Diese Stelle wurde uns schon gemeldet. Sie können den Stand dort verfolgen, wir halten beide auf dem Laufenden.",
)


def _answers(texts: tuple[str, ...]) -> tuple[SampleAnswer, ...]:
    return tuple(SampleAnswer(text) for text in texts)


# category code -> state -> answers the office may give
SAMPLE_ANSWERS = MappingProxyType(
    {
        category: MappingProxyType(
            {
                "IN_REVIEW": _answers(IN_REVIEW),
                "QUESTION": _answers(QUESTION if category == "street-light" else QUESTION[:1]),
                "IN_PROGRESS": _answers(IN_PROGRESS),
                "SCHEDULED": _answers(SCHEDULED),
                "FORWARDED": (_FORWARDED[category],),
                "DONE": _answers(_DONE[category]),
                "NOT_REPAIRED": _answers(_NOT_REPAIRED[category]),
                "DUPLICATE": _answers(DUPLICATE),
            }
        )
        for category in _DONE
    }
)
