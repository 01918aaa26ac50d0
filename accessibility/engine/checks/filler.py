"""Texts that nobody wrote for the place where they stand: sample text, and what a template or a program left over.

The patterns are read by Python and by JavaScript alike, without regard to case.
"""

# Nobody means these: the classic sample text, prompts of editors, a template that was not filled.
CERTAIN = (
    r"^(lorem ipsum dolor\b.*|\[object \w+\]"
    r"|(your|add (your|a)|insert( your| a)?|enter( your| a)?|type( your| a)?) (heading|title|subtitle"
    r"|label)( text)? (goes )?here"
    r"|(heading|title|subtitle|label|text) goes here"
    r"|(votre|ajoutez (votre|un)|insérez (votre|un)) (titre|intitulé|libellé) ici"
    r"|(hier (ihre?n?|den)|ihre?) (überschrift|titel|beschriftung)( hier)?( einfügen| eingeben)?"
    r"|(su|tu|escriba (su|un)|introduzca (su|un)) (título|etiqueta) aquí"
    r"|(\w+ )?(il tuo|inserisci( il tuo| un)?) (titolo|etichetta) qui"
    r"|(o seu|seu|insira( o seu| um)?) (título|rótulo) aqui)\W*$"
)
# Some may mean these: a lesson about headings, a document without a title, a field for the text of a label.
POSSIBLE = (
    r"^(lorem ipsum|untitled|no title|sans titre|ohne titel|sin título|senza titolo|sem título|placeholder"
    r"|(sub)?heading( ?\d)?|h[1-6]|(sub)?title ?\d|header ?\d|section title|text ?\d|label ?\d|field ?\d|input ?\d"
    r"|undefined|null|nan|todo|tbd|xxx+|\{\{.*\}\}|<%.*%>|\$\{.*\}|test ?\d*|asdf)\W*$"
)
