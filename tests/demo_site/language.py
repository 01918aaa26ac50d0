"""The words around the content, in the two languages of the site."""

WORDS = {
    "en": {
        "site": "Sample University e-campus",
        "skip": "Skip to content",
        "main": "Main",
        "languages": "Language",
        "home": "Home",
        "courses": "Courses",
        "calendar": "Calendar",
        "my": "My dashboard",
        "examples": "All pages",
        "login": "Log in",
        "logout": "Log out",
        "about": "Invented content for tests. Nothing here is real.",
    },
    "fr": {
        "site": "Campus numérique de la Sample University",
        "skip": "Aller au contenu",
        "main": "Principale",
        "languages": "Langue",
        "home": "Accueil",
        "courses": "Cours",
        "calendar": "Calendrier",
        "my": "Mon tableau de bord",
        "examples": "Toutes les pages",
        "login": "Se connecter",
        "logout": "Se déconnecter",
        "about": "Contenu inventé pour des tests. Rien ici n'est réel.",
    },
}
LANGUAGES = {"en": "English", "fr": "Français"}
