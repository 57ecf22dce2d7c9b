"""Words of the generated clauses, with the words that only the probe may use.

Nothing here comes from a news text: the lists are the common words of trade reports, and the
frames of `clauses.py` put them together at random.
"""

from __future__ import annotations

PERSONS = """Trump Biden Bush Obama Xi Modi Merkel Macron Carney Sheinbaum Ishiba Bessent Lutnick
Greer Navarro Lighthizer Wang Li Lifeng Sefcovic Freeland Trudeau Starmer Reynolds Kishida Park Tai
Raimondo Mnuchin Ross Smith Miller""".split()

PARTIES = [
    *"""Canada China Mexico Japan India Brazil Vietnam Britain Germany France Italy Spain Korea
    Switzerland Taiwan Thailand Malaysia Indonesia Turkey Russia Ukraine Argentina Chile Colombia
    Egypt Israel Iran Pakistan Bangladesh Cambodia Laos Australia Poland Hungary Ireland Sweden
    Denmark Belgium Austria Greece Portugal Kenya Nigeria Ghana Ecuador Panama Beijing Washington
    Ottawa Tokyo Brussels London Delhi Seoul Moscow Berlin Bern Hanoi Taipei Jakarta
    U.S. U.S. US US EU UK""".split(),
    *PERSONS,
]

# Names that stand behind "the", with their word before the head.
THE_PARTIES = """United|ADJ|States European|ADJ|Union European|ADJ|Commission White|ADJ|House
Commerce|PROPN|Ministry Commerce|PROPN|Department Treasury|PROPN|Department Foreign|ADJ|Ministry
Trade|PROPN|Ministry State|PROPN|Council United|ADJ|Kingdom Trump|PROPN|administration
Biden|PROPN|administration Bush|PROPN|administration Chinese|ADJ|government Indian|ADJ|government
British|ADJ|government American|ADJ|president Swiss|ADJ|president Canadian|ADJ|delegation
economy|NOUN|minister trade|NOUN|minister commerce|NOUN|secretary finance|NOUN|ministry
foreign|ADJ|ministry two|NUM|sides two|NUM|countries two|NUM|governments""".split()

COMMON_PARTIES = """officials negotiators ministers lawmakers producers exporters farmers diplomats
companies importers regulators""".split()

DEMONYMS = """Chinese American Canadian Mexican Japanese European Indian Brazilian Korean German
British Swiss foreign Russian Vietnamese Australian""".split()

GOODS = """steel aluminum aluminium cars autos soybeans beef pork wine cheese dairy lumber
timber copper
semiconductors chips batteries solar|panels auto|parts rare|earths magnets minerals graphite gallium
footwear clothing textiles furniture toys machinery aircraft pharmaceuticals medicines oil coal gas
sugar rice wheat corn fish seafood goods products imports exports electric|vehicles washing|machines
farm|products raw|materials potash whiskey bourbon motorcycles ships services""".split()

GOODS_BEFORE = """steel aluminum auto car soybean beef wine cheese lumber copper chip
solar dairy oil potash whiskey textile fish""".split()

MEASURES = """tariffs duties levies sanctions quotas restrictions curbs controls
countermeasures taxes
tariff duty levy ban quota embargo surcharge safeguard penalties licences licenses barriers
subsidies export|controls import|duties export|curbs import|quotas export|licences export|bans
trade|barriers port|fees import|taxes visa|restrictions""".split()

MEASURE_ADJECTIVES = """new additional retaliatory punitive steep higher reciprocal sweeping
provisional definitive global existing broad temporary planned harsh lower stiff""".split()

DEALS = """deal agreement truce pact accord framework arrangement treaty trade|deal trade|agreement
trade|truce memorandum ceasefire commitment commitments promise pledge obligations rules terms
promises consensus understanding""".split()

EVENTS = """talks negotiations consultations discussions meetings trade|talks""".split()

PLACES = """London Geneva Stockholm Madrid Busan Beijing Washington Brussels Ottawa Tokyo
Osaka Davos Paris Zurich Shanghai Doha""".split()

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = """January February March April May June July August September October November December
Jan. Feb. Aug. Sept. Oct. Nov. Dec.""".split()

ADVERBS = """temporarily also reportedly again formally recently already immediately officially
unilaterally effectively quickly repeatedly publicly later largely""".split()

ADJECTIVES = """unfair illegal unacceptable excessive necessary justified unreasonable
unlawful temporary constructive fair""".split()

