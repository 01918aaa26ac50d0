"""The small words without which no sentence of a language is written.

Left out are single letters, and what programs are written in too (`for`, `if`, `this`): code is in no language.
"""

_WORDS = {
    "en": (
        "the of and to that are was were have has had you your they their them which would been its it we our my "
        "he she his her can will by at there what when who how not be an on no but about more some these those "
        "should could than then also any may must into over"
    ),
    "fr": (
        "le la les des du et est une un dans pour que qui sur avec pas vous nous votre vos ce cette ces sont par "
        "plus au aux ont été être mais ou leur leurs elle ils il se sa son ses très aussi comme fait tout tous où "
        "nos notre bien je"
    ),
    "es": (
        "el la los las de del y en que es un una por con para su sus se no lo al más como pero este esta estos "
        "son fue ha han sin sobre también ser está muy entre cuando todo todos usted nos nuestro nuestra desde "
        "hasta hay yo le les"
    ),
    "it": (
        "il lo la gli le di del della dei delle dell che è un una per con non sono si nel nella alla al dal dalla "
        "da in più come ma anche questo questa questi suo sua loro ha hanno essere stato tutti tutto molto dove "
        "noi vostro nostro"
    ),
    "de": (
        "der die das und ist ein eine einen einem einer den dem des nicht mit für auf von zu im sich auch es "
        "werden wird sind war wie bei oder aus nach über nur noch aber wenn sie wir ich ihr ihre sein haben hat "
        "kann zum zur dass durch"
    ),
    "pt": (
        "de do da dos das em no na nos nas que um uma para com não por mais como mas foi ao os as seu sua se são "
        "ou à também ser está você pelo pela até isso ele ela eles entre muito quando nosso sem todos há é este "
        "esta"
    ),
    "nl": (
        "de het een en van is dat niet op te zijn met voor die aan er ook als maar om hij zij ze bij naar uit dan "
        "nog wordt worden door over heeft hebben deze dit wat geen kan hun haar ik wij je jij uw onze ons werd "
        "tot meer"
    ),
    "sv": (
        "och att det som en är på av för med den till inte ett har de om vi du jag kan men var från eller så när "
        "också alla hur detta efter skulle mycket sin sina"
    ),
    "da": (
        "og at det som en er på af for med den til ikke et har de om vi du jeg kan men var fra eller så når også "
        "alle hvordan dette efter skulle meget sin sine blev"
    ),
    "nb": (
        "og at det som en er på av for med den til ikke et har de om vi du jeg kan men var fra eller så når også "
        "alle hvordan dette etter skulle mye sin sine ble"
    ),
    "fi": (
        "ja on ei se että oli hän mutta kuin niin tai ovat joka myös sen kun voi ole mukaan jos vain nyt sekä olla tämä"
    ),
    "pl": (
        "nie się na jest że do to jak ale dla przez od po za oraz są tym które który która być może już tylko czy także"
    ),
    "cs": (
        "je se na že to si jsem ale jako by jsou za pro od po jeho které který která nebo být už ještě také při podle"
    ),
    "ro": ("și în la cu pe de nu care este un pentru din sau mai că sunt au fost prin se ca dar al ale această acest"),
    "hu": ("az és hogy nem is egy van volt meg csak de ez mint már el még ha vagy azt lehet kell minden után között"),
    "tr": (
        "ve bir bu için ile da de olarak daha çok en gibi olan kadar sonra ama ne ya her var değil mi ki tarafından"
    ),
    "ca": (
        "el la els les de del dels i en que és un una per amb no al als més com però aquest aquesta són ha va "
        "seva seu també entre quan tot molt sobre pel aquests ser"
    ),
}

COMMON_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _WORDS.items()}
