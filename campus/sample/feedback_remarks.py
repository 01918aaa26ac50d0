"""What sample guests wrote: invented remarks, by language, for who liked it and who did not."""

LIKED = {
    "en": (
        "The staff at the reception were friendly and quick.",
        "Very good food, with something for everybody.",
        "My room was clean and the bed comfortable.",
        "The park around the pavilions is lovely.",
        "The classroom was bright, and the internet worked all week.",
        "Everything was close and easy to reach with my wheelchair.",
    ),
    "fr": (
        "Le personnel de la réception a été très aimable.",
        "Les repas étaient excellents et variés.",
        "Chambre propre, lit confortable, rien à redire.",
        "La salle de cours était claire et bien équipée.",
    ),
    "es": (
        "El personal fue muy amable y servicial.",
        "La comida estuvo excelente y variada.",
        "Habitación limpia y tranquila.",
        "Las aulas son luminosas y el internet funciona bien.",
    ),
    "it": (
        "Personale gentile e disponibile.",
        "Cibo ottimo, con molta scelta.",
        "Camera pulita e letto comodo.",
        "Aule luminose e ben attrezzate.",
    ),
    "ar": ("كان الموظفون لطفاء جدا.", "الطعام جيد ومتنوع."),
}
DISLIKED = {
    "en": (
        "The room was noisy at night, I could hardly sleep.",
        "The shower was cold in the morning.",
        "The internet in my room was slow.",
        "Breakfast was the same every day, with little choice.",
        "The heating could not be turned down.",
        "There was no ramp at the side entrance of the canteen.",
    ),
    "fr": (
        "Chambre bruyante la nuit, fenêtres mal isolées.",
        "La douche était froide le matin.",
        "Le wifi est trop lent dans la chambre.",
        "Petit-déjeuner sans aucun choix.",
    ),
    "es": (
        "Mucho ruido por la noche en la habitación.",
        "La ducha estaba fría por la mañana.",
        "El wifi es muy lento.",
        "El desayuno es siempre igual.",
    ),
    "it": (
        "Camera rumorosa di notte.",
        "La doccia era fredda al mattino.",
        "Il wifi è troppo lento in camera.",
        "Colazione con poca scelta.",
    ),
    "ar": ("الغرفة صاخبة في الليل.", "الإنترنت بطيء."),
}
