"""Words with a mark that English has borrowed, by which a lone odd byte is told.

One such word in an English text says more than any count of letters: “café” has one reading.
"""

from __future__ import annotations

from typing import Final

_LINES: Final = (
    "café cafés cliché clichés clichéd fiancé fiancée fiancés fiancées déjà voilà naïve naïf "
    "naïveté naïvely façade façades résumé résumés protégé protégée risqué blasé passé touché "
    "soufflé entrée entrées née décor décolletage négligé négligée crêpe crêpes fête fêtes rôle "
    "rôles château châteaux crème brûlée sauté sautéed purée flambé consommé canapé canapés "
    "attaché communiqué exposé émigré élite éclair éclairs étude séance séances matinée soirée "
    "mêlée première premières tête raison d'être coup d'état détente débris débâcle début débuts "
    "débutante ménage à trois papier-mâché maître d'hôtel hôtel prêt tête-à-tête vis-à-vis "
    "bête noire pièce crème roué outré après über doppelgänger führer fräulein schadenfreude "
    "jalapeño jalapeños señor señora señorita piñata niño niña mañana olé adiós "
    "pokémon pokédex zoë chloë noël noëls brontë chloé rené renée andré andrée josé "
    "beyoncé françois française français coöperate coöperation reëlect naïvety smörgåsbord "
    "ångström jörmungandr ragnarök mjölnir göteborg münchen köln zürich österreich "
    "são josé bogotá málaga perú méxico québec montréal curaçao "
    "ryôko tôkyô kyôto ôsaka shôjo shônen dôjô senpaî jûrai"
)
LOANWORDS: Final = frozenset(_LINES.split())
