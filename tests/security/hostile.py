"""Texts as an attacker would write them. Where one becomes more than text, `hacked` runs or an element appears."""

SCRIPTS = (
    "<script>hacked()</script>",
    '"><img src=x onerror=hacked()>',
    "' autofocus onfocus='hacked()",
    "</title></textarea></style></script><svg onload=hacked()>",
    "{{ hacked() }}{% print(hacked) %}${hacked()}<%= hacked() %>",
    "--></script><iframe srcdoc='<script>parent.hacked()</script>'>",
    "`${hacked()}`\\x3cscript\\x3ehacked()",
    "&lt;script&gt;&#60;img src=x onerror=hacked()&#62;",
)
ALL_IN_ONE = "".join(SCRIPTS)
ADDRESS = (
    "https://ecampus.example.org/a?x=\"'><img src=x onerror=hacked()>&y=javascript:hacked()#</script><script>hacked()"
)
JAVASCRIPT = "javascript:hacked()"
ODD = (
    *SCRIPTS[:3],
    "%s%n%(name)s{0}{name}",
    '=HYPERLINK("http://evil.example.org")',
    "9" * 5000,
    "-1",
    "x" * 20_000,
    "a\r\nBcc: evil@example.org",
    "\u202e\U0001f986",
    "../../etc/passwd",
    "(" * 500,
    "٣",
    "1e999",
)