REGULAR_DOUBLED = frozenset(
    "drop scrap slap trim bar ship plan permit commit stop step admit ban incur upset".split()
)
IRREGULAR = {
    "cut": ("cut", "cut"), "put": ("put", "put"), "set": ("set", "set"), "hit": ("hit", "hit"),
    "take": ("took", "taken"), "give": ("gave", "given"), "break": ("broke", "broken"),
    "hold": ("held", "held"), "meet": ("met", "met"), "send": ("sent", "sent"),
    "sell": ("sold", "sold"), "buy": ("bought", "bought"), "begin": ("began", "begun"),
    "withdraw": ("withdrew", "withdrawn"), "say": ("said", "said"), "tell": ("told", "told"),
    "think": ("thought", "thought"), "fall": ("fell", "fallen"), "rise": ("rose", "risen"),
    "grow": ("grew", "grown"), "shrink": ("shrank", "shrunk"), "keep": ("kept", "kept"),
    "leave": ("left", "left"), "win": ("won", "won"), "pay": ("paid", "paid"),
    "strike": ("struck", "struck"), "make": ("made", "made"), "seek": ("sought", "sought"),
    "bring": ("brought", "brought"), "hurt": ("hurt", "hurt"), "freeze": ("froze", "frozen"),
    "swear": ("swore", "sworn"), "forbid": ("forbade", "forbidden"), "lose": ("lost", "lost"),
    "come": ("came", "come"), "stick": ("stuck", "stuck"),
    "upset": ("upset", "upset"), "go": ("went", "gone"),
    "fight": ("fought", "fought"), "become": ("became", "become"),
    "sink": ("sank", "sunk"), "overcome": ("overcame", "overcome"),
}  # fmt: skip

# Verbs whose object is a measure; after the bar, the preposition that hangs on the verb.
MEASURE_VERBS = """impose|on levy|on slap|on place|on put|on announce introduce|on suspend
lift remove
raise cut lower reduce double relax ease revoke withdraw extend delay postpone threaten halt
end drop
reinstate restore expand apply|to reverse enforce adopt implement maintain reimpose|on increase
consider propose unveil finalise prepare oppose criticise defend avoid face escalate triple
cancel repeal renew pause quadruple eliminate weigh seek want exclude resume use""".split()
PARTICLE_MEASURE_VERBS = """phase out RP|step up RP|roll back RB|scale back RB|hold off RP|
bring back RB|call off RP|set out RP|draw up RP|cut back RB""".replace("\n", "").split("|")
DEAL_VERBS = """sign reach violate break breach honour honor reject approve ratify finalise
implement keep conclude undermine accept abandon support endorse renegotiate deliver
complete fulfil fulfill announce welcome discuss extend seek break""".split()
GOODS_VERBS = """buy import export tax target purchase ship block restrict ban sell exempt
hit sanction limit exclude subsidise subsidize admit dump produce approve""".split()
INTEND = """agree threaten promise pledge vow refuse offer plan decide want seek fail begin continue
decline prepare intend hope try move need undertake start choose aim expect wish
promise agree""".split()
PRESS = """urge ask press order allow force push invite expect require want instruct warn
permit direct encourage""".split()
REPORT = """say announce warn insist argue claim deny confirm add report note believe hope
stress suggest indicate estimate acknowledge""".split()
STOP_GERUND = "consider stop start begin delay avoid keep suggest propose resist discuss".split()
WITH_PREPOSITION = """walk back from RB|back away from RB|pull out of RP|retreat - from|object - to|
respond - to|comply - with|abide - by|retaliate - against|withdraw - from|agree - on|agree - to|
stick - to|return - to|react - to|hit back at RB|walk away from RB|back out of RP|rely - on|
deliver - on|push back against RB|fight back against RB|move - on|insist - on|negotiate - with|
talk - with|work - on|stay away from RB|live up to RB|look - into|
back down from RB|press ahead with RB|
go ahead with RB|complain - about""".replace("\n", "").split("|")
HAPPEN = """expire collapse begin end resume stall lapse fail continue conclude start break
apply change remain""".split()
ABOUT_MEASURES = [
    f"{word} {preposition}"
    for preposition, words in (("of", "threat prospect wave risk"), ("in", "reduction cut rise"))
    for word in words.split()
]
INTENTIONS = "decision plan promise threat refusal pledge failure move".split()
MOVE_NUMBER = """fall rise drop jump climb shrink grow decline increase plunge decrease surge
slump soar sink""".split()
CHANGE_RATE = "raise cut lower increase reduce".split()
NOMINALS = """impose imposition|suspend suspension|remove removal|introduce introduction|
reduce reduction|withdraw withdrawal|extend extension|lift lifting|raise raising|
expand expansion|reinstate reinstatement|cancel cancellation|announce announcement|
adopt adoption""".replace("\n", "").split("|")
AFFECT = """anger hurt alarm upset trigger follow prompt worry please disrupt help threaten
surprise raise end cause""".split()

# Never in a training clause: the probe's own words.
PROBE_PARTIES = """Norway Peru Lesotho Morocco Iceland Jordan Albanese Takaichi Lula Havana
Riyadh Canberra Yellen Tsai""".split()
PROBE_MEASURE_VERBS = """waive hike trim scrap tighten|on abolish shelve loosen defer overturn
soften enact""".split()
PROBE_INTEND = "swear attempt opt resolve consent arrange".split()
PROBE_REPORT = "caution assert contend lament predict allege".split()
PROBE_PRESS = "beg compel persuade implore".split()
PROBE_NOMINALS = """abolish abolition|revoke revocation|enact enactment|
tighten tightening""".replace("\n", "").split("|")
PROBE_WITH_PREPOSITION = """renege - on|flinch - from|adhere - to|recoil - from|
lash out at RP|bow - to""".replace("\n", "").split("|")
PROBE_MEASURES = "fines tolls charges excises surtaxes caps".split()
