"""How labels name what people are asked about themselves (WCAG 2.1, input purposes), in many languages."""

# Family of tokens, the tokens of autocomplete that fit it, and what a label says that asks for nothing else.
PURPOSES = (
    (
        "email",
        ("email", "username", "impp"),
        r"e-?mail|e-?mail[- ]?address|(your|work|personal|business) e-?mail( address)?"
        r"|(votre )?(adresse )?(e-?mail|courriel"
        r"|mél)|adresse (de messagerie|électronique)|(ihre )?e-?mail-?adresse|correo( electrónico)?|(tu|su) correo"
        r"( electrónico)?|indirizzo e-?mail|posta elettronica|(endereço de )?e-?mail|البريد الإلكتروني"
        r"|بريدك الإلكتروني",
    ),
    (
        "name",
        (
            "name",
            "given-name",
            "additional-name",
            "family-name",
            "nickname",
            "username",
            "honorific-prefix",
            "cc-name",
            "cc-given-name",
            "cc-family-name",
        ),
        r"(your )?(full|first|last|given|family|middle) ?name|your name|sur ?name|forename"
        r"|(votre )?(nom complet|prénom|nom de famille)"
        r"|votre nom|nom et prénom|vor- und nachname|vorname|nachname|familienname|ihr name|nombre completo|apellidos?"
        r"|nombre y apellidos?|tu nombre|su nombre|nome e cognome|cognome|nome completo|sobrenome|apelido|seu nome"
        r"|الاسم الكامل|الاسم الأول|اسم العائلة|اسمك",
    ),
    (
        "phone",
        ("tel", "tel-national", "tel-country-code", "tel-area-code", "tel-local", "tel-extension", "username"),
        r"(your )?(tele|mobile |cell ?)?phone( number)?|mobile( number)?|(numéro de )?téléphone( (mobile|portable))?"
        r"|telefon(nummer)?|handynummer|mobilnummer|(número de )?teléfono( móvil)?|móvil"
        r"|(numero di )?telefono|cellulare"
        r"|(número de )?(telefone|telemóvel|celular)|رقم الهاتف|الهاتف|رقم الجوال",
    ),
    (
        "address",
        (
            "street-address",
            "address-line1",
            "address-line2",
            "address-line3",
            "address-level1",
            "address-level2",
            "address-level3",
            "address-level4",
            "postal-code",
            "country",
            "country-name",
        ),
        r"(street|home|postal|mailing|your) address|address line \d|post(al)? ?code|zip( ?code)?"
        r"|adresse postale|code postal"
        r"|votre adresse|postleitzahl|plz|straße und hausnummer|código postal|dirección postal|c\.?a\.?p\.?"
        r"|indirizzo di casa"
        r"|morada|cep|الرمز البريدي",
    ),
    (
        "birthday",
        ("bday", "bday-day", "bday-month", "bday-year"),
        r"(your )?(date of birth|birth ?date|birthday)|dob|date de naissance|geburtsdatum|geburtstag"
        r"|fecha de nacimiento"
        r"|data di nascita|data de nascimento|تاريخ الميلاد",
    ),
    (
        "card",
        ("cc-number", "cc-csc", "cc-exp", "cc-exp-month", "cc-exp-year", "cc-type", "cc-name"),
        r"(credit )?card number|security code|cv[cv]2?|numéro de (la )?carte|kartennummer|número de (la )?tarjeta"
        r"|numero (della )?carta|número do cartão|رقم البطاقة",
    ),
)
LABELS = tuple((family, rf"^({said})$") for family, _, said in PURPOSES)
TOKENS = {
    token: {family for family, fitting, _ in PURPOSES if token in fitting} for _, ts, _ in PURPOSES for token in ts
}
# Family, how the code of a field calls it, and what a label of it mentions: any of these words, as labels vary.
CODES = (
    (
        "email",
        r"e?mail([-_]?address)?",
        r"mail|courriel|correo|posta|login|user|account|compte|utilis|benutz|usuario|utente|conta|بريد",
    ),
    (
        "name",
        r"(f|l|first[-_]?|last[-_]?|given[-_]?|family[-_]?|full[-_]?)name|surname",
        r"name|nom|nombre|apellido|apelido|cognome|user|contact|who|qui|اسم|لقب",
    ),
    (
        "phone",
        r"(tele)?phone([-_]?(number|no))?|tel|mobile([-_]?(number|phone))?",
        r"phone|tel|mobil|cell|handy|num|nummer|móvil|contact|هاتف|جوال|رقم",
    ),
    (
        "birthday",
        r"dob|birth[-_]?(date|day)|date[-_]?of[-_]?birth",
        r"birth|born|naiss|né|geb|naci|nasc|date|datum|fecha|data|day|month|year|dob|age|ميلاد",
    ),
)
