"""Which language a document is in, among about thirty: by its script, then by its commonest small words and its letters.

A vote of function words, each worth the less the more languages share it (as inverse document frequency), over the first
6,000 characters. It needs no model and no download, costs some microseconds, and says "und" where the vote is close or
thin: a language that is not known here, a list of names, a mixture. A person's word always goes before it.
"""

import re
from collections import Counter
from functools import cache

UNDETERMINED = "und"
_READ = 6_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST = 2.0
_THINNEST = 0.07
_LEAD = 1.2
_LETTER_WORTH = 0.6

_WORDS = {
    "en": "the of and to in is that for it was on with as his they at be this from have by not are but were which he has had "
    "will would been their who she we you what there said an or its more than when if about",
    "es": "el la de que y en los las del se por un una con para es al lo como más su pero sus le ha está son dijo sobre este "
    "entre cuando muy sin hasta desde también fue había esta ya todo nos ser",
    "fr": "le la les de des et en un une du que qui dans est pour pas sur au avec il elle par plus ce cette sont aux ses mais "
    "nous vous leur ont été d'un d'une c'est qu'il qu'elle se ne son sa être fait comme",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass "
    "sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder vor zur bis mehr durch",
    "pt": "o a os as de que e do da em um uma para com não no na por mais dos das se como mas ao foi ele são seu sua ou quando "
    "muito nos já também pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles",
    "it": "il lo la gli le di che e un una in per non con del della dei delle sono si da al come più ma anche nel alla ha è "
    "questo suo sua dal ed nella degli dell'anno ai alle dopo tra ad hanno stato essere",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er die om ook als dan bij nog naar heeft uit door over maar "
    "zich wordt ze hij worden deze geen werd hebben had meer waren tot",
    "sv": "och att det i en som är av för på den med till inte har de ett om han var jag men sig från vi så kan när år under "
    "också efter eller hade nu där vid mot ska skulle över blev även",
    "da": "og at det i en som er af for på den med til ikke har de et om han var jeg men sig fra vi så kan når år efter eller "
    "havde nu hvor ved mod skal over blev også der hun været siger sagde blive blevet nogen noget bliver fordi mange meget to",
    "no": "og at det i en som er av for på den med til ikke har de et om han var jeg men seg fra vi så kan når år etter eller "
    "hadde nå hvor ved mot skal over ble også der hun vært sier sa bli blitt noen noe blir fordi mange mye være fikk",
    "fi": "ja on ei että se hän oli ovat olla joka mutta myös kun niin kuin sen ole tai jos mukaan vain jo vuonna ollut hänen "
    "sekä noin nyt kanssa jälkeen mitä tämä sitä mikä kuitenkin voi",
    "pl": "i w na z do nie się to że jest o jak po co ale za od przez przy czy dla są tak tylko jego był już był była było ich "
    "który która które oraz może ma ze tym być także więcej jednak",
    "cs": "a v na se je že s z do to o i ve pro by ale jak k po jako za si od podle která který které už jeho však byl byla "
    "bylo jsou není také nebo až ze při má další kteří mezi před této",
    "sk": "a v na sa je že s z do to o aj vo pre by ale ako k po za si od podľa ktorá ktorý ktoré už jeho však bol bola bolo sú "
    "nie tiež alebo až zo pri má ďalší medzi pred ktorí sme",
    "hu": "a az és hogy nem is egy ez de meg volt van csak már még mint el azt ki lehet ha kell vagy után szerint amely akkor "
    "azonban pedig majd sem ezt több minden lesz nagyon között voltak",
    "ro": "și de în a la cu pe că nu din o să un este mai se care pentru au ce fost prin sau după lui ale cel fi am dar până "
    "între unei sunt era iar nici foarte această acest despre către",
    "hr": "i u je na se da su za od s a o koji koja koje će kao ne to ili iz do po što nije bi biti sam ali samo još više kako "
    "bio bila bilo kada nakon prema između zbog jer ima može",
    "sl": "in je na se da so za v z s ki ne to tudi ali iz do po kot bi biti pa še ni bil bila bilo kako več lahko sta med pri "
    "kjer zaradi po tem kar ko leta samo že",
    "lt": "ir į yra kad su iš tai bet kaip buvo apie jis po už nuo ne dėl savo jo ar jau iki tik taip pat gali dar būti metų "
    "pagal kurie tačiau",
    "lv": "un ir ar no uz par ka kas tas bija arī lai gan pēc tiek vai bet kā šis ne jau līdz savu tā nav būt ļoti gada tikai "
    "viņš kurš",
    "et": "ja on ei et see ta oma oli kui ka aga ning mis või selle kes olid pole nii siis välja veel pärast kuid juba aasta "
    "olema üle seda nende",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar ne var değil ama ki en olduğu her o mi ya göre ise "
    "tarafından oldu yeni yok şey iki hem bunu",
    "id": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke juga oleh ada sebagai adalah karena telah lebih "
    "dapat mereka kata saat bisa tersebut atau kepada sudah para hanya",
    "vi": "và của là có được cho trong không một với các này người những đã về khi từ đến để như cũng vào ra ở tại nhiều sẽ "
    "theo trên hơn bị",
    "ca": "el la de que i en els les del es per un una amb a al com més però seva seu ha és són aquest aquesta també quan "
    "sense fins des entre molt ser han dels als hi això o no va",
    "ru": "и в не на что с он как по это но из у за от к его для так был же то бы все она было только еще они при о года "
    "который мы или были если также после может",
    "uk": "і в не на що з він як по це але із у за від до його для так був та то би все вона було тільки ще вони при про року "
    "який ми або були якщо також після може й є",
    "bg": "и в не на че с той като по това но от за до се са да му който ще бе са със при или към му след като още само са "
    "през беше може има",
    "sr": "и у је на се да су за од с а о који која које ће као не то или из до по што није би бити али само још више како "
    "био била било када након према између због јер",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت شد می ها های بود شده اند ما او دو یا باید",
    "ar": "في من على إلى أن عن مع هذا التي الذي كان ما لا هذه بعد بين قد كما أو ذلك قال لم كل وقال إن حتى غير أنه منذ كانت",
    "ur": "کے کی میں ہے کا سے کو اور نے پر ہیں کہ اس یہ کر بھی تھا گیا ان وہ ہو ایک لیے جو نہیں",
    "hi": "के है में की और को से का हैं ने पर यह कि एक इस नहीं भी तो कर लिए हो था ही गया जो साथ थे अपने",
    "mr": "आणि आहे या ते की हा तर आहेत होते यांनी नाही मध्ये केली असे त्यांनी होता म्हणून ही झाली",
}
# A script that mainly one language is written in tells it; the others go on to the vote.
_SCRIPTS = (
    ("el", "\u0370-\u03ff\u1f00-\u1fff"), ("he", "\u0590-\u05ff"), ("th", "\u0e00-\u0e7f"), ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"), ("ko", "\uac00-\ud7af\u1100-\u11ff"), ("bn", "\u0980-\u09ff"), ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"), ("gu", "\u0a80-\u0aff"), ("pa", "\u0a00-\u0a7f"), ("am", "\u1200-\u137f"),
)  # fmt: skip
_BY_SCRIPT = re.compile("|".join(f"(?P<{code}>[{letters}]+)" for code, letters in _SCRIPTS))
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Letters that tell neighbours apart.
_LETTERS = {
    "å": "sv da no fi", "ä": "sv fi de et sk", "ö": "sv fi de tr hu et", "ø": "da no", "æ": "da no", "ß": "de", "ñ": "es",
    "¿": "es", "ã": "pt", "õ": "pt et", "ł": "pl", "ą": "pl lt", "ę": "pl lt", "ż": "pl", "ř": "cs", "ě": "cs", "ů": "cs",
    "ľ": "sk", "ĺ": "sk", "ŕ": "sk", "ő": "hu", "ű": "hu", "ț": "ro", "ș": "ro", "ţ": "ro", "ă": "ro vi", "ğ": "tr",
    "ı": "tr", "ş": "tr ro", "đ": "hr vi", "ć": "hr pl", "ė": "lt", "ų": "lt", "ļ": "lv", "ķ": "lv", "ņ": "lv", "ơ": "vi",
    "ư": "vi", "ạ": "vi", "ы": "ru", "э": "ru", "ё": "ru", "ї": "uk", "є": "uk", "ґ": "uk", "ђ": "sr", "ћ": "sr", "ј": "sr",
    "љ": "sr", "ъ": "bg ru", "گ": "fa ur", "پ": "fa ur", "چ": "fa ur", "ٹ": "ur", "ں": "ur", "ے": "ur", "ة": "ar", "ळ": "mr",
}  # fmt: skip


