"""Which Chromium is started, and how."""

import os
import shutil

import structlog

from core.errors import Unavailable

log = structlog.get_logger()

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Chromium heeds only the last --disable-features, so Playwright's own are repeated. Reports (Reporting API, network
# errors) and late requests are sent by POST when their page is gone, and reports past every gate; Autofill asks its
# maker about every form of a page, past every gate too. The address bar's pop-ups are pages as well: for each window,
# which nobody sees, they would take half a second of a processor.
DISABLED_FEATURES = """Reporting NetworkErrorLogging FetchLaterAPI WebUIOmniboxPopup WebUIOmniboxAimPopup
    AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable
    LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect
    TcpPortRandomizationWin OptimizationHints NetworkTimeServiceQuerying AimEnabled PreconnectToSearch
    msForceBrowserSignIn msEdgeUpdateLaunchServicesPreferredVersion AutofillServerCommunication""".split()
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--proxy-bypass-list=<-loopback>",
    "--autoplay-policy=no-user-gesture-required",  # as for who uses a site often; sound of a page must be found
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    f"--disable-features={','.join(DISABLED_FEATURES)}",
)


def find_browser(setting: str = "") -> str:
    """Path of the browser: the setting, else the first candidate on the PATH. Raises `Unavailable`."""
    if setting:
        found = shutil.which(setting)
        if not found:
            raise Unavailable(f"CAMPUS_BROWSER: {setting} is not there or cannot be run")
        return found
    for name in CANDIDATES:
        if found := shutil.which(name):
            return found
    raise Unavailable(
        "no Chromium or Chrome found; install one (Debian: apt install chromium) or name it in CAMPUS_BROWSER"
    )


def uses_sandbox(setting: str) -> bool:
    """Whether Chromium's own sandbox is used; says so in the log when it is not."""
    if setting == "off" or (setting == "auto" and os.geteuid() == 0):
        why = "CAMPUS_BROWSER_SANDBOX=off" if setting == "off" else "running as root"
        log.warning("the browser runs without its sandbox", reason=why)
        return False
    return True
