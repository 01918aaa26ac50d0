"""Topics that headings announce, in the languages of most platforms, each with words that only it uses.

A section whose heading names one of these, that says nothing of it and much of another, is worth a person's look.
"""

# Name, what its heading says, what its text says.
TOPICS = (
    (
        "opening hours",
        r"^(opening (hours|times)|office hours|business hours|horaires( d.ouverture)?|öffnungszeiten"
        r"|horarios?( de apertura)?"
        r"|orari( di apertura)?|horários?( de funcionamento)?)$",
        r"\b(open|opens|closed|closes|(mon|tues|wednes|thurs|fri|satur|sun)days?|ouvert|fermé|lundi|mardi|mercredi|jeudi"
        r"|vendredi|samedi|dimanche|geöffnet|geschlossen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
        r"|abierto|cerrado|lunes|martes|miércoles|jueves|viernes|sábado|domingo|aperto|chiuso|lunedì|martedì|mercoledì"
        r"|giovedì|venerdì|sabato|domenica|aberto|fechado|segunda|terça|quarta|quinta|sexta)\b",
    ),
    (
        "weather",
        r"^(the )?(weather( forecast)?|météo|das wetter|wetter|el tiempo|previsiones|meteo|previsão do tempo)$",
        r"\b(weather|rain|rainy|sunny|sunshine|cloud|cloudy|clouds|temperatures?|degrees|snow|wind|windy|storms?|showers|pluie"
        r"|soleil|nuages?|neige|vent|regen|sonne|sonnig|wolken|schnee|lluvia|sol|nubes|nieve|viento|pioggia|sole|nuvole"
        r"|chuva|nuvens|vento)\b|°",
    ),
    (
        "contact",
        r"^(contact( us)?|contacts|contactez-nous|kontakt|contacto|contatti|contato)$",
        r"\b(contact|phone|telephone|tel|call|e-?mail|mail|fax|address|write|message|téléphone|adresse|courriel|telefon|anschrift"
        r"|teléfono|correo|dirección|telefono|indirizzo|telefone|endereço)\b|@",
    ),
    (
        "prices",
        r"^(prices?|pricing|fees|rates|tarifs?|prix|preise?|precios|tarifas|prezzi|tariffe|preços)$",
        r"\b(prices?|costs?|fees?|free|eur|euros?|usd|dollars?|pounds?|prix|coûte|gratuit|preis|kostet|kosten|kostenlos"
        r"|precio|cuesta|gratis|prezzo|costa|gratuito|preço|custa)\b|[€$£]",
    ),
    (
        "ingredients",
        r"^(the )?(ingredients|ingrédients|zutaten|ingredientes|ingredienti)$",
        r"\b(flour|sugar|butter|eggs?|salt|milk|oil|tablespoons?|teaspoons?|farine|sucre|beurre|œufs?|lait|mehl|zucker|eier"
        r"|milch|harina|azúcar|huevos|leche|farina|zucchero|uova|latte|farinha|açúcar|ovos|leite)\b|\b\d+ ?(g|ml)\b",
    ),
    (
        "getting there",
        r"^(directions|getting (here|there)|how to (get|find) (here|there|us)|accès|comment venir|anfahrt|cómo llegar"
        r"|come arrivare|como chegar)$",
        r"\b(bus|buses|train|trains|metro|tram|station|parking|motorway|exit|minutes|walk|gare|autoroute|sortie|bahnhof"
        r"|autobahn|ausfahrt|haltestelle|estación|autobús|stazione|treno|uscita|estação|comboio)\b",
    ),
    (
        "delivery",
        r"^(delivery|shipping|livraison|versand|lieferung|envíos?|entrega|spedizione|consegna|envio)$",
        r"\b(deliver\w*|ship\w*|parcels?|courier|post|livr\w+|colis|expédi\w+|liefer\w*|versand\w*|paket\w*|env[ií]\w+|paquete"
        r"|entreg\w+|sped\w+|pacco|consegn\w+|encomenda)\b",
    ),
)