@cache
def _worths() -> dict[str, tuple[tuple[str, float], ...]]:
    """What each word counts for which languages: 1 where it is one language's own, less where several share it."""
    languages: dict[str, list[str]] = {}
    for code, words in _WORDS.items():
        for word in set(words.split()):
            languages.setdefault(word, []).append(code)
    return {word: tuple((code, 1 / len(codes) ** 0.5) for code in codes) for word, codes in languages.items()}


@cache
def _letter_codes() -> dict[int, tuple[str, ...]]:
    return {ord(letter): tuple(codes.split()) for letter, codes in _LETTERS.items()}


def identify_language(text: str) -> str:
    """The two-letter code (ISO 639-1) of the language that a text is mostly in, or "und"."""
    sample = text[:_READ].lower()
    if not sample.isascii():
        told = _by_script(sample)
        if told:
            return told
    votes: dict[str, float] = {}
    words = Counter(_WORD.findall(sample.replace("’", "'")))
    worths = _worths()
    for word, times in words.items():
        for code, worth in worths.get(word, ()):
            votes[code] = votes.get(code, 0.0) + worth * times
    if not sample.isascii():
        _by_letters(sample, votes)
    if not votes:
        return UNDETERMINED
    (best, most), *others = sorted(votes.items(), key=lambda vote: -vote[1])[:2]
    second = others[0][1] if others else 0.0
    total = words.total()
    return best if most >= _FEWEST and most >= _THINNEST * total and most >= _LEAD * second else UNDETERMINED


def _by_script(sample: str) -> str:
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return ""
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    if kana + han > 0.4 * letters:
        return "ja" if kana > 0.05 * (kana + han) else "zh"
    found: Counter[str] = Counter()
    for run in _BY_SCRIPT.finditer(sample):
        found[run.lastgroup or ""] += run.end() - run.start()
    if not found:
        return ""
    code, count = found.most_common(1)[0]
    return code if count > 0.4 * letters else ""


def _by_letters(sample: str, votes: dict[str, float]) -> None:
    """Letters weigh in for languages whose words were seen, or alone where none was."""
    codes = _letter_codes()
    seen = Counter(code for letter in sample for code in codes.get(ord(letter), ()))
    for code, times in seen.items():
        votes[code] = votes.get(code, 0.0) + _LETTER_WORTH * min(times, 12) / 2
